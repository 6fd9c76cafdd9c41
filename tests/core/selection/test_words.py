"""Sentences say what is proven and what is estimated, and never round a doubt away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouvernail_core.selection import CaseResult, DropOut, DropOutValues, Regret, Status
from gouvernail_core.selection.words import (
    STATUS_WORDS,
    acceptability_sentence,
    drop_out_sentence,
    percent,
    proof_sentence,
    regret_sentence,
)

CHANGE = DropOut(0.04, "coût", 0.15, 0.17, {"coût": 0.17}, ("c2",), ("c1",))
CASE = CaseResult("c1", True, 0.92, 0.0027, Status.BORDERLINE, True, CHANGE, True)
REGRET = Regret(0.1, 1.94, 5.2, {"coût": 1.0}, ("c2",))


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.0, "0\u202f%"),
        (0.004, "moins de 1\u202f%"),
        (0.92, "92\u202f%"),
        (0.9999, "plus de 99\u202f%"),
        (1.0, "100\u202f%"),
    ],
)
def test_a_share_is_told_as_certain_only_when_it_is(share, expected):
    assert percent(share).fr == expected


def test_says_the_share_of_the_weightings():
    assert acceptability_sentence(CASE).fr == (
        "Dans 92\u202f% des pondérations admises, ce cas fait partie du meilleur portefeuille."
    )


def test_says_proven_only_of_the_core_and_the_exterior():
    core = replace(CASE, acceptability=1.0, standard_error=0.0, status=Status.CORE)
    assert proof_sentence(core, draws=10_000).fr == "Prouvé pour toutes les pondérations."
    assert "Quelle que soit" in acceptability_sentence(core).fr
    out = replace(core, acceptability=0.0, status=Status.EXTERIOR)
    assert "ne fait pas partie" in acceptability_sentence(out).fr
    assert proof_sentence(CASE, draws=10_000).fr == (
        "Estimé sur 10\u202f000 tirages, à 1 point près."
    )


def test_a_sample_without_exception_is_still_an_estimate():
    seen_in_all = replace(
        CASE, acceptability=1.0, standard_error=0.0, status=Status.CORE, proven=False
    )
    # Rule of three: 3 / 100 at most may be missed with 95 % confidence.
    assert proof_sentence(seen_in_all, draws=100).fr == "Estimé sur 100 tirages, à 3 points près."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {},
            "Il ne sortirait que si le poids de «\u202fcoût\u202f» dépassait 17\u202f% "
            "(15\u202f% aujourd’hui). Prendrait sa place\u202f: «\u202fc2\u202f».",
        ),
        (
            {"recommended": False, "drop_out": replace(CHANGE, end=0.1)},
            "Il n’entrerait que si le poids de «\u202fcoût\u202f» passait sous 10\u202f% "
            "(15\u202f% aujourd’hui). Céderait sa place\u202f: «\u202fc1\u202f».",
        ),
        ({"drop_out": None}, "Aucune pondération admise ne le fait sortir."),
        ({"drop_out": None, "recommended": False}, "Aucune pondération admise ne le fait entrer."),
        (
            {"drop_out": None, "drop_out_proven": False},
            "Aucune pondération examinée ne le fait changer de côté\u202f; "
            "ce n’est pas une preuve.",
        ),
    ],
)
def test_says_what_would_change_the_choice(changes, expected):
    assert drop_out_sentence(replace(CASE, **changes)).fr == expected


def test_a_small_move_keeps_a_decimal():
    near = replace(CASE, drop_out=replace(CHANGE, end=0.152))
    assert "dépassait 15,2\u202f% (15,0\u202f% aujourd’hui)" in drop_out_sentence(near).fr


@pytest.mark.parametrize("recommended", [True, False])
@pytest.mark.parametrize("values", list(DropOutValues))
def test_says_when_the_case_is_already_on_the_other_side(recommended, values):
    here = replace(CHANGE, distance=0.0, criterion=None, start=None, end=None, values=values)
    sentence = drop_out_sentence(replace(CASE, recommended=recommended, drop_out=here))
    assert "aujourd’hui" in sentence.fr
    assert "today" in sentence.en


def test_says_the_regret_and_whether_it_is_a_bound():
    assert "1,9\u202f% de moins" in regret_sentence(REGRET).fr
    assert "majorant" in regret_sentence(replace(REGRET, exact=False, bound="upper")).fr
    assert "au moins" in regret_sentence(replace(REGRET, exact=False, bound="lower")).fr
    assert "meilleur pour toutes" in regret_sentence(replace(REGRET, value=0.0)).fr


def test_every_status_has_words():
    assert set(STATUS_WORDS) == set(Status)
