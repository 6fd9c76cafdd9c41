"""What proves that a duty is done."""

from __future__ import annotations

from django.db import models

from gouvernail.common.rows import FactRow


class Proof(FactRow):
    """What is done for one duty, by whom and where to check it."""

    case = models.CharField(max_length=60, blank=True, default="")
    rule = models.CharField(max_length=60)
    done_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=60, blank=True, default="")
    document = models.TextField(blank=True, default="")
    link = models.TextField(blank=True, default="")
    expires_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=60, blank=True, default="")
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "case", "rule"], name="proof_once"),
        )

    def __str__(self) -> str:
        return f"{self.case} · {self.rule}"
