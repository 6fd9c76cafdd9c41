"""« Ma semaine » and the way, as pages show them. Plan in, view models out, no rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from gouvernail.common import wording

Plan = Mapping[str, Any]
Item = Mapping[str, Any]

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
}
#: Where on its page an item is; the others are found by their own code.
ANCHORS = {"obligations": "collectivite-{id}", "dialogue": "seances", "facts": ""}
ACTIONS = {
    "case": gettext_noop("Open the case"),
    "selection": gettext_noop("Open the choice"),
    "existing_uses": gettext_noop("Decide"),
    "obligations": gettext_noop("See the duties"),
    "protection": gettext_noop("See the ranking"),
    "dialogue": gettext_noop("See the sittings"),
    "facts": gettext_noop("Answer"),
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


@dataclass(frozen=True, slots=True)
class Week:
    """The page « Ma semaine »."""

    title: str
    lede: str
    decisions: tuple[Line, ...]
    blocked: tuple[Line, ...]
    deadlines: tuple[Line, ...]
    questions: tuple[Line, ...]
    hidden: int
    minutes: int

    @property
    def decisions_note(self) -> str:
        """Return « 3 décisions, 55 min »."""
        count = len(self.decisions)
        words = ngettext("%(n)s decision", "%(n)s decisions", count) % {"n": count}
        return f"{words}, {self.minutes}\u00a0min" if self.minutes else words


def page_address(link: Mapping[str, Any] | None) -> str:
    """Return the address of the page a link names, "" when that page does not exist here."""
    if not link:
        return ""
    try:
        if link["page"] == "case":
            return reverse("portfolio:case", args=[link["id"]])
        base = reverse(PAGES[link["page"]])
    except (NoReverseMatch, KeyError):
        return ""
    anchor = ANCHORS.get(link["page"], "{id}").format(id=link.get("id") or "")
    return f"{base}#{anchor}" if anchor and not anchor.endswith("-") else base


def line(item: Item) -> Line:
    """Return an item of the week with its link and its small print."""
    link = item.get("link")
    page = (link or {}).get("page", "")
    return Line(
        title=item["title"],
        text=item.get("text"),
        note=small_print(item),
        href=page_address(link),
        action=_(ACTIONS.get(page, "Open the case")),
        badge=item.get("badge"),
        on=item.get("due"),
    )


def small_print(item: Item) -> str:
    """Return « 15 min · avant jeudi 26 novembre », with what is known."""
    parts = []
    if item.get("minutes"):
        parts.append(f"{item['minutes']}\u00a0min")
    if item.get("due"):
        day = wording.day(item["due"], year=False)
        parts.append(_("before %(day)s") % {"day": day})
    return " · ".join(parts)


def week_page(plan: Plan) -> Week:
    """Return the week: at most seven items, decisions first, then what blocks, dates, questions."""
    items = [item for item in plan.get("week") or () if item["kind"] != "deadline"]
    shown = items[:MOST_ITEMS]
    by_kind = {
        kind: tuple(line(item) for item in shown if item["kind"] == kind)
        for kind in ("decide", "blocked", "question")
    }
    decisions = [item for item in shown if item["kind"] == "decide"]
    minutes = sum(item.get("minutes") or 0 for item in decisions)
    return Week(
        title=week_title(len(decisions)),
        lede=week_lede(minutes, sum(1 for case in plan["cases"] if case.get("blocked"))),
        decisions=by_kind["decide"],
        blocked=by_kind["blocked"],
        deadlines=deadlines(plan),
        questions=by_kind["question"],
        hidden=len(items) - len(shown),
        minutes=minutes,
    )


def week_title(count: int) -> str:
    """Return the answer: how many decisions wait for the reader, in words up to seven."""
    if count == 0:
        return _("Nothing waits for your decision this week")
    if count == 1:
        return _("One decision waits for you alone")
    words = _("%(n)s decisions wait for you alone") % {"n": wording.in_words(count, "feminine")}
    return wording.sentence(words)


def week_lede(minutes: int, blocked: int) -> str:
    """Return the order of magnitude: how long it takes, how many cases are held back."""
    parts = []
    if minutes:
        parts.append(_("Count %(minutes)s minutes.") % {"minutes": minutes})
    if blocked:
        words = ngettext("%(n)s case is blocked.", "%(n)s cases are blocked.", blocked)
        parts.append(wording.sentence(words % {"n": wording.in_words(blocked)}))
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
    """Return the step of the first decision that waits for the reader; else the first not done.

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
