"""What was handed in and is not yet accepted; what was begun and is not yet saved."""

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


class Draft(models.Model):
    """What somebody typed in a form and did not save: theirs alone, one for each form.

    `row` is 0 for a new one; `version` is that of the row they read; `values` are as they typed.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    sheet = models.CharField(max_length=60)
    row = models.PositiveBigIntegerField(default=0)
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "authority", "sheet", "row"], name="draft_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"
