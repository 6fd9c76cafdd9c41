"""Who signs in, and what they are in which authority."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Return a new account; without a password nobody can sign in with one."""
        user = self.model(username=User.known_as(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person's account. It says nothing of rights: `Membership` and `Supervision` do.

    `uid` is what the journal keeps: it names nobody once the account is erased.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True, default="")
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def known_as(cls, username: str) -> str:
        """Return a user name as it is kept: as the form that signs in reads it, in small letters.

        >>> User.known_as(" Ａlice@Test ")
        'alice@test'
        """
        return cls.normalize_username(username).strip().lower()


class Membership(models.Model):
    """What a person is in an authority; `roles` are codes of `permissions.ROLES`.

    `person` is the code of the same person in the sheet « Personnes », when there is one.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    authority = models.ForeignKey(
        "authority.Authority", on_delete=models.CASCADE, related_name="memberships"
    )
    roles = models.JSONField(default=list)
    person = models.CharField(max_length=60, blank=True, default="")
    #: Empty for those who came in before this was kept.
    since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "authority"], name="member_once"),)

    def __str__(self) -> str:
        return f"{self.user} · {', '.join(self.roles)}"


class Supervision(models.Model):
    """Somebody who follows the authorities of a network: their states and their dates."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="supervisions"
    )
    network = models.ForeignKey(
        "network.Network", on_delete=models.CASCADE, related_name="supervisions"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "network"], name="supervisor_once"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.network}"


class Invitation(models.Model):
    """A link by which somebody comes in; only its digest is kept, so that no backup lets one in.

    It opens an authority with `roles`, or a network (to supervise) when `authority` is empty.
    """

    authority = models.ForeignKey(
        "authority.Authority", null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    network = models.ForeignKey(
        "network.Network", null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True, default="")
    roles = models.JSONField(default=list)
    person = models.CharField(max_length=60, blank=True, default="")
    digest = models.CharField(max_length=64, unique=True)
    asked_by = models.CharField(max_length=150)
    #: Who made the link, whose rights it cannot outlive; empty for a command of the server.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(authority__isnull=False) ^ models.Q(network__isnull=False),
                name="invited_somewhere",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """Some of a person's roles, held by another while they are away; both days are included."""

    authority = models.ForeignKey("authority.Authority", on_delete=models.CASCADE)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations_given"
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations_taken"
    )
    roles = models.JSONField(default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="delegation_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")), name="delegation_to_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id}"


class ApiToken(models.Model):
    """A program's key to one authority, or to one network: what it may do, until when.

    Only its digest is kept.
    """

    authority = models.ForeignKey("authority.Authority", null=True, on_delete=models.CASCADE)
    network = models.ForeignKey("network.Network", null=True, on_delete=models.CASCADE)
    creator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=150)
    acts = models.JSONField(default=list)
    #: The first signs of the key, by which people tell one from another.
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(authority__isnull=False) ^ models.Q(network__isnull=False),
                name="token_of_one_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"


class OidcIdentity(models.Model):
    """An account seen by an identity provider: the issuer and its subject, never an e-mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities"
    )
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="one_identity_by_issuer"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} · {self.issuer}"
