"""What was computed from the facts, and from which facts."""

from __future__ import annotations

from django.db import models


class Result(models.Model):
    """One plan. It is out of date when `facts_digest` is no longer the authority's.

    `plan` has of its cases what lists read (`parts`); `law` is what the rules and the questions say
    whatever the case; `changes` is what moved since the plan before, computed at `since`, None for
    the first one. `documents` are file names in the folder of this result, in the data directory.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    facts_digest = models.CharField(max_length=64)
    rules_version = models.CharField(max_length=40, blank=True, default="")
    plan = models.JSONField()
    law = models.JSONField(default=dict)
    changes = models.JSONField(null=True)
    since = models.DateTimeField(null=True)
    documents = models.JSONField(default=list)
    computed_at = models.DateTimeField()
    #: The run that gave it: a run gives one result at most, however often it is tried.
    run = models.OneToOneField("jobs.Run", null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.authority_id} · {self.computed_at:%Y-%m-%d %H:%M}"


class CaseResult(models.Model):
    """What one plan says of one case: `detail` whole; its sheet and its duties in brief."""

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="cases")
    code = models.CharField(max_length=200)
    detail = models.JSONField()
    brief = models.JSONField()
    duties = models.JSONField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("result", "code"), name="one_detail_for_each_case"),
        )

    def __str__(self) -> str:
        return f"{self.result_id} · {self.code}"
