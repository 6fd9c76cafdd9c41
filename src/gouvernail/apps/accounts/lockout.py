"""Too many failures: a pause, told kindly, by name and address and then by address alone."""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.db.models import Max, Sum
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gouvernail.apps.accounts.models import User
from gouvernail.apps.accounts.queries import places_of
from gouvernail.apps.accounts.sessions import origin_of
from gouvernail.apps.journal.services import record
from gouvernail.common import tenancy
from gouvernail.common.actor import Actor, ActorKind


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts the failures of an address more leniently than those of a name at an address."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the failures, those of the whole address brought to the scale of one name."""
        named, address = (
            attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(named, address * settings.AXES_FAILURE_LIMIT // settings.AXES_ADDRESS_LIMIT)

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Forget the failures of this name here; those of others at this address stay."""
        named, _address = self.get_user_attempts(request, credentials)
        return int(named.delete()[0])


def allowed(request: HttpRequest, username: str) -> bool:
    """Return whether this name may still try from where the request comes."""
    return bool(AxesProxyHandler.is_allowed(request, {"username": username}))


def failed(request: HttpRequest, username: str) -> None:
    """Count one failure of a second step, as a wrong password is counted."""
    user_login_failed.send("gouvernail", credentials={"username": username}, request=request)


def locked_out(
    request: HttpRequest, _response: HttpResponse | None = None, _credentials: Any = None
) -> HttpResponse:
    """Return the page that says when to try again."""
    last = AccessAttempt.objects.filter(ip_address=origin_of(request)).aggregate(
        at=Max("attempt_time")
    )["at"]
    until = (last or timezone.now()) + settings.AXES_COOLOFF_TIME
    wait = max(1, int((until - timezone.now()).total_seconds()))
    page = render(request, "accounts/locked.html", {"until": until}, status=429)
    page["Retry-After"] = str(wait)
    return page


@receiver(user_locked_out, dispatch_uid="journal-of-locks")
@transaction.atomic
def _journal(sender: Any, request: HttpRequest, username: str | None = None, **_: Any) -> None:
    """Tell the journal of the authority of an account that exists; an unknown name leaves none.

    It is told when the pause begins, and not at each attempt during it.
    """
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    user = User.objects.filter(username=User.known_as(username or "")).first()
    if user is None:
        return
    tenancy.enter(user=user.pk)
    place = next(iter(places_of(user, on=timezone.localdate())), None)
    if place is None or place.authority is None:
        return
    tenancy.enter(user=user.pk, authority=place.authority.pk)
    who = Actor(ActorKind.PERSON, user.name, user.pk, place.authority.pk, uid=str(user.uid))
    record("sign-in-locked", by=who, at=timezone.now())
