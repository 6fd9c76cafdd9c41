"""The note to the mayor or the president: one page, what waits for them and what may go wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.deciding import (
    NAMED,
    cases_waiting_for,
    lowered,
    opinion_missing,
    said,
    sentence,
    sittings_of,
    titled,
    undecided,
)
from gouvernail.documents.papers.frame import paper_document, why
from gouvernail.documents.papers.institutions import institution
from gouvernail.documents.papers.management_note import budget_words
from gouvernail.documents.papers.model import Need, Paper, Standing
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    chosen_cases,
    proposal_word,
)
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

#: What the body of the page holds in points of the PDF, and how many signs a line.
PAGE_POINTS, LINE_POINTS, LINE_SIGNS = 585, 13.2, 96
#: A longer title is cut, so that a case with nothing else told takes one line.
LONGEST_TITLE = 70
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def mayor_standing(plan: Plan, case: Case | None) -> Standing:
    """Return whether something waits for the mayor or the assembly."""
    vote = cases_waiting_for(plan, "GOV-DELIB")
    if vote:
        names = titled(c["title"] for c in vote)
        why = Text(
            f"Un vote de l’assemblée est attendu\u00a0: {names.fr}.",
            f"A vote of the assembly is awaited: {names.en}.",
        )
        return Standing(Need.DUE, why, ("GOV-DELIB",))
    new = undecided(plan)
    if new:
        names = titled(c["title"] for c in new)
        why = Text(
            f"Un choix est proposé et attend une décision\u00a0: {names.fr}.",
            f"A choice is proposed and waits for a decision: {names.en}.",
        )
        return Standing(Need.DUE, why)
    if not chosen_cases(plan):
        why = Text("Aucun cas n’est encore proposé.", "No case is proposed yet.")
        return Standing(Need.LATER, why)
    why = Text(
        "Rien n’attend l’exécutif ou l’assemblée à ce jour.",
        "Nothing waits for the executive or the assembly to date.",
    )
    return Standing(Need.NOT_NEEDED, why)


@dataclass(frozen=True, slots=True)
class Detail:
    """How much the page tells: cases, signs of each, dates, risks, signs of the ambition."""

    cases: int
    signs: int
    dates: int
    risks: int
    ambition: int


#: From the fullest to the shortest: the first that holds on a page is printed.
DETAILS = (
    Detail(10, 200, 5, 5, 400),
    Detail(10, 110, 4, 4, 300),
    Detail(10, 60, 4, 3, 240),
    Detail(10, 0, 3, 3, 200),
    Detail(8, 0, 3, 3, 160),
    Detail(6, 0, 3, 3, 160),
    Detail(4, 0, 2, 2, 120),
)


def mayor_note(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the note on one page, in the fullest form that holds on it."""
    v = Voice(language)
    blocks: list[b.Block] = []
    for detail in DETAILS:
        blocks = [
            *_wanted(v, plan, detail),
            *_cases(v, plan, detail),
            *_yours(v, plan, detail),
            *_risks(v, plan, detail),
            *_money(v, plan),
            _proven(v, plan),
        ]
        if _points([*why(v, plan, None, PAPER), *blocks]) <= PAGE_POINTS:
            break
    return paper_document(v, plan, None, PAPER, blocks)


def _points(blocks: list[b.Block]) -> float:
    """Return about how high the blocks are, a little above what they take."""

    def lines(parts: b.Content) -> int:
        return max(1, ceil(len(b.plain(parts)) / LINE_SIGNS))

    high = 0.0
    for block in blocks:
        match block:
            case b.Heading():
                high += 34
            case b.Paragraph():
                high += lines(block.content) * LINE_POINTS + 10
            case b.Bullets():
                high += sum(lines(item) * LINE_POINTS + 3 for item in block.items)
            case b.Callout():
                high += lines(block.content) * LINE_POINTS + 24
            case _:
                high += 100
    return high


def _cut(text: str, length: int) -> str:
    """Return the first sentences that fit; else the first one, cut at a word."""
    kept = ""
    for part in _SENTENCE.split(text):
        longer = f"{kept} {part}".strip()
        if len(longer) > length:
            break
        kept = longer
    return kept or (text[:length].rsplit(" ", 1)[0] + "…" if len(text) > length else text)


def _wanted(v: Voice, plan: Plan, detail: Detail) -> list[b.Block]:
    ambition = v.text((plan.get("authority") or {}).get("ambition"))
    parts: b.Content = (
        b.content(sentence(_cut(ambition, detail.ambition)))
        if ambition
        else (blank(v, "ce que nous voulons", "what we want"),)
    )
    return [b.Heading(1, v.say("Ce que nous voulons", "What we want")), b.Paragraph(parts)]


def _cases(v: Voice, plan: Plan, detail: Detail) -> list[b.Block]:
    chosen = chosen_cases(plan)
    title = b.Heading(1, v.say("Les cas proposés", "The proposed cases"))
    if not chosen:
        place = blank(v, "les cas, quand un choix sera proposé", "the cases, once proposed")
        return [title, b.Paragraph((place,))]
    items = []
    for case in chosen[: detail.cases]:
        told = _cut(_benefit(v, case), detail.signs) if detail.signs else ""
        items.append(
            b.content(
                b.strong(_cut(case["title"], LONGEST_TITLE)),
                f" ({proposal_word(v, case)})",
                v.colon("").rstrip(" ") + " " if told else ".",
                sentence(lowered(told)) if told else "",
                (" ", blank(v, "en une phrase", "in a sentence")) if not _benefit(v, case) else "",
            )
        )
    if len(chosen) > detail.cases:
        n = len(chosen) - detail.cases
        items.append(b.content(v.say("Et {n} autres cas.", "And {n} other cases.", n=n)))
    return [title, b.Bullets(tuple(items))]


def _benefit(v: Voice, case: Case) -> str:
    return v.text(case.get("benefit")) or v.text(case.get("summary"))


def _yours(v: Voice, plan: Plan, detail: Detail) -> list[b.Block]:
    """Return what the executive or the assembly decides, and the sittings to come."""
    title = b.Heading(1, v.say("Ce que vous décidez, et quand", "What you decide, and when"))
    items: list[b.Content] = []
    vote = cases_waiting_for(plan, "GOV-DELIB")
    if vote:
        named = _named(v, vote)
        items.append(
            b.content(
                b.strong(v.say("À faire voter : ", "To bring to a vote: ")),
                named,
                v.say(", une fois l’avis du personnel rendu", ", once the staff has been heard")
                if any(opinion_missing(c) for c in vote)
                else "",
                ".",
            )
        )
    new = [c for c in undecided(plan) if c not in vote]
    if new:
        named = _named(v, new)
        items.append(
            b.content(b.strong(v.say("À retenir ou non : ", "To choose or not: ")), named, ".")
        )
    items += _dates(v, plan)[: max(2, detail.dates - len(items))]
    if not sittings_of(plan, "council"):
        items.append((blank(v, "les dates de l’assemblée", "the dates of the assembly"),))
    return [title, b.Bullets(tuple(items))]


def _named(v: Voice, cases: list[Case]) -> str:
    """Return the cases by name; many are counted, for they are named just above."""
    if len(cases) > NAMED:
        return v.say("{n} des cas proposés", "{n} of the proposed cases", n=len(cases))
    return said(v, titled(case["title"] for case in cases))


def _dates(v: Voice, plan: Plan) -> list[b.Content]:
    """Return the sittings of the assembly and the evaluations of the cases, in order."""
    found: list[tuple[str, str]] = []
    for sitting in sittings_of(plan, "council"):
        note = v.text(sitting.get("note"))
        of = said(v, institution(plan).of_assembly)
        what = v.say("séance {of}", "sitting {of}", of=of)
        found.append((str(sitting["on"]), f"{what}, {lowered(note)}" if note else what))
    titles = {case["id"]: case["title"] for case in chosen_cases(plan)}
    for milestone in (plan.get("roadmap") or {}).get("milestones") or []:
        if milestone["kind"] == "evaluation" and milestone["case"] in titles:
            what = f"{lowered(v.text(milestone['label']))} ({titles[milestone['case']]})"
            found.append((str(milestone["on"]), what))
    return [
        b.content(b.strong(v.colon(v.day(day))), sentence(what))
        for day, what in sorted(found)
        if day >= str(plan["on"])
    ]


def _risks(v: Voice, plan: Plan, detail: Detail) -> list[b.Block]:
    """Return what could become public trouble: blocked duties, opinions missing, data leaving."""
    title = b.Heading(1, v.say("Ce qui peut mal tourner en public", "What may go wrong in public"))
    items: list[b.Content] = []
    for case in chosen_cases(plan):
        for finding in (case.get("obligations") or {}).get("findings") or []:
            if finding["outcome"] == "blocking" and not finding.get("done_on"):
                items.append(
                    b.content(
                        b.strong(v.colon(case["title"])), lowered(v.text(finding["title"])), "."
                    )
                )
    missing = [c["title"] for c in chosen_cases(plan) if opinion_missing(c)]
    if missing:
        named = v.series(lowered(t) for t in missing[:4])
        if len(missing) > 4:
            named = v.say("{n} cas", "{n} cases", n=len(missing))
        items.append(
            b.content(
                b.strong(v.say("Avis du personnel manquant : ", "Opinion of the staff missing: ")),
                named,
                v.say(
                    ". À recueillir avant tout usage réel.", ". To be heard before any real use."
                ),
            )
        )
    unsure = [c["title"] for c in chosen_cases(plan) if opinion_missing(c, "unknown")]
    if unsure:
        items.append(
            b.content(
                b.strong(
                    v.say("Avis du personnel, à trancher : ", "Opinion of the staff, to settle: ")
                ),
                said(v, titled(unsure)),
                ".",
            )
        )
    leaving = [
        use["name"]
        for use in plan.get("existing_uses") or []
        if use.get("advice") == "stop" and use.get("verdict") != "stop"
    ]
    if leaving:
        named = v.series(lowered(n) for n in leaving[:3])
        items.append(
            b.content(
                b.strong(v.say("Usage à arrêter, non tranché : ", "Use to stop, not settled: ")),
                named,
                ".",
            )
        )
    unseen = [
        store["name"]
        for store in plan.get("protect_first") or []
        if not store.get("class") and store.get("read_by")
    ]
    if unseen:
        items.append(
            b.content(
                b.strong(v.say("Données que personne n’a regardées : ", "Data nobody looked at: ")),
                v.series(lowered(name) for name in unseen[:3]),
                ".",
            )
        )
    if not items:
        text = v.say(
            "Rien de connu à ce jour ; ce n’est pas la preuve qu’il n’y a rien.",
            "Nothing known to date; it does not prove there is nothing.",
        )
        return [title, b.Paragraph(b.content(text))]
    return [title, b.Bullets(tuple(items[: detail.risks]))]


def _money(v: Voice, plan: Plan) -> list[b.Block]:
    told = budget_words(v, plan)
    parts: b.Content = (
        b.content(told)
        if told
        else (blank(v, "montant par année, et enveloppe", "amount per year, and envelope"),)
    )
    label = v.say("L’argent, par année, et l’enveloppe", "The money, per year, and the envelope")
    return [b.Heading(1, label), b.Paragraph(parts)]


def _proven(v: Voice, plan: Plan) -> b.Callout:
    """Return the one sentence on what is promised and what is proven."""
    selection = plan.get("selection") or {}
    chosen = {c["id"] for c in chosen_cases(plan)}
    proven = sum(
        c.get("status") == "core" and bool(c.get("proven"))
        for c in selection.get("cases") or []
        if c["id"] in chosen
    )
    if not chosen:
        text = v.say(
            "aucun gain n’est promis ni démontré à ce jour.",
            "no gain is promised or shown to date.",
        )
    elif not selection.get("cases"):
        text = v.say(
            "les bénéfices annoncés sont des promesses, à mesurer avant et après ; rien ne dit "
            "encore si le choix tient quelles que soient les priorités.",
            "the benefits told are promises, to be measured before and after; nothing tells yet "
            "whether the choice holds whatever the priorities.",
        )
    else:
        text = v.say(
            "les bénéfices annoncés sont des promesses, à mesurer avant et après ; le choix, lui, "
            "tient quelles que soient les priorités pour {n} cas sur {all}.",
            "the benefits told are promises, to be measured before and after; the choice itself "
            "holds whatever the priorities for {n} of {all} cases.",
            n=proven,
            all=len(chosen),
        )
    return b.Callout("note", v.say("Promis, prouvé :", "Promised, proven:"), b.content(text))


PAPER = Paper(
    code="note-maire",
    title=Text("Note d’une page à l’exécutif", "One-page note to the executive"),
    purpose=Text(
        "Dire en une page ce qui attend une décision et ce qui peut mal tourner.",
        "Tell on one page what waits for a decision and what may go wrong.",
    ),
    signed_by=Text("La direction générale", "The general director"),
    about_case=False,
    standing=mayor_standing,
    build=mayor_note,
)
