"""What is used, what is proposed, what counts and what it is worth."""

from __future__ import annotations

from django.db import models

from gouvernail.common.rows import LONGEST_KEY, FactRow


class UseCase(FactRow):
    """A use case and its file."""

    code = models.CharField(max_length=60)
    title = models.TextField()
    service = models.CharField(max_length=60, blank=True, default="")
    stage = models.CharField(max_length=40, blank=True, default="")
    stage_reason = models.TextField(blank=True, default="")
    summary = models.TextField(blank=True, default="")
    problem = models.TextField(blank=True, default="")
    today = models.TextField(blank=True, default="")
    tasks_lifted = models.JSONField(default=list, blank=True)
    stays_human = models.TextField(blank=True, default="")
    benefit = models.TextField(blank=True, default="")
    measure = models.TextField(blank=True, default="")
    simpler_way = models.TextField(blank=True, default="")
    time_given_to = models.TextField(blank=True, default="")
    elu = models.CharField(max_length=60, blank=True, default="")
    director = models.CharField(max_length=60, blank=True, default="")
    mandate_on = models.DateField(null=True, blank=True)
    stores = models.JSONField(default=list, blank=True)
    tool = models.TextField(blank=True, default="")
    tool_class = models.CharField(max_length=40, blank=True, default="")
    hosting = models.CharField(max_length=40, blank=True, default="")
    cost_year_1 = models.BigIntegerField(null=True, blank=True)
    cost_year_2 = models.BigIntegerField(null=True, blank=True)
    cost_year_3 = models.BigIntegerField(null=True, blank=True)
    staff_days = models.FloatField(null=True, blank=True)
    change_load = models.BigIntegerField(null=True, blank=True)
    agents_affected = models.BigIntegerField(null=True, blank=True)
    people_served = models.BigIntegerField(null=True, blank=True)
    training_groups = models.JSONField(default=list, blank=True)
    trial_weeks = models.BigIntegerField(null=True, blank=True)
    pilot_weeks = models.BigIntegerField(null=True, blank=True)
    rollout_weeks = models.BigIntegerField(null=True, blank=True)
    requires = models.JSONField(default=list, blank=True)
    excludes = models.JSONField(default=list, blank=True)
    source_id = models.TextField(blank=True, default="")
    source_url = models.TextField(blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["authority", "code"], name="usecase_once"),)

    def __str__(self) -> str:
        return self.code


class ExistingUse(FactRow):
    """An AI in use today, with or without leave."""

    code = models.CharField(max_length=60)
    name = models.TextField()
    tool = models.TextField(blank=True, default="")
    service = models.CharField(max_length=60, blank=True, default="")
    users = models.BigIntegerField(null=True, blank=True)
    discovery = models.CharField(max_length=40, blank=True, default="")
    seen_on = models.DateField(null=True, blank=True)
    data = models.JSONField(default=list, blank=True)
    personal = models.BooleanField(null=True, blank=True)
    stores = models.JSONField(default=list, blank=True)
    hosting = models.CharField(max_length=40, blank=True, default="")
    tool_class = models.CharField(max_length=40, blank=True, default="")
    verdict = models.CharField(max_length=40, blank=True, default="")
    verdict_reason = models.TextField(blank=True, default="")
    case = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "code"], name="existinguse_once"),
        )

    def __str__(self) -> str:
        return self.code


class LegalFact(FactRow):
    """One answer the law depends on; of a case, or of the authority when `case` is empty."""

    case = models.CharField(max_length=60, blank=True, default="")
    fact = models.CharField(max_length=60)
    value = models.TextField(blank=True, default="")
    by = models.CharField(max_length=60, blank=True, default="")
    on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "case", "fact"], name="legalfact_once"),
        )

    def __str__(self) -> str:
        return f"{self.case} · {self.fact}"


class Criterion(FactRow):
    """What counts, on a scale from 0 to 4."""

    code = models.CharField(max_length=60)
    label = models.TextField()
    lowest = models.TextField(blank=True, default="")
    highest = models.TextField(blank=True, default="")
    weight = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "code"], name="criterion_once"),
        )

    def __str__(self) -> str:
        return self.code


class Rating(FactRow):
    """Three separate views on one case by one criterion."""

    case = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    elu = models.FloatField(null=True, blank=True)
    director = models.FloatField(null=True, blank=True)
    agents = models.FloatField(null=True, blank=True)
    comment = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "case", "criterion"], name="rating_once"),
        )

    def __str__(self) -> str:
        return f"{self.case} · {self.criterion}"


class Priority(FactRow):
    """What one actor cares for."""

    actor = models.CharField(max_length=LONGEST_KEY)
    criterion = models.CharField(max_length=60)
    rank = models.BigIntegerField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "actor", "criterion"], name="priority_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.actor} · {self.criterion}"


class Offer(FactRow):
    """What a vendor offers for a case, as they wrote it."""

    code = models.CharField(max_length=60)
    case = models.CharField(max_length=60)
    vendor = models.TextField()
    tool = models.TextField(blank=True, default="")
    received_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True, default="")
    asked_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["authority", "code"], name="offer_once"),)

    def __str__(self) -> str:
        return self.vendor


class OfferAnswer(FactRow):
    """What a vendor answers to one question, and the proof given."""

    offer = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    value = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "offer", "question"], name="offeranswer_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.offer} · {self.question}"
