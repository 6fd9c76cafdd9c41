"""What was computed from the facts, and from which facts."""

from __future__ import annotations

from django.db import models


class Result(models.Model):
    """One plan. It is out of date when `facts_digest` is no longer the authority's.

    `documents` are file names in the folder of this result, in the data directory.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    facts_digest = models.CharField(max_length=64)
    rules_version = models.CharField(max_length=40, blank=True, default="")
    plan = models.JSONField()
    documents = models.JSONField(default=list)
    computed_at = models.DateTimeField()
    #: The run that gave it: a run gives one result at most, however often it is tried.
    run = models.OneToOneField("jobs.Run", null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.authority_id} · {self.computed_at:%Y-%m-%d %H:%M}"
