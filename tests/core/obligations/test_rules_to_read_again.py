"""A rule not read against its texts for six months is shown as such."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gouvernail_core.knowledge.loader import load_rules
from gouvernail_core.knowledge.schema import Validation
from gouvernail_core.obligations import stale_rules
from gouvernail_core.obligations.currency import READ_AGAIN_AFTER, last_read
from gouvernail_core.steering.said import reading

READ_ON = date(2026, 11, 22)


@pytest.mark.parametrize(("late", "stale"), [(-1, False), (0, False), (1, True)])
def test_a_rule_is_to_be_read_again_after_six_months(late: int, stale: bool) -> None:
    on = READ_ON + READ_AGAIN_AFTER + timedelta(days=late)
    assert ("AIA-27" in [item.rule for item in stale_rules(on=on)]) is stale


def test_a_rule_written_from_memory_is_always_to_be_read() -> None:
    found = {item.rule: item.last_read for item in stale_rules(on=READ_ON)}
    assert found["RGPD-06"] is None
    assert "AIA-27" not in found


def test_a_jurist_s_reading_counts_as_a_reading() -> None:
    rule = next(rule for rule in load_rules() if rule.code == "RGPD-06")
    assert last_read(rule) is None
    seen = replace(rule, validated=Validation("Une juriste", date(2027, 3, 1)))
    assert last_read(seen) == date(2027, 3, 1)


def test_a_finding_says_when_its_rule_was_read_and_whether_too_long_ago() -> None:
    fresh, old = (reading("AIA-27", on=READ_ON + timedelta(days=days)) for days in (0, 184))
    assert fresh == {"last_read": "2026-11-22", "read_again": False, "validated": None}
    assert old["read_again"] is True
    assert reading("RGPD-06", on=READ_ON)["last_read"] is None
    assert reading("RGPD-06", on=READ_ON)["read_again"] is False
