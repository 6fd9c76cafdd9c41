"""What to ask whoever offers a tool for one case, what their offer speaks of, what answers fill."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gouvernail_core.kernel import Finding, Outcome
from gouvernail_core.knowledge.vendor import VendorQuestion, load_vendor_questions

#: Outcomes that make a question worth asking: what does not apply asks nothing of the vendor.
_ASKING = (Outcome.DUE, Outcome.BLOCKING, Outcome.TO_EXAMINE, Outcome.WATCH)
#: An offer may be a whole brochure: the first sentences that speak of a point are enough.
MOST_QUOTES = 3
#: A quote longer than that is cut: a brochure without a full stop is one sentence.
LONGEST_QUOTE = 400
#: A full stop ends a sentence only before a space (« exemple.fr », « 2.1 »), and a line that goes
#: on with a small letter is the same sentence, wrapped.
_SENTENCE = re.compile(r"(?:[^.!?\n\r]|[.!?](?=[^\s.!?])|\r?\n(?=[a-zà-ÿ]))+[.!?]*")
#: The answers that claim an exemption and need their written proof.
_CLAIMS = frozenset({"fournisseur", "base_UE"})


@dataclass(frozen=True, slots=True)
class OfferQuote:
    """A sentence of an offer, as it stands from `start` to `end` (characters)."""

    start: int
    end: int
    text: str


def vendor_questions(findings: Iterable[Finding]) -> tuple[VendorQuestion, ...]:
    """Return the questions that matter for a case: one of their duties asks or may ask something.

    >>> vendor_questions([])
    ()
    """
    asking = {finding.rule for finding in findings if finding.outcome in _ASKING}
    return tuple(q for q in load_vendor_questions().questions if asking.intersection(q.rules))


def spoken_of(offer: str) -> dict[str, tuple[OfferQuote, ...]]:
    """Return, by question, the first sentences of an offer that speak of it.

    That an offer speaks of a point never means that it answers it. Linear in the length of the
    offer; accents and case are ignored.

    >>> spoken_of("Vos données sont hébergées à Lyon.")["place"][0].text
    'Vos données sont hébergées à Lyon.'
    """
    questions = load_vendor_questions().questions
    found: dict[str, list[OfferQuote]] = {question.code: [] for question in questions}
    signs = {q.code: _sign(q) for q in questions}
    for match in _SENTENCE.finditer(offer):
        sentence = match.group()
        if not sentence.strip():
            continue
        plain = _plain(sentence)
        for code, sign in signs.items():
            if len(found[code]) < MOST_QUOTES and sign.search(plain):
                start = match.start() + len(sentence) - len(sentence.lstrip())
                text = sentence.strip()[:LONGEST_QUOTE]
                found[code].append(OfferQuote(start, start + len(text), text))
    return {code: tuple(quotes) for code, quotes in found.items()}


def fills(question: VendorQuestion, value: object, evidence: str) -> bool:
    """Return whether an answer may fill its fact: a claim of exemption only with its proof.

    >>> exemption = load_vendor_questions().question("exemption")
    >>> fills(exemption, "fournisseur", ""), fills(exemption, "fournisseur", "Note du 3 mars")
    (False, True)
    """
    if not question.fact or value is None:
        return False
    return not question.proof or value not in _CLAIMS or bool(evidence.strip())


def by_group(
    questions: Iterable[VendorQuestion],
) -> Mapping[str, tuple[VendorQuestion, ...]]:
    """Return the questions under the code of their group, in the order of the groups."""
    listed = list(questions)
    groups = [code for code, _label in load_vendor_questions().groups]
    found = {code: tuple(q for q in listed if q.group == code) for code in groups}
    return {code: kept for code, kept in found.items() if kept}


def _sign(question: VendorQuestion) -> re.Pattern[str]:
    """Return what shows that a sentence speaks of a question: one of its signs begins a word."""
    words = "|".join(re.escape(_plain(sign)) for sign in question.signs)
    return re.compile(rf"(?<!\w)(?:{words})")


def _plain(text: str) -> str:
    """Return a text without accents nor case, of one apostrophe."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("'", "’"))
    return "".join(each for each in decomposed if not unicodedata.combining(each))
