"""The weekly letter: what moved, what waits, what comes, and the seal of the journal.

One for each person and authority that wants it, on the first working day of the week. A week in
which nothing moved, waits or comes has no letter: a letter that says nothing teaches people not to
read the next one.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gouvernail.apps.accounts.queries import members_of
from gouvernail.apps.home.presentation import Line, Reader, deadlines, week_page
from gouvernail.apps.journal.queries import Sought as Period
from gouvernail.apps.journal.queries import Told, page_of, seal_of
from gouvernail.apps.messaging.digests import begin_week, to_write
from gouvernail.apps.messaging.kinds import DIGEST, Channel
from gouvernail.apps.messaging.letters import Part, Words, public_address
from gouvernail.apps.messaging.notices import sentence
from gouvernail.apps.messaging.queries import choices_of, for_digest
from gouvernail.apps.messaging.quiet import digest_moment, week_of
from gouvernail.apps.messaging.services import queue, recipient_of
from gouvernail.apps.steering.queries import latest_plan
from gouvernail.common import wording
from gouvernail_core.access import Act, may

#: A late worker still sends the week's letters within this time; later they would say old things.
LATE = timedelta(days=2)
#: Authorities seen to in one turn of the worker: it has other things to do each minute.
A_TURN = 20
#: How far the letter looks ahead.
COMING = timedelta(days=28)
#: Lines of a part; the page says the rest.
MOST = 8
#: Entries read to group a week of acts.
MOST_ACTS = 2000
#: Acts that are nobody's news: who came in and out, and the platform's own work.
_SMALL = {"signed-in", "signed-out", "sessions-closed", "plan-asked", "document-taken"}


def send_digests(*, at: datetime) -> int:
    """Queue the letters of the week that are due; return how many."""
    zone: ZoneInfo = timezone.get_default_timezone()
    today = at.astimezone(zone).date()
    moment = digest_moment(today, zone)
    if moment is None or not moment <= at < moment + LATE:
        return 0
    week = week_of(today)
    authorities = to_write(week, limit=A_TURN)
    return sum(_authority(pk, week, until=moment, at=at) for pk in authorities)


@transaction.atomic
def _authority(pk: int, week: str, *, until: datetime, at: datetime) -> int:
    """Queue the letters of one authority: all of them, or none."""
    if not begin_week(pk, week):
        return 0
    members = [
        member
        for member in members_of(pk)
        if member.user.is_active
        and member.user.email
        and choices_of(member.user_id, pk, member.roles)[DIGEST.code] is Channel.EMAIL
    ]
    if not members:
        return 0
    told = page_of(pk, Period(since=until - timedelta(days=7), until=until), limit=MOST_ACTS)
    acts = [each for each in told if each.act not in _SMALL]
    view = latest_plan(pk)
    letters = (_letter(m, acts, view.plan if view else None, week, until, at) for m in members)
    return sum(letters)


def _letter(
    member: Any, acts: list[Told], plan: Any, week: str, until: datetime, at: datetime
) -> bool:
    authority, user = member.authority_id, member.user
    since = until - timedelta(days=7)
    notices = for_digest(user.pk, authority, since=since, until=until)
    mine = acts if may(member.roles, Act.READ_JOURNAL) else []
    seen = plan if may(member.roles, Act.READ) else None
    if not (mine or notices or _waiting(seen, member) or _coming(seen, until)):
        return False
    words = partial(_words, member, mine, notices, seen, until)
    made = queue(
        "digest", recipient_of(user), words, key=f"digest:{week}:{authority}:{user.pk}", at=at,
        authority_id=authority, expires_at=at + timedelta(days=4),
    )  # fmt: skip
    return made is not None


def _words(member: Any, acts: list[Told], notices: list[Any], plan: Any, until: datetime) -> Words:
    """Return the letter, in the active language."""
    language = "fr" if wording.in_french() else "en"
    told = [sentence(each.kind, each.words).in_(language) for each in notices]
    parts = (
        (_("What moved"), [*told, *moved(acts)]),
        (_("What waits for you"), _titles(_waiting(plan, member))),
        (_("What comes"), _titles(_coming(plan, until))),
    )
    place = apps.get_model("authority.Authority").objects.get(pk=member.authority_id)
    return Words(
        _("The week of %(place)s") % {"place": place},
        (_("What happened in the steering of AI until %(day)s.") % {"day": wording.day(until)},),
        tuple(Part(title, _short(lines)) for title, lines in parts if lines),
        public_address("/"),
        _("Open Gouvernail"),
        _sealed(place),
        member.user.name,
    )


def _sealed(place: Any) -> tuple[str, ...]:
    """Return the seal of the journal and how to check it."""
    choose = _("You choose what you receive in “Messages”, then “What I receive”.")
    seal = seal_of(place.pk)
    if not seal:
        return (choose,)
    command = f"gouvernail verify-journal --authority {place.code} --seal {seal}"
    how = _(
        "Keep this letter: by the command “%(command)s”, whoever runs the platform proves that "
        "nothing before this seal was changed."
    ) % {"command": command}
    return (_("Seal of the journal: %(seal)s") % {"seal": seal}, how, choose)


def moved(acts: list[Told]) -> list[str]:
    """Return the acts in words, those of the same kind by the same person together."""
    language = "fr" if wording.in_french() else "en"
    counted = Counter((each.who, each.act) for each in acts)
    firsts = {(each.who, each.act): each for each in reversed(acts)}
    lines = []
    for (who, act), count in counted.most_common():
        line = f"{who} {firsts[who, act].what.in_(language)}"
        if count > 1:
            more = ngettext("and %(n)s more", "and %(n)s more", count - 1) % {"n": count - 1}
            line = f"{line} ({more})"
        lines.append(line)
    return lines


def _waiting(plan: Any, member: Any) -> tuple[Line, ...]:
    if plan is None:
        return ()
    week = week_page(plan, Reader(member.user.name, frozenset(member.roles)))
    others = (each for each in (*week.questions, *week.blocked) if each.mine)
    return (*week.decisions, *others)


def _coming(plan: Any, until: datetime) -> tuple[Line, ...]:
    """Return the dates of the next weeks; a plan may be old."""
    if not plan:
        return ()
    first, last = until.date().isoformat(), (until + COMING).date().isoformat()
    return tuple(each for each in deadlines(plan) if first <= (each.on or "") <= last)


def _titles(lines: tuple[Line, ...]) -> list[str]:
    return [
        f"{wording.said(line.title)}{f' : {wording.day(line.on)}' if line.on else ''}"
        for line in lines
    ]


def _short(lines: list[str]) -> tuple[str, ...]:
    kept, left = lines[:MOST], len(lines) - MOST
    if left > 0:
        kept = [*kept, ngettext("and %(n)s more", "and %(n)s more", left) % {"n": left}]
    return tuple(kept)
