"""The notices owed to people: CRPA L. 311-3-1 on decisions, art. 50 of the AI Act on exchanges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.frame import (
    asked_by,
    controller,
    line,
    paper_document,
    signer,
    to_write,
)
from gouvernail.documents.papers.model import Paper, standing_of_rules
from gouvernail.documents.parts import Case, Plan, or_blank, sources_words
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

_DECISION = ("CRPA-MENTION", "CRPA-EXPLIC", "AIA-26-11")
_PUBLISHED = ("CRPA-PUBLI",)
_EXCHANGE = ("AIA-50-1", "AIA-50-3", "AIA-50-4", "AIA-50-4-TXT")


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the notices of one case: those that are asked, and no other."""
    assert case is not None
    v = Voice(language)
    blocks: list[b.Block] = []
    if asked_by(plan, case, _DECISION):
        blocks += [*_on_letters(v, plan, case), *_explained(v, case)]
    if asked_by(plan, case, _PUBLISHED):
        blocks += _online(v, plan, case)
    exchange = asked_by(plan, case, _EXCHANGE)
    if exchange:
        blocks += _exchange(v, exchange)
    if not blocks:
        blocks = [
            b.Paragraph(
                b.content(
                    v.say(
                        "D’après les faits connus, aucune mention n’est à porter.",
                        "On the known facts, no notice is to be written.",
                    )
                )
            )
        ]
    return paper_document(v, plan, case, PAPER, blocks)


def _on_letters(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    """Return the notice on a decision: the purpose, the right to know the rules, how to ask."""
    purpose = or_blank(
        v, case.get("summary"), "à quoi sert le traitement", "what the processing is for"
    )
    return [
        b.Heading(1, v.say("Sur la décision ou le courrier", "On the decision or the letter")),
        b.Paragraph(
            b.content(
                "« " if not v.english else "“",
                v.say(
                    "Cette décision a été préparée avec l’aide d’un traitement algorithmique, "
                    "mis en œuvre par la collectivité suivante : ",
                    "This decision was prepared with the help of an algorithmic processing, used "
                    "by ",
                ),
                controller(v, plan),
                v.say(". Ce qu’il fait : ", ". What it does: "),
                purpose,
                v.say(
                    " Vous pouvez demander les règles qui le définissent et les principales "
                    "caractéristiques de sa mise en œuvre. Écrivez à : ",
                    " You may ask for the rules that define it and the main features of its use. "
                    "Write to: ",
                ),
                to_write(v, "service, adresse, courriel", "department, address, e-mail"),
                ". »" if not v.english else ".”",
            )
        ),
        b.Paragraph(
            b.content(
                v.say(
                    "La mention figure sur la décision elle-même. Quand la décision est prise par "
                    "la machine seule, son absence la rend nulle.",
                    "The notice is on the decision itself. When the machine alone decides, its "
                    "absence makes the decision void.",
                )
            ),
            "small",
        ),
    ]


def _explained(v: Voice, case: Case) -> list[b.Block]:
    """Return what is told to whoever asks about their own decision (CRPA, R. 311-3-1-2)."""
    return [
        b.Heading(1, v.say("À qui le demande, pour sa décision", "To whoever asks, of their own")),
        line(
            v, "Part du traitement dans la décision", "Part of the processing in the decision",
            to_write(v, "degré et mode de contribution", "degree and mode of contribution"),
        ),
        line(
            v, "Données traitées et leurs sources", "Data processed and their sources",
            or_blank(
                v, v.series(store["name"] for store in case.get("stores") or []),
                "données et sources", "data and sources",
            ),
        ),
        line(
            v, "Paramètres et leur poids pour cette personne", "Parameters and their weight",
            to_write(v, "paramètres, pondération", "parameters, weighting"),
        ),
        line(
            v, "Opérations effectuées", "Operations carried out",
            to_write(v, "étapes du calcul", "steps of the computation"),
        ),
    ]  # fmt: skip


def _online(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    """Return the entry of the public list of algorithms."""
    return [
        b.Heading(1, v.say("Sur le site de la collectivité", "On the authority’s website")),
        line(v, "Traitement", "Processing", b.content(str(case["title"]))),
        line(
            v, "Finalité", "Purpose",
            or_blank(v, case.get("summary"), "à quoi il sert", "what it is for"),
        ),
        line(v, "Utilisé par", "Used by", b.content(controller(v, plan))),
        line(
            v, "Règles et critères", "Rules and criteria",
            to_write(v, "les règles, en clair", "the rules, in plain words"),
        ),
        line(
            v, "Ce qu’une personne décide", "What a person decides",
            or_blank(v, case.get("stays_human"), "le contrôle humain", "the human control"),
        ),
        line(
            v, "Contact", "Contact",
            signer(v, plan, "dpo", "service et courriel", "department and e-mail"),
        ),
        line(v, "Mis à jour le", "Updated on", b.content(v.day(plan["on"]))),
    ]  # fmt: skip


def _exchange(v: Voice, asked: list[Mapping[str, Any]]) -> list[b.Block]:
    """Return what is said at the beginning of an exchange, or beside what is published."""
    texts = {
        "AIA-50-1": v.say(
            "« Vous échangez avec un programme d’intelligence artificielle. Il peut se tromper. "
            "Pour parler à une personne : »",
            "“You are talking to an artificial intelligence program. It may be wrong. To speak to "
            "a person:”",
        ),
        "AIA-50-3": v.say(
            "« Cet outil reconnaît des émotions ou classe les personnes d’après leur corps. »",
            "“This tool recognises emotions or sorts people by their body.”",
        ),
        "AIA-50-4": v.say(
            "« Ces images, ces sons ou ces vidéos ont été produits par une intelligence "
            "artificielle. »",
            "“These images, sounds or videos were produced by artificial intelligence.”",
        ),
        "AIA-50-4-TXT": v.say(
            "« Ce texte a été produit par une intelligence artificielle. »",
            "“This text was produced by artificial intelligence.”",
        ),
    }
    found: list[b.Block] = [b.Heading(1, v.say("Au début de l’échange", "Where people see it"))]
    for finding in asked:
        if finding["outcome"] == "to_examine":
            title = v.text(finding["title"])
            small = f"{title[:1].lower()}{title[1:]}"
            to_examine = v.say("À examiner : {what}.", "To examine: {what}.", what=small)
            found.append(b.Paragraph(b.content(to_examine)))
            continue
        said: list[Any] = [texts[finding["rule"]]]
        if finding["rule"] == "AIA-50-1":
            said += [" ", to_write(v, "numéro, horaires", "number, hours")]
        found.append(b.Paragraph(b.content(*said)))
        sources = sources_words(v, finding.get("sources") or [])
        found.append(b.Paragraph(b.content(v.text(finding["title"]), ". ", sources, "."), "small"))
    return found


PAPER = Paper(
    code="mentions",
    title=Text("Mentions à porter", "Notices to write"),
    purpose=Text(
        "Dire aux personnes qu’un traitement intervient, et comment le comprendre.",
        "Tell people that a processing takes part, and how to understand it.",
    ),
    signed_by=Text("La direction du service", "The head of department"),
    about_case=True,
    standing=lambda plan, case: standing_of_rules(
        plan, case, (*_DECISION, *_PUBLISHED, *_EXCHANGE)
    ),
    build=build,
)
