"""The papers to sign, offered one at a time: the one to do now, the next, those done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gouvernail.apps.steering.queries import PlanView, whole_cases
from gouvernail.common.listing import Anchor, Filters, Select
from gouvernail.common.wording import language, said_text
from gouvernail.documents.papers import PAPERS, Need, Paper, Standing, blanks_of
from gouvernail.documents.papers.model import findings_of
from gouvernail.documents.parts import chosen_cases
from gouvernail.documents.write import safe_name

FORMS = ("pdf", "odt", "docx")
TONES = {Need.DUE: "attente", Need.TO_EXAMINE: "info", Need.DONE: "ok"}
#: What the filter of the cases calls the authority itself.
AUTHORITY = "collectivite"
_FAR = "9999-12-31"
#: Shown after the one to do now; the others wait for their turn, folded.
MOST_NEXT = 3


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of one case or of the authority (`case` ""), as the page shows it."""

    code: str
    title: str
    purpose: str
    signed_by: str
    case: str
    case_title: str
    need: str
    label: str
    tone: str
    why: str
    reasons: tuple[Mapping[str, Any], ...]
    by: str
    documents: tuple[str, ...]
    forms: tuple[Anchor, ...]
    proof: str
    blanks: int = 0


@dataclass(frozen=True, slots=True)
class PapersPage:
    """The papers of the page: the one to do now, the next, those that will have their turn.

    Then those for later, those done, those that nothing asks for.
    """

    now: PaperLine | None
    after: tuple[PaperLine, ...]
    then: tuple[PaperLine, ...]
    later: tuple[PaperLine, ...]
    done: tuple[PaperLine, ...]
    aside: tuple[PaperLine, ...]


def filters(view: PlanView, params: Mapping[str, str], action: str) -> Filters:
    """Return the filter of the page: one proposed case, or the authority itself."""
    known = [(AUTHORITY, _("The authority itself"))]
    known += [(str(case["id"]), str(case["title"])) for case in chosen_cases(view.plan)]
    select = Select.of("cas", _("About"), _("Everything"), known, params)
    return Filters(action=action, selects=(select,), word_label="", word="")


def with_chosen(view: PlanView) -> PlanView:
    """Return the plan with its proposed cases whole: what the papers read."""
    chosen = [case["id"] for case in view.plan["cases"] if case["chosen"]]
    whole = {case["id"]: case for case in whole_cases(view, chosen)} if chosen else {}
    cases = [whole.get(case["id"], case) for case in view.plan["cases"]]
    return replace(view, plan={**view.plan, "cases": cases})


def papers_page(view: PlanView, wanted: str = "") -> PapersPage:
    """Return the papers of the authority and of its proposed cases; of `wanted` alone if given."""
    lines = paper_lines(view, wanted)
    asked = [line for line in lines if line.need in (Need.DUE, Need.TO_EXAMINE)]
    now = asked[0] if asked else None
    return PapersPage(
        now=_with_blanks(view, now) if now else None,
        after=tuple(asked[1 : 1 + MOST_NEXT]),
        then=tuple(asked[1 + MOST_NEXT :]),
        later=tuple(line for line in lines if line.need == Need.LATER),
        done=tuple(line for line in lines if line.need == Need.DONE),
        aside=tuple(line for line in lines if line.need == Need.NOT_NEEDED),
    )


def page_title(page: PapersPage) -> str:
    """Return the answer: which paper comes first."""
    if page.now is None:
        return _("No paper waits for a signature")
    title = page.now.title
    return _("First: %(paper)s") % {"paper": f"{title[:1].lower()}{title[1:]}"}


def paper_lines(view: PlanView, wanted: str = "") -> list[PaperLine]:
    """Return every paper in its order: what is due first, by date, then as papers follow."""
    found = sorted(_lines(view, wanted), key=lambda pair: pair[0])
    return [line for _key, line in found]


def _lines(view: PlanView, wanted: str) -> Iterable[tuple[tuple[Any, ...], PaperLine]]:
    """Yield each paper with its place."""
    needs, cases = list(Need), chosen_cases(view.plan)
    for rank, paper in enumerate(PAPERS):
        for place, case in enumerate(cases if paper.about_case else [None]):
            if wanted and wanted != (case["id"] if case else AUTHORITY):
                continue
            standing = paper.standing(view.plan, case)
            line = _line(view, paper, case, standing)
            yield (needs.index(standing.need), line.by or _FAR, rank, place), line


def _line(
    view: PlanView, paper: Paper, case: Mapping[str, Any] | None, standing: Standing
) -> PaperLine:
    code = str(case["id"]) if case else ""
    return PaperLine(
        code=paper.code,
        title=said_text(paper.title),
        purpose=said_text(paper.purpose),
        signed_by=said_text(paper.signed_by),
        case=code,
        case_title=str(case["title"]) if case else _("The authority itself"),
        need=standing.need,
        label=said_text(standing.need.label),
        tone=TONES.get(standing.need, "neutre"),
        why=said_text(standing.why),
        reasons=_reasons(view.plan, case, standing),
        by=_by(paper, case),
        documents=(names := _documents(view, paper, code)),
        forms=tuple(
            Anchor(
                name.rpartition(".")[2].upper(),
                reverse("steering:document", args=[view.id, name]),
            )
            for name in names
        ),
        proof=_proof(code, standing),
    )


def _reasons(
    plan: Mapping[str, Any], case: Mapping[str, Any] | None, standing: Standing
) -> tuple[Mapping[str, Any], ...]:
    """Return why, as the rules say it, with their sources."""
    found = findings_of(plan, case)
    asking = [found[code] for code in standing.rules if code in found]
    return tuple(reason for finding in asking for reason in finding.get("reasons") or ())


def _by(paper: Paper, case: Mapping[str, Any] | None) -> str:
    """Return the last day a paper is of use, when a sitting gives one."""
    if paper.code != "rapport-cst" or case is None:
        return ""
    return str((case.get("consultation") or {}).get("papers_by") or "")


def _documents(view: PlanView, paper: Paper, case: str) -> tuple[str, ...]:
    """Return the names of the files of a paper, among those the plan wrote."""
    folder = f"cas/{safe_name(case)}" if case else "pieces"
    names = (f"{folder}/{paper.code}.{form}" for form in FORMS)
    return tuple(name for name in names if name in view.documents)


def _proof(case: str, standing: Standing) -> str:
    """Return where to say that the paper is signed: the proof of the duty that asks it."""
    if not standing.rules or standing.need is Need.DONE:
        return ""
    asked = urlencode({"case": case, "rule": standing.rules[0]})
    return f"{reverse('facts:add', args=['proofs'])}?{asked}"


def _with_blanks(view: PlanView, line: PaperLine) -> PaperLine:
    paper = next(each for each in PAPERS if each.code == line.code)
    case = next((each for each in chosen_cases(view.plan) if each["id"] == line.case), None)
    document = paper.build(view.plan, case if paper.about_case else None, language())
    return replace(line, blanks=blanks_of(document))
