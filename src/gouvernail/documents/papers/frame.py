"""What every paper shares: why it is asked, the facts stated or their blank, who signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.model import Paper, findings_of
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


def paper_document(
    v: Voice, plan: Plan, case: Case | None, paper: Paper, blocks: Iterable[b.Block]
) -> b.Document:
    """Return a paper as a document: its title, what it is about, why it is asked, its blocks."""
    about = str(case["title"]) if case else str((plan.get("authority") or {}).get("name") or "")
    return made_document(
        v,
        plan,
        [*why(v, plan, case, paper), *blocks],
        title=v.text({"fr": paper.title.fr, "en": paper.title.en}),
        subtitle=about,
        kicker=v.say("Projet, à compléter et à signer", "Draft, to be completed and signed"),
    )


def why(v: Voice, plan: Plan, case: Case | None, paper: Paper) -> list[b.Block]:
    """Return why this paper, with the text that asks for it and how it was read."""
    standing = paper.standing(plan, case)
    found = findings_of(plan, case)
    asking = [found[code] for code in standing.rules if code in found]
    sources = [finding["sources"][0] for finding in asking if finding.get("sources")]
    parts = [v.text({"fr": standing.why.fr, "en": standing.why.en}).rstrip()]
    said: list[b.Inline | b.Content] = [" ".join(parts)]
    for source in sources[:2]:
        said += [" ", source_words(v, source), "."]
    said.append(
        v.say(
            " Les passages « À compléter » attendent un fait que personne n’a encore donné.",
            " The passages “To be completed” wait for a fact nobody has given yet.",
        )
    )
    tone: b.Tone = "wait"
    label = v.say("Pourquoi cette pièce.", "Why this paper.")
    return [b.Callout(tone, label, b.content(*said))]


def stated(v: Voice, case: Case, fact: str) -> b.Content:
    """Return a fact stated of the case in words, or its visible blank."""
    for item in case.get("facts") or ():
        if item["fact"] == fact:
            return b.content(v.text(item["value"]))
    spec = load_facts()[fact]
    return (blank(v, _small(spec.label.fr), _small(spec.label.en)),)


def value_of(case: Case, fact: str) -> str | None:
    """Return the French words of a fact stated of the case, None when nobody stated it."""
    for item in case.get("facts") or ():
        if item["fact"] == fact:
            return str(item["value"]["fr"])
    return None


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
            b.Paragraph(to_write(v, "les fichiers et logiciels lus", "the files and tools read"))
        ]
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


def _small(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
