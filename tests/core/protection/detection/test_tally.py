"""Counts without values."""

import json
import random

import pytest

from gouvernail_core.protection.detection.kinds import PersonalData, Span
from gouvernail_core.protection.detection.tally import KEPT, Tally, masked

KEY = bytes(range(32))


def tally_of(values: list[str], key: bytes = KEY, kind: PersonalData = PersonalData.TEL) -> Tally:
    tally = Tally(key)
    for value in values:
        raw = value.encode()
        tally.add(raw, [Span(0, len(raw), kind, 0.9)])
    return tally


def test_two_spellings_of_a_number_are_one_value():
    summary = tally_of(["06 12 34 56 78", "0612345678", "06.12.34.56.78"]).summary()
    assert (summary["TEL"]["count"], summary["TEL"]["distinct"]) == (3, 1)


def test_what_is_not_sure_enough_is_not_counted():
    tally = Tally(KEY)
    tally.add(b"732829320", [Span(0, 9, PersonalData.SIREN, 0.1)])
    assert tally.summary() == {}


@pytest.mark.parametrize("count", [1, 10, KEPT - 1, KEPT, 3 * KEPT, 50_000])
def test_the_number_of_different_values_is_exact_then_close(count):
    values = [f"06{n:08d}" for n in range(count)]
    distinct = tally_of(values).summary()["TEL"]["distinct"]
    # Three deviations of the k smallest hashes: 1 / √(k − 2), about 3.1 %.
    assert abs(distinct - count) <= (0 if count < KEPT else 3 * count / (KEPT - 2) ** 0.5)


def test_tallies_put_together_in_any_order_are_the_tally_of_the_whole():
    rng = random.Random(1)
    values = [f"06{rng.randrange(10**5):08d}" for _ in range(6000)]
    packed = [tally_of(values[n::3]).packed() for n in range(3)]
    merged = []
    for order in ((0, 1, 2), (2, 0, 1)):
        tally = Tally(KEY)
        for place in order:
            tally.merge(json.loads(json.dumps(packed[place])))
        merged.append(tally.packed())
    assert merged[0] == merged[1]
    alone = tally_of(values)
    assert merged[0]["TEL"]["hashes"] == alone.packed()["TEL"]["hashes"]
    assert abs(alone.summary()["TEL"]["distinct"] - len(set(values))) < 0.1 * len(set(values))


def test_nothing_of_a_value_is_kept_but_its_shape():
    values = [f"Jeanne Martin{n}" for n in range(50)]
    packed = json.dumps(tally_of(values, kind=PersonalData.PERSON).packed(), ensure_ascii=False)
    assert "eanne" not in packed
    assert "artin" not in packed
    assert len(json.loads(packed)["PER"]["samples"]) == 3


def test_the_hashes_depend_on_the_key_of_the_installation():
    one = tally_of(["0612345678"]).packed()["TEL"]["hashes"]
    assert one != tally_of(["0612345678"], key=bytes(32)).packed()["TEL"]["hashes"]


@pytest.mark.parametrize("kind", list(PersonalData))
def test_a_masked_value_shows_its_first_character_at_most(kind):
    shown = masked("mot de passe : Azerty-2026 é", kind)
    assert not set(shown[1:]) & set("motdepasseAzerty2026é")
