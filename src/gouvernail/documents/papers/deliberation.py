"""The draft deliberation of a case: visas, reasons, articles, vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.frame import line, paper_document, to_write
from gouvernail.documents.papers.model import Paper, findings_of, standing_of_rules
from gouvernail.documents.parts import Case, Plan, or_blank, source_words
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

#: The words of each kind of authority: its assembly, its executive.
_ASSEMBLIES: Mapping[str, tuple[Text, Text]] = {
    "commune": (Text("Le conseil municipal", "The municipal council"), Text("maire", "mayor")),
    "departement": (
        Text("Le conseil départemental", "The departmental council"),
        Text("président du conseil départemental", "president of the departmental council"),
    ),
    "region": (
        Text("Le conseil régional", "The regional council"),
        Text("président du conseil régional", "president of the regional council"),
    ),
}
_OTHER = (Text("L’assemblée délibérante", "The deliberative assembly"), Text("président", "chair"))
#: The duties whose text a deliberation cites, when they bind the case.
_CITED = (
    "GOV-DELIB", "GOV-MUTU", "AIA-04", "RGPD-06", "RGPD-35", "AIA-27", "CRPA-MENTION",
    "DS-CST-ORG", "DS-FS-TECH", "DS-FS-REGLES",
)  # fmt: skip


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the draft deliberation of one case."""
    assert case is not None
    v = Voice(language)
    kind = str((plan.get("authority") or {}).get("kind") or "")
    assembly, executive = _ASSEMBLIES.get(kind, _OTHER)
    blocks = [
        *_reasons(v, case),
        *_visas(v, plan, case),
        *_articles(v, case, assembly, executive),
        *_vote(v, executive),
    ]
    return paper_document(v, plan, case, PAPER, blocks)


def _reasons(v: Voice, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("Exposé des motifs", "Reasons")),
        b.Paragraph(or_blank(v, case.get("problem"), "le problème à résoudre", "the problem")),
        b.Paragraph(or_blank(v, case.get("summary"), "le projet", "the project")),
        line(
            v, "Ce qui reste décidé par une personne", "What a person still decides",
            or_blank(v, case.get("stays_human"), "le contrôle humain", "the human control"),
        ),
        line(
            v, "Le temps rendu ira à", "The time freed goes to",
            or_blank(v, case.get("time_given_to"), "à quoi il servira", "what it is for"),
        ),
    ]  # fmt: skip


def _visas(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    """Return the texts that bind this case, each with how it was read, then the opinions."""
    found = findings_of(plan, case)
    cited: dict[str, b.Content] = {}
    for code in _CITED:
        finding = found.get(code)
        if finding is None or finding["outcome"] not in ("due", "blocking"):
            continue
        for source in (finding.get("sources") or [])[:1]:
            cited.setdefault(source["text"], source_words(v, source))
    items = [
        b.content(v.say(f"Vu {_article(text)}", "Having regard to "), words)
        for text, words in cited.items()
    ]
    items.append(
        b.content(
            v.say(
                "Vu l’avis du délégué à la protection des données du ", "The opinion of the DPO of "
            ),
            to_write(v, "date", "date"),
        )
    )
    items.append(_opinion(v, case))
    blocks: list[b.Block] = [b.Heading(1, v.say("Visas", "Having regard to"))]
    return [*blocks, b.Bullets(tuple(items))]


def _article(text: str) -> str:
    """Return the article before a text, in French.

    >>> _article("Loi 2005-102, art. 47"), _article("CGCT, L. 2121-29")
    ('la ', 'le ')
    """
    return "la " if text.startswith(("Loi", "Ordonnance")) else "le "


def _opinion(v: Voice, case: Case) -> b.Content:
    consultation: Mapping[str, Any] = case.get("consultation") or {}
    body = v.text(consultation.get("body_label")) or v.say("l’instance", "the body")
    body = f"{body[:1].lower()}{body[1:]}"
    day = consultation.get("opinion_on")
    if consultation.get("due") == "no" and not day:
        return b.content(
            v.say(
                "Considérant que, d’après les faits connus, aucun avis du personnel n’est requis",
                "Considering that, on the known facts, no opinion of the staff is required",
            )
        )
    said = b.content(v.day(day)) if day else to_write(v, "date et sens de l’avis", "date, opinion")
    return b.content(
        v.say("Vu l’avis de l’instance du personnel (", "The opinion of the staff body ("),
        body,
        v.say(") du ", ") of "),
        said,
    )


def _articles(v: Voice, case: Case, assembly: Text, executive: Text) -> list[b.Block]:
    head = v.text({"fr": executive.fr, "en": executive.en})
    costs = v.series(
        v.say("{amount} en {year}", "{amount} in {year}", amount=v.money(amount), year=year)
        for year, amount in sorted((case.get("costs_eur") or {}).items())
    )
    told = v.text({"fr": assembly.fr, "en": assembly.en})
    articles: list[tuple[str, b.Content]] = [
        (
            v.say("Objet", "Purpose"),
            b.content(
                v.say("{who} approuve le projet « ", "{who} approves the project “", who=told),
                str(case["title"]),
                v.say(" », dans le périmètre suivant : ", "”, within this perimeter: "),
                or_blank(
                    v, (case.get("service") or {}).get("name"), "services, agents, habitants",
                    "departments, staff, inhabitants",
                ),
                ".",
            ),
        ),
        (
            v.say("Durée et bilan", "Term and evaluation"),
            b.content(
                v.say("L’usage est autorisé jusqu’au ", "The use is authorised until "),
                to_write(v, "date", "date"),
                v.say(
                    ". Un bilan est présenté à l’assemblée avant cette date : continuer, ajuster "
                    "ou arrêter. Mesuré : ",
                    ". An evaluation is presented to the assembly before: continue, adjust or "
                    "stop. Measured: ",
                ),
                or_blank(v, case.get("measure"), "ce qui sera mesuré", "what will be measured"),
                ".",
            ),
        ),
        (
            v.say("Une personne décide", "A person decides"),
            b.content(
                v.say(
                    "Aucune décision n’est laissée à l’outil seul. Sont chargés de relire : ",
                    "No decision is left to the tool alone. In charge of the review: ",
                ),
                to_write(v, "fonctions", "positions"),
                ".",
            ),
        ),
        (
            v.say("Données", "Data"),
            b.content(
                v.say("L’outil ne reçoit que : ", "The tool receives only: "),
                or_blank(
                    v, v.series(store["name"] for store in case.get("stores") or []),
                    "les données autorisées", "the authorised data",
                ),
                ".",
            ),
        ),
        (
            v.say("Budget", "Budget"),
            b.content(
                v.say("La dépense est inscrite : ", "The expense is entered: "),
                or_blank(v, costs, "montant par année", "amount per year"),
                ".",
            ),
        ),
        (
            v.say("Information de l’assemblée", "Information of the assembly"),
            b.content(
                v.say(
                    "L’assemblée est informée chaque année des usages, des erreurs constatées, "
                    "des saisines et des coûts.",
                    "The assembly is told each year of the uses, the errors found, the complaints "
                    "and the costs.",
                )
            ),
        ),
        (
            v.say("Exécution", "Execution"),
            b.content(
                v.say(
                    f"L’exécution est confiée au {head}, qui signe les actes nécessaires.",
                    f"The {head} is in charge of its execution and signs the acts needed.",
                )
            ),
        ),
    ]  # fmt: skip
    blocks: list[b.Block] = [b.Heading(1, v.say("Délibère", "Decides"))]
    for rank, (title, words) in enumerate(articles, start=1):
        label = v.say("Article {n}. {title}", "Article {n}. {title}", n=str(rank), title=title)
        blocks += [b.Heading(2, label), b.Paragraph(words)]
    return blocks


def _vote(v: Voice, executive: Text) -> list[b.Block]:
    place = to_write(v, "nombre", "number")
    head = v.text({"fr": executive.fr, "en": executive.en})
    return [
        b.Heading(1, v.say("Vote", "Vote")),
        b.Table(
            v.say("Résultat du vote", "Result of the vote"),
            tuple(
                b.Column(v.say(fr, en))
                for fr, en in (
                    ("Présents", "Present"),
                    ("Pour", "For"),
                    ("Contre", "Against"),
                    ("Abstentions", "Abstentions"),
                )
            ),
            ((place, place, place, place),),
        ),
        b.SignatureBlock(
            (f"{v.say('Le', 'The')} {head}", v.say("Le secrétaire de séance", "The secretary")),
            v.say(
                "Séance du ……… · transmise au contrôle de légalité le ……… · publiée le ………",
                "Sitting of ……… · sent to the prefect on ……… · published on ………",
            ),
        ),
        b.Paragraph(
            b.content(
                v.say(
                    "Recours : devant le tribunal administratif, dans les deux mois de la "
                    "publication (délai à vérifier).",
                    "Appeal: before the administrative court, within two months of publication "
                    "(delay to be checked).",
                )
            ),
            "small",
        ),
    ]


PAPER = Paper(
    code="deliberation",
    title=Text("Projet de délibération", "Draft deliberation"),
    purpose=Text(
        "Soumettre le projet au vote de l’assemblée.", "Put the project to the assembly’s vote."
    ),
    signed_by=Text("L’exécutif et le secrétaire de séance", "The executive and the secretary"),
    about_case=True,
    standing=lambda plan, case: standing_of_rules(plan, case, ("GOV-DELIB", "GOV-MUTU")),
    build=build,
)
