"""Which files to read in one hour, and what they tell of those nobody read."""

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail_core.kernel import Reason, Text
from gouvernail_core.protection import Factor, FileCard, Found, Reach, file_risk, store_risk
from gouvernail_core.protection.detection.kinds import PersonalData
from gouvernail_core.protection.sampling import (
    Draw,
    estimates,
    first_draw,
    sampling_reasons,
    second_draw,
    strata_of,
    undecided,
    wilson,
)
from gouvernail_core.protection.scale import default_scale

_ANY = Reason("x", Text("…", "…"))
OPEN = Reach(Factor(1.0, _ANY), Factor(1.0, _ANY))
#: A scale on which few files are read first, so that small stores are enough to test with.
FEW = replace(default_scale(), rare_share=0.02, miss=0.05)


# ---------------------------------------------------------------------- the interval of a share


@pytest.mark.parametrize(
    ("holding", "read", "low", "high"),
    [
        (0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (10, 10, 0.722, 1.0),
        (1, 10, 0.0179, 0.4042), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_wilson_gives_the_published_intervals(holding, read, low, high):
    """The last four are those of Newcombe (1998), table I, method 3; the others are usual."""
    interval = wilson(holding, read)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=6e-4)


@given(st.integers(0, 400), st.integers(0, 400))
def test_wilson_solves_the_equation_it_comes_from(holding, more):
    """A bound p is where the observed share is z standard errors of p away."""
    read = holding + more
    interval = wilson(holding, read)
    assert 0 <= interval.low <= interval.high <= 1
    if not read:
        return
    for bound in (interval.low, interval.high):
        if 0 < bound < 1:
            distance = abs(holding / read - bound)
            assert distance == pytest.approx(
                1.95996 * math.sqrt(bound * (1 - bound) / read), abs=3e-3
            )


def test_more_holding_than_read_is_refused():
    with pytest.raises(ValueError, match="read"):
        wilson(3, 2)


# ---------------------------------------------------------------------- the order of reading


def authority(seed=0, sizes=(900, 400, 60)):
    """Return the cards and the risks of the files of a few stores, very unequal inside."""
    rng = np.random.default_rng(seed)
    cards, risks = [], []
    for number, count in enumerate(sizes):
        for _ in range(count):
            folder = ["rh", "commun", "archives"][rng.choice(3, p=[0.2, 0.5, 0.3])]
            people = int(10 ** rng.uniform(0, 3)) if folder == "rh" or rng.random() < 0.05 else 0
            found = [Found(PersonalData.NIR, people, people, 0.97)] if people else []
            kind = ["pdf", "xlsx"][int(rng.random() < 0.3)]
            cards.append(
                FileCard(
                    f"s{number}",
                    (folder, "a", "b"),
                    kind,
                    int([10**3, 10**6][rng.integers(2)]),
                )
            )
            risks.append(file_risk(found, OPEN, age_years=number, keep_years=5))
    return cards, risks


def test_the_first_files_are_two_hundred_and_ninety_nine_of_each_store_or_all_of_it():
    cards, _ = authority()
    first = first_draw(cards)
    assert Counter(cards[rank].store for rank in first) == {"s0": 299, "s1": 299, "s2": 60}
    assert len(set(first)) == len(first)
    assert [cards[rank].store for rank in first[:4]] == ["s0", "s1", "s2", "s0"]


def test_the_same_seed_reads_the_same_files_whatever_the_other_stores():
    cards, risks = authority()
    values = {rank: risks[rank].value for rank in first_draw(cards, seed=7)}
    one, two = (second_draw(cards, values, budget=300, seed=7) for _ in range(2))
    assert one == two
    assert first_draw(cards, seed=8) != one.first
    alone = [card for card in cards if card.store == "s0"]
    kept = [rank for rank in first_draw(cards, seed=7) if cards[rank].store == "s0"]
    assert first_draw(alone, seed=7) == tuple(kept)


def test_a_stratum_is_a_store_two_folders_a_type_and_a_tenth_by_size():
    cards = [FileCard("s", ("rh", "paie", "2020"), "pdf", size) for size in range(100)]
    names = strata_of([*cards, FileCard("t", (), "csv", 5)])
    tenths = Counter(name.rpartition(" · ")[2] for name in names[:100])
    assert set(tenths.values()) == {10}
    assert names[0] == "s/rh/paie · pdf · 1"
    assert names[-1] == "t · csv · 1"


def test_the_second_draw_goes_where_the_risk_varies():
    cards, risks = authority(sizes=(6000,))
    values = {rank: risks[rank].value for rank in first_draw(cards)}
    draw = second_draw(cards, values, budget=600)
    assert len(draw.second) <= 600
    assert not set(draw.first) & set(draw.second)
    rate = Counter(cards[rank].folders[0] for rank in draw.second)
    files = Counter(card.folders[0] for card in cards)
    assert rate["rh"] / files["rh"] > 1.5 * rate["commun"] / files["commun"]


def test_neyman_allocation_is_the_formula():
    """Two strata of one store: files in proportion to those left times their deviation.

    A deviation counts ten files more, of the variance of the store.
    """
    cards = [FileCard("s", (folder,), "pdf", 10) for folder in "ab" for _ in range(600)]
    first = first_draw(cards)
    values = {
        rank: (1.0 if cards[rank].folders == ("a",) else 5.0) * (place % 2)
        for place, rank in enumerate(sorted(first))
    }
    draw = second_draw(cards, values, budget=200)
    got = Counter(cards[rank].folders[0] for rank in draw.second)
    left = Counter(card.folders[0] for card in cards)
    left.subtract(cards[rank].folders[0] for rank in first)
    whole = np.var(list(values.values()), ddof=1)
    pull = {}
    for folder in "ab":
        own = [values[rank] for rank in first if cards[rank].folders == (folder,)]
        mean = ((len(own) - 1) * np.var(own, ddof=1) + 10 * whole) / (len(own) + 9)
        pull[folder] = left[folder] * math.sqrt(mean)
    for folder in "ab":
        assert got[folder] == pytest.approx(200 * pull[folder] / sum(pull.values()), abs=1)
    assert got["b"] > 3 * got["a"]


def test_files_that_cost_more_are_read_less():
    cards = [
        FileCard("s", (f,), "pdf", 10, cost=c)
        for f, c in (("a", 1.0), ("b", 4.0))
        for _ in range(600)
    ]
    values = {rank: float(place % 2) for place, rank in enumerate(sorted(first_draw(cards)))}
    draw = second_draw(cards, values, budget=200)
    got = Counter(cards[rank].folders[0] for rank in draw.second)
    assert got["a"] == pytest.approx(2 * got["b"], rel=0.25)
    assert sum(cards[rank].cost for rank in draw.second) <= 200


def test_without_a_budget_only_the_first_files_are_read():
    cards, risks = authority()
    draw = second_draw(cards, {rank: risks[rank].value for rank in first_draw(cards)}, budget=0)
    assert draw.second == ()


# ---------------------------------------------------------------------- what is told of the rest


def told(cards, risks, seed, budget, scale=FEW, keep=1.0):
    first = first_draw(cards, seed=seed, scale=scale)
    values = {rank: risks[rank].value for rank in first}
    draw = second_draw(cards, values, budget=budget, seed=seed, scale=scale)
    reached = draw.order[: math.ceil(keep * len(draw.order))]
    return draw, estimates(cards, draw, {rank: risks[rank] for rank in reached})


@pytest.mark.parametrize(("budget", "keep"), [(0, 1.0), (150, 1.0), (150, 0.8)])
def test_the_estimate_is_right_on_average_wherever_one_stops(budget, keep):
    cards, risks = authority(sizes=(700, 400))
    truth = Counter()
    for card, risk in zip(cards, risks, strict=True):
        truth[card.store] += risk.value
    sums = {"s0": [], "s1": []}
    for seed in range(250):
        draw, found = told(cards, risks, seed, budget, keep=keep)
        assert len(set(draw.strata)) > 8
        for item in found:
            assert (1.0 in item.inclusion.values()) is (budget > 0), "the second draw is used"
            sums[item.store].append(item.risk.value)
    for store, values in sums.items():
        error = np.std(values, ddof=1) / math.sqrt(len(values))
        assert abs(np.mean(values) - truth[store]) < 3.3 * error, store


def test_the_interval_holds_the_truth_most_of_the_time_and_the_second_draw_narrows_it():
    cards, risks = authority(sizes=(900,))
    truth = sum(risk.value for risk in risks)
    held, widths = 0, {0: [], 200: []}
    for seed in range(120):
        for budget, width in widths.items():
            _, (item,) = told(cards, risks, seed, budget)
            width.append(item.bounds.width)
            if budget:
                held += item.bounds.low <= truth <= item.bounds.high
    assert held >= 0.9 * 120
    assert np.mean(widths[200]) < 0.6 * np.mean(widths[0])


def test_until_each_stratum_is_drawn_again_the_first_files_stand_for_the_store():
    cards, risks = authority(sizes=(900,))
    draw, _ = told(cards, risks, 1, 200)
    one_short = draw.order[: len(draw.first) + 3]
    (item,) = estimates(cards, draw, {rank: risks[rank] for rank in one_short})
    assert set(item.inclusion) == set(draw.first)
    assert set(item.inclusion.values()) == {len(draw.first) / 900}


def test_the_interval_is_that_of_the_strata_drawn():
    cards, risks = authority(sizes=(900,))
    draw, (item,) = told(cards, risks, 1, 200)
    used = sorted(item.inclusion)
    again = store_risk(
        [risks[rank] for rank in used],
        examined_bytes=1,
        unexamined_bytes=0,
        inclusion=[item.inclusion[rank] for rank in used],
        strata=[draw.strata[rank] for rank in used],
        seed=1,
    )
    assert item.bounds == again.interval
    left = Counter(draw.strata[rank] for rank in set(range(900)) - set(draw.first))
    drawn = Counter(draw.strata[rank] for rank in draw.second)
    assert all(
        item.inclusion[rank] == drawn[draw.strata[rank]] / left[draw.strata[rank]]
        for rank in draw.second
    )


def test_a_store_read_whole_has_its_exact_risk():
    cards, risks = authority(sizes=(60,))
    _, (item,) = told(cards, risks, 1, 0, scale=default_scale())
    assert item.risk.value == pytest.approx(sum(risk.value for risk in risks))
    assert item.bounds.width == 0
    assert set(item.inclusion.values()) == {1.0}


def test_one_may_stop_when_the_intervals_of_neighbours_do_not_touch():
    cards, risks = authority(sizes=(60, 50))
    strong = [
        file_risk([Found(PersonalData.SECRET, 9, 9, 1.0)], OPEN) if card.store == "s1" else risk
        for card, risk in zip(cards, risks, strict=True)
    ]
    draw, found = told(cards, strong, 1, 0, scale=default_scale())
    assert [item.store for item in found] == ["s1", "s0"]
    assert undecided(found) == ()
    assert sampling_reasons(draw, found)[1].code == "settled"
    cards, risks = authority(sizes=(600,))
    twin = [replace(card, store="s1") for card in cards]
    draw, found = told([*cards, *twin], [*risks, *risks], 1, 100)
    assert undecided(found)
    assert sampling_reasons(draw, found)[1].code == "unsettled"


def test_a_file_that_cannot_be_read_is_counted_as_not_examined():
    cards, risks = authority(sizes=(60,))
    draw = Draw(first_draw(cards), (), strata_of(cards), 1)
    read = {rank: None if cards[rank].kind == "xlsx" else risks[rank] for rank in draw.first}
    (item,) = estimates(cards, draw, read)
    lost = sum(card.size for card in cards if card.kind == "xlsx")
    assert item.risk.unexamined_bytes == lost
    assert item.risk.if_alike > 0
    assert item.read == sum(card.kind == "pdf" for card in cards)


def test_a_store_in_which_nothing_could_be_read_is_not_said_to_be_safe():
    cards, _ = authority(sizes=(60,))
    draw = Draw(first_draw(cards), (), strata_of(cards), 1)
    for read in ({}, dict.fromkeys(draw.first)):
        (item,) = estimates(cards, draw, read)
        assert (item.risk.if_alike, item.bounds) == (None, None)
        assert item.risk.unexamined_bytes == sum(card.size for card in cards)


def test_each_stratum_tells_the_share_of_files_that_hold_something():
    cards, risks = authority(sizes=(900,))
    draw, (item,) = told(cards, risks, 1, 200)
    assert sum(part.files for part in item.strata) == 900
    assert sum(part.read for part in item.strata) == len(draw.order)
    for part in item.strata:
        assert part.share == wilson(part.holding, part.read)


def test_a_file_that_was_not_drawn_is_refused():
    cards, risks = authority()
    draw = Draw((0,), (), strata_of(cards), 1)
    with pytest.raises(ValueError, match="not drawn"):
        estimates(cards, draw, {1: risks[1]})
