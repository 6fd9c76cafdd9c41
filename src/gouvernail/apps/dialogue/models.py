"""Who was told and who was heard."""

from __future__ import annotations

from django.db import models

from gouvernail.common.rows import FactRow


class Consultation(FactRow):
    """What a body was told of a case, and the opinion it gave."""

    case = models.CharField(max_length=60)
    body = models.CharField(max_length=40)
    informed_on = models.DateField(null=True, blank=True)
    information_evidence = models.TextField(blank=True, default="")
    opinion_on = models.DateField(null=True, blank=True)
    opinion = models.CharField(max_length=40, blank=True, default="")
    opinion_evidence = models.TextField(blank=True, default="")
    staff_for = models.BigIntegerField(null=True, blank=True)
    staff_against = models.BigIntegerField(null=True, blank=True)
    staff_abstained = models.BigIntegerField(null=True, blank=True)
    employer_for = models.BigIntegerField(null=True, blank=True)
    employer_against = models.BigIntegerField(null=True, blank=True)
    employer_abstained = models.BigIntegerField(null=True, blank=True)
    second_on = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    follow_up_evidence = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "case", "body"], name="consultation_once"),
        )

    def __str__(self) -> str:
        return f"{self.case} · {self.body}"


class Override(FactRow):
    """A written decision to begin without the opinion that is missing."""

    case = models.CharField(max_length=60)
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=60)
    reason = models.TextField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "case", "decided_on"], name="override_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case} · {self.decided_on}"
