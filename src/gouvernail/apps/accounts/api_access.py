"""How a program comes in: the key it shows, and the act that each operation names."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from gouvernail.apps.accounts.invitations import digest_of
from gouvernail.apps.accounts.permissions import may
from gouvernail.apps.accounts.tokens import holder_of
from gouvernail_core.access import Act, Scope

#: What a program may ask with one key; beyond, it is asked to wait.
RATE = "600/m"
FORMATS = ("application/json", "multipart/form-data")


class AccessToken(HttpBearer):
    """Asks for a token that may do `act`; None asks only for one that is still good.

    A session opens nothing here: a page that somebody is led to cannot act in their name.
    """

    def __init__(self, act: Act | None) -> None:
        super().__init__()
        self.act = act

    def __call__(self, request: HttpRequest) -> Any:
        request.actor = request.authority = request.network = None  # type: ignore[attr-defined]
        asked = (request.path, *request.GET, *request.GET.dict().values())
        if any("\x00" in part for part in asked):
            raise HttpError(400, _("The address holds a sign that cannot be read."))
        actor = super().__call__(request) or self._refuse()
        _refuse_format(request)
        return actor

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return who acts, or refuse."""
        holder = holder_of(token, at=timezone.now())
        if holder is None:
            self._refuse()
            return None
        request.actor = holder.actor  # type: ignore[attr-defined]
        request.authority = holder.authority  # type: ignore[attr-defined]
        request.network = holder.network  # type: ignore[attr-defined]
        if self.act is not None:
            elsewhere = self.act.scope is Scope.AUTHORITY and holder.authority is None
            if elsewhere or not may(holder.actor, self.act):
                raise PermissionDenied(
                    _("This token does not open this: %(act)s.") % {"act": self.act.value}
                )
        return holder.actor

    @staticmethod
    def _refuse() -> None:
        raise AuthenticationError


class Calm(SimpleRateThrottle):
    """So many requests a minute for each key, in each process that serves."""

    scope = "api"

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return whose requests are counted together."""
        _scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        return f"api-{digest_of(key)}"  # however « Bearer » is written


def _refuse_format(request: HttpRequest) -> None:
    """Stop a body that says it is neither JSON nor a form with files.

    A body that says nothing is read as JSON. The shape asked by the operation is checked by it.
    """
    if request.META.get("CONTENT_LENGTH") in (None, "", "0") or not request.content_type:
        return
    if request.content_type not in FORMATS:
        raise HttpError(415, _("Send JSON (application/json), or a form for a file."))


def needs(act: Act) -> AccessToken:
    """Return what an operation asks of who calls it."""
    return AccessToken(act)
