"""The card of five reflexes: what whoever validates an answer of an AI keeps beside them.

It holds nothing of an authority: the same card for everybody, to be printed and folded.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Literal

from gouvernail.documents import blocks as b
from gouvernail.documents import pandoc_out, typst_out
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Provenance
from gouvernail_core.knowledge.loader import load_rules, rules_version

CARD_FORMS = ("pdf", "odt")
#: The rules the reflexes come from.
RULES = ("AIA-26-2", "RGPD-22", "VAL-DISCR", "VAL-NEUTRE")
#: The card says no day of its own; the file must have one, always the same.
_UNDATED = date(2026, 1, 1)


@cache
def written(form: str, language: Literal["fr", "en"]) -> bytes:
    """Return the card as a PDF or an ODT. Raises KeyError for another form."""
    makers = {"pdf": typst_out.pdf, "odt": pandoc_out.odt}
    return makers[form](reflex_card(language=language))


def reflex_card(*, language: str = "fr") -> b.Document:
    """Return the card: five reflexes, what to do in doubt, where they come from."""
    v = Voice(language)
    return b.Document(
        title=v.say("Cinq réflexes avant de valider", "Five reflexes before you validate"),
        subtitle=v.say(
            "À garder sous la main quand une IA a préparé la réponse",
            "To keep at hand when an AI has prepared the answer",
        ),
        language=v.language,
        authority=v.say("Gouvernail", "Gouvernail"),
        made_on=_UNDATED,
        facts_digest="",
        rules_version=rules_version(),
        software="Gouvernail",
        blocks=(
            b.Numbered(tuple(b.content(b.strong(say), " ", do) for say, do in reflexes(v))),
            b.Callout("note", v.say("En cas de doute :", "In doubt:"), _doubt(v)),
            b.Paragraph(_sources(v), "small"),
        ),
        paper="a6",
        kicker=v.say("Carte à garder", "A card to keep"),
        footer=v.say(
            "C’est vous qui décidez. Règles {rules}", "You decide. Rules {rules}",
            rules=rules_version(),
        ),
    )  # fmt: skip


def reflexes(v: Voice) -> tuple[tuple[str, str], ...]:
    """Return the five reflexes, each with what it asks to do: the card and the charter say them."""
    return (
        (
            v.say("Lire la source avant la réponse.", "Read the source before the answer."),
            v.say(
                "Le dossier, la demande ou le texte d’abord ; la proposition ensuite.",
                "The file, the request or the text first; the proposal afterwards.",
            ),
        ),
        (
            v.say("Chercher ce qui manque.", "Look for what is missing."),
            v.say(
                "Une pièce, une date, une parole de la personne : ce qui n’est pas écrit peut "
                "décider.",
                "A document, a date, a word of the person: what is not written may decide.",
            ),
        ),
        (
            v.say(
                "Se demander si une autre personne aurait eu la même réponse.",
                "Ask whether another person would have had the same answer.",
            ),
            v.say(
                "Si son nom, son âge, son sexe, sa santé, son adresse ou ses convictions la "
                "changent, arrêtez-vous.",
                "If their name, age, sex, health, address or beliefs change it, stop.",
            ),
        ),
        (
            v.say("Pouvoir dire pourquoi.", "Be able to say why."),
            v.say(
                "Avec vos mots, à la personne concernée. Sinon, ne validez pas encore.",
                "In your own words, to the person concerned. If not, do not validate yet.",
            ),
        ),
        (
            v.say(
                "Changer ou refuser sans crainte, et le noter.",
                "Change or refuse without fear, and write it down.",
            ),
            v.say(
                "Écarter une proposition est votre rôle ; le noter aide à l’améliorer.",
                "Setting a proposal aside is your role; writing it down helps to better it.",
            ),
        ),
    )


def _doubt(v: Voice) -> b.Content:
    return b.content(
        v.say("ne validez pas, et appelez ", "do not validate, and call "),
        b.Blank(v.say("nom et téléphone", "name and telephone")),
    )


def _sources(v: Voice) -> b.Content:
    """Return where the reflexes come from, what was written from memory being said so."""
    rules = {rule.code: rule for rule in load_rules()}
    told = []
    for code in RULES:
        source = rules[code].sources[0]
        to_check = source.provenance is Provenance.MEMORY
        told.append(source.text + (v.say(" (à vérifier)", " (to be checked)") if to_check else ""))
    return b.content(v.say("D’après : ", "From: ") + " · ".join(told))
