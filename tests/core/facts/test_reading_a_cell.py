"""What is typed becomes a value, or a sentence that says what to type instead."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gouvernail_core.facts import Choice, Column, Kind, NotReadable, blank, parse, show
from gouvernail_core.facts.values import LONGEST_TEXT, fold
from gouvernail_core.kernel import Text

ANY = Text("", "")
CHOICES = (
    Choice("share", Text("Partage de fichiers", "File share")),
    Choice("cafe", Text("Café", "Coffee")),
)


def column(kind: Kind, **bounds):
    listed = CHOICES if kind in (Kind.CHOICE, Kind.CHOICES) else ()
    return Column("c", kind, ANY, ANY, choices=listed, **bounds)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.INTEGER, "33 100", 33_100),
        (Kind.INTEGER, "33\u202f100 €", 33_100),
        (Kind.INTEGER, 70000.0, 70_000),
        (Kind.INTEGER, "0", 0),
        (Kind.NUMBER, "2,5", 2.5),
        (Kind.NUMBER, "-.5", -0.5),
        (Kind.NUMBER, "12 %", 12.0),
        (Kind.DATE, "11/02/2027", date(2027, 2, 11)),
        (Kind.DATE, "1.3.2027", date(2027, 3, 1)),
        (Kind.DATE, "2027-02-11", date(2027, 2, 11)),
        (Kind.DATE, "29/02/2028", date(2028, 2, 29)),
        (Kind.DATE, datetime(2027, 2, 11, 9, 30), date(2027, 2, 11)),
        (Kind.TERNARY, "Oui", True),
        (Kind.TERNARY, "NON", False),
        (Kind.TERNARY, "?", None),
        (Kind.TERNARY, "je ne sais pas", None),
        (Kind.TERNARY, True, True),
        (Kind.TERNARY, 0.0, False),
        (Kind.CODE, 2027.0, "2027"),
        (Kind.CODE, " s.delmas ", "s.delmas"),
        (Kind.TEXT, "  deux \t mots\x00 ", "deux mots"),
        (Kind.TEXT, "deux\ufffe mo\uffffts", "deux mots"),
        (Kind.LONG_TEXT, " une ligne\nune autre ", "une ligne\nune autre"),
        (Kind.TEXT, "=1+1", "=1+1"),
        (Kind.CHOICE, "partage DE fichiers", "share"),
        (Kind.CHOICE, "Coffee", "cafe"),
        (Kind.CHOICE, "cafe", "cafe"),
        (Kind.CHOICES, "café, Partage de fichiers | café", ["cafe", "share"]),
        (Kind.REFS, "a, b;c\na", ["a", "b", "c"]),
        (Kind.LINES, "une, deux ;  trois", ["une, deux", "trois"]),
        (Kind.LINES, ["une", "deux"], ["une", "deux"]),
        (Kind.VALUE, 15000.0, "15000"),
        (Kind.VALUE, True, "oui"),
        (Kind.VALUE, date(2027, 2, 11), "2027-02-11"),
    ],
)
def test_reads_what_a_person_types(kind, typed, value):
    assert parse(typed, column(kind)) == value


@pytest.mark.parametrize("empty", [None, "", "   "])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_blank_cell_is_unknown_and_never_zero_nor_no(kind, empty):
    expected = {
        Kind.CODE: "", Kind.TEXT: "", Kind.LONG_TEXT: "", Kind.REF: "",
        Kind.CHOICES: [], Kind.REFS: [], Kind.LINES: [],
    }.get(kind)  # fmt: skip
    assert parse(empty, column(kind)) == expected == blank(column(kind))


@pytest.mark.parametrize(
    ("kind", "typed", "code", "words"),
    [
        (Kind.INTEGER, "douze", "not-a-number", "chiffres seuls"),
        (Kind.INTEGER, "1 000 à 2 000", "not-a-number", "chiffres seuls"),
        (Kind.INTEGER, date(2027, 1, 1), "not-a-number", "nombre"),
        (Kind.NUMBER, float("nan"), "not-a-number", "nombre"),
        (Kind.NUMBER, "1e400", "not-a-number", "nombre"),
        (Kind.INTEGER, 2.5, "not-whole", "entier"),
        (Kind.DATE, "31/02/2027", "not-a-date", "11/02/2027"),
        (Kind.DATE, "29/02/2027", "not-a-date", "calendrier"),
        (Kind.DATE, "31/04/2027", "not-a-date", "calendrier"),
        (Kind.DATE, "demain", "not-a-date", "calendrier"),
        (Kind.DATE, 45000.0, "not-a-date", "calendrier"),
        (Kind.TERNARY, "peut-être", "not-yes-or-no", "oui, non ou ?"),
        (Kind.CODE, "deux mots", "code", "sans espace"),
        (Kind.CODE, "a;b", "code", "point-virgule"),
        (Kind.CODE, "a" * 61, "code", "60 signes"),
        (Kind.CHOICE, "Thé", "not-a-choice", "Café"),
        (Kind.CHOICES, "café, thé", "not-a-choice", "Café"),
        (Kind.REFS, "ok, pas ok", "code", "sans espace"),
        (Kind.LONG_TEXT, "a" * (LONGEST_TEXT + 1), "too-long", "5000"),
    ],
)
def test_says_what_to_type_instead(kind, typed, code, words):
    with pytest.raises(NotReadable) as refused:
        parse(typed, column(kind))
    assert refused.value.code == code
    assert words in refused.value.text.fr
    assert refused.value.text.en


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("-1", "too-low", id="eve-of-low"),
        pytest.param("0", None, id="low"),
        pytest.param("1", None, id="morrow-of-low"),
        pytest.param("99", None, id="eve-of-high"),
        pytest.param("100", None, id="high"),
        pytest.param("101", "too-high", id="morrow-of-high"),
    ],
)
def test_the_bounds_of_a_column_are_allowed_and_no_more(typed, code):
    bounded = column(Kind.NUMBER, low=0, high=100)
    if code is None:
        assert parse(typed, bounded) == float(typed)
        return
    with pytest.raises(NotReadable) as refused:
        parse(typed, bounded)
    assert refused.value.code == code


def test_a_text_of_the_greatest_length_is_accepted():
    assert parse("a" * LONGEST_TEXT, column(Kind.LONG_TEXT)) == "a" * LONGEST_TEXT


def test_sixty_signs_make_an_id():
    assert parse("a" * 60, column(Kind.CODE)) == "a" * 60


def test_a_negative_number_is_told_in_plain_words():
    with pytest.raises(NotReadable) as refused:
        parse("-12,5", column(Kind.NUMBER, low=0))
    assert refused.value.text.fr.startswith("-12,5")
    assert "ne peut pas être négatif" in refused.value.text.fr


def test_folding_forgets_accents_case_and_typography():
    assert fold("  L’ŒUVRE,  Année\u00a01 ") == "l'oeuvre, annee 1"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_a_cell_shows_reads_back_the_same(language):
    values = {
        Kind.TERNARY: [True, False, None],
        Kind.CHOICE: ["share", "cafe", None],
        Kind.CHOICES: [["share", "cafe"], []],
        Kind.REFS: [["a", "b"], []],
        Kind.LINES: [["une, deux", "trois"], []],
        Kind.INTEGER: [0, 33_100, None],
        Kind.DATE: [date(2027, 2, 11), None],
        Kind.TEXT: ["=1+1", ""],
    }
    for kind, held in values.items():
        for value in held:
            shown = show(value, column(kind), language)
            assert parse(shown, column(kind)) == value
