"""What happened, who did it, what it was before and after."""

from __future__ import annotations

from typing import Any

from django.db import models


class Immutable(Exception):
    """The journal is written once; it is never changed nor taken back."""


class Chain(models.Model):
    """The head of one authority's chain, or of the platform's: what the next entry stands on.

    Whoever appends locks this row first: the numbers of a chain have no gap and no double.
    """

    authority = models.OneToOneField(
        "authority.Authority", null=True, on_delete=models.PROTECT, related_name="chain"
    )
    uid = models.CharField(max_length=36, unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.uid} · {self.seq}"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads; what would change entries by the lot refuses like an entry does."""

    def update(self, **kwargs: Any) -> int:
        """Refuse."""
        raise Immutable(", ".join(kwargs))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise Immutable("entries")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Entry]:
        """Refuse: an insertion may also rewrite what it meets; `services` alone appends."""
        raise Immutable("entries")


class Entry(models.Model):
    """One act. `act` is the code of an `EntryType`; `before` and `after` hold what moved.

    `actor_uid` is that of the account: it names nobody once the account is erased. `sealed` are
    the commitments made at writing and `salts` what opens them (see `gouvernail_core.journal`).
    """

    authority = models.ForeignKey(
        "authority.Authority", null=True, on_delete=models.PROTECT, related_name="entries"
    )
    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor_name = models.CharField(max_length=150)
    actor_uid = models.CharField(max_length=36, blank=True, default="", db_index=True)
    standing_in = models.JSONField(default=list)
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=300, blank=True, default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    seq = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    salts = models.JSONField(default=dict)
    sealed = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-seq",)
        indexes = (
            models.Index(fields=["authority", "-at"], name="journal_by_day"),
            models.Index(fields=["authority", "act", "-seq"], name="journal_by_act"),
        )
        constraints = (
            models.UniqueConstraint(fields=["authority", "seq"], name="journal_number_once"),
            models.UniqueConstraint(
                fields=["seq"],
                condition=models.Q(authority__isnull=True),
                name="journal_platform_number_once",
            ),
        )
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
