"""Who is trained."""

from __future__ import annotations

from django.db import models

from gouvernail.common.rows import FactRow


class TrainingGroup(FactRow):
    """A group to train and how far it is."""

    code = models.CharField(max_length=60)
    label = models.TextField()
    people = models.BigIntegerField(null=True, blank=True)
    trained = models.BigIntegerField(null=True, blank=True)
    weeks = models.BigIntegerField(null=True, blank=True)
    channel = models.TextField(blank=True, default="")
    service = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "code"], name="traininggroup_once"),
        )

    def __str__(self) -> str:
        return self.code
