"""What surrounds every page: the rail, the context line, what is out of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gouvernail.apps.accounts.permissions import Act, may
from gouvernail.apps.accounts.queries import here as place_of
from gouvernail.apps.home.changes import changes_of, moved_since
from gouvernail.apps.home.presentation import FirstStep, Reader, Step, address, decisions_of, way
from gouvernail.apps.messaging.queries import unread_of
from gouvernail.apps.steering.reading import plan_of
from gouvernail.apps.steering.rule_changes import changed_rules
from gouvernail.common import wording
from gouvernail.common.wording import said

#: The names of the pages outside the reading pages; one that does not exist gives no link.
FACTS = "facts:index"
IMPORT = "facts:import"
JOURNAL = "home:journal"
FILES = "files:index"
RECOMPUTE = "steering:ask"
PROGRESS = "steering:progress"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the rail."""

    label: str
    href: str
    current: bool
    count: int | None = None
    count_word: str = ""
    state: str = ""
    state_word: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around a page."""

    home: str
    authority_name: str
    authority_line: str
    person: str
    today: date
    steer: tuple[Entry, ...]
    path: tuple[Entry, ...]
    facts: tuple[Entry, ...]
    logout: str
    stale: bool
    rules_changed: bool
    computing: bool
    progress: int | None
    progress_text: Any
    progress_url: str
    recompute: str
    computed_at: datetime | None
    rules_version: str
    footer: tuple[Entry, ...] = ()
    account: tuple[Entry, ...] = ()
    role: str = ""
    way: tuple[Step, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    #: Read only by the pages that say them: what moved between the last two computations, and the
    #: facts that moved since.
    changes: Any = None
    moved: Any = None
    place: Any = None
    places: tuple[Any, ...] = ()


def reader_of(actor: Any) -> Reader:
    """Return who reads, as the week knows people."""
    return Reader(actor.name, frozenset(actor.roles))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, built only by the pages that show it."""
    return {"frame": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Frame | None:
    """Return the frame of somebody who works in an authority, ``None`` for anybody else."""
    actor = getattr(request, "actor", None)
    authority = getattr(request, "authority", None)
    if actor is None or authority is None:
        return None
    if not may(actor, Act.READ):
        return own_frame(request, authority, actor)
    view = plan_of(request)
    plan = view.plan if view else None
    here = request.path
    running = view.running if view else None
    steps = way(plan)
    return Frame(
        home=address("home:week"),
        authority_name=authority.name,
        authority_line=authority_line(authority),
        person=actor.name,
        today=timezone.localdate(),
        steer=(*steering_entries(plan, here, reader_of(actor)), messages_entry(actor, here)),
        path=path_entries(steps, here),
        facts=facts_entries(actor, here),
        logout=address("accounts:logout"),
        stale=bool(view and view.stale),
        rules_changed=bool(view and changed_rules(view)),
        computing=running is not None,
        progress=running.percent if running else None,
        progress_text=said(_text(running.message)) if running else "",
        progress_url=_progress_address(running.id) if running else "",
        recompute=address(RECOMPUTE) if may(actor, Act.RUN) else "",
        computed_at=view.computed_at if view else None,
        rules_version=str(plan.get("rules_version", "")) if plan else "",
        way=steps,
        first_steps=() if plan else first_steps(actor),
        changes=SimpleLazyObject(lambda: changes_of(request)),
        moved=SimpleLazyObject(lambda: moved_since(request)),
        account=account_entries(actor, here),
        place=place_of(request),
        places=tuple(request.places),  # type: ignore[attr-defined]
    )


def own_frame(request: HttpRequest, authority: Any, actor: Any) -> Frame:
    """Return the frame of somebody who reads only what concerns them: nothing of the steering."""
    href = address("home:mine")
    return Frame(
        home=href,
        authority_name=authority.name,
        authority_line=authority.name,
        person=actor.name,
        today=timezone.localdate(),
        steer=(
            Entry(_("What concerns me"), href, request.path == href),
            messages_entry(actor, request.path),
        ),
        path=(),
        facts=(),
        logout=address("accounts:logout"),
        stale=False,
        rules_changed=False,
        computing=False,
        progress=None,
        progress_text="",
        progress_url="",
        recompute="",
        computed_at=None,
        rules_version="",
        account=account_entries(actor, request.path),
        place=place_of(request),
        places=tuple(request.places),  # type: ignore[attr-defined]
    )


def messages_entry(actor: Any, here: str) -> Entry:
    """Return the way to one's messages, with how many are unread."""
    unread = unread_of(actor.user_id, actor.authority_id)
    href = address("home:messages")
    return Entry(
        _("Messages"), href, here == href, unread or None, ngettext("unread", "unread", unread)
    )


def account_entries(actor: Any, here: str) -> tuple[Entry, ...]:
    """Return the pages about people and oneself that the reader's role opens.

    A page that another page of this list leads to is left out: the way out stays in sight.
    """
    administers, manages = may(actor, Act.ADMINISTER), may(actor, Act.MANAGE_PEOPLE)
    rows = (
        (_("My account"), "accounts:account", Act.OWN_ACCOUNT, True),
        (_("What concerns me"), "home:mine", Act.READ_OWN, may(actor, Act.READ)),
        (_("People and access"), "people:index", Act.MANAGE_PEOPLE, True),
        (_("While I am away"), "people:absence", Act.DELEGATE, True),
        (_("What each profile opens"), "people:roles", Act.OWN_ACCOUNT, not manages),
        (_("Access tokens"), "people:tokens", Act.MANAGE_TOKENS, not administers),
        (_("Administration"), "administration:index", Act.ADMINISTER, True),
        (_("Export everything"), "administration:export", Act.EXPORT_AUTHORITY, not administers),
    )
    return tuple(
        Entry(label, href, here == href)
        for label, page, needed, shown in rows
        if shown and may(actor, needed) and (href := address(page))
    )


def authority_line(authority: Any) -> str:
    """Return « Ville d’Exempleville · 33 100 habitants · 550 agents », with what is known."""
    parts = [authority.name]
    population, agents = (getattr(authority, name, None) for name in ("population", "agents"))
    if population is not None:
        words = ngettext("%(n)s inhabitant", "%(n)s inhabitants", population)
        parts.append(words % {"n": wording.number(population)})
    if agents is not None:
        words = ngettext("%(n)s staff member", "%(n)s staff members", agents)
        parts.append(words % {"n": wording.number(agents)})
    return " · ".join(parts)


def steering_entries(plan: Any, here: str, reader: Reader) -> tuple[Entry, ...]:
    """Return « Piloter »: the week, the portfolio, the AI that is already there."""
    decisions = decisions_of(plan, reader) if plan else 0
    uses = plan.get("existing_uses") or () if plan else ()
    waiting = sum(1 for use in uses if not use.get("verdict"))
    cases = len(plan["cases"]) if plan else None
    rows = (
        (
            _("My week"),
            "home:week",
            decisions if plan else None,
            ngettext("decision", "decisions", decisions),
        ),
        (_("Portfolio"), "portfolio:board", cases, ngettext("case", "cases", cases or 0)),
        (
            _("AI already there"),
            "portfolio:existing_uses",
            waiting if plan else None,
            _("to decide"),
        ),
    )
    return tuple(
        Entry(label, href, here == href, count, word)
        for label, page, count, word in rows
        if (href := address(page))
    )


def path_entries(steps: tuple[Step, ...], here: str) -> tuple[Entry, ...]:
    """Return « Le chemin »: eight steps; one without a page is said to come."""
    return tuple(
        Entry(
            step.label,
            step.href,
            bool(step.href) and here == step.href,
            state=step.state,
            state_word=step.state_word,
        )
        for step in steps
    )


def facts_entries(actor: Any, here: str) -> tuple[Entry, ...]:
    """Return « Les faits »: only the pages that the reader's role opens."""
    rows = [(_("The authority and its facts"), FACTS, Act.READ)]
    rows.append((_("Import a workbook"), IMPORT, Act.IMPORT))
    rows.append((_("Attached files"), FILES, Act.READ_FILES))
    rows.append((_("Journal"), JOURNAL, Act.READ_JOURNAL))
    return tuple(
        Entry(label, href, here.startswith(href) if page == IMPORT else here == href)
        for label, page, needed in rows
        if may(actor, needed) and (href := address(page))
    )


def first_steps(actor: Any) -> tuple[FirstStep, ...]:
    """Return what to do before the first plan; a step that the role does not open has no button."""
    rows = (
        (
            _("Take the empty workbook"),
            _(
                "Each column says what it expects, with drop-down lists and an example. Leave "
                "blank what nobody knows yet."
            ),
            _("Take the workbook (ODS)"),
            _workbook(),
            Act.READ,
            False,
        ),
        (
            _("Hand it in"),
            _(
                "It is read first, and you are told what it would change. Everything may also be "
                "typed on screen."
            ),
            _("Import a workbook"),
            address(IMPORT),
            Act.IMPORT,
            False,
        ),
        (
            _("Ask for the plan"),
            _("The computation takes about a minute. You may leave the page and come back."),
            _("Compute the plan"),
            address(RECOMPUTE),
            Act.RUN,
            True,
        ),
    )
    return tuple(
        FirstStep(title, text, action, href if may(actor, needed) else "", post)
        for title, text, action, href, needed, post in rows
    )


def _workbook() -> str:
    from django.urls import NoReverseMatch, reverse

    try:
        return reverse("facts:empty_workbook", args=["ods"])
    except NoReverseMatch:
        return ""


def _progress_address(run: int) -> str:
    from django.urls import NoReverseMatch, reverse

    try:
        return reverse(PROGRESS, args=[run])
    except NoReverseMatch:
        return ""


def _text(message: Any) -> Any:
    return {"fr": message.fr, "en": message.en}
