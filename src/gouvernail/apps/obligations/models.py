"""What proves that a duty is done; who validates what an AI prepared."""

from __future__ import annotations

from django.db import models

from gouvernail.common.rows import LONGEST_KEY, FactRow


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


class Validation(FactRow):
    """Who validates an act prepared with AI, and what they must have looked at."""

    case = models.CharField(max_length=60)
    act = models.CharField(max_length=LONGEST_KEY)
    validators = models.JSONField(default=list, blank=True)
    legal_basis = models.TextField(blank=True, default="")
    look_at = models.JSONField(default=list, blank=True)
    sample_percent = models.FloatField(null=True, blank=True)
    second_reader = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "case", "act"], name="validation_once"),
        )

    def __str__(self) -> str:
        return f"{self.case} · {self.act}"


class SecondReading(FactRow):
    """What was counted of an act over a period, never by person."""

    case = models.CharField(max_length=60)
    act = models.CharField(max_length=LONGEST_KEY)
    on = models.DateField()
    validated = models.BigIntegerField(null=True, blank=True)
    changed = models.BigIntegerField(null=True, blank=True)
    read_again = models.BigIntegerField(null=True, blank=True)
    wrong = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "case", "act", "on"], name="second_reading_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case} · {self.act} · {self.on}"
