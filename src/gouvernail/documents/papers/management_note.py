"""The note to the management team: two pages, and a decision asked."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.deciding import (
    dates,
    money,
    proof_of,
    standing,
    undecided,
)
from gouvernail.documents.papers.frame import line, paper_document, to_write
from gouvernail.documents.papers.model import Paper
from gouvernail.documents.parts import Case, Plan, chosen_cases, pair_words
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

#: The dates ahead that fit the note; the roadmap has them all.
MOST_DATES = 6


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the note to the management team on the proposal of the plan."""
    del case
    v = Voice(language)
    blocks = [
        *_purpose(v, plan),
        *_options(v, plan),
        *_recommendation(v, plan),
        *_effects(v, plan),
        b.Heading(1, v.say("Calendrier", "Calendar")),
        dates(v, plan, MOST_DATES),
        *_asked(v, plan),
    ]
    return paper_document(v, plan, None, PAPER, blocks)


def _purpose(v: Voice, plan: Plan) -> list[b.Block]:
    cases = plan.get("cases") or []
    used = len(plan.get("existing_uses") or [])
    return [
        b.Heading(1, v.say("Objet et contexte", "Purpose and context")),
        b.Paragraph(
            b.content(
                v.say(
                    "{n} cas d’usage sont au portefeuille ; {m} sont proposés ensemble. "
                    "{u} usages d’IA sont déjà là, avec ou sans accord.",
                    "{n} use cases are in the portfolio; {m} are proposed together. {u} uses of "
                    "AI are already there, with or without leave.",
                    n=v.number(len(cases)),
                    m=v.number(len(chosen_cases(plan))),
                    u=v.number(used),
                )
            )
        ),
    ]


def _options(v: Voice, plan: Plan) -> list[b.Block]:
    """Return what opposes people, and what each of the best portfolios holds."""
    selection = plan.get("selection") or {}
    found: list[b.Block] = [b.Heading(1, v.say("Options", "Options"))]
    portfolios = selection.get("portfolios") or []
    titles = {case["id"]: case["title"] for case in plan.get("cases") or []}
    if portfolios:
        items = tuple(
            b.content(v.series(titles.get(code, code) for code in each["cases"]))
            for each in portfolios[:3]
            if each.get("cases")
        )
        if items:
            intro = v.say("Les meilleurs ensembles :", "The best sets:")
            found += [b.Paragraph((intro,)), b.Numbered(items)]
    split = v.text((selection.get("split") or {}).get("sentence"))
    found.append(b.Paragraph(b.content(split) if split else _no_choice(v)))
    return found


def _no_choice(v: Voice) -> b.Content:
    return to_write(v, "les options étudiées", "the options considered")


def _recommendation(v: Voice, plan: Plan) -> list[b.Block]:
    chosen = chosen_cases(plan)
    found: list[b.Block] = [b.Heading(1, v.say("Recommandation", "Recommendation"))]
    if not chosen:
        return [*found, b.Paragraph(to_write(v, "les cas proposés", "the proposed cases"))]
    items = []
    for case in chosen:
        proof = proof_of(plan, case) or {}
        said = v.text(proof.get("status_label"))
        items.append(
            b.content(
                b.strong(str(case["title"])),
                f" ({said[:1].lower()}{said[1:]})" if said else "",
                ". ",
                v.text(proof.get("sentence")),
                v.say(" Binôme : ", " Pair: "),
                pair_words(v, case),
                ".",
            )
        )
    found.append(b.Bullets(tuple(items)))
    regret = v.text((plan.get("selection") or {}).get("regret"))
    return [*found, b.Paragraph(b.content(regret), "small")] if regret else found


def _effects(v: Voice, plan: Plan) -> list[b.Block]:
    chosen = chosen_cases(plan)
    agents = sum(case.get("agents_affected") or 0 for case in chosen)
    waiting = [
        str(case["title"])
        for case in chosen
        if (case.get("consultation") or {}).get("due") in ("yes", "unknown")
        and not (case.get("consultation") or {}).get("opinion_on")
    ]
    duties = sum(
        finding["outcome"] in ("due", "blocking") and not finding.get("done_on")
        for case in chosen
        for finding in (case.get("obligations") or {}).get("findings") or ()
    )
    stores = dict.fromkeys(s["name"] for c in chosen for s in c.get("stores") or [])
    return [
        b.Heading(1, v.say("Effets", "Effects")),
        line(
            v, "Agents", "Staff",
            b.content(
                v.say("{n} agents concernés", "{n} staff concerned", n=v.number(agents))
                if agents
                else to_write(v, "agents concernés", "staff concerned"),
                v.say(" ; avis à recueillir : ", "; opinions to hear: "),
                v.series(waiting) or v.say("aucun", "none"),
                ".",
            ),
        ),
        line(v, "Budget", "Budget", money(v, plan)),
        line(
            v, "Droit", "Law",
            b.content(
                v.say(
                    "{n} obligations à faire sur les cas proposés.",
                    "{n} duties to carry out on the proposed cases.",
                    n=v.number(duties),
                )
            ),
        ),
        line(
            v, "Données", "Data",
            b.content(v.series(stores) + "." if stores else to_write(v, "données lues", "data")),
        ),
        line(
            v, "Informatique", "IT",
            to_write(v, "raccordements, comptes, assistance", "connections, accounts, support"),
        ),
    ]  # fmt: skip


def _asked(v: Voice, plan: Plan) -> list[b.Block]:
    waiting = undecided(plan)
    titles = v.series(str(case["title"]) for case in waiting)
    words: b.Content = (
        b.content(
            v.say(
                "Il est demandé au comité de direction de retenir, d’ajuster ou d’écarter : ",
                "The management team is asked to keep, adjust or set aside: ",
            ),
            b.strong(titles),
            v.say(", et de dire à quelle date il en sera rendu compte : ", ", and by when: "),
            to_write(v, "date", "date"),
            ".",
        )
        if waiting
        else b.content(
            v.say(
                "Aucune : les cas proposés sont déjà engagés.",
                "None: the proposed cases are already under way.",
            )
        )
    )
    return [
        b.Heading(1, v.say("Décision demandée", "Decision asked")),
        b.Callout("wait", v.say("À décider.", "To decide."), words),
    ]


PAPER = Paper(
    code="note-codir",
    title=Text("Note au comité de direction", "Note to the management team"),
    purpose=Text("Faire décider sur la proposition de cas.", "Have the proposal decided."),
    signed_by=Text("La direction générale", "The general director"),
    about_case=False,
    standing=standing,
    build=build,
)
