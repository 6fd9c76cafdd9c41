"""Who validates, what is looked at: shares checked another way, and nothing of a person."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from scipy.optimize import brentq
from scipy.stats import binomtest, norm

from gouvernail_core.kernel import Finding, Outcome, Ternary, Text
from gouvernail_core.obligations import (
    ActValidation,
    SecondReading,
    unshown_periods,
    validation_map,
    validator_asked,
)
from gouvernail_core.obligations.validation import rate, to_read_again, wilson

TWO = ActValidation("repas", "Commande", ("ines", "paul"), "Arrêté", ("le menu",), 10, "lucie")
ALONE = ActValidation("notes", "Compte rendu", ("marc",))


def period(on=date(2026, 10, 31), case="repas", act="Commande", **counted):
    return SecondReading(case, act, on, **counted)


@pytest.mark.parametrize(("count", "of"), [(0, 10), (1, 10), (3, 12), (15, 105), (40, 40)])
def test_the_interval_is_that_of_scipy(count, of):
    known = binomtest(count, of).proportion_ci(0.95, method="wilson")
    assert wilson(count, of) == pytest.approx((known.low, known.high), abs=1e-9)


@pytest.mark.parametrize(("count", "of"), [(1, 10), (3, 12), (15, 105)])
def test_its_ends_are_where_the_share_is_just_believable(count, of):
    z, seen = norm.ppf(0.975), count / of
    apart = lambda p: abs(seen - p) - z * (p * (1 - p) / of) ** 0.5  # noqa: E731
    low, high = brentq(apart, 1e-9, seen), brentq(apart, seen, 1 - 1e-9)
    assert wilson(count, of) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("wrong", [(1, 0), (-1, 10), (11, 10)])
def test_what_is_no_share_has_no_interval(wrong):
    with pytest.raises(ValueError, match="no share"):
        wilson(*wrong)


def test_the_sample_is_the_fewest_that_reach_the_part_asked():
    for validated, percent in product(range(121), (0, 1, 7, 10, 20, 33, 100)):
        fewest = next(n for n in range(validated + 1) if 100 * n >= validated * percent)
        assert to_read_again(validated, percent) == fewest


def test_no_rate_under_ten_nor_for_a_person_alone():
    assert rate(2, 9, people=2).share is None
    assert "9 sur les 10" in rate(2, 9, people=2).refused.fr
    assert "le sien" in rate(3, 40, people=1).refused.fr
    assert rate(3, 40, people=1).low is None
    assert rate(2, 10, people=2).share == 0.2


def test_a_line_adds_the_periods_and_leaves_the_unknown_out():
    found = validation_map(
        [TWO],
        [
            period(validated=44, changed=6, read_again=5, wrong=1),
            period(date(2026, 9, 30), validated=61, changed=9, read_again=6, wrong=0),
            period(date(2026, 8, 31), validated=500),  # nobody counted the changes
            period(case="autre", validated=99, changed=99),
        ],
        {},
    )
    [line] = found
    assert (line.overridden.count, line.overridden.of) == (15, 105)
    assert (line.wrong.count, line.wrong.of) == (1, 11)
    assert (line.read_again, line.expected) == (11, 5 + 7 + 50)


def test_a_case_that_asks_for_a_validator_and_has_none_is_a_line_of_its_own():
    asked = {
        "repas": (Ternary.YES, ("RGPD-22",)),
        "guichet": (Ternary.YES, ("VAL-NEUTRE",)),
        "doute": (Ternary.UNKNOWN, ("AIA-26-2",)),
        "non": (Ternary.NO, ()),
    }
    found = validation_map([TWO], [], asked)
    assert [(line.case, line.validation is None) for line in found] == [
        ("repas", False), ("guichet", True), ("doute", True),
    ]  # fmt: skip


def finding(rule, outcome):
    return Finding(rule=rule, outcome=outcome, title=Text("", ""), reasons=())


def test_which_acts_need_a_validator_follows_from_the_duties():
    due, ask, no = Outcome.DUE, Outcome.TO_EXAMINE, Outcome.NOT_APPLICABLE
    assert validator_asked([finding("ACC-47", due)]) == (Ternary.NO, ())
    assert validator_asked([finding("RGPD-22", Outcome.BLOCKING)])[0] is Ternary.YES
    assert validator_asked([finding("VAL-DISCR", no), finding("AIA-26-2", ask)]) == (
        Ternary.UNKNOWN, ("AIA-26-2",),
    )  # fmt: skip


NOTHING = {"validated": 20, "changed": 0, "read_again": 0}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, True),
        ({"validated": 19}, False),
        ({"changed": 1}, False),
        ({"read_again": 1}, False),
        ({"changed": None}, False),  # unknown is not nought
        ({"read_again": None}, False),
        ({"validated": None}, False),
    ],
)
def test_a_period_without_a_trace_of_reading_is_told_to_who_validates(more, told):
    readings = [period(**{**NOTHING, **more})]
    assert bool(unshown_periods("ines", [TWO], readings)) is told


def test_it_is_told_to_nobody_else():
    readings = [period(**NOTHING)]
    for other in ("lucie", "marc", "", "inconnu"):
        assert unshown_periods(other, [TWO, ALONE], readings) == ()


def test_no_line_of_the_map_says_that_nothing_shows_a_reading():
    [line] = validation_map([TWO], [period(**NOTHING)], {})
    assert not {"flag", "unshown", "unread"} & set(type(line).__slots__)
