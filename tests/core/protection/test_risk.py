"""The risk of a file and of a store: every factor counts, in the right direction, and says so."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.protection.naive_risk import naive_risk
from gouvernail_core.kernel import Ternary
from gouvernail_core.protection import Access, DataClass, DataStore, Hosting, StoreKind
from gouvernail_core.protection.detection.kinds import PersonalData, Span
from gouvernail_core.protection.detection.tally import Tally
from gouvernail_core.protection.risk import (
    Found,
    data_class,
    file_risk,
    found_of,
    is_professional,
    reach_of,
    risk_shares,
    store_risk,
)
from gouvernail_core.protection.scale import Place, default_scale

SHARE = DataStore(
    "s", "Commun", access=Access.EVERYONE, public_link=Ternary.NO, hosting=Hosting.PREMISES,
    encrypted=Ternary.NO,
)  # fmt: skip
ALL = reach_of(SHARE)

founds = st.lists(
    st.builds(
        Found,
        st.sampled_from(PersonalData),
        st.integers(0, 500),
        st.integers(0, 500),
        st.floats(0, 1),
        st.booleans(),
    ),
    max_size=6,
)
stores = st.builds(
    DataStore,
    st.just("s"),
    st.just("S"),
    kind=st.sampled_from(StoreKind),
    access=st.sampled_from([None, *Access]),
    hosting=st.sampled_from(Hosting),
    public_link=st.sampled_from(Ternary),
    encrypted=st.sampled_from(Ternary),
)
ages = st.one_of(st.none(), st.floats(0, 40))


def rows(found):
    return [(f.kind.value, f.count, f.distinct, f.confidence, f.professional) for f in found]


@given(founds, stores, ages, ages, st.one_of(st.none(), st.integers(0, 900)))
def test_the_risk_is_the_formula_written_a_second_time(found, store, age, keep, persons):
    reach = reach_of(store)
    risk = file_risk(found, reach, persons=persons, age_years=age, keep_years=keep)
    t = 1.0 if age is not None and keep is not None and age <= keep else 1.5
    expected = naive_risk(rows(found), reach.access.value, reach.place.value, t, persons)
    assert risk.value == pytest.approx(expected)
    assert risk.reasons


def test_a_worked_example_shows_each_term():
    """Names, birth dates and NIR of 120 people, open to all: 8 × 1 + 1 + 1 + 1, capped at 10."""
    found = [
        Found(PersonalData.NIR, 130, 120, 1.0),
        Found(PersonalData.PERSON, 200, 110, 0.8),
        Found(PersonalData.BIRTH_DATE, 120, 90, 0.99),
    ]
    risk = file_risk(found, ALL, age_years=12, keep_years=10)
    assert [(a.code, a.value) for a in risk.content.addends] == [
        ("NIR", 8.0), ("name-and-birth", 1.0), ("name-and-number", 1.0), ("many-people", 1.0)
    ]  # fmt: skip
    assert risk.content.sensitivity == 10
    assert risk.value == pytest.approx(100 * math.log10(121) * 1.5)
    assert [r.code for r in risk.reasons][-3:] == ["access", "place-open_share", "past-retention"]


def test_a_file_of_passwords_has_a_volume():
    risk = file_risk([Found(PersonalData.SECRET, 3, 3, 0.9)], ALL, age_years=0, keep_years=5)
    assert risk.content.people == 0
    assert risk.value == pytest.approx(81 * math.log10(4))


def test_what_is_unsure_counts_for_nothing():
    unsure = Found(PersonalData.ARTICLE_9, 9, 9, 0.1)
    assert file_risk([unsure], ALL).value == 0
    assert data_class([unsure])[0] is DataClass.C1


@given(founds, founds, stores)
def test_more_found_is_never_less_risk(found, more, store):
    reach = reach_of(store)
    assert file_risk(found + more, reach).value >= file_risk(found, reach).value


@given(founds, st.integers(0, 5), st.integers(1, 300), st.floats(0, 1))
def test_more_of_the_same_or_surer_is_never_less_risk(found, index, more, surer):
    base = file_risk(found, ALL).value
    if found:
        item = found[index % len(found)]
        for risen in (
            replace(item, distinct=item.distinct + more),
            replace(item, count=item.count + more),
            replace(item, confidence=max(surer, item.confidence)),
        ):
            again = [*found]
            again[index % len(found)] = risen
            assert file_risk(again, ALL).value >= base


@given(founds, st.integers(0, 900), st.integers(0, 900))
def test_more_people_is_never_less_risk(found, persons, more):
    few = file_risk(found, ALL, persons=persons).value
    assert file_risk(found, ALL, persons=persons + more).value >= few


@given(founds, stores, ages, ages)
def test_what_is_unknown_is_taken_at_its_worst(found, store, age, keep):
    worst = file_risk(found, reach_of(DataStore("s", "S", kind=store.kind))).value
    known = file_risk(found, reach_of(store), age_years=age, keep_years=keep).value
    if store.public_link is not Ternary.YES:
        assert worst >= known or math.isclose(worst, known)


def test_the_unknown_is_said():
    reach = reach_of(DataStore("s", "Quelque part"))
    assert reach.access.assumed
    assert reach.place.assumed
    assert reach.value == 3
    database = reach_of(DataStore("d", "Base", kind=StoreKind.DATABASE))
    assert (database.place.value, database.place.assumed) == (2, True)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ({}, 1),
        ({"public_link": Ternary.YES}, 3),
        ({"hosting": Hosting.OUTSIDE_EU}, 2),
        ({"kind": StoreKind.APPLICATION}, 0.3),
        ({"encrypted": Ternary.YES}, 0.1),
        ({"encrypted": Ternary.YES, "public_link": Ternary.YES}, 3),
        ({"access": Access.TEAM}, 0.1),
        ({"access": None, "readers": 84}, 0.25),
        ({"access": None, "readers": 900}, 1),
    ],
)
def test_each_exposure_has_its_factor(change, value):
    assert reach_of(replace(SHARE, **change), accounts=336).value == pytest.approx(value)


def test_an_unknown_age_is_counted_as_too_old_and_never_said_to_be():
    risk = file_risk([], ALL, age_years=3)
    assert (risk.age.value, risk.past_retention) == (1.5, Ternary.UNKNOWN)


def test_the_last_day_of_retention_is_still_in_time():
    assert file_risk([], ALL, age_years=5, keep_years=5).past_retention is Ternary.NO


def test_what_a_scan_counts_is_read_as_it_is():
    tally = Tally(b"k" * 32)
    text = b"IBAN FR1420041010050500013M02606, FR1420041010050500013M02606"
    tally.add(text, [Span(5, 32, PersonalData.IBAN, 0.97), Span(34, 61, PersonalData.IBAN, 0.97)])
    found = found_of(tally.summary())
    assert found == (Found(PersonalData.IBAN, 2, 1, 0.97),)
    assert data_class(found)[0] is DataClass.C3


def test_a_professional_address_weighs_little():
    domains = ["Ville.example"]
    assert is_professional("accueil@ville.example", domains)
    assert not is_professional("accueil@ville.example.autre", domains)
    own = Found(PersonalData.EMAIL, 9, 9, 1.0, professional=True)
    assert file_risk([own], ALL).content.sensitivity == pytest.approx(0.3)
    assert file_risk([replace(own, professional=False)], ALL).content.sensitivity == 2


# ---------------------------------------------------------------------- the class of data


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], "C1"), (["SIRET"], "C1"), (["EMAIL"], "C2"), (["PER", "ADRESSE"], "C2"),
        (["NIR"], "C3"), (["IBAN"], "C3"), (["RIB"], "C3"), (["CARD"], "C3"), (["CAF"], "C3"),
        (["FISCAL", "PER"], "C3"), (["ART9", "PER"], "C4"), (["SECRET"], "C4"),
    ],
)  # fmt: skip
def test_the_class_is_that_of_the_worst_found(kinds, expected):
    found = [Found(PersonalData(kind), 3, 3, 0.9) for kind in kinds]
    given, reasons = data_class(found)
    assert given.value == expected
    assert reasons


@pytest.mark.parametrize(("people", "expected"), [(99, "C2"), (100, "C3")])
def test_a_hundred_addresses_with_birth_dates_are_highly_personal_and_it_is_said_ours(
    people, expected
):
    found = [
        Found(kind, 900, people, 0.9) for kind in (PersonalData.ADDRESS, PersonalData.BIRTH_DATE)
    ]
    given, reasons = data_class(found)
    assert given.value == expected
    assert ("notre proposition" in reasons[0].text.fr) is (expected == "C3")


def test_only_a_person_makes_data_public_and_never_against_what_was_found():
    assert data_class([], public=Ternary.YES)[0] is DataClass.C0
    assert data_class([])[0] is DataClass.C1
    given, reasons = data_class([Found(PersonalData.IBAN, 1, 1, 0.97)], public=Ternary.YES)
    assert given is DataClass.C3
    assert reasons[-1].code == "public-doubtful"


def test_nothing_found_in_part_of_a_file_gives_no_class():
    assert data_class([], whole=Ternary.UNKNOWN)[0] is None
    given, reasons = data_class([Found(PersonalData.NIR, 1, 1, 0.97)], whole=Ternary.NO)
    assert (given, reasons[-1].code) == (DataClass.C3, "seen-only")


@given(founds, founds)
def test_more_found_is_never_a_lower_class(found, more):
    assert data_class(found + more)[0] >= data_class(found)[0]


# ---------------------------------------------------------------------- stores


def drawn_files(count, seed=3):
    rng = np.random.default_rng(seed)
    kinds = list(PersonalData)
    return [
        file_risk(
            [
                Found(kinds[rng.integers(len(kinds))], 9, int(rng.integers(1, 400)), 0.9)
                for _ in range(rng.integers(0, 4))
            ],
            ALL,
            age_years=float(rng.uniform(0, 20)),
            keep_years=10,
        )
        for _ in range(count)
    ]


def test_the_risk_of_a_store_is_the_sum_of_its_files():
    files = drawn_files(50)
    risk = store_risk(files, examined_bytes=1000, unexamined_bytes=0)
    assert risk.value == pytest.approx(sum(item.value for item in files))
    assert risk.value == pytest.approx(risk.loads.now * ALL.value)
    assert (risk.interval, risk.if_alike) == (None, 0)


def test_only_what_is_surely_too_old_is_counted_as_purged():
    secret = [Found(PersonalData.SECRET, 3, 3, 1.0), Found(PersonalData.NIR, 9, 9, 1.0)]
    old, unknown, kept = (
        file_risk(secret, ALL, age_years=age, keep_years=5) for age in (9, None, 1)
    )
    loads = store_risk([old, unknown, kept], examined_bytes=1, unexamined_bytes=0).loads
    with_secret, without = 100 * math.log10(10), 64 * math.log10(10)
    assert loads.now == pytest.approx(with_secret * (1.5 + 1.5 + 1))
    assert loads.purged == pytest.approx(with_secret * (1.5 + 1))
    assert loads.rotated == pytest.approx(without * (1.5 + 1.5 + 1))
    assert loads.both == pytest.approx(without * (1.5 + 1))
    assert old.has_secrets


def test_what_was_not_read_is_told_beside_as_if_it_were_like_the_rest():
    risk = store_risk(drawn_files(50), examined_bytes=1000, unexamined_bytes=250)
    assert risk.if_alike == pytest.approx(risk.value / 4)


def test_what_was_not_read_is_never_counted_as_nothing():
    clean = [file_risk([], ALL)] * 10
    assert store_risk(clean, examined_bytes=10, unexamined_bytes=5).if_alike > 0
    unseen = store_risk([], examined_bytes=0, unexamined_bytes=5)
    assert (unseen.if_alike, unseen.reasons[-1].code) == (None, "nothing-examined")


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_the_same_seed_gives_the_same_interval_around_the_total(seed):
    files = drawn_files(30)
    chances = [0.2] * 30
    one, two = (
        store_risk(files, examined_bytes=9, unexamined_bytes=0, inclusion=chances, seed=seed)
        for _ in range(2)
    )
    assert one.interval == two.interval
    assert one.interval.low <= one.value <= one.interval.high
    assert one.value == pytest.approx(5 * sum(item.value for item in files))


def test_a_sampled_interval_holds_the_true_total_about_nineteen_times_in_twenty():
    files = drawn_files(600)
    truth = sum(item.value for item in files)
    held = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        sample = rng.choice(600, 120, replace=False)
        risk = store_risk(
            [files[i] for i in sample], examined_bytes=1, unexamined_bytes=0,
            inclusion=[0.2] * 120, seed=seed,
        )  # fmt: skip
        held += risk.interval.low <= truth <= risk.interval.high
    assert 178 <= held <= 199


def test_files_read_for_certain_do_not_widen_the_interval():
    files = drawn_files(40)
    strata = ["a"] * 20 + ["b"] * 20
    risk = store_risk(
        files, examined_bytes=1, unexamined_bytes=0, inclusion=[1.0] * 20 + [0.999999] * 20,
        strata=strata,
    )  # fmt: skip
    assert risk.interval.width < 0.02 * risk.value


def test_a_lone_file_gives_no_interval():
    risk = store_risk(
        drawn_files(1), examined_bytes=1, unexamined_bytes=0, inclusion=[0.5], strata=["a"]
    )
    assert (risk.interval, risk.reasons[0].code) == (None, "too-few-drawn")


@pytest.mark.parametrize("chance", [0.0, 1.2, float("nan")])
def test_an_impossible_chance_is_refused(chance):
    with pytest.raises(ValueError, match="chance"):
        store_risk(drawn_files(1), examined_bytes=1, unexamined_bytes=0, inclusion=[chance])


def test_shares_add_up_and_equals_share_their_percentile():
    shares = risk_shares({"a": 2.0, "b": 1.0, "c": 1.0, "d": 0.0})
    assert sum(item.share for item in shares) == pytest.approx(1)
    assert [(s.store, s.rank, s.percentile) for s in shares] == [
        ("a", 1, 87.5), ("b", 2, 50.0), ("c", 2, 50.0), ("d", 4, 12.5)
    ]  # fmt: skip
    assert risk_shares({"a": 0.0})[0].share == 0


# ---------------------------------------------------------------------- the ranking holds


def tau(one, two):
    """Return Kendall's τ, counted pair by pair among those the first ranking tells apart."""
    pairs = [(i, j) for i, j in itertools.combinations(range(len(one)), 2) if one[i] != one[j]]
    return sum(np.sign((one[i] - one[j]) * (two[i] - two[j])) for i, j in pairs) / len(pairs)


def authority(seed):
    """Return what 40 stores of an authority hold and where they lie, drawn at random."""
    rng = np.random.default_rng(seed)
    kinds = list(PersonalData)
    made = []
    for _ in range(40):
        store = replace(
            SHARE,
            access=list(Access)[rng.integers(4)],
            kind=[StoreKind.SHARE, StoreKind.APPLICATION][rng.integers(2)],
            public_link=Ternary.of(rng.random() < 0.1),
        )
        profile = rng.choice(len(kinds), 4, replace=False)
        files = [
            [
                Found(kinds[kind], 9, int(10 ** rng.uniform(0, 4)), float(rng.uniform(0.8, 1)))
                for kind in profile[: rng.integers(0, 5)]
            ]
            for _ in range(int(10 ** rng.uniform(0.5, 2)))
        ]
        made.append((store, files))
    return made


def ranking(stores, scale):
    return [
        sum(
            file_risk(
                found, reach_of(store, scale=scale), age_years=1, keep_years=5, scale=scale
            ).value
            for found in files
        )
        for store, files in stores
    ]


@pytest.mark.parametrize("seed", range(2))
def test_the_ranking_holds_when_every_weight_moves_by_thirty_percent(seed):
    stores = authority(seed)
    scale = default_scale()
    base = ranking(stores, scale)
    rng = np.random.default_rng(100 + seed)
    found = []
    for _ in range(12):
        weights = {kind: w * rng.uniform(0.7, 1.3) for kind, w in scale.weights.items()}
        moved = replace(scale, weights=weights)
        found.append(tau(base, ranking(stores, moved)))
    assert np.mean(found) >= 0.93
    assert np.mean(np.array(found) >= 0.9) >= 0.9


def test_the_scale_is_whole_and_its_order_is_that_of_the_harm():
    scale = default_scale()
    assert set(scale.weights) == set(PersonalData)
    assert scale.first_files == 299
    assert (1 - 0.01) ** 299 < 0.05 < (1 - 0.01) ** 298
    order = [scale.places[place] for place in Place]
    assert order == sorted(order, reverse=True)
