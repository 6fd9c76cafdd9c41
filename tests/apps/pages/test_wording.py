"""Days, amounts and shares are said as the reader of each language writes them."""

from __future__ import annotations

import pytest
from django.utils import translation

from gouvernail.common import wording


def spaced(text: str) -> str:
    return text.replace("\u00a0", "~").replace("\u202f", "~")


@pytest.mark.parametrize(
    ("function", "value", "french", "english"),
    [
        (wording.day, "2027-02-11", "jeudi 11 février 2027", "Thursday 11 February 2027"),
        (wording.day, "2027-03-01", "lundi 1er mars 2027", "Monday 1 March 2027"),
        (wording.short_day, "2027-02-11", "11 févr. 2027", "11 Feb 2027"),
        (wording.euros, 24000, "24~000~€", "€24,000"),
        (wording.euros, None, "–", "–"),
        (wording.number, 1234567, "1~234~567", "1,234,567"),
        (wording.number, -12, "−12", "−12"),
        (wording.percent, 92.4, "92~%", "92%"),
        (wording.percent, 0.5, "1~%", "1%"),
        (wording.ternary, "yes", "Oui", "Yes"),
        (wording.ternary, "unknown", "Pas encore connu", "Not known yet"),
        (wording.said, {"fr": "avis", "en": "opinion"}, "avis", "opinion"),
        (wording.said, "Marc", "Marc", "Marc"),
        (wording.said, None, "", ""),
    ],
)
def test_a_value_is_said_in_the_language_of_the_reader(function, value, french, english):
    for language, expected in (("fr", french), ("en", english)):
        with translation.override(language):
            assert spaced(function(value)) == expected


def test_counts_are_in_words_up_to_ten_and_agree_in_french():
    with translation.override("fr"):
        assert wording.in_words(1, "feminine") == "une"
        assert wording.in_words(1) == "un"
        assert wording.in_words(0, "feminine") == "aucune"
        assert wording.in_words(10) == "dix"
        assert wording.in_words(11) == "11"


def test_one_decimal_is_kept_when_asked():
    with translation.override("fr"):
        assert spaced(wording.percent(1.94, 1)) == "1,9~%"


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("Séance du 05/11/2026.", "Séance du 5 novembre 2026.", "Séance du 5 November 2026."),
        ("le 01/02/2027", "le 1er février 2027", "le 1 February 2027"),
        ("le 99/99/2027", "le 99/99/2027", "le 99/99/2027"),
        ("10\u202f000 tirages", "10~000 tirages", "10,000 tirages"),
        ("24\u00a0000\u00a0€ en 2027", "24~000~€ en 2027", "€24,000 en 2027"),
        (
            "Il compte 41 000 documents.",
            "Il compte 41~000 documents.",
            "Il compte 41,000 documents.",
        ),
        ("le 5 novembre 2026", "le 5 novembre 2026", "le 5 novembre 2026"),
        ("« oui »", "«~oui~»", "« oui »"),
    ],
)
def test_sentences_of_the_core_are_written_as_the_reader_writes(text, french, english):
    with translation.override("fr"):
        assert wording.tidy(text).replace("\u00a0", "~").replace("\u202f", "~") == french
    with translation.override("en"):
        assert wording.tidy(text) == english


def test_a_moment_is_told_in_the_time_of_the_place():
    from datetime import UTC, datetime

    moment = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
    with translation.override("fr"):
        assert wording.moment(moment).replace("\u00a0", " ") == "23 novembre 2026 à 10 h 05"
    with translation.override("en"):
        assert wording.moment(moment) == "23 November 2026 at 10:05"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_diary_form(month):
    with translation.override("fr"):
        assert wording.month(f"2027-{month:02}-01").strip(".") in wording.day(f"2027-{month:02}-01")
