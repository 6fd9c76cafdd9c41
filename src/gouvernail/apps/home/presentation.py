"""« Ma semaine » and the way, as pages show them. Plan in, view models out, no rule."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from gouvernail.common import wording
from gouvernail.common.listing import folded
from gouvernail_core.authority import Role

Plan = Mapping[str, Any]
Item = Mapping[str, Any]

_ROLES = frozenset(role.value for role in Role)
#: A week holds at most seven things; the rest waits, and the page says so.
MOST_ITEMS = 7
#: The steps of the way and the page of each; a step without a page is still to come.
WAY = (
    ("protect", gettext_noop("Protect"), "protection:ranking"),
    ("explore", gettext_noop("Explore"), "portfolio:explore"),
    ("choose", gettext_noop("Choose"), "selection:choose"),
    ("consult", gettext_noop("Consult"), "obligations:duties"),
    ("decide", gettext_noop("Decide"), ""),
    ("plan", gettext_noop("Plan"), "roadmap:roadmap"),
    ("measure", gettext_noop("Measure"), ""),
    ("account", gettext_noop("Account for it"), ""),
)
#: The step of the way to which the page of a decision belongs.
STEP_OF_PAGE = {
    "selection": "choose",
    "protection": "protect",
    "obligations": "consult",
    "dialogue": "consult",
    "roadmap": "plan",
}
#: The stages of a case that somebody has chosen.
CHOSEN = ("chosen", "consulting", "trial", "pilot", "general")
#: Where the page of a week's item is.
PAGES = {
    "selection": "selection:choose",
    "existing_uses": "portfolio:existing_uses",
    "obligations": "obligations:duties",
    "roadmap": "roadmap:roadmap",
    "protection": "protection:ranking",
    "dialogue": "obligations:duties",
    "facts": "facts:index",
    "evidence": "obligations:evidence",
}
#: What the address of a page asks, so that the button does what it says.
ASKS = {"existing_uses": "?decision=attente"}
#: Where on its page an item is; the others are found by their own code.
ANCHORS = {
    "obligations": "collectivite-{id}",
    "dialogue": "seances",
    "facts": "",
    "evidence": "",
}
ACTIONS = {
    "case": gettext_noop("Open the case"),
    "selection": gettext_noop("See the proposal"),
    "existing_uses": gettext_noop("Decide"),
    "obligations": gettext_noop("See the duties"),
    "protection": gettext_noop("See this store"),
    "dialogue": gettext_noop("See the sittings"),
    "facts": gettext_noop("Answer"),
    "questions": gettext_noop("Answer"),
    "evidence": gettext_noop("See the proofs"),
    "roadmap": gettext_noop("Open the roadmap"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: where it leads, how far it is (« fait », « encours », « ici » or "")."""

    code: str
    label: str
    href: str
    state: str
    note: str

    @property
    def state_word(self) -> str:
        """Return the state in words, for those who do not see the mark."""
        words = {"fait": _("done"), "encours": _("under way"), "ici": _("current step")}
        return words.get(self.state, "")


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Something to do before the first plan; `post` when it changes something."""

    title: str
    text: str
    action: str
    href: str
    post: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Something the week holds."""

    title: Any
    text: Any
    note: str
    href: str
    action: str
    badge: Any
    on: str | None
    who: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the week; without roles, the whole of it is for them."""

    name: str = ""
    roles: frozenset[str] = frozenset()

    @property
    def directs(self) -> bool:
        """Return whether they are the general director, or hold every part in a small town hall."""
        return not self.roles or not self.roles.isdisjoint({"dgs", "secretary"})

    def holds(self, who: str) -> bool:
        """Return whether an item of `who` (a role's code, or names) is theirs.

        >>> Reader("Alice", frozenset({"dpo"})).holds("DPO")
        True
        >>> Reader("Alice", frozenset({"dpo"})).holds("Bruno, DRH")
        False
        """
        if not who:
            return self.directs
        if self.name and folded(self.name) in folded(who):
            return True
        named = {part.strip().casefold() for part in re.split(r"[,;()/]| et | and ", who)}
        if "secretary" in self.roles:
            return bool(named & _ROLES)
        return not named.isdisjoint(self.roles) or (not self.roles and "dgs" in named)


@dataclass(frozen=True, slots=True)
class Week:
    """The page « Ma semaine »."""

    title: str
    lede: str
    decisions: tuple[Line, ...]
    others: tuple[Line, ...]
    blocked: tuple[Line, ...]
    all_blocked: int
    deadlines: tuple[Line, ...]
    questions: tuple[Line, ...]
    hidden: int
    minutes: int

    @property
    def decisions_note(self) -> str:
        """Return « 3 décisions, 55 min », "" when nothing waits for the reader."""
        count = len(self.decisions)
        if not count:
            return ""
        words = ngettext("%(n)s decision", "%(n)s decisions", count) % {"n": count}
        return f"{words}, {self.minutes}\u00a0min" if self.minutes else words

    @property
    def others_title(self) -> str:
        """Return whose decisions the reader only follows."""
        if all(item.who.casefold() in ("", "dgs") for item in self.others):
            return _("What the general management decides")
        return _("What others decide")

    @property
    def blocked_note(self) -> str:
        """Return « 3 sur 6 » when the page does not show every blocked case."""
        shown = len(self.blocked)
        if self.all_blocked <= shown:
            return _("See in the portfolio")
        return _("%(shown)s out of %(all)s, see them all") % {
            "shown": shown,
            "all": self.all_blocked,
        }


def page_address(link: Mapping[str, Any] | None) -> str:
    """Return the address of the page a link names, "" when that page does not exist here."""
    if not link:
        return ""
    try:
        if link["page"] == "case":
            return reverse("portfolio:case", args=[link["id"]])
        if link["page"] == "questions":
            return reverse("obligations:questions", args=[link["id"]])
        base = reverse(PAGES[link["page"]])
    except (NoReverseMatch, KeyError):
        return ""
    base += ASKS.get(link["page"], "")
    anchor = ANCHORS.get(link["page"], "{id}").format(id=link.get("id") or "")
    return f"{base}#{anchor}" if anchor and not anchor.endswith("-") else base


def line(item: Item, reader: Reader | None = None) -> Line:
    """Return an item of the week with its link and its small print."""
    who = wording.said(item.get("who"))
    link = item.get("link")
    page = (link or {}).get("page", "")
    return Line(
        title=item["title"],
        text=item.get("text"),
        note=small_print(item),
        href=page_address(link),
        action=_(ACTIONS.get(page, "Open the case")),
        badge=gate_badge(item.get("badge")) if item["kind"] == "blocked" else item.get("badge"),
        on=item.get("due"),
        who=who,
        mine=bool(who) and reader is not None and reader.holds(who),
    )


def gate_badge(badge: Any) -> str:
    """Return « Porte dialogue : fermée » for a badge that names a gate and its state."""
    door, colon, state = wording.said(badge).partition(":")
    if not colon:
        return wording.said(badge)
    words = {"door": door.strip().lower(), "state": state.strip().lower()}
    return wording.sentence(_("%(door)s gate: %(state)s") % words)


def small_print(item: Item) -> str:
    """Return « 15 min · au plus tard le jeudi 26 novembre 2026 », with what is known."""
    parts = []
    if item.get("minutes"):
        parts.append(f"{item['minutes']}\u00a0min")
    if item.get("due"):
        parts.append(_("by %(day)s at the latest") % {"day": wording.day(item["due"])})
    return " · ".join(parts)


def week_page(plan: Plan, reader: Reader | None = None) -> Week:
    """Return the week of a reader: at most seven items, what waits for them first.

    Without a reader it is the general director's.
    """
    reader = reader or Reader()
    items = [item for item in plan.get("week") or () if item["kind"] != "deadline"]
    shown = items[:MOST_ITEMS]
    decisions = [item for item in shown if item["kind"] == "decide"]
    mine = [item for item in decisions if reader.holds(wording.said(item.get("who")))]
    minutes = sum(item.get("minutes") or 0 for item in mine)
    blocked = _lines(shown, "blocked", reader)
    questions = _lines(shown, "question", reader)
    all_blocked = blocked_cases(plan)
    asked = sum(1 for item in (*blocked, *questions) if item.mine)
    return Week(
        title=week_title(len(mine), asked),
        lede=week_lede(minutes, max(all_blocked, len(blocked)), directs=reader.directs),
        decisions=tuple(line(item, reader) for item in mine),
        others=tuple(line(item, reader) for item in decisions if item not in mine),
        blocked=blocked,
        all_blocked=all_blocked,
        deadlines=deadlines(plan),
        questions=questions,
        hidden=len(items) - len(shown),
        minutes=minutes,
    )


def _lines(items: Sequence[Item], kind: str, reader: Reader) -> tuple[Line, ...]:
    """Return the items of a kind, those of the reader first."""
    found = [line(item, reader) for item in items if item["kind"] == kind]
    return tuple(sorted(found, key=lambda item: not item.mine))


def blocked_cases(plan: Plan) -> int:
    """Return how many cases are blocked."""
    return sum(1 for case in plan["cases"] if case.get("blocked"))


def decisions_of(plan: Plan, reader: Reader) -> int:
    """Return how many decisions of the week are the reader's."""
    week = plan.get("week") or ()
    return sum(
        1
        for item in week
        if item["kind"] == "decide" and reader.holds(wording.said(item.get("who")))
    )


def week_title(count: int, asked: int = 0) -> str:
    """Return the answer: how many decisions wait for the reader, in words up to seven.

    `asked` is how many other things wait for them: a question, what holds a case back.
    """
    if count == 0 and asked:
        words = ngettext("%(n)s answer waits for you", "%(n)s answers wait for you", asked)
        return wording.sentence(words % {"n": wording.in_words(asked, "feminine")})
    if count == 0:
        return _("Nothing waits for your decision this week")
    if count == 1:
        return _("One decision waits for you alone")
    words = _("%(n)s decisions wait for you alone") % {"n": wording.in_words(count, "feminine")}
    return wording.sentence(words)


def week_lede(minutes: int, blocked: int, *, directs: bool = True) -> str:
    """Return the order of magnitude: how long it takes, how many cases are held back."""
    parts = []
    if minutes:
        parts.append(_("Count %(minutes)s minutes.") % {"minutes": minutes})
    if blocked:
        words = ngettext("%(n)s case is blocked.", "%(n)s cases are blocked.", blocked)
        parts.append(wording.sentence(words % {"n": wording.in_words(blocked)}))
    if directs:
        parts.append(_("The rest goes on without you."))
    return " ".join(parts)


def deadlines(plan: Plan) -> tuple[Line, ...]:
    """Return the coming dates, in order: the week's deadlines and the sittings of the bodies."""
    found = [line(item) for item in plan.get("week") or () if item["kind"] == "deadline"]
    known = {item.on for item in found}
    for sitting in (plan.get("dialogue") or {}).get("sittings") or ():
        if sitting["on"] >= plan["on"] and sitting["on"] not in known:
            found.append(Line(sitting["body_label"], None, "", "", "", None, sitting["on"]))
    dated = [item for item in found if item.on]
    return tuple(sorted(dated, key=lambda item: item.on or "")[:MOST_ITEMS])


def way(plan: Plan | None) -> tuple[Step, ...]:
    """Return the eight steps, how far each one is and which one is the current one."""
    progress = (
        {}
        if plan is None
        else {
            "protect": protect_progress(plan),
            "explore": explore_progress(plan),
            "choose": choose_progress(plan),
            "consult": consult_progress(plan),
            "plan": plan_progress(plan),
        }
    )
    here = current_step(plan, progress)
    found = []
    for code, label, page in WAY:
        state, note = progress.get(code, ("", _("To come") if not page else _("Not started")))
        found.append(Step(code, _(label), address(page), "ici" if code == here else state, note))
    return tuple(found)


def address(page: str) -> str:
    """Return the address of a page by its name, "" when there is none."""
    try:
        return reverse(page) if page else ""
    except NoReverseMatch:
        return ""


def current_step(plan: Plan | None, progress: Mapping[str, tuple[str, str]]) -> str:
    """Return the step of the first decision of the week; else the first not done.

    Protecting goes on all along: it is the current step at the very beginning, or when a decision
    is about it.
    """
    if plan is None:
        return "protect"
    for item in plan.get("week") or ():
        if item["kind"] == "decide":
            return STEP_OF_PAGE.get((item.get("link") or {}).get("page", ""), "explore")
    for code in ("explore", "choose", "consult", "plan"):
        if progress[code][0] != "fait":
            return code
    return ""


def protect_progress(plan: Plan) -> tuple[str, str]:
    """Return how many stores have been looked at."""
    stores: Sequence[Item] = plan.get("protect_first") or ()
    seen = sum(1 for store in stores if store.get("examined") == "yes")
    words = ngettext(
        "%(n)s store out of %(all)s looked at", "%(n)s stores out of %(all)s looked at", seen
    )
    return state_of(seen, len(stores)), words % {"n": seen, "all": len(stores)}


def explore_progress(plan: Plan) -> tuple[str, str]:
    """Return how many cases have been rated by both members of the pair."""
    cases: Sequence[Item] = [case for case in plan["cases"] if case.get("in_the_running")]
    rated = sum(
        1
        for case in cases
        if case.get("ratings")
        and all(r.get("elu") is not None and r.get("director") is not None for r in case["ratings"])
    )
    words = ngettext(
        "%(n)s case out of %(all)s rated by its pair",
        "%(n)s cases out of %(all)s rated by their pair",
        rated,
    )
    return state_of(rated, len(cases)), words % {"n": rated, "all": len(cases)}


def choose_progress(plan: Plan) -> tuple[str, str]:
    """Return how many cases are chosen, or proposed."""
    selection = plan.get("selection")
    if not selection:
        return "", _("Not started")
    proposed = list(selection.get("recommended") or ())
    chosen = {case["id"] for case in plan["cases"] if case["stage"] in CHOSEN}
    done = sum(1 for case in proposed if case in chosen)
    if done == 0:
        words = ngettext("%(n)s case proposed", "%(n)s cases proposed", len(proposed))
        return "encours", words % {"n": len(proposed)}
    words = ngettext("%(n)s chosen out of %(all)s", "%(n)s chosen out of %(all)s", done)
    return state_of(done, len(proposed)), words % {"n": done, "all": len(proposed)}


def consult_progress(plan: Plan) -> tuple[str, str]:
    """Return how many opinions have been given out of those due."""
    due = [
        case["consultation"]
        for case in plan["cases"]
        if (case.get("consultation") or {}).get("due") == "yes"
    ]
    if not due:
        return "", _("No opinion due for now")
    given = sum(1 for item in due if item.get("opinion_on"))
    words = ngettext("%(n)s opinion out of %(all)s", "%(n)s opinions out of %(all)s", given)
    return state_of(given, len(due)) or "encours", words % {"n": given, "all": len(due)}


def plan_progress(plan: Plan) -> tuple[str, str]:
    """Return the years the roadmap covers."""
    roadmap = plan.get("roadmap")
    if not roadmap or not roadmap.get("tasks"):
        return "", _("Not started")
    years = roadmap["years"]
    return "encours", _("Roadmap %(from)s-%(to)s") % {"from": years[0], "to": years[-1]}


def state_of(done: int, every: int) -> str:
    """Return the mark of a step.

    >>> state_of(0, 3), state_of(2, 3), state_of(3, 3), state_of(0, 0)
    ('', 'encours', 'fait', '')
    """
    if not done:
        return ""
    return "fait" if done >= every else "encours"
