"""The notices owed to people: CRPA L. 311-3-1 on decisions, art. 50 of the AI Act on exchanges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.frame import (
    asked_by,
    controller,
    left_to_know,
    line,
    paper_document,
    signatures,
    signer,
    to_write,
)
from gouvernail.documents.papers.model import Paper, standing_of_rules
from gouvernail.documents.parts import Case, Plan, or_blank, sources_words
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

Finding = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said where people see it: the duty, its words, the fact that decides it first.

    `then` is what only people can write at the end of the words.
    """

    rule: str
    words: Text
    fact: str
    then: Text | None = None


_DECISION = ("CRPA-MENTION", "CRPA-EXPLIC", "AIA-26-11")
_PUBLISHED = ("CRPA-PUBLI",)
EXCHANGE: tuple[Notice, ...] = (
    Notice(
        "AIA-50-1",
        Text(
            "Vous échangez avec un programme d’intelligence artificielle. Il peut se tromper. "
            "Pour parler à une personne : ",
            "You are talking to an artificial intelligence program. It may be wrong. To speak to "
            "a person: ",
        ),
        "use_case.interacts_with_persons",
        Text("numéro, horaires", "number, hours"),
    ),
    Notice(
        "AIA-50-3",
        Text(
            "Cet outil reconnaît des émotions ou classe les personnes d’après leur corps.",
            "This tool recognises emotions or sorts people by their body.",
        ),
        "use_case.emotion_or_biocat",
    ),
    Notice(
        "AIA-50-4",
        Text(
            "Ces images, ces sons ou ces vidéos ont été produits par une intelligence "
            "artificielle.",
            "These images, sounds or videos were produced by artificial intelligence.",
        ),
        "use_case.publishes_deepfake",
    ),
    Notice(
        "AIA-50-4-TXT",
        Text(
            "Ce texte a été produit par une intelligence artificielle.",
            "This text was produced by artificial intelligence.",
        ),
        "use_case.publishes_ai_text_public_interest",
    ),
)


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the notices of one case: those that are asked or may be, each in its own words."""
    assert case is not None
    v = Voice(language)
    rules = (*_DECISION, *_PUBLISHED, *(notice.rule for notice in EXCHANGE))
    asked = {finding["rule"]: finding for finding in asked_by(plan, case, rules)}
    blocks: list[b.Block] = []
    if "CRPA-MENTION" in asked:
        blocks += _on_letters(v, plan, case, asked["CRPA-MENTION"])
    first = asked.get("CRPA-MENTION")
    if "AIA-26-11" in asked:
        blocks += _high_risk(v, plan, asked["AIA-26-11"], first)
    if "CRPA-EXPLIC" in asked:
        blocks += _explained(v, case, asked["CRPA-EXPLIC"], first)
    if "CRPA-PUBLI" in asked:
        blocks += _online(v, plan, case, asked["CRPA-PUBLI"], first)
    exchange = [notice for notice in EXCHANGE if notice.rule in asked]
    if exchange:
        blocks += _exchange(v, exchange, asked)
    if blocks:
        # A heading of its own: what is signed is kept on one page, and the notices need not be.
        blocks.append(b.Heading(1, v.say("Qui valide ces textes", "Who approves these texts")))
        blocks += signatures(v, ("La direction du service", "The head of department"))
    else:
        nothing = v.say(
            "D’après les faits connus, aucune mention n’est à porter.",
            "On the known facts, no notice is to be written.",
        )
        blocks = [b.Paragraph(b.content(nothing))]
    return paper_document(v, plan, case, PAPER, blocks)


def _on_letters(v: Voice, plan: Plan, case: Case, finding: Finding) -> list[b.Block]:
    """Return the notice on a decision: the purpose, the right to know the rules, how, the CADA."""
    may = v.say(
        "Cette mention pourrait être due : les faits connus ne permettent pas encore de le dire.",
        "This notice might be due: the known facts do not tell yet.",
    )
    purpose = or_blank(
        v, case.get("summary"), "à quoi sert le traitement", "what the processing is for"
    )
    return [
        b.Heading(1, v.say("Sur la décision ou le courrier", "On the decision or the letter")),
        *_if_due(v, finding, may),
        b.Paragraph(
            _quoted(
                v,
                v.say(
                    "Cette décision a été préparée avec l’aide d’un traitement algorithmique, "
                    "mis en œuvre par la collectivité suivante : ",
                    "This decision was prepared with the help of an algorithmic processing, used "
                    "by ",
                ),
                controller(v, plan),
                v.say(". Finalité du traitement : ", ". Purpose of the processing: "),
                purpose,
            )
        ),
        b.Paragraph(
            _quoted(
                v,
                v.say(
                    "Vous avez le droit d’obtenir les règles qui le définissent et les "
                    "principales caractéristiques de sa mise en œuvre. Pour les demander, "
                    "écrivez à : ",
                    "You have the right to obtain the rules that define it and the main features "
                    "of its use. To ask for them, write to: ",
                ),
                to_write(v, "service, adresse, courriel", "department, address, e-mail"),
            )
        ),
        b.Paragraph(
            _quoted(
                v,
                v.say(
                    "En cas de refus, ou sans réponse au bout d’un mois, vous pouvez saisir dans "
                    "les deux mois la Commission d’accès aux documents administratifs (CADA), "
                    "sur www.cada.fr.",
                    "If you are refused, or have no answer after one month, you may within two "
                    "months appeal to the commission on access to administrative documents "
                    "(CADA), on www.cada.fr.",
                ),
            )
        ),
        _asked(v, finding),
        b.Paragraph(
            b.content(
                v.say(
                    "La mention figure sur la décision elle-même et en ligne. Quand la décision "
                    "est prise par la machine seule, son absence la rend nulle.",
                    "The notice is on the decision itself and online. When the machine alone "
                    "decides, its absence makes the decision void.",
                )
            ),
            "small",
        ),
    ]


def _high_risk(v: Voice, plan: Plan, finding: Finding, before: Finding | None) -> list[b.Block]:
    """Return the notice of a high-risk tool; `before` is the notice on algorithms, beside it."""
    may = v.say(
        "Cette information pourrait être due : il n’est pas établi que l’outil soit à haut risque "
        "et serve à une décision individuelle.",
        "This information might be due: it is not shown that the tool is high-risk and serves an "
        "individual decision.",
    )
    found: list[b.Block] = [
        b.Heading(
            1, v.say("Si l’outil est à haut risque", "When the tool is high-risk")
            if finding["outcome"] == "to_examine"
            else v.say("L’outil est présumé à haut risque", "The tool is presumed high-risk"),
        ),
        *_if_due(v, finding, may, before),
        b.Paragraph(
            _quoted(
                v,
                v.say(
                    "Un système d’intelligence artificielle classé à haut risque par le règlement "
                    "européen sur l’IA sert à prendre ou à préparer la décision qui vous "
                    "concerne.",
                    "An artificial intelligence system classified as high-risk by the European AI "
                    "Act is used to take or prepare the decision that concerns you.",
                ),
            )
        ),
        _asked(v, finding, plan),
    ]  # fmt: skip
    if before:
        one = v.say(
            "Une seule mention peut porter les deux textes, si elle est complète.",
            "One notice may carry both texts, if it is complete.",
        )
        found.append(b.Paragraph(b.content(one), "small"))
    return found


def _explained(v: Voice, case: Case, finding: Finding, before: Finding | None) -> list[b.Block]:
    """Return what is told to whoever asks about their own decision (CRPA, R. 311-3-1-2)."""
    may = v.say(
        "L’explication serait due avec la mention sur la décision.",
        "The explanation would be due with the notice on the decision.",
    )
    return [
        b.Heading(1, v.say("À qui le demande, pour sa décision", "To whoever asks, of their own")),
        *_to_check(v, finding, may, before),
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
        b.Paragraph(
            b.content(
                v.say(
                    "La réponse part dans le mois : un mois de silence vaut refus, et ouvre la "
                    "saisine de la CADA.",
                    "The answer leaves within a month: one month of silence is a refusal, and "
                    "opens an appeal to the CADA.",
                )
            )
        ),
        _asked(v, finding),
    ]  # fmt: skip


def _online(
    v: Voice, plan: Plan, case: Case, finding: Finding, before: Finding | None
) -> list[b.Block]:
    """Return the entry of the public list of algorithms."""
    may = v.say(
        "Les règles de ce traitement pourraient devoir être publiées : rien ne l’établit encore.",
        "The rules of this processing might have to be published: nothing shows it yet.",
    )
    return [
        b.Heading(1, v.say("Sur le site de la collectivité", "On the authority’s website")),
        *_to_check(v, finding, may, before),
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
        _asked(v, finding),
    ]  # fmt: skip


def _exchange(v: Voice, notices: list[Notice], asked: Mapping[str, Finding]) -> list[b.Block]:
    """Return what is said at the beginning of an exchange, or beside what is published."""
    found: list[b.Block] = [
        b.Heading(1, v.say("Là où les personnes le voient", "Where people see it"))
    ]
    for notice in notices:
        finding = asked[notice.rule]
        words = v.text({"fr": notice.words.fr, "en": notice.words.en})
        then = to_write(v, notice.then.fr, notice.then.en) if notice.then else ()
        quote = _quoted(v, f"{words} " if then else words, then)
        if finding["outcome"] == "to_examine":
            title = v.text(finding["title"])
            doubt = v.say(" (à examiner). ", " (to examine). ")
            unknown = left_to_know(v, [finding], first=[notice.fact])
            found.append(b.Paragraph(b.content(b.strong(title), doubt, unknown)))
            quote = b.content(v.say("Si elle est due, écrire : ", "If due, write: "), quote)
            source = b.content(sources_words(v, finding.get("sources") or []), ".")
            found += [b.Paragraph(quote), b.Paragraph(source, "small")]
        else:
            found += [b.Paragraph(quote), _asked(v, finding)]
    return found


def _to_check(v: Voice, finding: Finding, may: str, before: Finding | None = None) -> list[b.Block]:
    """Return what must be checked before a notice is due; nothing when it is.

    The questions of `before`, put above, are not put again.
    """
    if finding["outcome"] != "to_examine":
        return []
    put = {item["fact"] for item in (before or {}).get("missing") or ()}
    missing = finding.get("missing") or ()
    left = [item for item in missing if item["fact"] not in put]
    questions = left_to_know(v, [{"missing": left}])
    if missing and not left:
        questions = v.say("Les mêmes questions en décident.", "The same questions decide it.")
    check = v.say("À vérifier d’abord.", "To be checked first.")
    return [b.Callout("wait", check, b.content(f"{may} {questions}".strip()))]


def _if_due(v: Voice, finding: Finding, may: str, before: Finding | None = None) -> list[b.Block]:
    """Return what must be checked, then the condition under which the words that follow stand."""
    check = _to_check(v, finding, may, before)
    condition = v.say("Si elle est due, la mention est :", "If it is due, the notice is:")
    return [*check, b.Paragraph(b.content(b.strong(condition)))] if check else []


def _quoted(v: Voice, *parts: b.Inline | b.Content) -> b.Content:
    """Return the words of a notice between quotation marks."""
    return b.content(v.say("« ", "“"), *parts, v.say(" »", "”"))


def _asked(v: Voice, finding: Finding, plan: Plan | None = None) -> b.Paragraph:
    """Return the duty a text answers, its sources and, given the plan, from when it holds."""
    title, sources = v.text(finding["title"]), sources_words(v, finding.get("sources") or [])
    since = finding.get("applies_from")
    later = ""
    if plan and since and since > plan["on"]:
        later = v.say(
            " À porter à partir du {day}.", " To be written from {day}.", day=v.day(since)
        )
    return b.Paragraph(b.content(f"{title}. ", sources, ".", later), "small")


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
        plan, case, (*_DECISION, *_PUBLISHED, *(notice.rule for notice in EXCHANGE))
    ),
    build=build,
)
