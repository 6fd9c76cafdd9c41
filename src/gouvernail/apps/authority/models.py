"""Who we are: the authority, its services, its people, its means and its calendar."""

from __future__ import annotations

import uuid

from django.db import models

from gouvernail.common.rows import FactRow


class Authority(models.Model):
    """One authority: the only sheet with one row, and what every other row belongs to.

    `facts_digest` is that of all its rows, kept by the only writer of facts: a page need not read
    them all to know whether a result is out of date.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    name = models.TextField(blank=True, default="")
    kind = models.CharField(max_length=40, blank=True, default="")
    population = models.BigIntegerField(null=True, blank=True)
    agents = models.BigIntegerField(null=True, blank=True)
    fte = models.FloatField(null=True, blank=True)
    department = models.TextField(blank=True, default="")
    region = models.TextField(blank=True, default="")
    ambition = models.TextField(blank=True, default="")
    plan_from = models.DateField(null=True, blank=True)
    dpo_designated = models.BooleanField(null=True, blank=True)
    has_fs = models.BooleanField(null=True, blank=True)
    has_mediator = models.BooleanField(null=True, blank=True)
    critical_entity = models.BooleanField(null=True, blank=True)
    delegation_threshold_eur = models.BigIntegerField(null=True, blank=True)
    new_body_installed_on = models.DateField(null=True, blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)
    facts_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    facts_changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name or self.code


class Person(FactRow):
    """A person with a part in the steering."""

    code = models.CharField(max_length=60)
    name = models.TextField()
    role = models.CharField(max_length=40)
    title = models.TextField(blank=True, default="")
    service = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["authority", "code"], name="person_once"),)

    def __str__(self) -> str:
        return self.code


class Service(FactRow):
    """A service and the changes it can carry at once."""

    code = models.CharField(max_length=60)
    name = models.TextField()
    head = models.CharField(max_length=60, blank=True, default="")
    agents = models.BigIntegerField(null=True, blank=True)
    change_capacity = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["authority", "code"], name="service_once"),)

    def __str__(self) -> str:
        return self.code


class Capacity(FactRow):
    """A scarce means: project days, files at once."""

    code = models.CharField(max_length=60)
    label = models.TextField()
    unit = models.CharField(max_length=40)
    amount = models.FloatField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["authority", "code"], name="capacity_once"),)

    def __str__(self) -> str:
        return self.code


class Budget(FactRow):
    """The envelope of a year."""

    year = models.BigIntegerField()
    amount_eur = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["authority", "year"], name="budget_once"),)

    def __str__(self) -> str:
        return f"{self.year}"


class Sitting(FactRow):
    """A known sitting of a body."""

    body = models.CharField(max_length=40)
    on = models.DateField()
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "body", "on"], name="sitting_once"),
        )

    def __str__(self) -> str:
        return f"{self.body} · {self.on}"
