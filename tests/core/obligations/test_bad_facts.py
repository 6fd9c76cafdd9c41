"""What is not understood is refused, with the place and the nearest name."""

from datetime import date

import pytest

from gouvernail_core.kernel import RefusedError
from gouvernail_core.obligations import Situation


def refusal(**facts: object) -> str:
    with pytest.raises(RefusedError) as caught:
        Situation.of({name.replace("__", "."): value for name, value in facts.items()})
    return caught.value.problems[0].sentence()


def test_proposes_the_nearest_name_of_an_unknown_fact() -> None:
    assert "use_case.profiling" in refusal(use_case__profilling=True)


def test_proposes_the_nearest_code_of_a_set() -> None:
    said = refusal(use_case__data=["santee"])
    assert "santé" in said
    assert said.casefold().startswith("use_case.data")


@pytest.mark.parametrize("value", ["oui", 1, 0, "true", ["x"]])
def test_a_yes_or_no_fact_is_true_or_false_only(value: object) -> None:
    assert "true ou false" in refusal(use_case__profiling=value)


@pytest.mark.parametrize("value", [-1, 2.5, True, "48", float("nan"), float("inf")])
def test_a_headcount_is_a_whole_number_of_zero_or_more(value: object) -> None:
    assert "nombre entier" in refusal(authority__agents=value)


@pytest.mark.parametrize("value", ["2027-02-30", "demain", 20270101, True])
def test_a_date_is_a_day_that_exists(value: object) -> None:
    assert "2027-03-15" in refusal(use_case__first_use=value)


def test_a_set_is_a_list_and_not_a_text() -> None:
    assert "liste" in refusal(use_case__data="santé")


def test_every_faulty_fact_is_named_at_once() -> None:
    with pytest.raises(RefusedError) as caught:
        Situation.of({"use_case.nope": 1, "authority.agents": -3, "use_case.data": ["identité"]})
    assert [problem.path for problem in caught.value.problems] == [
        "use_case.nope",
        "authority.agents",
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [("sante", "santé"), ("Santé", "santé"), ("VIE-SEXUELLE", "vie_sexuelle"), ("nir", "NIR")],
)
def test_reads_a_code_without_its_accents(written: str, code: str) -> None:
    assert Situation.of({"use_case.data": [written]}).facts["use_case.data"] == {code}


@pytest.mark.parametrize("written", ["5a", "5(a)", "5 a", "5A"])
def test_reads_a_point_of_the_annex_as_people_write_it(written: str) -> None:
    facts = Situation.of({"use_case.annex_iii_points": [written]}).facts
    assert facts["use_case.annex_iii_points"] == {"5a"}


def test_keeps_an_item_of_an_open_list_in_the_words_given() -> None:
    facts = Situation.of({"use_case.cnil_required_items": ["autre cas de la liste"]}).facts
    assert facts["use_case.cnil_required_items"] == {"autre cas de la liste"}


def test_null_means_not_answered_except_for_a_change_known_to_be_none() -> None:
    facts = Situation.of(
        {"use_case.profiling": None, "use_case.significant_design_change": None}
    ).facts
    assert facts == {"use_case.significant_design_change": None}


def test_one_fact_more_or_less_gives_another_situation() -> None:
    first = Situation.of({"use_case.first_use": "2027-01-05"})
    assert first.facts["use_case.first_use"] == date(2027, 1, 5)
    more = first.having("use_case.profiling", True)
    assert more.without("use_case.profiling") == first
    assert "use_case.profiling" not in first.facts
