"""What the administration keeps for a few days: the exports that were asked for."""

from __future__ import annotations

import secrets
import uuid

from django.db import models


def random_place() -> str:
    """Return a name nobody can guess, with 128 bits of chance."""
    return secrets.token_hex(16)


class Export(models.Model):
    """An export of a whole authority, ready to be taken until `until`.

    `uid` is its address; `place` is its name on the disk: neither says anything of the other. A
    run gives one at most, however often it is tried.
    """

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.CharField(max_length=32, default=random_place, unique=True, editable=False)
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    run = models.OneToOneField("jobs.Run", null=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
