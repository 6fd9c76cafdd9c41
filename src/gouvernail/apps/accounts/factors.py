"""Second factors: which ones an account has, adding, checking and removing them."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction

from gouvernail.apps.accounts.models import User

Kind = Authenticator.Type
#: What a browser may send that is not a passkey's answer, however malformed.
_MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


def factors_of(user: User) -> list[Authenticator]:
    """Return the application and the passkeys of an account, the oldest first."""
    found = Authenticator.objects.filter(user=user, type__in=(Kind.TOTP, Kind.WEBAUTHN))
    return list(found.order_by("pk"))


def has_factor(user: User) -> bool:
    """Return whether the account asks for a second step."""
    return bool(factors_of(user))


@transaction.atomic
def check_code(user: User, code: str) -> str:
    """Return the kind of factor whose code this is, empty when it is wrong or already used.

    The row is locked, so that one code opens once even when it is sent twice at the same time.
    """
    code = "".join(code.split())
    rows = Authenticator.objects.select_for_update().filter(
        user=user, type__in=(Kind.TOTP, Kind.RECOVERY_CODES)
    )
    for row in rows:
        if _accepts(row, code):
            row.record_usage()
            return str(row.type)
    return ""


def _accepts(row: Authenticator, code: str) -> bool:
    if row.type == Kind.RECOVERY_CODES:
        return bool(code.isascii() and RecoveryCodes(row).validate_code(code))
    counter = matching_counter(decrypt(row.data["secret"]), code)
    if counter <= row.data.get("last", 0):
        return False
    row.data["last"] = counter
    row.save(update_fields=["data"])
    return True


def matching_counter(secret: str, code: str) -> int:
    """Return the half-minute this code belongs to, 0 when it is of none around now."""
    return next(
        (
            counter
            for counter in totp.yield_hotp_counters_from_time()
            if totp.compare_user_code(
                actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))
            )
        ),
        0,
    )


@transaction.atomic
def add_totp(user: User, secret: str, code: str) -> bool:
    """Add the application, once it has shown that it knows the secret."""
    counter = matching_counter(secret, "".join(code.split()))
    if not counter or Authenticator.objects.filter(user=user, type=Kind.TOTP).exists():
        return False
    row = totp.TOTP.activate(user, secret).instance
    row.data["last"] = counter  # the code that proved it does not also sign in
    row.save(update_fields=["data"])
    return True


def add_passkey(user: User, name: str, credential: str) -> bool:
    """Add the passkey the browser made for the challenge of this session."""
    try:
        given = json.loads(credential)
        webauthn.parse_registration_response(given)
        webauthn.complete_registration(given)
        webauthn.WebAuthn.add(user, name, given)
    except _MALFORMED:
        return False
    return True


def holder_of_passkey(credential: str, *, expected: User | None = None) -> User | None:
    """Return whose passkey answered the challenge of this session, None when it did not."""
    try:
        given = json.loads(credential)
        webauthn.parse_authentication_response(given)
        user = expected or webauthn.extract_user_from_response(given)
        webauthn.complete_authentication(user, given).record_usage()
    except _MALFORMED:
        return None
    return user if user.is_active else None


def creation_options(user: User) -> dict[str, Any]:
    """Return what the browser needs to make a passkey that opens without a password."""
    return dict(webauthn.begin_registration(user, True))


def request_options(user: User | None) -> dict[str, Any]:
    """Return what the browser needs to ask for a passkey, of this person or of anybody."""
    return dict(webauthn.begin_authentication(user))


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Return fresh recovery codes; the former ones open nothing any more."""
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(user).generate_codes())


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes have not been used."""
    row = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


@transaction.atomic
def remove(user: User, pk: int) -> str:
    """Remove one factor of the account and return its kind; the last takes the codes with it."""
    row = Authenticator.objects.filter(
        user=user, pk=pk, type__in=(Kind.TOTP, Kind.WEBAUTHN)
    ).first()
    if row is None:
        return ""
    row.delete()
    if not has_factor(user):
        Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    return str(row.type)
