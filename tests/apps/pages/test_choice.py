"""The choice: bands, gauges, minority views, and other weights checked by trying everything."""

from __future__ import annotations

from itertools import combinations

import pytest

from gouvernail.apps.selection import presentation

pytestmark = pytest.mark.usefixtures("in_french")


def best_by_hand(problem, weights):
    """Return the best portfolio on the middles of the values, by trying every one of them."""
    total = sum(weights.values())
    best, best_value = None, -1.0
    cases = problem["cases"]
    for size in range(problem["cardinality"][0], problem["cardinality"][1] + 1):
        for chosen in combinations(cases, size):
            uses = {k: sum(c["uses"][k] for c in chosen) for k in problem["limits"]}
            if any(uses[k] > limit for k, limit in problem["limits"].items()):
                continue
            value = 0.0
            for case in chosen:
                for criterion, weight in weights.items():
                    given = case["values"][criterion]
                    middle = sum(given) / 2 if isinstance(given, list) else given
                    value += weight / total * middle
            if value > best_value + 1e-12:
                best, best_value = {c["id"] for c in chosen}, value
    return best


@pytest.mark.parametrize(
    "typed",
    [(40, 35, 25), (10, 10, 80), (0, 0, 100), (100, 0, 0), (0, 100, 0), (33, 33, 33), (5, 90, 5)],
)
def test_other_weights_give_what_trying_everything_gives(plan, typed):
    selection = plan["selection"]
    # Exact values: then the least regret of a single weighting is simply the best value.
    for case in selection["problem"]["cases"]:
        for name, value in case["values"].items():
            case["values"][name] = sum(value) / 2 if isinstance(value, list) else value
    criteria = [item["id"] for item in selection["criteria"]]
    params = {f"p-{c}": str(v) for c, v in zip(criteria, typed, strict=True)}
    found = presentation.trial(selection, params)
    titles = {case["id"]: case["title"] for case in selection["cases"]}
    weights = dict(zip(criteria, typed, strict=True))
    expected = {titles[case] for case in best_by_hand(selection["problem"], weights)}
    assert set(found.cases) == expected
    was = {titles[case] for case in selection["recommended"]}
    assert set(found.entering) == expected - was
    assert set(found.leaving) == was - expected


def test_weights_are_brought_back_to_a_hundred(plan):
    once = presentation.trial(
        plan["selection"], {"p-quality": "4", "p-relief": "3,5", "p-feasibility": "2.5"}
    )
    shares = [share.replace("\u00a0", " ") for _label, share in once.shares]
    assert shares == ["40 %", "35 %", "25 %"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("beaucoup", "Un poids est un nombre"), ("-1", "Un poids va de 0 à 100"),
     ("101", "Un poids va de 0 à 100"), ("nan", "Un poids va de 0 à 100"), ("", "nombre")],
)  # fmt: skip
def test_a_weight_that_cannot_be_read_is_said_by_its_field(planned, typed, said):
    answer = planned.get("/choisir", {"p-quality": typed, "p-relief": "1", "p-feasibility": "1"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert 'aria-invalid="true"' in text
    assert "Rien n’a été calculé." in text


def test_weights_all_at_zero_are_refused(planned):
    zeros = {"p-quality": "0", "p-relief": "0", "p-feasibility": "0"}
    answer = planned.get("/choisir", zeros)
    assert answer.status_code == 422
    assert "Donnez au moins un poids au-dessus de zéro" in answer.content.decode()


def test_weights_not_given_in_an_address_count_for_nothing(planned):
    assert planned.get("/choisir?p-quality=100").status_code == 200


def test_bands_are_as_wide_as_the_shares(plan):
    for bar, case in zip(
        presentation.bars(plan["selection"]), plan["selection"]["cases"], strict=True
    ):
        assert float(bar.width[:-1]) == pytest.approx(100 * case["acceptability"])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.0, "100 %"),
        (0.9999, "plus de 99 %"),
        (0.0, "0 %"),
        (0.001, "moins de 1 %"),
        (0.71, "71 %"),
    ],
)
def test_what_is_not_sure_is_never_rounded_to_sure(value, said):
    assert presentation.share(value).replace("\u00a0", " ") == said


def test_gauges_say_what_is_used_and_what_is_left(plan):
    gauge = presentation.gauges(plan["selection"])[0]
    assert gauge.used.replace("\u00a0", " ") == "32 000 €"
    assert gauge.share == 80
    assert gauge.margin.replace("\u00a0", " ") == "20 % de marge"


def test_a_view_against_the_proposal_is_marked(plan):
    lines = presentation.actor_lines(plan["selection"])
    marks = {line.name: [against for _share, against in line.shares] for line in lines}
    assert marks == {
        "Isabelle Cormier, maire": [False, False],
        "Michel Carrère, cadre de vie": [True, True],
    }


def test_when_nothing_fits_the_page_says_what_cannot_hold_together(keep, plan, alice):
    plan["selection"]["conflict"] = [{"fr": "la limite est de 0", "en": "the limit is 0"}]
    plan["selection"]["recommended"] = []
    keep(plan)
    text = alice.get("/choisir").content.decode()
    assert "Rien ne tient dans les limites" in text
    assert "la limite est de 0" in text


def test_without_any_case_in_the_running_the_page_says_what_to_do(keep, plan, alice):
    plan["selection"] = None
    keep(plan)
    assert "Aucun cas n’est encore en lice" in alice.get("/choisir").content.decode()


def test_the_page_shows_what_would_make_a_case_drop_out(planned):
    text = planned.get("/choisir").content.decode()
    assert "Il ne sortirait que si la faisabilité pesait plus de 38" in text
    assert "Présélection des candidatures" in text
