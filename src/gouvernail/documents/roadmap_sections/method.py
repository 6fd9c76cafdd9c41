"""What we do not know, and how the document was made."""

from __future__ import annotations

from collections import defaultdict

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Plan, digest_words, sealed, software_words
from gouvernail.documents.voice import Voice


def questions_of(v: Voice, plan: Plan) -> list[tuple[int, str, list[str]]]:
    """Return the questions (decisions each opens, question, whom it concerns), heaviest first."""
    authority = (plan.get("obligations") or {}).get("authority") or {}
    whole = v.say("toute la collectivité", "the whole authority")
    decides: dict[str, int] = defaultdict(int)
    where: dict[str, list[str]] = defaultdict(list)
    asked = [(whole, authority)]
    for case in plan.get("cases") or []:
        if case.get("chosen") or not plan.get("selection"):
            asked.append((case["title"], case.get("obligations") or {}))
    for name, answer in asked:
        for question in answer.get("questions") or []:
            text = v.text(question["question"])
            decides[text] += int(question.get("decides") or 0)
            where[text].append(name)
    ordered = sorted(decides, key=lambda text: (-decides[text], text))
    return [(decides[text], text, where[text]) for text in ordered]


def unknowns(v: Voice, plan: Plan, limit: int = 20) -> list[b.Block]:
    """Return the questions that decide most."""
    found: list[b.Block] = [b.Heading(1, v.say("Ce que nous ne savons pas", "What we do not know"))]
    questions = questions_of(v, plan)
    if not questions:
        found.append(
            b.Paragraph(
                b.content(
                    v.say(
                        "Aucune question ouverte ne change ce que le droit demande.",
                        "No open question changes what the law asks.",
                    )
                )
            )
        )
        return found
    found.append(
        b.Paragraph(
            b.content(
                v.say(
                    "Un fait absent n’est pas un « non ». Ces questions sont classées par le "
                    "nombre de "
                    "conclusions que leur réponse déciderait.",
                    "A missing fact is not a “no”. These questions are ranked by the number of "
                    "conclusions "
                    "their answer would decide.",
                )
            )
        )
    )
    rows = tuple(
        (b.content(text), b.content(v.series(where)), b.content(v.number(decides)))
        for decides, text, where in questions[:limit]
    )
    found.append(
        b.Table(
            v.say("Les questions qui décident le plus", "The questions that decide most"),
            (
                b.Column(v.word("question"), share=3),
                b.Column(v.say("Concerne", "Concerns"), share=1.5),
                b.Column(v.say("Décide", "Decides"), "number"),
            ),
            rows,
        )
    )
    if len(questions) > limit:
        found.append(
            b.Paragraph(
                b.content(
                    v.say(
                        "{n} autres questions pèsent moins ; elles sont dans plan.json.",
                        "{n} other questions weigh less; they are in plan.json.",
                        n=len(questions) - limit,
                    )
                ),
                "small",
            )
        )
    return found


def method(v: Voice, plan: Plan) -> list[b.Block]:
    """Return how the results were obtained, what is proven, from which facts and rules."""
    selection, roadmap = plan.get("selection") or {}, plan.get("roadmap") or {}
    items = [
        b.content(
            b.strong(v.say("Le choix. ", "The choice. ")),
            v.text(selection.get("method"), v.say("Pas encore fait.", "Not made yet.")),
        ),
        b.content(
            b.strong(v.say("Le calendrier. ", "The calendar. ")),
            v.text(roadmap.get("method"), v.say("Pas encore fait.", "Not made yet.")),
            " ",
            _proof(v, roadmap),
        ),
        b.content(
            b.strong(v.say("Le droit. ", "The law. ")),
            v.say(
                "Règles du {rules}. Chaque règle dit comment son texte a été lu ; ce document ne "
                "remplace pas un avis juridique.",
                "Rules of {rules}. Each rule says how its text was read; this document does not "
                "replace "
                "legal advice.",
                rules=plan.get("rules_version") or "–",
            ),
        ),
        b.content(
            b.strong(v.say("Les gains. ", "The gains. ")),
            v.say(
                "Un bénéfice annoncé n’est pas un gain mesuré. Aucune économie n’entre au budget "
                "tant "
                "qu’elle n’est pas constatée.",
                "An announced benefit is not a measured gain. No saving enters the budget until "
                "it has "
                "been observed.",
            ),
        ),
        b.content(
            b.strong(v.say("Pour refaire ce document. ", "To make it again. ")),
            v.say(
                "Faits {digest}, graine {seed}, logiciel {software} : les mêmes faits donnent le "
                "même "
                "document.",
                "Facts {digest}, seed {seed}, software {software}: the same facts give the same "
                "document.",
                digest=digest_words(plan),
                seed=plan.get("seed", "–"),
                software=software_words(plan),
            ),
        ),
    ]
    for _label, seal in sealed(v, plan):
        items.append(
            b.content(
                b.strong(v.say("Pour vérifier le journal. ", "To verify the journal. ")),
                v.say(
                    "Le sceau {seal} dit tout ce qui était écrit au journal quand ce document a "
                    "été fait. Tapé dans la page « Journal », ou donné à « gouvernail "
                    "verify-journal », il montre toute ligne changée ou retirée depuis.",
                    "The seal {seal} stands for all that the journal held when this document was "
                    "made. Typed in the page “Journal”, or given to “gouvernail verify-journal”, "
                    "it shows any line changed or removed since.",
                    seal=seal,
                ),
            )
        )
    return [
        b.Heading(1, v.say("Méthode et provenance", "Method and provenance")),
        b.Bullets(tuple(items)),
    ]


def _proof(v: Voice, roadmap: dict[str, object]) -> str:
    if not roadmap:
        return ""
    if roadmap.get("proven"):
        if v.text(roadmap.get("method")):
            return v.say(
                "« Prouvé » : avec les durées, les moyens et les séances d’aujourd’hui.",
                "“Proven”: with today’s durations, means and sittings.",
            )
        return v.say(
            "Aucun meilleur calendrier n’existe pour ces règles : c’est prouvé.",
            "No better calendar exists under these rules: it is proven.",
        )
    gap = roadmap.get("gap")
    if not isinstance(gap, int | float):
        return v.say("Un meilleur calendrier reste possible.", "A better calendar may exist.")
    return v.say(
        "Un meilleur calendrier reste possible, de {gap} au plus.",
        "A better calendar may exist, by {gap} at most.",
        gap=v.percent(float(gap)),
    )
