"""What happened, who did it, what it was before and after."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class Immutable(Exception):
    """The journal is written once; it is never changed nor taken back."""


class Entry(models.Model):
    """One act. `act` is the code of an `EntryType`; `before` and `after` hold what moved."""

    authority = models.ForeignKey(
        "authority.Authority", null=True, on_delete=models.PROTECT, related_name="entries"
    )
    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor_name = models.CharField(max_length=150)
    actor_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=300, blank=True, default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=["authority", "-id"], name="journal_latest"),)
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the entry the first time, refuse ever after."""
        if self.pk is not None:
            raise Immutable(self.act)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise Immutable(self.act)
