"""What the law asks, as the page shows it. Plan in, view models out, no rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gouvernail.apps.steering.queries import PlanView
from gouvernail.apps.steering.rule_changes import rules_changed
from gouvernail.common.listing import Filters, Select, folded
from gouvernail.common.wording import in_words, said, said_text, sentence
from gouvernail_core.revision import RuleChange
from gouvernail_core.steering.said import OUTCOME_LABELS

Finding = Mapping[str, Any]
Plan = Mapping[str, Any]

#: A case that left the way.
AWAY = ("suspended", "stopped")
#: From the most pressing to the least; what does not apply comes last.
OUTCOMES = ("blocking", "due", "to_examine", "watch", "not_applicable")
#: What a proof shows done is no longer to do, whatever the rule says.
DONE = "done"
STATES = (*OUTCOMES[:-1], DONE, OUTCOMES[-1])
TONES = {"blocking": "ferme", "due": "attente", "to_examine": "info", DONE: "ok"}
#: The body whose sittings are not told to the cases: it meets every month.
MANAGEMENT_TEAM = "codir"
#: What the filter of the cases calls the authority itself.
AUTHORITY = "collectivite"
#: Columns of the matrix, at most; with more cases, one is chosen.
MOST_COLUMNS = 30
#: The page says who decides most first; a person answers a few at a time.
MOST_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one case, or of the authority itself (`code` "")."""

    code: str
    title: str
    findings: tuple[Finding, ...]
    aside: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many duties of each kind a case has."""

    code: str
    title: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a rule says of a case, in the matrix."""

    tone: str
    label: Any
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A rule of the matrix, with one cell per case; ``None`` where the rule says nothing."""

    rule: str
    title: Any
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question nobody has answered: about which cases, and how many rules it decides in all.

    `about` holds (code, title); an empty code is the authority itself.
    """

    text: Any
    about: tuple[tuple[str, str], ...]
    decides: int


def state(finding: Finding) -> str:
    """Return the outcome of a finding, or that it is done."""
    return DONE if finding.get("done_on") else str(finding["outcome"])


def tone(outcome: str) -> str:
    """Return the tone of an outcome; what is watched or does not apply is neutral."""
    return TONES.get(outcome, "neutre")


def filters(plan: Plan, params: Mapping[str, str], action: str) -> Filters:
    """Return the filters of the page, with what the address asks."""
    outcomes: dict[str, str] = {}
    owners: set[str] = set()
    for _code, _title, findings in _sources(plan):
        for finding in findings:
            outcomes[state(finding)] = _state_label(finding)
            owners.update(said(who) for who in finding.get("who") or ())
    cases = [(case["id"], case["title"]) for case in plan["cases"]]
    known = [(code, outcomes[code]) for code in STATES if code in outcomes]
    people = [(who, who) for who in sorted(owners)]
    return Filters(
        action=action,
        selects=(
            Select.of("etat", _("State"), pgettext("states", "All"), known, params),
            Select.of(
                "cas",
                _("Use case"),
                _("All"),
                [(AUTHORITY, _("The authority itself")), *cases],
                params,
            ),
            Select.of("qui", _("Who acts"), _("Everyone"), people, params),
        ),
        word_label=_("Word"),
        word=params.get("mot", "").strip(),
    )


def groups(plan: Plan, wanted: Filters, *, everything: bool = False) -> tuple[Group, ...]:
    """Return the findings the filters keep: the authority first, then each case.

    Without any filter only those of the authority: each case has its own page, and hundreds of
    rules in a row help nobody.
    """
    found = []
    for code, title, findings in _sources(plan):
        if code and not (wanted.active or everything):
            continue
        if wanted.value("cas") and wanted.value("cas") != (code or AUTHORITY):
            continue
        kept = sorted(
            (item for item in findings if _kept(item, wanted)),
            key=lambda item: STATES.index(state(item)),
        )
        apart = wanted.value("etat") != "not_applicable"
        shown = [f for f in kept if not (apart and f["outcome"] == "not_applicable")]
        aside = [f for f in kept if apart and f["outcome"] == "not_applicable"]
        if kept:
            found.append(Group(code, title, tuple(shown), tuple(aside)))
    return tuple(found)


def _state_label(finding: Finding) -> str:
    return _("Done") if finding.get("done_on") else said(finding["outcome_label"])


def _kept(finding: Finding, wanted: Filters) -> bool:
    if wanted.value("etat") and state(finding) != wanted.value("etat"):
        return False
    if wanted.value("qui") and wanted.value("qui") not in {
        said(who) for who in finding.get("who") or ()
    }:
        return False
    word = folded(wanted.word)
    texts = [finding["rule"], said(finding["title"])]
    texts += [said(reason["text"]) for reason in finding.get("reasons") or ()]
    return not word or any(word in folded(text) for text in texts)


def _sources(plan: Plan) -> Iterable[tuple[str, str, Sequence[Finding]]]:
    """Yield (code of the case, title, findings), the authority first with an empty code."""
    whole = (plan.get("obligations") or {}).get("authority") or {}
    yield "", _("The authority itself"), whole.get("findings") or ()
    for case in plan["cases"]:
        yield case["id"], case["title"], (case.get("obligations") or {}).get("findings") or ()


def matrix(plan: Plan, wanted: Filters) -> tuple[Line, ...]:
    """Return the rules of the cases that the filters keep, one line per rule.

    A rule that applies to no case shown is left out: the list below still tells why.
    """
    cases = matrix_cases(plan, wanted)
    titles: dict[str, Any] = {}
    cells: dict[tuple[str, str], Finding] = {}
    for case in cases:
        for finding in (case.get("obligations") or {}).get("findings") or ():
            if _kept(finding, wanted):
                titles.setdefault(finding["rule"], finding["title"])
                cells[finding["rule"], case["id"]] = finding
    lines = []
    for rule, title in titles.items():
        row = [cells.get((rule, case["id"])) for case in cases]
        if wanted.value("etat") or any(f and f["outcome"] != "not_applicable" for f in row):
            marks = tuple(_cell(f, case["id"]) for f, case in zip(row, cases, strict=True))
            lines.append(Line(rule, title, marks))
    return tuple(lines)


def _cell(finding: Finding | None, case: str) -> Cell | None:
    """Return the cell of a finding; what does not apply leads nowhere: there is nothing to do."""
    if finding is None:
        return None
    href = ""
    if finding["outcome"] != "not_applicable":
        href = f"{reverse('portfolio:case', args=[case])}#{finding['rule']}"
    return Cell(tone(state(finding)), _state_label(finding), href)


def live_cases(plan: Plan) -> list[Mapping[str, Any]]:
    """Return the cases still on the way: nobody asks anything of a case that was stopped."""
    return [case for case in plan["cases"] if case["stage"] not in AWAY]


def matrix_cases(plan: Plan, wanted: Filters) -> list[Mapping[str, Any]]:
    """Return the cases of the matrix: the one the filter names, else those still on the way.

    None when they are too many to be read side by side.
    """
    if wanted.value("cas"):
        return [case for case in plan["cases"] if case["id"] == wanted.value("cas")]
    return [] if too_many(plan, wanted) else live_cases(plan)


def too_many(plan: Plan, wanted: Filters) -> int:
    """Return how many cases there are when the matrix cannot show them all, 0 when it can."""
    count = len(live_cases(plan))
    return count if count > MOST_COLUMNS and not wanted.value("cas") else 0


def summaries(plan: Plan) -> tuple[Summary, ...]:
    """Return, for each case, how many duties block, are due, are to examine, are to watch."""
    found = []
    for case in live_cases(plan):
        findings = (case.get("obligations") or {}).get("findings") or ()
        held = [state(finding) for finding in findings]
        found.append(
            Summary(
                case["id"],
                case["title"],
                tuple((outcome, held.count(outcome)) for outcome in STATES[:-1]),
            )
        )
    return tuple(found)


def sittings(plan: Plan) -> list[Mapping[str, Any]]:
    """Return the sittings to come that have a say on the cases; the management team has its own.

    A sitting that a case waits for is always there.
    """
    every = (plan.get("dialogue") or {}).get("sittings") or ()
    return [item for item in every if item["body"] != MANAGEMENT_TEAM or item.get("cases")]


def questions(plan: Plan) -> tuple[Question, ...]:
    """Return the questions that decide most; one asked of several cases is told once."""
    whole = (plan.get("obligations") or {}).get("authority") or {}
    sources = [("", _("The authority itself"), whole)]
    sources += [
        (case["id"], case["title"], case.get("obligations") or {}) for case in live_cases(plan)
    ]
    found: dict[str, Question] = {}
    for code, title, held in sources:
        for item in held.get("questions") or ():
            known = found.get(item["fact"], Question(item["question"], (), 0))
            found[item["fact"]] = Question(
                known.text, (*known.about, (code, title)), known.decides + item["decides"]
            )
    return tuple(sorted(found.values(), key=lambda item: -item.decides)[:MOST_QUESTIONS])


def counts(plan: Plan) -> dict[str, int]:
    """Return how many rules have each state somewhere; a rule of six cases is one rule."""
    rules: dict[str, set[str]] = {outcome: set() for outcome in STATES}
    live = {"", *(case["id"] for case in live_cases(plan))}
    for code, _title, findings in _sources(plan):
        for finding in findings if code in live else ():
            rules[state(finding)].add(finding["rule"])
    return {outcome: len(found) for outcome, found in rules.items()}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that says something else of a case since the rules changed."""

    rule: str
    title: str
    case: str
    case_title: str
    before: str
    after: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True)
class RulesMoved:
    """What the rules installed since the plan change in it; `told` false: only a new plan tells."""

    told: bool
    lines: tuple[RuleLine, ...]
    cases: int


def rules_moved(view: PlanView | None) -> RulesMoved | None:
    """Return what today's rules change in the plan, None when it was computed with them."""
    found = rules_changed(view) if view is not None else None
    if view is None or found is None:
        return None
    titles = {case["id"]: case["title"] for case in view.plan["cases"]}
    lines = tuple(_rule_line(move, titles) for move in found.moves or ())
    return RulesMoved(found.moves is not None, lines, len({line.case for line in lines}))


def _rule_line(move: RuleChange, titles: Mapping[str, str]) -> RuleLine:
    words = {outcome: said_text(label) for outcome, label in OUTCOME_LABELS.items()}
    return RuleLine(
        move.rule,
        said_text(move.title),
        move.case,
        titles.get(move.case, _("The authority itself")),
        words[move.before] if move.before else _("did not exist"),
        words[move.after] if move.after else _("no longer exists"),
        tone(move.after.value) if move.after else "neutre",
        said_text(move.why),
    )


def duties_title(plan: Plan) -> str:
    """Return the answer: how many duties block, how many are due."""
    found = counts(plan)
    due = ngettext("%(n)s duty to carry out", "%(n)s duties to carry out", found["due"])
    due %= {"n": in_words(found["due"], "feminine")}
    if found[DONE]:
        done = ngettext("%(n)s done", "%(n)s done", found[DONE])
        due += ", " + done % {"n": in_words(found[DONE], "feminine")}
    if not found["blocking"]:
        return sentence(_("%(duties)s, none blocking") % {"duties": due})
    blocking = ngettext("%(n)s blocking duty", "%(n)s blocking duties", found["blocking"])
    words = blocking % {"n": in_words(found["blocking"], "feminine")}
    return sentence(f"{words}, {due}")


def export_rows(found: Sequence[Group]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file, the same findings as on the screen."""
    headings = [
        _("About"),
        _("Rule"),
        _("Title"),
        _("State"),
        _("Done on"),
        _("Expected on"),
        _("By whom"),
        _("Applies from"),
        _("Who acts"),
        _("Why"),
        _("Evidence expected"),
        _("Facts missing"),
        _("Sources"),
    ]
    rows = []
    for group in found:
        for finding in (*group.findings, *group.aside):
            rows.append(
                [
                    group.title,
                    finding["rule"],
                    said(finding["title"]),
                    _state_label(finding),
                    finding.get("done_on"),
                    finding.get("promised_on"),
                    finding.get("owner"),
                    finding.get("applies_from"),
                    _joined(finding.get("who")),
                    " ".join(said(reason["text"]) for reason in finding.get("reasons") or ()),
                    _joined(finding.get("evidence")),
                    _joined(item["question"] for item in finding.get("missing") or ()),
                    "; ".join(said(source["text"]) for source in finding.get("sources") or ()),
                ]
            )
    return headings, rows


def _joined(texts: Iterable[Any] | None) -> str:
    return ", ".join(said(text) for text in texts or ())
