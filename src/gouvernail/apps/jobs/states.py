"""Where a computation may be."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """A run waits, works, and ends one of four ways."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"


ACTIVE = (State.QUEUED, State.RUNNING)
