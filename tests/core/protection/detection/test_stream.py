"""Where a text is cut changes nothing to what is found in it."""

import random

import pytest

from gouvernail_core.protection.detection.engine import MARGIN, detector
from gouvernail_core.protection.detection.kinds import Span
from gouvernail_core.protection.detection.names import names
from gouvernail_core.protection.detection.stream import search

FACTS = (
    "Mme Élodie Durand, née le 3 mai 1969, NIR 2 69 05 49 588 157 80, demeurant 12 rue des Lilas, "
    "37000 Tours, IBAN FR76 3000 6000 0112 3456 7890 189, tél. 06 12 34 56 78, est diabétique. "
    "Allocataire 1234567, véhicule AB-123-CD, mot de passe : Soleil#2036, SIRET 732 829 320 00074, "
    "courriel e.durand@ville.example.\n"
)
FILLING = "Le conseil approuve le compte rendu de la séance du 12 mars et passe à la suite. "


def whole(text: bytes, named: int = 0) -> list[Span]:
    return detector().find(text, names, named=named)


def by_pieces(text: bytes, size: int, feed: int, named: int = 0) -> list[Span]:
    pieces = [text[start : start + feed] for start in range(0, len(text), feed)]
    spans = []
    at = 0
    for part, found in search(
        pieces, lambda t, n: detector().find(t, names, named=n), size=size, named=named
    ):
        start = text.index(part, max(0, at - MARGIN * 3))
        at = start + len(part)
        spans.extend(
            span._replace(start=span.start + start, end=span.end + start) for span in found
        )
    return spans


def test_a_boundary_at_any_offset_of_a_record_changes_nothing():
    # What stands around is longer than the margin, so that the cut is felt on both sides.
    around = "".join(f"{n}. {FILLING}" for n in range(16))
    text = (around + FACTS + around).encode()
    expected = whole(text)
    assert {span.type.value for span in expected} >= {
        "NIR",
        "IBAN",
        "DDN",
        "ART9",
        "SECRET",
        "PLAQUE",
    }
    start = len(around.encode())
    for offset in range(start - 4, start + len(FACTS.encode()) + 4):
        assert by_pieces(text, size=offset, feed=1 << 20) == expected, offset


@pytest.mark.parametrize("feed", [1, 7, 512, 100_000])
def test_the_size_of_what_comes_in_changes_nothing(feed):
    rng = random.Random(feed)
    text = "".join(rng.choice([FACTS, f"{n}. {FILLING}"]) for n in range(60)).encode()
    expected = whole(text)
    assert by_pieces(text, size=1500, feed=feed) == expected
    assert by_pieces(text, size=MARGIN * 3 + 1, feed=feed) == expected


def test_names_are_looked_for_at_the_beginning_whatever_the_size():
    text = "".join(f"{n}. {FACTS}" for n in range(30)).encode()
    expected = whole(text, named=5000)
    assert sum(span.type.value == "PER" for span in expected) > 10
    for size in (100, 4999, 5000, 7001):
        assert by_pieces(text, size=size, feed=64, named=5000) == expected


def test_an_empty_text_holds_nothing():
    assert list(search([], lambda text, named: [])) == []
    assert list(search([b"", b""], lambda text, named: [])) == []
