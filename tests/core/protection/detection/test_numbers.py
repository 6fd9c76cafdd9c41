"""Numbers with a key, against second ways of computing each key, in the spellings people use."""

import random
import string

import pytest

from gouvernail_core.protection.detection import keys
from gouvernail_core.protection.detection.batches import likely_numbers
from gouvernail_core.protection.detection.detect import detect
from gouvernail_core.protection.detection.engine import detector
from gouvernail_core.protection.detection.kinds import PersonalData

DRAWS = 400


def found(text: str, kind: PersonalData) -> list[str]:
    return [text[span.start : span.end] for span in detect(text) if span.type is kind]


def luhn_by_hand(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0


def nir_by_hand(number: str) -> bool:
    thirteen = int(number[:13].replace("2A", "19").replace("2B", "18"))
    return (thirteen + int(number[13:])) % 97 == 0


def iban_by_hand(number: str) -> bool:
    moved = number[4:] + number[:4]
    remainder = 0
    for character in moved:
        for digit in str(int(character, 36)):
            remainder = (remainder * 10 + int(digit)) % 97
    return remainder == 1


def rib_by_hand(number: str) -> bool:
    values = {**{d: d for d in string.digits}}
    for letters, start in (("ABCDEFGHI", 1), ("JKLMNOPQR", 1), ("STUVWXYZ", 2)):
        values |= {letter: str(value) for value, letter in enumerate(letters, start)}
    digits = "".join(values[character] for character in number)
    bank, branch, account, key = digits[:5], digits[5:10], digits[10:21], digits[21:]
    return (89 * int(bank) + 15 * int(branch) + 3 * int(account) + int(key)) % 97 == 0


def nir(rng: random.Random, place: str = "", month: str = "") -> str:
    place = place or f"{rng.randint(1, 95):02d}"
    if place == "20":
        place = "21"
    commune = f"{rng.randint(1, 999):03d}"[: 5 - len(place)]
    commune = commune.rjust(5 - len(place), "0")
    body = (
        rng.choice("12")
        + f"{rng.randint(0, 99):02d}"
        + (month or f"{rng.randint(1, 12):02d}")
        + place
        + commune
        + f"{rng.randint(1, 999):03d}"
    )
    key = 97 - int(body.replace("2A", "19").replace("2B", "18")) % 97
    return f"{body}{key:02d}"


@pytest.mark.parametrize("place", ["", "2A", "2B", "971", "974", "99"])
def test_a_social_security_number_is_found_wherever_its_holder_was_born(place):
    rng = random.Random(place)
    for _ in range(40):
        number = nir(rng, place)
        assert nir_by_hand(number)
        spaced = " ".join(
            (number[0], number[1:3], number[3:5], number[5:7], number[7:10], number[10:13])
        )
        for written in (
            number, f"{spaced} {number[13:]}", spaced.replace(" ", ".") + f".{number[13:]}",
            spaced.replace(" ", "\N{NO-BREAK SPACE}") + f"\N{NARROW NO-BREAK SPACE}{number[13:]}",
            f"{number[:13]} {number[13:]}", f"{spaced} clé {number[13:]}",
            spaced.replace(" ", "  ") + f"  {number[13:]}",
            f"{number[:7]}\n{number[7:]}",
        ):  # fmt: skip
            assert found(f"Agent : {written}, à jour.", PersonalData.NIR) == [written]


@pytest.mark.parametrize("month", ["20", "30", "42", "50", "99"])
def test_months_that_nobody_was_born_in_are_those_of_unknown_births(month):
    number = nir(random.Random(month), month=month)
    assert found(f"NIR {number}.", PersonalData.NIR) == [number]


@pytest.mark.parametrize("month", ["00", "13", "19", "43", "49"])
def test_other_months_are_no_social_security_number(month):
    number = nir(random.Random(month), month=month)
    assert found(f"NIR {number}.", PersonalData.NIR) == []


def test_a_wrong_key_is_no_social_security_number():
    rng = random.Random(3)
    for _ in range(DRAWS):
        number = nir(rng)
        wrong = f"{number[:13]}{(int(number[13:]) % 97) + 1:02d}"
        assert found(f"Référence {wrong}, dossier clos", PersonalData.NIR) == []


def test_thirteen_characters_count_where_a_word_says_what_they_are():
    number = nir(random.Random(4))[:13]
    assert found(f"N° de sécurité sociale : {number}", PersonalData.NIR) == [number]
    assert found(f"Commande {number}", PersonalData.NIR) == []


def test_the_keys_agree_with_those_computed_by_hand_on_any_digits():
    rng = random.Random(5)
    for _ in range(DRAWS * 10):
        fifteen = "".join(rng.choices(string.digits, k=15))
        sixteen = rng.choice("3456") + fifteen
        assert keys.is_luhn(sixteen.encode()) == luhn_by_hand(sixteen)
        assert keys.is_siren(fifteen[:9].encode()) == (
            luhn_by_hand(fifteen[:9]) and fifteen[:9] != "000000000"
        )
        account = "".join(rng.choices(string.digits + string.ascii_uppercase, k=11))
        rib = fifteen[:10] + account + fifteen[10:12]
        assert keys.is_rib(rib.encode()) == rib_by_hand(rib)
        iban = "FR" + fifteen[:2] + rib
        assert keys.is_iban(iban.encode()) == iban_by_hand(iban)


def test_a_bank_account_is_found_however_it_is_spaced():
    rng = random.Random(6)
    for _ in range(60):
        body = "".join(rng.choices(string.digits, k=10)) + "".join(
            rng.choices(string.digits + "ABC", k=11)
        )
        key = next(f"{k:02d}" for k in range(1, 98) if rib_by_hand(f"{body}{k:02d}"))
        rib = body + key
        for sign in (" ", "-", "/", " - ", "  ", "\t"):
            written = sign.join((rib[:5], rib[5:10], rib[10:21], rib[21:]))
            assert found(f"RIB : {written}.", PersonalData.RIB) == [written]
        check = next(f"{k:02d}" for k in range(2, 99) if iban_by_hand(f"FR{k:02d}{rib}"))
        iban = f"FR{check}{rib}"
        fours = " ".join(iban[place : place + 4] for place in range(0, 27, 4))
        for written in (
            iban,
            fours,
            fours.replace(" ", "-"),
            fours.replace(" ", "\N{NO-BREAK SPACE}"),
        ):
            assert found(f"Compte {written}, merci", PersonalData.IBAN) == [written]


def test_a_company_number_alone_is_not_told_from_a_reference():
    assert found("Référence 732829320, lot 4", PersonalData.SIREN) == []
    assert found("SIREN 732 829 320, lot 4", PersonalData.SIREN) == ["732 829 320"]
    assert found("SIRET : 73282932000074", PersonalData.SIRET) == ["73282932000074"]
    assert found("Titre 73282932000074 du budget", PersonalData.SIRET) == []


def test_the_post_office_has_a_key_of_its_own():
    assert found("SIRET 35600000049837", PersonalData.SIRET) == ["35600000049837"]


@pytest.mark.parametrize(
    "written",
    ["06 12 34 56 78", "0612345678", "06.12.34.56.78", "06-12-34-56-78", "+33 6 12 34 56 78",
     "0033612345678", "+33 (0)6 12 34 56 78", "0262 30 40 51"],
)  # fmt: skip
def test_a_telephone_is_found_however_it_is_written(written):
    assert found(f"Joindre M. Durand au {written} le soir", PersonalData.TEL) == [written]


@pytest.mark.parametrize(
    "written", ["01 02 03 04 05", "0000000000", "2026 11 27 10 30", "3,1415926535"]
)
def test_what_only_looks_like_a_telephone_is_none(written):
    assert found(f"Colonnes {written} du tableau", PersonalData.TEL) == []


def test_turning_numbers_away_by_arrays_changes_nothing_to_what_is_found(monkeypatch):
    rng = random.Random(7)
    pieces = []
    for _ in range(3000):
        digits = "".join(rng.choices(string.digits, k=rng.randint(2, 17)))
        cut = rng.randint(1, len(digits))
        pieces.append(digits[:cut] + rng.choice(["", " ", ".", "-", "/", ", "]) + digits[cut:])
        pieces.append(rng.choice([nir(rng), "SIRET 73282932000074", "06 12 34 56 78", "carte"]))
    text = " ".join(pieces).encode()
    with_arrays = detector().find(text)
    assert len(likely_numbers(text, [(0, end) for end in range(20, 2000)])) < 1980
    monkeypatch.setattr("gouvernail_core.protection.detection.engine._MANY", 10**9)
    assert detector().find(text) == with_arrays
