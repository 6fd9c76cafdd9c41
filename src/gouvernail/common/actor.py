"""Who acts: one notion for a person, a command and a service, never nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """A person at the screen, a program with a token, a command typed by an administrator, or the
    platform itself."""

    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind of actor, not a secret
    COMMAND = "command"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, where, with which profiles.

    `uid` identifies the account for the journal, in this installation and in any other that
    imports it. `acts` narrows what the profiles allow, for a token; None narrows nothing.
    `standing_in` names the people on whose behalf the actor holds some of these roles, by
    delegation.
    """

    kind: ActorKind
    name: str
    user_id: int | None = None
    authority_id: int | None = None
    roles: frozenset[str] = frozenset()
    uid: str = ""
    network_id: int | None = None
    acts: frozenset[str] | None = None
    standing_in: tuple[str, ...] = ()


def command(name: str = "gouvernail") -> Actor:
    """Return the actor of a command typed on the server."""
    return Actor(ActorKind.COMMAND, name)


def service(name: str = "gouvernail") -> Actor:
    """Return the actor of what the platform does by itself."""
    return Actor(ActorKind.SERVICE, name)
