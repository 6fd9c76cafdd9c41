"""The only writer of letters: queued with their act, sent once as far as a mail server allows.

A worker killed after the server took a letter and before it was written down sends it again when
its lease is over: SMTP has no way to ask. The copy bears the same Message-ID, by which mailboxes
put the two together.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone, translation
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from gouvernail.apps.journal.services import record
from gouvernail.apps.messaging import mailing
from gouvernail.apps.messaging.letters import Words, Written, trial, write
from gouvernail.apps.messaging.mailing import Failure
from gouvernail.apps.messaging.models import Letter, QuietRule, State
from gouvernail.apps.messaging.queries import quiet_of
from gouvernail.apps.messaging.quiet import Quiet, opens
from gouvernail.common.actor import Actor
from gouvernail.common.tenancy import owned, scoped

#: How long to wait after each failure; after the last one the letter is given up.
DELAYS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 720))
LEASE = timedelta(minutes=3)
#: What was queued and could not leave within this time says something old.
LASTS = timedelta(days=7)
#: How long the trace of a letter, without its text, is kept.
KEPT = timedelta(days=90)
TASKS_KEPT = timedelta(days=1)
#: The worker does other things each minute: letters that do not leave in this time leave next time.
SECONDS_A_TURN = 20.0
A_TURN = 500
#: Every error of smtplib is an OSError; an address that cannot be written is a ValueError.
REFUSALS = (OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter is for; `user_id` when they have an account."""

    email: str
    name: str = ""
    language: str = "fr"
    user_id: int | None = None


def recipient_of(user: Any) -> Recipient:
    """Return the recipient that an account is."""
    return Recipient(user.email, user.name, user.language, user.pk)


@transaction.atomic
def queue(
    kind: str,
    to: Recipient,
    words: Callable[[], Words],
    *,
    key: str,
    at: datetime,
    authority_id: int | None = None,
    urgent: bool = False,
    secret: bool = False,
    expires_at: datetime | None = None,
) -> Letter | None:
    """Queue a letter in the transaction of its act; None when it is queued already, or when the
    person has no address.

    `words` is called in the language of the recipient. An urgent letter, asked for by somebody
    who waits for it, ignores the quiet hours and leaves at once. A `secret` one, whose link opens
    something, is not kept waiting for a mail server that is not set.
    """
    if not to.email or (secret and not mailing.is_set()):
        return None
    with translation.override(to.language):
        written = write(words())
    rule = quiet_of(authority_id)
    not_before = at if urgent else opens(at, rule, timezone.get_default_timezone())
    with scoped(platform=True):
        letter, made = Letter.objects.get_or_create(
            key=key[:200],
            defaults={
                **_content(written), "authority_id": authority_id, "user_id": to.user_id,
                "kind": kind, "name": to.name, "email": to.email, "urgent": urgent,
                "message_id": f"<{uuid4()}@{settings.EMAIL_DOMAIN}>", "created_at": at,
                "not_before": not_before, "expires_at": expires_at or not_before + LASTS,
            },
        )  # fmt: skip
    if made and urgent:
        send_letter.enqueue(letter.pk)
    return letter if made else None


def _content(written: Written) -> dict[str, str]:
    return {"subject": written.subject, "text": written.text, "html": written.html}


@task()
def send_letter(pk: int) -> bool:
    """Send one letter now; return whether it left."""
    with scoped(platform=True, lasting=True), closing(mailing.open_link()) as link:
        return _send(pk, timezone.now(), link) is None


def deliver(*, at: datetime) -> int:
    """Send the letters that are due, one by one; return how many left.

    Stops when the server itself does not answer: what is left waits for the next turn.
    """
    _let_go(at)
    if not mailing.is_set():
        return 0
    began, sent = time.monotonic(), 0
    due = Letter.objects.filter(_free(at), state=State.WAITING, not_before__lte=at)
    with closing(mailing.open_link()) as link:
        for pk in due.order_by("-urgent", "not_before", "pk").values_list("pk", flat=True)[:A_TURN]:
            failure = _send(pk, at, link)
            sent += failure is None
            if (failure and failure.server) or time.monotonic() - began > SECONDS_A_TURN:
                break
    return sent


def _free(at: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lt=at)


_TAKEN = Failure("taken")


def _send(pk: int, at: datetime, link: Any) -> Failure | None:
    """Send one letter if it is free; return why it did not leave, None when it left."""
    free = Letter.objects.filter(_free(at), pk=pk, state=State.WAITING, not_before__lte=at)
    if not free.update(attempts=F("attempts") + 1, lease_until=at + LEASE):
        return _TAKEN
    letter = Letter.objects.get(pk=pk)
    if letter.attempts > len(DELAYS) + 1:
        return _failed(letter, Failure("stopped", final=True), at)
    if not mailing.is_set():
        return _failed(letter, Failure("not-set", server=True), at)
    try:
        mailing.message(
            to=letter.email, subject=letter.subject, text=letter.text, html=letter.html,
            message_id=letter.message_id, link=link,
        ).send()  # fmt: skip
    except REFUSALS as error:
        return _failed(letter, mailing.failure_of(error), at)
    _end(_held(letter), State.SENT, at)
    return None


def _held(letter: Letter) -> Any:
    return Letter.objects.filter(pk=letter.pk, state=State.WAITING, attempts=letter.attempts)


def _failed(letter: Letter, failure: Failure, at: datetime) -> Failure:
    """Put the letter off, or give it up; what it said is then forgotten."""
    if failure.final or letter.attempts > len(DELAYS):
        _end(_held(letter), State.GIVEN_UP, at, failure.code)
    else:
        delay = DELAYS[letter.attempts - 1]
        _held(letter).update(not_before=at + delay, lease_until=None, failure=failure.code)
    return failure


def _end(letters: Any, state: State, at: datetime, failure: str = "") -> int:
    ended: int = letters.update(
        state=state, ended_at=at, lease_until=None, failure=failure, text="", html=""
    )
    return ended


def _let_go(at: datetime) -> None:
    """Give up what is too old to be true, and forget the traces of what left long ago."""
    late = Letter.objects.filter(_free(at), state=State.WAITING, expires_at__lte=at)
    _end(late, State.GIVEN_UP, at, "expired")
    Letter.objects.filter(ended_at__lt=at - KEPT).delete()
    DBTaskResult.objects.filter(
        task_path=send_letter.module_path, finished_at__lt=at - TASKS_KEPT
    ).delete()


def try_out(to: Recipient) -> Failure | None:
    """Send the letter of the test button, here and now; return why it did not leave."""
    if not mailing.is_set():
        return Failure("not-set")
    with translation.override(to.language):
        written = write(trial())
    with closing(mailing.open_link()) as link:
        try:
            mailing.message(
                to=to.email, subject=written.subject, text=written.text, html=written.html,
                message_id=f"<{uuid4()}@{settings.EMAIL_DOMAIN}>", link=link,
            ).send()  # fmt: skip
        except REFUSALS as error:
            return mailing.failure_of(error)
    return None


@transaction.atomic
def told_trial(authority_id: int, failure: Failure | None, *, by: Actor, at: datetime) -> None:
    """Write in the journal that e-mail was tried, and what came of it."""
    after = {"failure": failure.code} if failure else {}
    record("mail-tried", by=by, at=at, authority_id=authority_id, after=after)


@transaction.atomic
def retry(authority_id: int, pk: int, *, by: Actor, at: datetime) -> bool:
    """Let a waiting letter leave now, from the first attempt; False when it has ended."""
    letter = _letter(authority_id, pk)
    waiting = owned(Letter, authority_id).filter(_free(at), pk=pk, state=State.WAITING)
    if not waiting.update(not_before=at, attempts=0, failure=""):
        return False
    record("letter-retried", by=by, at=at, authority_id=authority_id, subject=letter.kind)
    return True


@transaction.atomic
def cancel(authority_id: int, pk: int, *, by: Actor, at: datetime) -> bool:
    """Cancel a letter that has not left; False when it has ended, or leaves right now."""
    letter = _letter(authority_id, pk)
    waiting = owned(Letter, authority_id).filter(_free(at), pk=pk, state=State.WAITING)
    if not _end(waiting, State.CANCELLED, at):
        return False
    record("letter-cancelled", by=by, at=at, authority_id=authority_id, subject=letter.kind)
    return True


def _letter(authority_id: int, pk: int) -> Letter:
    found: Letter | None = owned(Letter, authority_id).filter(pk=pk).first()
    if found is None:
        raise Http404(f"letter {pk}")
    return found


@transaction.atomic
def keep_quiet(authority_id: int, quiet: Quiet, *, by: Actor, at: datetime) -> None:
    """Keep when this authority lets no e-mail leave."""
    before = quiet_of(authority_id)
    if before == quiet:
        return
    QuietRule.objects.update_or_create(authority_id=authority_id, defaults=_rule(quiet))
    record(
        "quiet-hours-changed", by=by, at=at, authority_id=authority_id,
        before=_told(before), after=_told(quiet),
    )  # fmt: skip


def _rule(quiet: Quiet) -> dict[str, Any]:
    return {
        "active": quiet.active, "starts": quiet.starts, "ends": quiet.ends,
        "days_off": quiet.days_off,
    }  # fmt: skip


def _told(quiet: Quiet) -> dict[str, Any]:
    return {name: str(value) for name, value in _rule(quiet).items()}


def forget_letters(authority_id: int, user_id: int, email: str) -> None:
    """Remove every letter of this authority to somebody who is erased."""
    named = Q(user_id=user_id) | (Q(email=email) if email else Q(pk__in=[]))
    owned(Letter, authority_id).filter(named).delete()


def account_of(user_id: int) -> Any:
    """Return an account, to write to it."""
    return get_user_model().objects.get(pk=user_id)
