"""The map of validation as a page and a program read it: facts and plan in, lines out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gouvernail.apps.facts import queries as facts
from gouvernail.apps.obligations.presentation import live_cases
from gouvernail.apps.steering.queries import PlanView, duties_plan
from gouvernail.common.listing import Filters, Select, folded, ordered
from gouvernail.common.wording import in_words, number, said, sentence
from gouvernail_core.facts import second_reading_of, sheet, validation_of
from gouvernail_core.kernel import Outcome, Ternary
from gouvernail_core.obligations import (
    Rate,
    SecondReading,
    ValidatedAct,
    asked_by,
    unshown_periods,
    validation_map,
)

Plan = Mapping[str, Any]
VALIDATIONS, READINGS = "validations", "second_readings"
NAMED, TO_NAME, TO_EXAMINE = "designe", "a-designer", "a-examiner"
TONES = {NAMED: "ok", TO_NAME: "attente", TO_EXAMINE: "info"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the map in words. `fact` is the row to change, 0 where none was written."""

    case: str
    title: str
    act: str
    state: str
    validators: tuple[str, ...]
    legal_basis: str
    look_at: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]
    second_reader: str
    found: ValidatedAct
    fact: int = 0

    @property
    def tone(self) -> str:
        """Return the tone of the state."""
        return TONES[self.state]

    @property
    def state_word(self) -> str:
        """Return the state in words."""
        return states()[self.state]

    @property
    def second(self) -> str:
        """Return how many were read again out of how many expected."""
        found = self.found
        if found.expected is None:
            return _("no sample decided") if found.validation else "–"
        if not found.expected and not found.read_again:
            return _("no period counted yet")
        words = {"n": number(found.read_again), "all": number(found.expected)}
        return _("%(n)s read again out of %(all)s expected") % words

    @property
    def changed(self) -> str:
        """Return the share the people changed, with its interval, or why it is not given."""
        return rate_words(self.found.overridden)

    @property
    def wrong(self) -> str:
        """Return the share of errors the second reading found, or why it is not given."""
        return rate_words(self.found.wrong)


def states() -> dict[str, str]:
    """Return the words of each state of a line."""
    return {NAMED: _("named"), TO_NAME: _("to be named"), TO_EXAMINE: _("to examine")}


def rate_words(rate: Rate) -> str:
    """Return « 14 % (de 9 % à 22 %), sur 105 », or why no rate is given."""
    if rate.share is None or rate.low is None or rate.high is None:
        return said(rate.refused) if rate.refused and rate.of else "–"
    return _("%(share)s %% (from %(low)s to %(high)s %%), out of %(n)s") % {
        "share": number(100 * rate.share, 0),
        "low": number(100 * rate.low, 0),
        "high": number(100 * rate.high, 0),
        "n": number(rate.of),
    }


def found_of(view: PlanView, authority: int) -> tuple[ValidatedAct, ...]:
    """Return the map: the rows as they stand now, the duties as the plan last read them."""
    rows = (validation_of(row) for row in facts.rows_of_sheet(sheet(VALIDATIONS), authority))
    return validation_map(rows, readings_of(authority), asked_of(duties_plan(view)))


def readings_of(authority: int) -> list[SecondReading]:
    """Return the periods counted."""
    return [second_reading_of(row) for row in facts.rows_of_sheet(sheet(READINGS), authority)]


def asked_of(plan: Plan) -> dict[str, tuple[Ternary, tuple[str, ...]]]:
    """Return whether each live case asks for a validator, and by which duties."""
    asked = {}
    for case in live_cases(plan):
        findings = (case.get("obligations") or {}).get("findings") or ()
        asked[case["id"]] = asked_by({f["rule"]: Outcome(f["outcome"]) for f in findings})
    return asked


def lines(view: PlanView, authority: int) -> list[Line]:
    """Return the lines of the map in words."""
    records = facts.records_of(sheet(VALIDATIONS), authority)
    places = {(each.row["case"], each.row["act"]): each.pk for each in records}
    names = {r["id"]: r["name"] for r in facts.rows_of_sheet(sheet("people"), authority)}
    plan = duties_plan(view)
    titles = {case["id"]: case["title"] for case in plan["cases"]}
    rules = {
        f["rule"]: said(f["title"])
        for case in plan["cases"]
        for f in (case.get("obligations") or {}).get("findings") or ()
        if f.get("title")
    }
    rows = [validation_of(each.row) for each in records]
    found = validation_map(rows, readings_of(authority), asked_of(plan))
    return [_line(each, titles, names, rules, places) for each in found]


def _line(
    each: ValidatedAct,
    titles: Mapping[str, str],
    names: Mapping[str, str],
    rules: Mapping[str, str],
    places: Mapping[tuple[str, str], int],
) -> Line:
    row = each.validation
    state = NAMED if row and row.validators else TO_NAME
    if state == TO_NAME and row is None and each.asked is Ternary.UNKNOWN:
        state = TO_EXAMINE
    reader = row.second_reader if row else ""
    return Line(
        case=each.case,
        title=titles.get(each.case, each.case),
        act=each.act,
        state=state,
        validators=tuple(names.get(code, code) for code in (row.validators if row else ())),
        legal_basis=row.legal_basis if row else "",
        look_at=row.look_at if row else (),
        rules=tuple((code, rules.get(code, code)) for code in each.rules),
        second_reader=names.get(reader, reader),
        found=each,
        fact=places.get((each.case, each.act), 0),
    )


def filters(found: Sequence[Line], params: Mapping[str, str], action: str) -> Filters:
    """Return the filters of the map, with what the address asks."""
    present = {line.state for line in found}
    shown = [(state, word) for state, word in states().items() if state in present]
    cases = dict(sorted({(line.case, line.title) for line in found}, key=lambda c: folded(c[1])))
    return Filters(
        action=action,
        selects=(
            Select.of("etat", _("State"), pgettext("states", "All"), shown, params),
            Select.of("cas", _("Use case"), _("All"), cases.items(), params),
        ),
        word_label=_("Word"),
        word=params.get("mot", "").strip(),
        kept=tuple((name, params[name]) for name in ("tri",) if params.get(name)),
    )


def kept(found: Iterable[Line], wanted: Filters, order: str) -> list[Line]:
    """Return the lines that the filters keep, in the order asked, by case by default."""
    word = folded(wanted.word)
    shown = [
        line
        for line in found
        if wanted.value("etat") in ("", line.state)
        and wanted.value("cas") in ("", line.case)
        and (not word or any(word in folded(text) for text in _texts(line)))
    ]
    keys = {
        "cas": lambda line: (folded(line.title), folded(line.act)),
        "acte": lambda line: (folded(line.act), folded(line.title)),
        "etat": lambda line: (list(TONES).index(line.state), folded(line.title)),
    }
    return ordered(shown, order, keys, "cas")


def _texts(line: Line) -> tuple[str, ...]:
    return (line.title, line.act, line.legal_basis, *line.validators, *line.look_at)


def title(found: Sequence[Line]) -> str:
    """Return the answer: how many validators are still to be named."""
    count = sum(1 for line in found if line.state == TO_NAME)
    if count:
        words = ngettext("%(n)s validator to be named", "%(n)s validators to be named", count)
        return sentence(words % {"n": in_words(count)})
    if not found:
        return _("No act is validated yet")
    return _("Each act has its validator")


def export_rows(found: Iterable[Line]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file, the same lines as on the screen."""
    headings = [
        _("Use case"),
        _("Act"),
        _("State"),
        _("Who validates"),
        _("Under"),
        _("What to have looked at"),
        _("Duties that ask for it"),
        _("Second reading"),
        _("Who reads again"),
        _("Changed by the person"),
        _("Errors found by the second reading"),
    ]
    rows = [
        [
            line.title,
            line.act,
            line.state_word,
            ", ".join(line.validators),
            line.legal_basis,
            "; ".join(line.look_at),
            ", ".join(code for code, _title in line.rules),
            line.second,
            line.second_reader,
            line.changed,
            line.wrong,
        ]
        for line in found
    ]
    return headings, rows


def own_periods(authority: int, person: str) -> tuple[SecondReading, ...]:
    """Return the periods in which nothing shows that what this person validates is read.

    For their own page alone: no list, no count, nobody else's.
    """
    if not person:
        return ()
    rows = [validation_of(row) for row in facts.rows_of_sheet(sheet(VALIDATIONS), authority)]
    if not any(person in row.validators for row in rows):
        return ()
    return unshown_periods(person, rows, readings_of(authority))
