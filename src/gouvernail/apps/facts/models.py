"""What was handed in and is not yet accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Upload(models.Model):
    """A workbook read but not imported: the rows it holds and what is to correct in it."""

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
