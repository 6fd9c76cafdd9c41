"""What leaves by e-mail, what waits on screen, and how each person wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """Where a letter is; the last three are ends."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given-up"
    CANCELLED = "cancelled"


class Letter(models.Model):
    """One e-mail to one person: queued in the transaction of its act, sent outside of it.

    `key` says what it is about: the same thing is never queued twice. A worker holds a letter by
    `lease_until`; `attempts` grows at each claim, so that one thought dead changes nothing when it
    comes back. `text` and `html` are emptied as soon as the letter has an end: a link that opens an
    account is not kept. `authority` is empty for what concerns an account only.
    """

    authority = models.ForeignKey("authority.Authority", null=True, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE)
    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=150, blank=True, default="")
    email = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    failure = models.CharField(max_length=30, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["not_before"], condition=Q(state="waiting"), name="letter_due"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Notice(models.Model):
    """One thing to know for one person in one authority; its sentence is that of its kind."""

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=30)
    words = models.JSONField(default=dict)
    link = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    #: Whether the next weekly letter tells it.
    in_digest = models.BooleanField(default=False)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(
                fields=["user", "authority"], condition=Q(read_at=None), name="notice_unread"
            ),
        )

    def __str__(self) -> str:
        return self.kind


class Preference(models.Model):
    """How one person wants one kind of message in one authority."""

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=10)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "authority", "kind"], name="preference_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.channel}"


class QuietRule(models.Model):
    """When an authority lets no e-mail leave; without a row, the usual hours hold."""

    authority = models.OneToOneField("authority.Authority", on_delete=models.CASCADE)
    active = models.BooleanField(default=True)
    starts = models.TimeField()
    ends = models.TimeField()
    days_off = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.starts} – {self.ends}"


class DigestDone(models.Model):
    """The weekly letters of one authority were queued, or there was nothing to tell."""

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    week = models.CharField(max_length=8)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["authority", "week"], name="digest_once"),)

    def __str__(self) -> str:
        return self.week
