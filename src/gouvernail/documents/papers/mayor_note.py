"""The mayor's note: one page, what is wanted, what is theirs to decide, what could go wrong."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.deciding import dates, money, proof_of, standing
from gouvernail.documents.papers.frame import line, paper_document, to_write
from gouvernail.documents.papers.model import Paper
from gouvernail.documents.parts import Case, Plan, chosen_cases
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

#: What fits one page, whatever the portfolio.
MOST_CASES = 5
MOST_DATES = 3
MOST_RISKS = 3
LONGEST = 110


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the one-page note to the head of the executive."""
    del case
    v = Voice(language)
    ambition = v.text((plan.get("authority") or {}).get("ambition"))
    blocks: list[b.Block] = [
        b.Heading(1, v.say("Ce que nous voulons", "What we want")),
        b.Paragraph(
            b.content(_cut(ambition, 260))
            if ambition
            else to_write(v, "l’ambition", "the ambition")
        ),
        b.Heading(1, v.say("Les cas proposés", "The proposed cases")),
        *_cases(v, plan),
        b.Heading(1, v.say("Vos prochaines dates", "Your next dates")),
        dates(v, plan, MOST_DATES),
        b.Heading(1, v.say("Ce qui pourrait mal tourner", "What could go wrong")),
        *_risks(v, plan),
        line(v, "Argent", "Money", money(v, plan)),
        b.Paragraph(
            b.content(
                v.say(
                    "Les gains sont promis, pas encore mesurés ; aucun n’est compté au budget.",
                    "The gains are promised, not measured yet; none is counted in the budget.",
                )
            ),
            "small",
        ),
    ]
    return paper_document(v, plan, None, PAPER, blocks)


def _cases(v: Voice, plan: Plan) -> list[b.Block]:
    chosen = chosen_cases(plan)
    if not chosen:
        return [b.Paragraph(to_write(v, "les cas proposés", "the proposed cases"))]
    items = []
    for case in chosen[:MOST_CASES]:
        proof = proof_of(plan, case) or {}
        status = v.text(proof.get("status_label"))
        items.append(
            b.content(
                b.strong(_cut(str(case["title"]), 60)),
                v.say(" : ", ": "),
                _cut(v.text(case.get("summary")), LONGEST)
                or to_write(v, "en une phrase", "in a sentence"),
                f" ({status[:1].lower()}{status[1:]})" if status else "",
            )
        )
    more = len(chosen) - MOST_CASES
    if more > 0:
        items.append(b.content(v.say("et {n} autres.", "and {n} more.", n=str(more))))
    return [b.Bullets(tuple(items))]


def _risks(v: Voice, plan: Plan) -> list[b.Block]:
    """Return what a newspaper would write about: a blocking duty, an opinion missing, data out."""
    found: list[str] = []
    for case in chosen_cases(plan):
        title = _cut(str(case["title"]), 50)
        for finding in (case.get("obligations") or {}).get("findings") or ():
            if finding["outcome"] == "blocking" and not finding.get("done_on"):
                found.append(f"{title} – {_cut(v.text(finding['title']), 70)}")
        consultation = case.get("consultation") or {}
        if consultation.get("due") == "yes" and not consultation.get("opinion_on"):
            found.append(
                v.say(
                    "{title} – l’avis du personnel n’est pas encore rendu",
                    "{title} – the opinion of the staff is not given yet",
                    title=title,
                )
            )
    for use in plan.get("existing_uses") or []:
        if not use.get("verdict"):
            found.append(
                v.say(
                    "Usage déjà là, sans décision : {name}",
                    "A use already there, undecided: {name}",
                    name=_cut(str(use["name"]), 60),
                )
            )
    if not found:
        return [b.Paragraph(b.content(v.say("Rien de connu à ce jour.", "Nothing known to date.")))]
    shown = [b.content(text) for text in found[:MOST_RISKS]]
    more = len(found) - MOST_RISKS
    if more > 0:
        said = v.say("et {n} autres points.", "and {n} more points.", n=str(more))
        shown.append(b.content(said))
    return [b.Bullets(tuple(shown))]


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"


PAPER = Paper(
    code="note-maire",
    title=Text("Note d’une page à l’exécutif", "One-page note to the executive"),
    purpose=Text(
        "Dire en une page ce qui se décide, quand, et ce qui pourrait mal tourner.",
        "Tell on one page what is decided, when, and what could go wrong.",
    ),
    signed_by=Text("La direction générale", "The general director"),
    about_case=False,
    standing=standing,
    build=build,
)
