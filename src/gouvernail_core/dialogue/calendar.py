"""The days a consultation hangs on, counted backwards from a sitting (CGFP, R. 254-35 s.)."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from gouvernail_core.dialogue.model import (
    Consultation,
    FollowUp,
    FollowUpKind,
    SittingDeadlines,
)
from gouvernail_core.kernel import Problem, Reason, RefusedError, Source, Ternary, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.knowledge.loader import load_parameters

#: Places with holidays of their own, by department code.
_REGIONS = {"57": "57", "67": "6AE", "68": "6AE"} | {
    code: code for code in ("971", "972", "973", "974", "976")
}


def sitting_deadlines(
    sitting: date, *, department: str = "", urgent: bool = False
) -> SittingDeadlines:
    """Return the last days to convene and to send the papers for `sitting`.

    Calendar days: 15 to convene (8 when `urgent`), R. 254-38; 8 for the papers, R. 254-39. A last
    day on a weekend or a holiday is brought forward to the working day before: prudence, not law.
    `department` (``67``, ``974``) adds the holidays of its own.

    >>> days = sitting_deadlines(date(2027, 3, 18))
    >>> days.convene_by, days.papers_by
    (datetime.date(2027, 3, 3), datetime.date(2027, 3, 10))
    """
    notice, notice_source = _days(
        "CST_CONVOCATION_URGENCE" if urgent else "CST_CONVOCATION", sitting
    )
    papers, papers_source = _days("CST_PIECES", sitting)
    convene_legal, papers_legal = sitting - notice, sitting - papers
    is_off = _days_off(convene_legal, sitting, department)
    convene_by = _working_day_before(convene_legal, is_off)
    papers_by = _working_day_before(papers_legal, is_off)
    reasons = [
        _delay_reason("convene", _CONVENE, notice.days, convene_legal, notice_source),
        _delay_reason("papers", _PAPERS, papers.days, papers_legal, papers_source),
    ]
    for legal, kept in ((convene_legal, convene_by), (papers_legal, papers_by)):
        if kept != legal:
            reasons.append(_prudence(legal, kept))
    return SittingDeadlines(
        sitting, convene_by, papers_by, convene_legal, papers_legal, tuple(reasons)
    )


def next_sitting(
    sittings: Iterable[date], *, on: date, ready_on: date | None = None, department: str = ""
) -> date | None:
    """Return the first sitting that can still be convened, or none.

    The file must be ready (`ready_on`, the day `on` by default) by the last day to convene.
    """
    ready = on if ready_on is None else max(on, ready_on)
    for sitting in sorted(sittings):
        if sitting_deadlines(sitting, department=department).convene_by >= ready:
            return sitting
    return None


def second_examination(consultation: Consultation) -> tuple[date, date] | None:
    """Return the first and last day of the second examination, or none when there is none.

    R. 254-68: after a unanimous unfavourable vote on a matter that needs a deliberation, the body
    meets again between 8 and 30 days later. A vote that may be unanimous calls for it too.
    """
    day = consultation.opinion_on
    if day is None or consultation.unanimous_against is Ternary.NO:
        return None
    earliest, _ = _days("CST_REEXAMEN_MIN", day)
    latest, _ = _days("CST_REEXAMEN_MAX", day)
    return day + earliest, day + latest


def follow_up_by(consultation: Consultation) -> date | None:
    """Return the last day to say in writing what followed the opinion (R. 254-74), or none.

    Two months later, on the same day of the month, or on its last day when it is shorter.
    """
    day = consultation.opinion_on
    if day is None:
        return None
    months, _ = _figure("CST_SUITES", day)
    return _months_later(day, int(months))


def what_follows(consultation: Consultation) -> tuple[FollowUp, ...]:
    """Return what the opinion calls for, the earliest last day first; nothing before an opinion.

    >>> from gouvernail_core.authority import Body
    >>> from gouvernail_core.dialogue import Opinion
    >>> told = Consultation("c1", Body.CST, opinion_on=date(2026, 12, 3), opinion=Opinion.DIVIDED)
    >>> [(item.kind.value, item.last.isoformat()) for item in what_follows(told)]
    [('written_answer', '2027-02-03')]
    """
    found = []
    if again := second_examination(consultation):
        first, last = again
        reasons = [_again_reason(first, last)]
        if consultation.unanimous_against is Ternary.UNKNOWN:
            reasons.append(Reason("abstentions", _ABSTENTIONS))
        found.append(
            _follow_up(
                FollowUpKind.SECOND_EXAMINATION,
                consultation,
                again,
                consultation.second_on,
                reasons,
            )
        )
    if last_day := follow_up_by(consultation):
        kind, done_on = FollowUpKind.WRITTEN_ANSWER, consultation.followed_up_on
        reasons = [_answer_reason(consultation, last_day)]
        found.append(_follow_up(kind, consultation, (None, last_day), done_on, reasons))
    return tuple(sorted(found, key=lambda item: item.last))


def _follow_up(
    kind: FollowUpKind,
    consultation: Consultation,
    days: tuple[date | None, date],
    done_on: date | None,
    reasons: list[Reason],
) -> FollowUp:
    first, last = days
    case, body = consultation.case, consultation.body
    return FollowUp(kind, case, body, first, last, done_on, tuple(reasons))


def _again_reason(first: date, last: date) -> Reason:
    _, source = _days("CST_REEXAMEN_MIN", first)
    begin, end = day_text(first), day_text(last)
    return Reason(
        "unanimous-against",
        Text(
            "Tous les représentants du personnel ont voté contre : si le projet demande une "
            f"délibération, l’instance se réunit de nouveau entre le {begin.fr} et le {end.fr}.",
            "All the staff representatives voted against: if the project needs a deliberation, "
            f"the body meets again between {begin.en} and {end.en}.",
        ),
        source,
    )


def _answer_reason(consultation: Consultation, last: date) -> Reason:
    day = consultation.opinion_on or last
    months, source = _figure("CST_SUITES", day)
    given, by = day_text(day), day_text(last)
    return Reason(
        "answer-in-writing",
        Text(
            f"Avis rendu le {given.fr} : l’instance est informée par écrit des suites dans les "
            f"{int(months)} mois, soit au plus tard le {by.fr}.",
            f"Opinion given on {given.en}: the body is told in writing what followed within "
            f"{int(months)} months, that is by {by.en}.",
        ),
        source,
    )


def election_window(
    day: date, *, installed_on: date | None = None
) -> tuple[Ternary, tuple[Reason, ...]]:
    """Return whether `day` falls between the staff elections and the new body's installation.

    From 10 December 2026 included. While the installation is not known, the day of the vote is in
    the window and any later day is unknown; never a silent no.

    >>> election_window(date(2026, 12, 9))[0], election_window(date(2026, 12, 15))[0]
    (<Ternary.NO: 'no'>, <Ternary.UNKNOWN: 'unknown'>)
    """
    found = load_parameters()["ELECTIONS_PRO"].at(day)
    if found is None or not isinstance(found.value, date):
        raise RefusedError(_no_figure("ELECTIONS_PRO", day))
    vote = found.value
    if day < vote:
        return Ternary.NO, (Reason("before-the-vote", _BEFORE, found.source),)
    if installed_on is not None and day >= installed_on:
        return Ternary.NO, (Reason("body-installed", _INSTALLED, found.source),)
    if installed_on is not None or day == vote:
        return Ternary.YES, (Reason("in-the-window", _WINDOW, found.source),)
    return Ternary.UNKNOWN, (Reason("installation-not-known", _NOT_KNOWN, found.source),)


def _days_off(first: date, last: date, department: str) -> Callable[[date], bool]:
    """Return the test of a weekend or a public holiday around a period."""
    import holidays

    years = range(first.year - 1, last.year + 1)
    region = _REGIONS.get(department.strip().upper())
    off = holidays.country_holidays("FR", subdiv=region, years=years)
    return lambda day: day.weekday() >= 5 or day in off


def _working_day_before(day: date, is_off: Callable[[date], bool]) -> date:
    """Return `day`, or the last working day before it."""
    while is_off(day):
        day -= timedelta(days=1)
    return day


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _days(code: str, on: date) -> tuple[timedelta, Source]:
    number, source = _figure(code, on)
    return timedelta(days=int(number)), source


def _figure(code: str, on: date) -> tuple[Decimal, Source]:
    found = load_parameters()[code].at(on)
    if found is None or not isinstance(found.value, Decimal):
        raise RefusedError(_no_figure(code, on))
    return found.value, found.source


def _no_figure(code: str, on: date) -> Problem:
    title = load_parameters()[code].title
    said = day_text(on)
    return Problem(
        code="figure-not-known",
        text=Text(
            f"la valeur en vigueur le {said.fr} n’est pas connue : {title.fr}.",
            f"the value in force on {said.en} is not known: {title.en}.",
        ),
    )


_CONVENE = Text("convoquer au plus tard le", "convene by")
_PAPERS = Text("envoyer les pièces au plus tard le", "send the papers by")


def _delay_reason(code: str, act: Text, days: int, last: date, source: Source) -> Reason:
    said = day_text(last)
    return Reason(
        f"delay-{code}",
        Text(
            f"{days} jours avant la séance : {act.fr} {said.fr}.",
            f"{days} days before the sitting: {act.en} {said.en}.",
        ),
        source,
    )


def _prudence(legal: date, kept: date) -> Reason:
    fell, brought = day_text(legal), day_text(kept)
    return Reason(
        "prudence",
        Text(
            f"Le {fell.fr} n’est pas un jour ouvré : nous retenons le {brought.fr}. C’est une "
            "prudence, aucun texte ne l’impose.",
            f"{fell.en} is not a working day: we keep {brought.en}. This is a precaution, no text "
            "requires it.",
        ),
    )


_ABSTENTIONS = Text(
    "Il y a eu des abstentions : faites confirmer par un juriste que le vote compte comme unanime.",
    "There were abstentions: have a jurist confirm that the vote counts as unanimous.",
)
_BEFORE = Text("La séance précède les élections.", "The sitting comes before the elections.")
_INSTALLED = Text("La nouvelle instance est installée.", "The new body is installed.")
_WINDOW = Text(
    "La séance tombe entre les élections professionnelles et l’installation de la nouvelle "
    "instance : sa validité est à vérifier avec un juriste.",
    "The sitting falls between the staff elections and the installation of the new body: its "
    "validity is to be checked with a jurist.",
)
_NOT_KNOWN = Text(
    "La date d’installation de la nouvelle instance n’est pas connue : demandez-la avant de "
    "retenir cette séance.",
    "The day the new body is installed is not known: ask for it before keeping this sitting.",
)
