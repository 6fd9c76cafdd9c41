"""The evidence register: each duty that asks for a proof, with it, its last day, who checked it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gouvernail.apps.accounts.queries import person_code
from gouvernail.apps.facts import queries as facts
from gouvernail.apps.facts import services
from gouvernail.apps.facts.queries import Record, row_code
from gouvernail.apps.files.queries import files_of_sheet
from gouvernail.apps.obligations.presentation import live_cases
from gouvernail.common.actor import Actor
from gouvernail.common.listing import Anchor, Filters, Select, folded, ordered
from gouvernail.common.wording import in_words, said, sentence
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import Problem, RefusedError, Text

PROOFS = "proofs"
#: How long before its last day a proof is said to expire soon.
SOON = timedelta(days=60)
#: From the choice on, the duties of a case are to be proved.
ENGAGED = ("chosen", "consulting", "trial", "pilot", "general")
#: The states, from the one that asks for most to the one that asks for nothing.
STATES = ("expired", "missing", "soon", "promised", "to_check", "checked")
TONES = {
    "expired": "ferme", "missing": "ferme", "soon": "attente", "promised": "attente",
    "to_check": "info", "checked": "ok",
}  # fmt: skip
_ONESELF = Problem(
    "checked-by-oneself",
    Text(
        "Vous avez apporté cette preuve : une autre personne la vérifie.",
        "You brought this proof: another person checks it.",
    ),
)
_NOBODY = Problem(
    "nobody-in-charge",
    Text(
        "Dites d’abord qui a apporté cette preuve (« Qui ») : une autre personne la vérifie.",
        "Say first who brought this proof (“Who”): another person checks it.",
    ),
)
_NOT_DONE = Problem(
    "not-done",
    Text("Rien n’est encore fait : il n’y a rien à vérifier.", "Nothing is done yet to check."),
)


_UNKNOWN_PERSON = Problem(
    "unknown-person",
    Text(
        "Votre compte n’est relié à aucune personne de la feuille « Personnes » : demandez à la "
        "direction de le relier, votre nom sera écrit sur la preuve.",
        "Your account is linked to nobody of the sheet “People”: ask the direction to link it, "
        "your name is written on the proof.",
    ),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of the register: a duty of a case, or of the authority (`case` "")."""

    case: str
    case_title: str
    rule: str
    title: str
    expected: str
    explanation: str
    sources: tuple[Mapping[str, Any], ...]
    state: str
    label: str
    tone: str
    owner: str
    done_on: date | None
    promised_on: date | None
    expires_on: date | None
    checked_by: str
    checked_on: date | None
    document: str
    link: str
    files: tuple[Anchor, ...]
    pk: int
    version: int
    edit: str


def states() -> dict[str, str]:
    """Return the words of each state."""
    return {
        "expired": _("Expired"),
        "missing": _("No proof"),
        "soon": _("Expires soon"),
        "promised": _("Promised"),
        "to_check": _("To check"),
        "checked": _("Checked"),
    }


def register(plan: Mapping[str, Any], authority_id: int, *, on: date) -> list[Evidence]:
    """Return every duty that asks for a proof, or has one: the authority's, then each case's.

    A case nobody has chosen yet has nothing to prove: only what was brought for it is shown.
    """
    there = {
        (record.row["case"] or "", record.row["rule"]): record
        for record in facts.records_of(sheet(PROOFS), authority_id)
    }
    names = {r.row["id"]: r.row["name"] for r in facts.records_of(sheet("people"), authority_id)}
    kept = _files(authority_id)
    found = []
    for code, title, findings, engaged in _sources(plan):
        for finding in findings:
            record = there.get((code, finding["rule"]))
            asked = engaged and finding["outcome"] in ("due", "blocking")
            if record is None and not asked:
                continue
            found.append(_line(code, title, finding, record, names, kept, on))
    return found


def _sources(
    plan: Mapping[str, Any],
) -> Iterable[tuple[str, str, Sequence[Mapping[str, Any]], bool]]:
    """Yield (code, title, findings, whether its duties are to be proved), the authority first."""
    whole = (plan.get("obligations") or {}).get("authority") or {}
    yield "", _("The authority itself"), whole.get("findings") or (), True
    for case in live_cases(plan):
        findings = (case.get("obligations") or {}).get("findings") or ()
        engaged = bool(case.get("chosen")) or case["stage"] in ENGAGED
        yield case["id"], case["title"], findings, engaged


def _files(authority_id: int) -> dict[str, list[Anchor]]:
    found: dict[str, list[Anchor]] = {}
    for file in files_of_sheet(authority_id, PROOFS):
        href = reverse("files:take", args=[file.uid, file.name])
        found.setdefault(file.row, []).append(Anchor(file.name, href))
    return found


def _line(
    code: str,
    title: str,
    finding: Mapping[str, Any],
    record: Record | None,
    names: Mapping[str, str],
    kept: Mapping[str, list[Anchor]],
    on: date,
) -> Evidence:
    row = record.row if record else {}
    state = _state(row, on)
    owner = row.get("owner") or ""
    return Evidence(
        case=code,
        case_title=title,
        rule=str(finding["rule"]),
        title=said(finding["title"]),
        expected=", ".join(said(item) for item in finding.get("evidence") or ()),
        explanation=said(finding.get("explanation")),
        sources=tuple(finding.get("sources") or ()),
        state=state,
        label=states()[state],
        tone=TONES[state],
        owner=names.get(owner, owner) or ", ".join(said(who) for who in finding.get("who") or ()),
        done_on=row.get("done_on"),
        promised_on=row.get("promised_on"),
        expires_on=row.get("expires_on"),
        checked_by=names.get(row.get("checked_by") or "", row.get("checked_by") or ""),
        checked_on=row.get("checked_on"),
        document=row.get("document") or "",
        link=row.get("link") or "",
        files=tuple(kept.get(row_code(sheet(PROOFS), row), ())) if record else (),
        pk=record.pk if record else 0,
        version=record.version if record else 0,
        edit=_edit(code, str(finding["rule"]), record),
    )


def _state(row: Mapping[str, Any], on: date) -> str:
    """Return where a proof stands on the day `on`."""
    last = row.get("expires_on")
    if row.get("done_on") is None:
        return "promised" if row.get("promised_on") else "missing"
    if last is not None and last < on:
        return "expired"
    if last is not None and last <= on + SOON:
        return "soon"
    return "checked" if row.get("checked_on") else "to_check"


def _edit(code: str, rule: str, record: Record | None) -> str:
    if record is not None:
        return reverse("facts:row", args=[PROOFS, record.pk])
    return f"{reverse('facts:add', args=[PROOFS])}?{urlencode({'case': code, 'rule': rule})}"


def filters(lines: Sequence[Evidence], params: Mapping[str, str], action: str) -> Filters:
    """Return the filters of the register."""
    words, there = states(), {line.state for line in lines}
    cases = {line.case or "collectivite": line.case_title for line in lines}
    owners = sorted({line.owner for line in lines if line.owner}, key=folded)
    return Filters(
        action=action,
        selects=(
            Select.of("etat", _("State"), _("Every state"),
                      [(code, words[code]) for code in STATES if code in there], params),
            Select.of("cas", _("About"), _("Everything"), list(cases.items()), params),
            Select.of("qui", _("In charge"), _("Everyone"), [(o, o) for o in owners], params),
        ),
        word_label=_("Word"),
        word=params.get("mot", "").strip(),
        kept=(("tri", params["tri"]),) if params.get("tri") else (),
    )  # fmt: skip


_KEYS = {
    "etat": lambda line: (STATES.index(line.state), folded(line.case_title)),
    "cas": lambda line: folded(line.case_title),
    "quoi": lambda line: folded(line.title),
    "qui": lambda line: folded(line.owner),
    "fait": lambda line: line.done_on or date.max,
    "expire": lambda line: line.expires_on or date.max,
}


def kept(lines: Sequence[Evidence], wanted: Filters, order: str) -> list[Evidence]:
    """Return the lines the filters keep, sorted; what asks for most comes first."""
    word = folded(wanted.word)
    found = [
        line
        for line in lines
        if wanted.value("etat") in ("", line.state)
        and wanted.value("cas") in ("", line.case or "collectivite")
        and wanted.value("qui") in ("", line.owner)
        and (not word or word in folded(f"{line.rule} {line.title} {line.document}"))
    ]
    return ordered(found, order, _KEYS, "etat")


def page_title(lines: Sequence[Evidence]) -> str:
    """Return the answer: how many duties have no proof that holds."""
    count = sum(line.state in ("missing", "expired") for line in lines)
    if not count:
        return _("Every duty has its proof, or a date for it")
    words = ngettext("%(n)s duty without a proof", "%(n)s duties without a proof", count)
    return sentence(words % {"n": in_words(count, "feminine")})


def export_rows(lines: Sequence[Evidence]) -> tuple[list[str], list[list[Any]]]:
    """Return the headings and the rows of the file, as the page shows them."""
    headings = [
        _("About"), _("Rule"), _("Title"), _("Evidence expected"), _("State"), _("In charge"),
        _("Done on"), _("Expected on"), _("Valid until"), _("Checked by"), _("Checked on"),
        _("Where to check it"), _("Link"), _("Files"),
    ]  # fmt: skip
    rows: list[list[Any]] = [
        [
            line.case_title, line.rule, line.title, line.expected, line.label, line.owner,
            line.done_on, line.promised_on, line.expires_on, line.checked_by, line.checked_on,
            line.document, line.link, ", ".join(file.label for file in line.files),
        ]
        for line in lines
    ]  # fmt: skip
    return headings, rows


@transaction.atomic
def check(authority_id: int, pk: int, *, version: int, by: Actor, at: datetime) -> bool:
    """Say that the actor opened a proof and found it good; return whether somebody moved it.

    Raises RefusedError when there is nothing to check yet, or when they brought it themselves.
    """
    record = facts.record_for(sheet(PROOFS), authority_id, pk)
    person = person_code(authority_id, by.user_id) if by.user_id else ""
    if record.row["done_on"] is None:
        raise RefusedError(_NOT_DONE)
    if not person:
        raise RefusedError(_UNKNOWN_PERSON)
    if not record.row["owner"]:
        raise RefusedError(_NOBODY)
    if person == record.row["owner"]:
        raise RefusedError(_ONESELF)
    conflict = services.change_row(
        authority_id,
        sheet(PROOFS),
        pk,
        {"checked_by": person, "checked_on": at.date()},
        version=version,
        by=by,
        at=at,
    )
    return conflict is not None
