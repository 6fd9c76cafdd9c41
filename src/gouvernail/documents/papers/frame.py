"""What every paper shares: why it is asked, the facts stated or their blank, who signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.deciding import lowered
from gouvernail.documents.papers.model import Need, Paper, findings_of
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    labelled,
    made_document,
    or_blank,
    source_words,
)
from gouvernail.documents.voice import Voice
from gouvernail_core.knowledge.loader import load_facts

#: What a rule must say for a paper to answer it.
ASKS = ("due", "blocking", "to_examine")
#: A passage puts that many questions, and counts the others.
QUESTIONS = 3
_EXAMPLE = re.compile(r"\s(?:Exemple|Example)\b.*")


def paper_document(
    v: Voice, plan: Plan, case: Case | None, paper: Paper, blocks: Iterable[b.Block]
) -> b.Document:
    """Return a paper as a document: its title, what it is about, why it is asked, its blocks."""
    about = str(case["title"]) if case else str((plan.get("authority") or {}).get("name") or "")
    body = tuple(blocks)
    written = [*why(v, plan, case, paper, blanks=bool(_blanks(body))), *body]
    if any(isinstance(block, b.SignatureBlock) for block in written):
        kicker = v.say("Projet, à compléter et à signer", "Draft, to be completed and signed")
    else:
        kicker = v.say("Projet, à compléter", "Draft, to be completed")
    return made_document(
        v,
        plan,
        written,
        title=v.text({"fr": paper.title.fr, "en": paper.title.en}),
        subtitle=about,
        kicker=kicker,
    )


def why(
    v: Voice, plan: Plan, case: Case | None, paper: Paper, *, blanks: bool = True
) -> list[b.Block]:
    """Return why this paper, with the text that asks for it and how it was read.

    When nobody knows yet whether it is asked, the facts that would tell are named; `blanks` when
    the paper leaves some: what they wait for is told.
    """
    standing = paper.standing(plan, case)
    found = findings_of(plan, case)
    asking = [found[code] for code in standing.rules if code in found]
    sources = [finding["sources"][0] for finding in asking if finding.get("sources")]
    parts = [v.text({"fr": standing.why.fr, "en": standing.why.en}).rstrip()]
    if standing.need is Need.TO_EXAMINE:
        parts.append(left_to_know(v, asking[:1]))
    said: list[b.Inline | b.Content] = [" ".join(part for part in parts if part)]
    for source in sources[:2]:
        said += [" ", source_words(v, source), "."]
    if blanks:
        said.append(_waiting(v))
    tone: b.Tone = "wait"
    label = v.say("Pourquoi cette pièce.", "Why this paper.")
    return [b.Callout(tone, label, b.content(*said))]


def _waiting(v: Voice) -> str:
    return v.say(
        " Les passages « À compléter » attendent un fait que personne n’a encore donné.",
        " The passages “To be completed” wait for a fact nobody has given yet.",
    )


def left_to_know(
    v: Voice, findings: Iterable[Mapping[str, Any]], *, first: Iterable[str] = ()
) -> str:
    """Return the questions that would settle these duties, those of the facts `first` before.

    Beyond `QUESTIONS` the others are counted. Empty when nothing is missing.
    """
    missing = (item for each in findings for item in each.get("missing") or ())
    asked = {item["fact"]: item["question"] for item in missing}
    order = [fact for fact in first if fact in asked]
    order += [fact for fact in asked if fact not in order]
    said = [bare_question(v.text(asked[fact])) for fact in order[:QUESTIONS]]
    left = len(order) - len(said)
    if left == 1:
        said.append(v.say("Et un autre renseignement.", "And one other fact."))
    elif left:
        said.append(v.say("Et {n} autres renseignements.", "And {n} other facts.", n=left))
    return v.say("Reste à savoir : ", "Left to know: ") + " ".join(said) if said else ""


def bare_question(text: str) -> str:
    """Return a question without the example that helps answer it on a screen.

    >>> bare_question("Un tiers traite-t-il ces données ? Exemple : un éditeur.")
    'Un tiers traite-t-il ces données ?'
    """
    return _EXAMPLE.sub("", text)


def stated(v: Voice, case: Case, fact: str) -> b.Content:
    """Return a fact stated of the case in words, or a blank that puts its question."""
    for item in case.get("facts") or ():
        if item["fact"] == fact:
            return b.content(v.text(item["value"]))
    return asked_blank(v, fact)


def asked_blank(v: Voice, fact: str) -> b.Content:
    """Return the visible blank of a fact nobody stated: its question."""
    question = load_facts()[fact].question
    return to_write(v, lowered(bare_question(question.fr)), lowered(bare_question(question.en)))


def answer(case: Case, fact: str) -> bool | None:
    """Return what was answered to a yes-or-no question; None when nobody has answered."""
    for item in case.get("facts") or ():
        if item["fact"] == fact:
            return {"oui": True, "non": False}.get(str(item["value"]["fr"]))
    return None


def processor_line(v: Voice, case: Case) -> b.Paragraph:
    """Return whether a third party processes the data, and who: a name nobody gave is a blank."""
    said = stated(v, case, "use_case.processor")
    if answer(case, "use_case.processor"):
        name = to_write(v, "son nom et ses coordonnées", "its name and contact")
        said = b.content(said, ", ", name)
    return line(v, "Sous-traitant", "Processor", said)


def line(v: Voice, fr: str, en: str, parts: b.Content) -> b.Paragraph:
    """Return a line opened by its label."""
    return labelled(v, v.say(fr, en), parts)


def fact_line(v: Voice, case: Case, fr: str, en: str, fact: str) -> b.Paragraph:
    """Return a line that gives a fact of the case, or its blank."""
    return line(v, fr, en, stated(v, case, fact))


def to_write(v: Voice, fr: str, en: str) -> b.Content:
    """Return the blank of what only people can write."""
    return (blank(v, fr, en),)


def signer(v: Voice, plan: Plan, role: str, fr: str, en: str) -> b.Content:
    """Return the name of who holds a role, or its blank."""
    people = (plan.get("authority") or {}).get("people") or {}
    return or_blank(v, people.get(role), fr, en)


def controller(v: Voice, plan: Plan) -> str:
    """Return the authority as the one who answers for the processing."""
    return str(
        (plan.get("authority") or {}).get("name") or v.say("La collectivité", "The authority")
    )


def stores_table(v: Voice, case: Case) -> list[b.Block]:
    """Return the data stores the case reads, or the blank of none known."""
    stores = case.get("stores") or []
    if not stores:
        return [
            line(
                v, "Données lues par l’outil", "Data the tool reads",
                to_write(v, "les fichiers et logiciels lus", "the files and tools read"),
            )
        ]  # fmt: skip
    rows = tuple(
        (
            b.content(store["name"]),
            b.content(v.text(store.get("kind_label")) or "–"),
            b.content(v.text(store.get("hosting_label")) or "–"),
            b.content(store.get("class") or v.say("pas encore examiné", "not yet examined")),
            b.content(v.number(store.get("readers"))),
        )
        for store in stores
    )
    columns = (
        b.Column(v.say("Gisement", "Store"), share=1.8),
        b.Column(v.say("Nature", "Kind")),
        b.Column(v.say("Hébergement", "Hosting")),
        b.Column(v.say("Classe", "Class")),
        b.Column(v.say("Lecteurs", "Readers"), "number", share=0.8),
    )
    return [b.Table(v.say("Données lues par l’outil", "Data the tool reads"), columns, rows)]


def signatures(v: Voice, *labels: tuple[str, str]) -> list[b.Block]:
    """Return the place to sign, a label for each."""
    place = v.say("Fait le ………………", "Made on ………")
    return [b.SignatureBlock(tuple(v.say(fr, en) for fr, en in labels), place)]


def asked_by(plan: Plan, case: Case | None, rules: Iterable[str]) -> list[Mapping[str, Any]]:
    """Return the findings of `rules` that ask for something or are to be examined."""
    found = findings_of(plan, case)
    return [found[code] for code in rules if code in found and found[code]["outcome"] in ASKS]


def blanks_of(document: b.Document) -> int:
    """Return how many blanks a document leaves to complete."""
    return sum(_blanks(block) for block in document.blocks)


def _blanks(block: Any) -> int:
    """Count the blanks of a block, whatever it is made of."""
    if isinstance(block, b.Blank):
        return 1
    if isinstance(block, (tuple, list)):
        return sum(_blanks(each) for each in block)
    if hasattr(block, "__dataclass_fields__"):
        return sum(_blanks(getattr(block, name)) for name in block.__dataclass_fields__)
    return 0
