"""The held-out corpus is sound: what it says it plants is there, valid, and nothing else is."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest

from corpus import identifiers as ids
from corpus.generate import TEMPLATES, TYPES, Document, documents, prose
from corpus.names import MEN, SURNAMES, TOWNS, WOMEN

IBAN_LENGTHS = {
    "FR": 27,
    "MC": 27,
    "DE": 22,
    "BE": 16,
    "ES": 24,
    "IT": 27,
    "LU": 20,
    "PT": 25,
    "CH": 21,
    "NL": 18,
    "PL": 28,
}
INNOCENT = (
    "politique de la ville",
    "santé publique",
    "syndicat mixte",
    "handicap",
    "RSA",
    "cancer",
    "condamné",
    "religieux",
    "origine",
    "dépression",
    "grossesse",
    "droit syndical",
)


# --- the naive checks -----------------------------------------------------------------------


def bare(text: str) -> str:
    """Return the ASCII letters, made capital, and the digits."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def luhn_holds(number: str) -> bool:
    """Double every other digit from the right, in a table that already casts out nines."""
    doubled = [int("0246813579"[int(digit)]) for digit in number[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in number[-1::-2])) % 10 == 0


def siret_holds(number: str) -> bool:
    """La Poste sums its digits to a multiple of five; everybody else follows Luhn."""
    if number.startswith("356000000") and sum(int(digit) for digit in number) % 5 == 0:
        return True
    return luhn_holds(number)


def nir_holds(value: str) -> bool:
    """The thirteen characters and the key sum to a multiple of 97; 2A reads 19 and 2B reads 18."""
    body, key = value[:13].replace("2A", "19").replace("2B", "18"), value[13:]
    return body.isdigit() and key.isdigit() and (int(body) + int(key)) % 97 == 0


def iban_holds(value: str) -> bool:
    """The remainder by 97, carried character by character, is one."""
    remainder = 0
    for character in value[4:] + value[:4]:
        if character.isdigit():
            remainder = (remainder * 10 + int(character)) % 97
        else:
            remainder = (remainder * 100 + ord(character) - 55) % 97
    return remainder == 1


def rib_holds(value: str) -> bool:
    """89 times the bank, 15 the branch, 3 the account and the key sum to a multiple of 97."""
    read = ""
    for character in value:
        if "A" <= character <= "R":
            character = str((ord(character) - ord("A")) % 9 + 1)
        elif "S" <= character <= "Z":
            character = str(ord(character) - ord("S") + 2)
        read += character
    bank, branch, account, key = read[:5], read[5:10], read[10:21], read[21:]
    return (89 * int(bank) + 15 * int(branch) + 3 * int(account) + int(key)) % 97 == 0


def fiscal_holds(number: str) -> bool:
    """The last three digits are what is left of the first ten, 511 taken away."""
    return divmod(int(number[:10]), 511)[1] == int(number[10:])


KEYS = {
    "NIR": (nir_holds, (15,)),
    "IBAN": (iban_holds, tuple(sorted(set(IBAN_LENGTHS.values())))),
    "RIB": (rib_holds, (23,)),
    "SIREN": (luhn_holds, (9,)),
    "SIRET": (siret_holds, (14,)),
    "CARD": (luhn_holds, (15, 16)),
    "FISCAL": (fiscal_holds, (13,)),
}
SHAPES = {
    "TEL": r"[+0][\d\s()./-]{8,19}\d",
    "EMAIL": r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
    "PLAQUE": r"[A-Z]{2}[- \n]?\d{3}[- \n]?[A-Z]{2}|\d{2,4}[- \s][A-Z]{2,3}[- \s](\d\d|2[AB])",
    "CAF": r"\d{7}\s?[A-Z]?",
    "DDN": r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}|(1er|\d{1,2})\s\w+\s\d{4}|\D+\s(mil|deux)\s.*",
    "ADRESSE": r"\d{1,3}\s?(bis|ter|[AB])?[\s,]\s*\w.*",
}


def folded(text: str) -> str:
    """Return the text in capitals, without accents and with plain spaces and apostrophes."""
    plain = unicodedata.normalize("NFD", text.replace("’", "'"))
    return " ".join(re.sub(r"[\u0300-\u036f]", "", plain).upper().split())


@pytest.fixture(scope="module")
def corpus() -> list[Document]:
    return documents(20, 400)


@pytest.fixture(scope="module")
def planted(corpus: list[Document]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = defaultdict(list)
    for document in corpus:
        for span in document.spans:
            values[span.type].append(document.text[span.start : span.end])
    return values


@pytest.fixture(scope="module")
def nobody() -> str:
    return prose(20, 1_000_000)


# --- what is planted ------------------------------------------------------------------------


def test_the_naive_checks_agree_with_published_examples() -> None:
    assert iban_holds("GB82WEST12345698765432")
    assert iban_holds("FR1420041010050500013M02606")
    assert rib_holds("20041010050500013M02606")
    assert luhn_holds("4111111111111111")
    assert luhn_holds("732829320")
    assert siret_holds("35600000049837")
    assert nir_holds("255081416802538")
    assert not nir_holds("255081416802539")


@pytest.mark.parametrize("kind", KEYS)
def test_every_planted_identifier_has_its_key(kind: str, planted: dict[str, list[str]]) -> None:
    holds, lengths = KEYS[kind]
    values = [bare(re.sub("cl[ée]", "", value, flags=re.I)) for value in planted[kind]]
    with_key = [value for value in values if not (kind == "NIR" and len(value) == 13)]
    assert len(with_key) >= 100 or kind == "NIR"
    assert [value for value in with_key if len(value) not in lengths or not holds(value)] == []


def test_every_planted_iban_has_the_length_of_its_country(planted: dict[str, list[str]]) -> None:
    ibans = [bare(value) for value in planted["IBAN"]]
    assert all(len(iban) == IBAN_LENGTHS[iban[:2]] for iban in ibans)
    assert len({iban[:2] for iban in ibans}) >= 6


@pytest.mark.parametrize("kind", SHAPES)
def test_every_span_covers_its_value_and_no_more(kind: str, planted: dict[str, list[str]]) -> None:
    wrong = [v for v in planted[kind] if not re.fullmatch(SHAPES[kind], v, re.S | re.I)]
    assert wrong == []


def test_an_address_ends_with_its_town(planted: dict[str, list[str]]) -> None:
    towns = tuple(folded(town) for _, town in TOWNS)
    ends = [folded(value).removesuffix(" CEDEX") for value in planted["ADRESSE"]]
    assert [value for value in ends if not value.endswith(towns)] == []


def test_a_name_is_planted_without_its_title(planted: dict[str, list[str]]) -> None:
    titles = ("Mme", "Madame", "Monsieur", "Dr ", "Me ")
    names = {folded(name) for name in MEN + WOMEN + SURNAMES}
    assert not [v for v in planted["PER"] if v.startswith(titles)]
    known = [v for v in planted["PER"] if any(name in folded(v) for name in names)]
    assert len(known) == len(planted["PER"])


def test_a_sensitive_word_is_planted_without_its_article(planted: dict[str, list[str]]) -> None:
    articles = ("un ", "une ", "d'un ", "d'une ", "de la ", "du ", "des ", "l'")
    assert not [value for value in planted["ART9"] if value.startswith(articles)]


def test_spans_are_whole_words_in_order_and_apart(corpus: list[Document]) -> None:
    for document in corpus:
        text = document.text
        assert "{{" not in text
        for span in document.spans:
            assert span.type in TYPES
            assert 0 <= span.start < span.end <= len(text)
            value = text[span.start : span.end]
            assert value == value.strip(), document.name
            assert not (text[span.start - 1 : span.start].isalnum() and value[0].isalnum()), value
            assert not (text[span.end : span.end + 1].isalnum() and value[-1].isalnum()), value
        for before, after in pairwise(document.spans):
            assert before.end <= after.start


# --- variety --------------------------------------------------------------------------------


def test_every_kind_of_data_is_planted_a_hundred_times(planted: dict[str, list[str]]) -> None:
    assert set(planted) == set(TYPES)
    assert {kind: len(found) for kind, found in planted.items() if len(found) < 100} == {}


def test_every_kind_of_data_comes_in_several_documents_and_layouts() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, set[str]] = defaultdict(set)
    form_of = {template.kind: template.form for template in TEMPLATES}
    for document in documents(7, len(TEMPLATES)):
        for span in document.spans:
            homes[span.type].add(document.kind)
            forms[span.type].add(form_of[document.kind])
    assert min(len(kinds) for kinds in homes.values()) >= 10
    assert [kind for kind in TYPES if len(forms[kind]) < 3] == []


def test_there_are_many_templates_of_many_kinds() -> None:
    assert len(TEMPLATES) >= 120
    assert len({template.kind for template in TEMPLATES}) == len(TEMPLATES)
    assert {t.form for t in TEMPLATES} == {"prose", "raw", "upper", "noisy", "ocr"}


def test_names_are_many_and_of_many_origins() -> None:
    firsts = set(MEN) | set(WOMEN)
    assert len(firsts) >= 350
    assert len(set(SURNAMES)) >= 400
    assert {"Jean-Baptiste", "Zeynep", "Linh", "Goulven", "Rose", "Mamadou"} <= firsts
    assert {"N'Diaye", "Le Floc'h", "Petit", "Nguyen Van Thanh", "Page"} <= set(SURNAMES)


def test_some_documents_hold_nothing_personal(corpus: list[Document]) -> None:
    assert sum(not document.spans for document in corpus) >= 6


def test_the_nirs_are_of_every_sort() -> None:
    rng = Random(5)
    drawn = [ids.nir(rng, 1 + rank % 2, 1960, 5) for rank in range(1000)]
    assert any(nir[5:7] in ("2A", "2B") for nir in drawn)
    assert any(nir[5:7] in ("97", "98") for nir in drawn)
    assert any(nir[5:7] == "99" for nir in drawn)
    months = {int(nir[3:5]) for nir in drawn}
    assert 20 in months
    assert any(30 <= month <= 42 for month in months)
    assert any(50 <= month <= 99 for month in months)
    written = "".join(ids.write_nir(rng, nir) for nir in drawn)
    assert all(mark in written for mark in (" ", ".", "-", "/", "("))


def test_the_same_seed_gives_the_same_documents() -> None:
    assert documents(3, 140) == documents(3, 140)
    assert documents(3, 20) != documents(4, 20)
    assert prose(3, 5000) == prose(3, 5000) != prose(4, 5000)


# --- look-alikes and prose ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        (ids.false_nir, "NIR"),
        (ids.false_iban, "IBAN"),
        (ids.false_rib, "RIB"),
        (ids.false_card, "CARD"),
        (ids.false_siren, "SIREN"),
        (ids.false_siret, "SIRET"),
        (ids.false_spi, "FISCAL"),
        (ids.meter, "SIRET"),
        (ids.long_invoice, "SIRET"),
    ],
)
def test_a_look_alike_has_the_shape_and_not_the_key(
    draw: Callable[[Random], str], kind: str
) -> None:
    holds, lengths = KEYS[kind]
    rng = Random(9)
    values = [bare(draw(rng)) for _ in range(300)]
    assert {len(value) for value in values} <= set(lengths)
    assert not any(holds(value) for value in values)


def test_the_prose_holds_no_identifier_of_a_person(nobody: str) -> None:
    compact = re.findall(r"\b[12]\d{14}\b", nobody)
    spaced = re.findall(r"\b[12] \d\d \d\d \d[\dAB] \d{3} \d{3} \d\d\b", nobody)
    assert not [value for value in compact + spaced if nir_holds(bare(value))]
    ibans = re.findall(r"\b[A-Z]{2}\d\d(?:[ ]?[0-9A-Z]{4}){3,7}(?:[ ]?[0-9A-Z]{1,3})?\b", nobody)
    assert ibans
    assert not [value for value in ibans if iban_holds(bare(value))]
    assert "@" not in nobody
    assert not re.findall(r"(?<![\d ])0[1-9](?:[ .]\d\d){4}(?! ?\d)", nobody)
    assert not re.findall(r"\b[A-Z]{2}-\d{3}-[A-Z]{2}\b", nobody)
    assert not re.findall(r"\b(?:Mme|M\.|Monsieur|Madame) (?!le |la |les )\w", nobody)


def test_the_prose_repeats_no_long_paragraph(nobody: str) -> None:
    assert len(nobody) >= 1_000_000
    long = [part for part in nobody.split("\n\n") if len(part) >= 150]
    assert len(long) >= 1500
    assert [part for part, count in Counter(long).items() if count > 1] == []
    sentences = [part for part in re.split(r"(?<=\.)\s", nobody) if len(part) >= 120]
    assert len(set(sentences)) >= 0.99 * len(sentences)


@pytest.mark.parametrize("word", INNOCENT)
def test_the_prose_uses_sensitive_words_innocently(word: str, nobody: str) -> None:
    assert nobody.count(word) >= 20
