"""Who signs in, and what they are in which authority."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Return a new account; without a password nobody can sign in with one."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person's account. It says nothing of rights: `Membership` does."""

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

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "authority"], name="member_once"),)

    def __str__(self) -> str:
        return f"{self.user} · {', '.join(self.roles)}"
