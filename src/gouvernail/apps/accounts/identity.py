"""The only writer of what a person changes in their own account."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from gouvernail.apps.accounts import factors, sessions
from gouvernail.apps.accounts.models import OidcIdentity, User
from gouvernail.apps.accounts.oidc import Claims
from gouvernail.apps.journal.services import record
from gouvernail.common import tenancy
from gouvernail.common.actor import Actor, ActorKind


def note(act: str, *, by: Actor | None, at: datetime, subject: str = "") -> None:
    """Tell the journal of the place the person works in; an account of nowhere has none."""
    if by is not None and by.authority_id is not None:
        record(act, by=by, at=at, subject=subject)


@transaction.atomic
def rename(user: User, name: str, *, at: datetime) -> None:
    """Keep the name a person goes by, and tell it wherever they belong.

    Every journal names people: without it, one could act under the name of a colleague.
    """
    before, user.name = user.name, name
    if before == name:
        return
    user.save(update_fields=["name"])
    for authority_id in list(user.memberships.values_list("authority_id", flat=True)):
        by = Actor(ActorKind.PERSON, before, user.pk, authority_id, uid=str(user.uid))
        with tenancy.scoped(user=user.pk, authority=authority_id):
            record(
                "name-changed", by=by, at=at, authority_id=authority_id, subject=name,
                before={"name": before}, after={"name": name},
            )  # fmt: skip


@transaction.atomic
def change_password(
    user: User, password: str, *, by: Actor | None, at: datetime, act: str = "password-changed"
) -> None:
    """Keep the new password; every session opened with the former one is closed."""
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.close(user)
    note(act, by=by, at=at)


@transaction.atomic
def close_sessions(
    user: User, *, by: Actor | None, at: datetime, keep: str | None = None, only: int | None = None
) -> int:
    """Close sessions and return how many."""
    count = sessions.close(user, keep=keep, only=only)
    if count:
        note("sessions-closed", by=by, at=at)
    return count


@transaction.atomic
def add_totp(
    user: User, secret: str, code: str, *, by: Actor | None, at: datetime
) -> list[str] | None:
    """Add the application; return the recovery codes of a first factor, None for a wrong code."""
    if not factors.add_totp(user, secret, code):
        return None
    return _added(user, factors.Kind.TOTP, by=by, at=at)


@transaction.atomic
def add_passkey(
    user: User, name: str, credential: str, *, by: Actor | None, at: datetime
) -> list[str] | None:
    """Add the passkey and return the recovery codes of a first factor; None for what is none."""
    if not factors.add_passkey(user, name, credential):
        return None
    return _added(user, factors.Kind.WEBAUTHN, by=by, at=at)


def _added(user: User, kind: str, *, by: Actor | None, at: datetime) -> list[str]:
    note("factor-added", by=by, at=at, subject=str(kind))
    return [] if factors.recovery_codes_left(user) else factors.new_recovery_codes(user)


@transaction.atomic
def remove_factor(user: User, pk: int, *, by: Actor | None, at: datetime) -> bool:
    """Remove a factor of the account; return whether it was there."""
    kind = factors.remove(user, pk)
    if kind:
        note("factor-removed", by=by, at=at, subject=kind)
    return bool(kind)


@transaction.atomic
def renew_recovery_codes(user: User, *, by: Actor | None, at: datetime) -> list[str]:
    """Return fresh recovery codes."""
    note("recovery-codes-made", by=by, at=at)
    return factors.new_recovery_codes(user)


def account_of(claims: Claims, *, at: datetime) -> User | None:
    """Return the open account linked to this issuer and subject, None when there is none."""
    found = OidcIdentity.objects.filter(issuer=claims.issuer, subject=claims.subject)
    row = found.filter(user__is_active=True).select_related("user").first()
    if row is None:
        return None
    found.update(last_used_at=at)
    return row.user


def link(user: User, claims: Claims, provider: str, *, by: Actor | None, at: datetime) -> bool:
    """Link the account; False when this identity or this account is already linked otherwise."""
    try:
        with transaction.atomic():
            OidcIdentity.objects.create(
                user=user, issuer=claims.issuer, subject=claims.subject, linked_at=at
            )
            note("identity-linked", by=by, at=at, subject=provider)
    except IntegrityError:
        return OidcIdentity.objects.filter(
            user=user, issuer=claims.issuer, subject=claims.subject
        ).exists()
    return True


@transaction.atomic
def unlink(user: User, issuer: str, provider: str, *, by: Actor | None, at: datetime) -> None:
    """Undo the link, when the account has a password to come back with."""
    if user.has_usable_password():
        count, _rows = OidcIdentity.objects.filter(user=user, issuer=issuer).delete()
        if count:
            note("identity-unlinked", by=by, at=at, subject=provider)
