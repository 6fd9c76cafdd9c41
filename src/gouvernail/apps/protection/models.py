"""Where the data lie."""

from __future__ import annotations

from django.db import models

from gouvernail.common.rows import FactRow


class DataStore(FactRow):
    """A place where data lie."""

    code = models.CharField(max_length=60)
    name = models.TextField()
    service = models.CharField(max_length=60, blank=True, default="")
    kind = models.CharField(max_length=40, blank=True, default="")
    data = models.JSONField(default=list, blank=True)
    personal = models.BooleanField(null=True, blank=True)
    hosting = models.CharField(max_length=40, blank=True, default="")
    readers = models.BigIntegerField(null=True, blank=True)
    documents = models.BigIntegerField(null=True, blank=True)
    examined = models.BooleanField(null=True, blank=True)
    data_class = models.CharField(max_length=40, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["authority", "code"], name="datastore_once"),
        )

    def __str__(self) -> str:
        return self.code
