"""Training groups and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingGroup:
    """A group to train: how many people, how many are trained, how many weeks a wave lasts."""

    id: str
    label: str
    people: int | None = None
    trained: int | None = None
    weeks: int = 3
    channel: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a group has come. `share` is in [0, 1], ``None`` when a count is not known."""

    group: TrainingGroup
    share: float | None


def coverage_of(group: TrainingGroup) -> Coverage:
    """Return the share of the group that is trained; an unknown count gives no share.

    >>> coverage_of(TrainingGroup("codir", "Comité de direction", people=12, trained=9)).share
    0.75
    """
    if not group.people or group.trained is None:
        return Coverage(group, None)
    return Coverage(group, group.trained / group.people)
