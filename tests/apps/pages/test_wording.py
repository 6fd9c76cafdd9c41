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


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_its_diary_form(month):
    with translation.override("fr"):
        assert wording.month(f"2027-{month:02}-01").strip(".") in wording.day(f"2027-{month:02}-01")
