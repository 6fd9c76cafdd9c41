"""Which authorities wait for the letters of a week: each is seen to once."""

from __future__ import annotations

from django.apps import apps

from gouvernail.apps.messaging.models import DigestDone


def to_write(week: str, *, limit: int) -> list[int]:
    """Return authorities whose letters of the week are not queued yet."""
    done = DigestDone.objects.filter(week=week).values("authority_id")
    authorities = apps.get_model("authority.Authority").objects.exclude(pk__in=done)
    return list(authorities.order_by("pk").values_list("pk", flat=True)[:limit])


def begin_week(authority_id: int, week: str) -> bool:
    """Return whether the letters are this caller's to queue, in the same transaction."""
    _row, made = DigestDone.objects.get_or_create(authority_id=authority_id, week=week)
    return made
