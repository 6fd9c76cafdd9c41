"""The stages of a use case, in order, and the moves that exist between them."""

from __future__ import annotations

from enum import StrEnum

from gouvernail_core.kernel.text import Text


class Stage(StrEnum):
    """Where a use case stands. *Suspended* and *stopped* are reached from any stage."""

    IDEA = "idea"
    EXPLORING = "exploring"
    CANDIDATE = "candidate"
    CHOSEN = "chosen"
    CONSULTING = "consulting"
    TRIAL = "trial"
    PILOT = "pilot"
    GENERAL = "general"
    SUSPENDED = "suspended"
    STOPPED = "stopped"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _LABELS[self]

    @property
    def rank(self) -> int:
        """Return the position on the way, 0 for an idea; suspended and stopped come last."""
        return list(Stage).index(self)


_LABELS = {
    Stage.IDEA: Text("Idée", "Idea"),
    Stage.EXPLORING: Text("À explorer", "Exploring"),
    Stage.CANDIDATE: Text("Candidat", "Candidate"),
    Stage.CHOSEN: Text("Retenu", "Chosen"),
    Stage.CONSULTING: Text("En consultation", "Consulting"),
    Stage.TRIAL: Text("Essai à blanc", "Trial"),
    Stage.PILOT: Text("Pilote", "Pilot"),
    Stage.GENERAL: Text("Généralisé", "General"),
    Stage.SUSPENDED: Text("Suspendu", "Suspended"),
    Stage.STOPPED: Text("Arrêté", "Stopped"),
}

#: The next stage on the way; suspension and stop are always possible besides.
NEXT_STAGE: dict[Stage, Stage] = {
    Stage.IDEA: Stage.EXPLORING,
    Stage.EXPLORING: Stage.CANDIDATE,
    Stage.CANDIDATE: Stage.CHOSEN,
    Stage.CHOSEN: Stage.CONSULTING,
    Stage.CONSULTING: Stage.TRIAL,
    Stage.TRIAL: Stage.PILOT,
    Stage.PILOT: Stage.GENERAL,
}


def reachable(stage: Stage) -> frozenset[Stage]:
    """Return the stages that may follow `stage`, whatever the gates say.

    A suspended case resumes where it was, which only its history knows: every stage of the way
    is reachable from *suspended*. A stopped case may be explored again.

    >>> sorted(reachable(Stage.PILOT))
    [<Stage.GENERAL: 'general'>, <Stage.STOPPED: 'stopped'>, <Stage.SUSPENDED: 'suspended'>]
    """
    if stage is Stage.STOPPED:
        return frozenset({Stage.EXPLORING})
    if stage is Stage.SUSPENDED:
        return frozenset(set(Stage) - {Stage.SUSPENDED})
    ahead = {NEXT_STAGE[stage]} if stage in NEXT_STAGE else set()
    return frozenset(ahead | {Stage.SUSPENDED, Stage.STOPPED})
