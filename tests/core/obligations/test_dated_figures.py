"""A figure of the law changes on its day: the eve, the day, the morrow."""

from datetime import date
from typing import Any

import pytest

from gouvernail_core.kernel import Finding, Outcome
from gouvernail_core.knowledge.loader import load_parameters
from gouvernail_core.obligations import Situation, assess

ON = date(2026, 11, 22)


def purchase(value: float, on: date) -> Finding:
    facts = {"contract.kind": "marché", "contract.need_value_ht": value}
    return assess(Situation.of(facts), on=on, ask=False).finding("CP-SEUIL")


def procedure(value: float, on: date) -> str:
    codes = [reason.code for reason in purchase(value, on).reasons]
    return next(
        code.removeprefix("procedure:") for code in codes if code.startswith("procedure:CP")
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 3, 31), "CP_BOAMP", id="eve"),
        pytest.param(date(2026, 4, 1), "CP_GRE_A_GRE", id="day"),
        pytest.param(date(2026, 4, 2), "CP_GRE_A_GRE", id="morrow"),
    ],
)
def test_fifty_thousand_euros_need_no_tender_from_april_2026(on: date, expected: str) -> None:
    assert procedure(50_000, on) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "CP_GRE_A_GRE"),
        (59_999.99, "CP_GRE_A_GRE"),
        (60_000, "CP_BOAMP"),
        (89_999, "CP_BOAMP"),
        (90_000, "CP_FORMALISE"),
        (140_000, "CP_FORMALISE"),
        (215_999, "CP_FORMALISE"),
        (216_000, "CP_FORMALISE-reached"),
    ],
)
def test_the_procedure_changes_at_each_threshold_and_not_at_that_of_the_state(
    value: float, expected: str
) -> None:
    assert procedure(value, ON) == expected


def test_says_that_the_figure_is_not_known_after_its_last_day() -> None:
    found = purchase(50_000, date(2028, 1, 1))
    assert found.outcome is Outcome.TO_EXAMINE
    assert found.missing == ("parameter.CP_FORMALISE",)
    assert purchase(50_000, date(2027, 12, 31)).outcome is Outcome.DUE


HIGH_RISK = {
    "use_case.is_ai_system": True,
    "use_case.annex_iii_points": ["4a"],
    "use_case.profiling": True,
}


def dated(on: date = ON, **facts: Any) -> Finding:
    stated = {f"use_case.{name}": value for name, value in facts.items()}
    return assess(Situation.of({**HIGH_RISK, **stated}), on=on, ask=False).finding("AIA-DATE")


@pytest.mark.parametrize(
    ("first_use", "expected"),
    [
        pytest.param("2027-12-01", date(2030, 8, 2), id="eve"),
        pytest.param("2027-12-02", date(2027, 12, 2), id="day"),
        pytest.param("2027-12-03", date(2027, 12, 2), id="morrow"),
    ],
)
def test_a_system_in_service_before_the_day_has_until_2030(first_use: str, expected: date) -> None:
    found = dated(first_use=first_use)
    assert (found.outcome, found.applies_from) == (Outcome.DUE, expected)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("2027-12-01", date(2030, 8, 2)),
        ("2027-12-02", date(2027, 12, 2)),
        ("2029-05-04", date(2029, 5, 4)),
        ("2031-01-01", date(2030, 8, 2)),
        (None, date(2030, 8, 2)),
    ],
)
def test_a_deep_change_of_the_design_brings_the_day_forward(
    change: str | None, expected: date
) -> None:
    found = dated(date(2032, 1, 1), first_use="2026-01-01", significant_design_change=change)
    assert (found.outcome, found.applies_from) == (Outcome.DUE, expected)


def test_takes_the_nearest_day_and_asks_while_the_first_use_is_not_known() -> None:
    found = dated()
    assert found.outcome is Outcome.TO_EXAMINE
    assert found.missing == ("use_case.first_use",)
    assert found.applies_from == date(2027, 12, 2)


def test_asks_about_a_deep_change_once_one_may_have_happened() -> None:
    after = dated(date(2028, 6, 1), first_use="2026-01-01")
    assert after.missing == ("use_case.significant_design_change",)
    assert dated(date(2027, 12, 1), first_use="2026-01-01").applies_from == date(2030, 8, 2)


def test_a_safety_component_alone_has_the_later_day() -> None:
    found = dated(annex_iii_points=[], annex_i_safety_component=True, first_use="2028-09-01")
    assert found.applies_from == date(2028, 8, 2)
    both = dated(annex_i_safety_component=True, first_use="2028-09-01")
    assert both.applies_from == date(2027, 12, 2)


@pytest.mark.parametrize(
    ("flags", "expected"),
    [(["ba"], date(2026, 12, 2)), (["c"], date(2025, 2, 2)), (["ba", "c"], date(2025, 2, 2))],
)
def test_a_prohibited_practice_has_the_day_of_its_own_point(
    flags: list[str], expected: date
) -> None:
    found = assess(Situation.of({"use_case.prohibited_flags": flags}), on=ON, ask=False).finding(
        "AIA-05"
    )
    assert (found.outcome, found.applies_from) == (Outcome.BLOCKING, expected)


def test_a_duty_of_a_day_to_come_is_due_and_says_so() -> None:
    found = assess(Situation.of(HIGH_RISK), on=ON, ask=False).finding("AIA-27")
    assert found.outcome is Outcome.DUE
    assert found.reasons[-1].code == "not-yet"
    later = assess(Situation.of(HIGH_RISK), on=date(2027, 12, 2), ask=False).finding("AIA-27")
    assert "not-yet" not in [reason.code for reason in later.reasons]


def test_the_periods_of_a_parameter_never_overlap() -> None:
    for parameter in load_parameters().values():
        for value in parameter.values:
            if value.start is not None:
                assert parameter.at(value.start) is value
            if value.until is not None:
                assert parameter.at(value.until) is value


@pytest.mark.parametrize(
    ("sold", "expected"),
    [
        pytest.param("2026-08-01", date(2026, 12, 2), id="eve"),
        pytest.param("2026-08-02", date(2026, 8, 2), id="day"),
        pytest.param(None, date(2026, 8, 2), id="not-known"),
    ],
)
def test_a_tool_sold_before_august_2026_marks_its_content_later(
    sold: str | None, expected: date
) -> None:
    facts = {
        "use_case.is_ai_system": True,
        "use_case.built_in_house": True,
        "use_case.generative": True,
        "use_case.outputs": ["texte"],
        "use_case.placed_on_market": sold,
    }
    found = assess(Situation.of(facts), on=ON, ask=False).finding("AIA-50-2")
    assert (found.outcome, found.applies_from) == (Outcome.DUE, expected)
