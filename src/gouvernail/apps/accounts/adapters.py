"""What allauth asks of the platform: who may sign up, and how its secrets are kept."""

from __future__ import annotations

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: one is invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that it is closed."""
        return False


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the second factors' secrets unreadable to whoever holds a copy of the database."""

    def encrypt(self, text: str) -> str:
        """Return the text ciphered with a key drawn from the installation's secret."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the text, ciphered under the secret of today or one of the former ones."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"gouvernail second factors")
    return base64.urlsafe_b64encode(derived.derive(force_bytes(secret)))
