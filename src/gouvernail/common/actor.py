"""Who acts: one notion for a person, a command and a service, never nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """A person at the screen, a command typed by an administrator, or the platform itself."""

    PERSON = "person"
    COMMAND = "command"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which authority, with which roles."""

    kind: ActorKind
    name: str
    user_id: int | None = None
    authority_id: int | None = None
    roles: frozenset[str] = frozenset()


def command(name: str = "gouvernail") -> Actor:
    """Return the actor of a command typed on the server."""
    return Actor(ActorKind.COMMAND, name)


def service(name: str = "gouvernail") -> Actor:
    """Return the actor of what the platform does by itself."""
    return Actor(ActorKind.SERVICE, name)
