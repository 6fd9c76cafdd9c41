"""Signing in by an identity provider: what is asked of it, and all that is checked in its answer.

mozilla-django-oidc carries the exchange (state, nonce, PKCE). What it leaves open is closed here:
issuer, audience and expiry of every token, one signature algorithm, signed userinfo of the same
subject. Nothing here reads an e-mail address to know who somebody is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import import_from_settings
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from gouvernail.environment import OidcProvider

TIMEOUT = 8
#: Clocks differ a little.
LEEWAY = 30
ID_TOKEN = "oidc_id_token"  # noqa: S105 - the name of a place in the session
#: Everything a provider can do wrong, or somebody in its name.
REFUSED = (
    SuspiciousOperation,
    requests.RequestException,
    jwt.PyJWTError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)


@dataclass(frozen=True, slots=True)
class Claims:
    """Who the provider says has come: nothing else of its answer is kept."""

    issuer: str
    subject: str


def provider() -> OidcProvider:
    """Return the installation's provider; its pages do not exist without one."""
    if settings.OIDC is None:
        raise SuspiciousOperation("this installation has no identity provider")
    return settings.OIDC


@lru_cache(maxsize=4)
def addresses(issuer: str) -> dict[str, str]:
    """Return the provider's own document, refused when it speaks for another issuer."""
    answer = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=TIMEOUT)
    answer.raise_for_status()
    document = answer.json()
    if str(document.get("issuer", "")).rstrip("/") != issuer:
        raise SuspiciousOperation("the provider's document names another issuer")
    return {key: value for key, value in document.items() if isinstance(value, str)}


def option(name: str, *default: Any) -> Any:
    """Return what mozilla-django-oidc asks, from the installation's provider."""
    chosen = provider()
    found = addresses(chosen.issuer)
    known: dict[str, Any] = {
        "OIDC_OP_AUTHORIZATION_ENDPOINT": found["authorization_endpoint"],
        "OIDC_OP_TOKEN_ENDPOINT": found["token_endpoint"],
        "OIDC_OP_USER_ENDPOINT": found["userinfo_endpoint"],
        "OIDC_OP_JWKS_ENDPOINT": found["jwks_uri"],
        "OIDC_RP_CLIENT_ID": chosen.client_id,
        "OIDC_RP_CLIENT_SECRET": chosen.client_secret,
        "OIDC_RP_SIGN_ALGO": chosen.algorithm,
        "OIDC_RP_SCOPES": chosen.scopes,
        "OIDC_USE_PKCE": True,
        "OIDC_USE_NONCE": True,
        "OIDC_TIMEOUT": TIMEOUT,
        "OIDC_STORE_ID_TOKEN": True,
        "OIDC_AUTHENTICATION_CALLBACK_URL": "accounts:oidc_callback",
    }
    return known[name] if name in known else import_from_settings(name, *default)


class Departure(OIDCAuthenticationRequestView):  # type: ignore[misc]
    """Sends the browser to the provider, with state, nonce and a PKCE challenge."""

    get_settings = staticmethod(option)

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        """Return the strength asked for, in the two ways providers read it."""
        if not provider().acr:
            return {}
        wanted = {"id_token": {"acr": {"essential": True, "value": provider().acr}}}
        return {"acr_values": provider().acr, "claims": json.dumps(wanted)}


class Backend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Turns the provider's code into a proved (issuer, subject), and never into an account."""

    get_settings = staticmethod(option)

    def retrieve_matching_jwk(self, token: str) -> jwt.PyJWK:
        """Return the one key of the provider that may have signed this token."""
        answer = requests.get(self.OIDC_OP_JWKS_ENDPOINT, timeout=TIMEOUT)
        answer.raise_for_status()
        header = jwt.get_unverified_header(token)
        family = "RSA" if self.OIDC_RP_SIGN_ALGO.startswith("RS") else "EC"
        keys = [
            key
            for key in answer.json()["keys"]
            if key.get("kty") == family
            and key.get("use", "sig") == "sig"
            and key.get("alg", self.OIDC_RP_SIGN_ALGO) == self.OIDC_RP_SIGN_ALGO
            and ("kid" not in header or key.get("kid") == header["kid"])
        ]
        if len(keys) != 1:
            raise SuspiciousOperation("no single key of the provider signed this token")
        return jwt.PyJWK(keys[0], algorithm=self.OIDC_RP_SIGN_ALGO)

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Return the claims of an ID token meant for us, in time, for this very sign-in."""
        claims = self._claims(token, required=["exp", "iat", "iss", "aud", "sub"])
        nonce = kwargs.get("nonce") or ""
        if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
            raise SuspiciousOperation("the nonce is not that of this sign-in")
        if claims.get("azp", self.OIDC_RP_CLIENT_ID) != self.OIDC_RP_CLIENT_ID:
            raise SuspiciousOperation("the token was given to another")
        if provider().acr and claims.get("acr") != provider().acr:
            raise SuspiciousOperation("the authentication is not of the strength asked for")
        return claims

    def _claims(self, token: str, *, required: list[str]) -> dict[str, Any]:
        return jwt.decode(
            token,
            self.retrieve_matching_jwk(token),
            algorithms=[self.OIDC_RP_SIGN_ALGO],
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=addresses(provider().issuer)["issuer"],
            leeway=LEEWAY,
            options={"require": required},
        )

    def get_userinfo(self, access_token: str, id_token: str, payload: Any) -> dict[str, Any]:
        """Return what the provider says of the person: signed, and of the same subject."""
        answer = requests.get(
            self.OIDC_OP_USER_ENDPOINT,
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=TIMEOUT,
        )
        answer.raise_for_status()
        kind = answer.headers.get("content-type", "").lower()
        if kind.startswith("application/jwt"):
            said = self._claims(answer.text, required=["iss", "aud", "sub"])
        elif provider().signed_userinfo:
            raise SuspiciousOperation("the userinfo is not signed")
        else:
            said = answer.json()
        if said.get("sub") != payload["sub"]:
            raise SuspiciousOperation("the userinfo is about somebody else")
        return dict(said)

    def get_or_create_user(self, access_token: str, id_token: str, payload: Any) -> Claims:
        """Return who has come; which account that is, `OidcIdentity` alone says."""
        self.get_userinfo(access_token, id_token, payload)
        return Claims(provider().issuer, str(payload["sub"]))

    def store_tokens(self, access_token: str, id_token: str) -> None:
        """Keep the ID token for signing out there, and the access token nowhere."""
        self.id_token = id_token


def take_state(request: HttpRequest) -> dict[str, Any]:
    """Return what this session kept when it left for the provider; it can be taken once."""
    states = request.session.get("oidc_states") or {}
    kept = states.pop(request.GET.get("state", ""), None)
    request.session["oidc_states"] = states
    request.session.save()
    if kept is None:
        raise SuspiciousOperation("this answer was not asked for by this session")
    return dict(kept)


def prove(request: HttpRequest, kept: dict[str, Any]) -> tuple[Claims, str]:
    """Return who has come and the ID token, or raise one of `REFUSED`."""
    backend = Backend()
    claims = backend.authenticate(request, nonce=kept["nonce"], code_verifier=kept["code_verifier"])
    if not isinstance(claims, Claims):
        raise SuspiciousOperation("the provider sent no code")
    return claims, backend.id_token


def farewell(id_token: str, back: str) -> str:
    """Return the provider's sign-out address, empty when it has none or does not answer."""
    try:
        found = addresses(provider().issuer).get("end_session_endpoint", "")
    except REFUSED:
        return ""
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": back}
    return f"{found}?{urlencode(asked)}" if found else ""
