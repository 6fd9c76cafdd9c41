"""What was sent and kept: one row a file, its bytes on the disk."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models


def random_place() -> str:
    """Return a name nobody can guess, with 128 bits of chance."""
    return secrets.token_hex(16)


class StoredFile(models.Model):
    """A file attached to a row of the facts, which `sheet` and `row` name by their codes.

    `uid` is its address; `place` is its name on the disk: neither says anything of the other. A
    file taken back keeps its row, without its bytes.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.CharField(max_length=32, default=random_place, unique=True, editable=False)
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    sheet = models.CharField(max_length=60)
    row = models.TextField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["authority", "sheet"], name="files_of_sheet"),)

    def __str__(self) -> str:
        return self.name
