"""The open sessions of an account: where, since when, last seen; and what is still due in each."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gouvernail.apps.accounts.models import User
from gouvernail.apps.accounts.permissions import Act

SEEN = "seen"
#: When the person last proved who they are, in this session.
PROVED = "proved"
#: The authority asks for a second factor that the person has not set up yet.
FACTOR_DUE = "factor_due"
#: A session is said to be seen again after this many seconds: not one writing per page.
EVERY = 600


def address_of(request: HttpRequest) -> str | None:
    """Return where the request comes from; behind relays, what the outermost trusted one saw."""
    direct = request.META.get("REMOTE_ADDR") or None
    count = settings.TRUSTED_PROXIES
    if not count:
        return direct
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    try:
        return str(ipaddress.ip_address(seen[-count])) if len(seen) >= count else direct
    except ValueError:
        return direct


def origin_of(request: HttpRequest) -> str | None:
    """Return what counts as one origin of failures: an IPv4 address, or a network of IPv6.

    One subscriber of IPv6 has 2**64 addresses, and would never meet a limit counted by address.
    """
    try:
        found = ipaddress.ip_address(address_of(request) or "")
    except ValueError:
        return address_of(request)
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), 64), strict=False).network_address)


def shortened(address: str | None) -> str:
    """Return the address of the network rather than of the device.

    >>> shortened("192.0.2.77")
    '192.0.2.0'
    """
    try:
        found = ipaddress.ip_address(address or "0.0.0.0")  # noqa: S104 - says that none is known
    except ValueError:
        return "0.0.0.0"  # noqa: S104 - the same
    width = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, width), strict=False).network_address)


@receiver(user_logged_in, dispatch_uid="open-session")
def opened(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """Write the session down when it opens."""
    if not request.session.session_key:
        request.session.save()
    request.session[SEEN] = request.session[PROVED] = int(time.time())
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": shortened(address_of(request)),
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
            "last_seen_at": timezone.now(),
        },
    )


def sessions_of(user: User) -> list[UserSession]:
    """Return the sessions that are still open, the last seen first."""
    found = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda each: each.last_seen_at, reverse=True)


def close(
    user: User, *, keep: str | None = None, only: int | None = None, only_key: str | None = None
) -> int:
    """Close the sessions of an account, but `keep`, or `only` one; return how many."""
    found = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    if only_key is not None:
        found = found.filter(session_key=only_key)
    if only is not None:
        found = found.filter(pk=only)
    count = 0
    for each in found:
        each.end()
        count += 1
    return count


def forget_pages(response: HttpResponse) -> HttpResponse:
    """Ask the browser to drop what it kept: on a shared desk, the next one presses Back."""
    response["Clear-Site-Data"] = '"cache"'
    return response


class SessionMiddleware:
    """Notes now and then that the session is in use, and leads to the second factor that is due.

    Both are read from the session itself: an ordinary page asks the database nothing more. What a
    page does not say of itself, it says here: no relay keeps it, and a browser asks again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: object) -> HttpResponse | None:
        """Look only at a page that asks who one is."""
        if not request.user.is_authenticated:
            return None
        now = int(time.time())
        if now - request.session.get(SEEN, 0) >= EVERY:
            request.session[SEEN] = now
            UserSession.objects.filter(session_key=request.session.session_key).update(
                last_seen_at=timezone.now()
            )
        if request.session.get(FACTOR_DUE) and not _may_wait(view):
            return redirect("accounts:account")
        return None


def _may_wait(view: Any) -> bool:
    """Return whether the page is open before the factor is set up: public, or of one's account."""
    return getattr(view, "act", Act.READ) in {None, Act.OWN_ACCOUNT}
