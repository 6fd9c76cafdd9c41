"""How far a long computation is: what a person sees while they wait, or when they come back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gouvernail.apps.jobs.states import State


class Run(models.Model):
    """One computation for one authority; at most one of each kind is active at a time.

    `again` says that the facts were asked to be looked at once more while it was running. A worker
    holds a run by a lease that it renews while it is alive; `attempts` grows at each claim, so that
    a worker thought dead no longer holds what another one took. `run_after` puts off a new attempt.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    message_fr = models.CharField(max_length=500, blank=True, default="")
    message_en = models.CharField(max_length=500, blank=True, default="")
    asked_by = models.CharField(max_length=150, blank=True, default="")
    again = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Attempts ended by a worker that was asked to stop: they are not held against the run.
    spared = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "kind"],
                condition=Q(state__in=["queued", "running"]),
                name="run_one_active",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.percent} %"
