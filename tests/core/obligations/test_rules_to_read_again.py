"""A rule not read against its texts for six months is shown as such."""

from datetime import date, timedelta

import pytest

from gouvernail_core.obligations import stale_rules
from gouvernail_core.obligations.currency import READ_AGAIN_AFTER

READ_ON = date(2026, 11, 22)


@pytest.mark.parametrize(("late", "stale"), [(-1, False), (0, False), (1, True)])
def test_a_rule_is_to_be_read_again_after_six_months(late: int, stale: bool) -> None:
    on = READ_ON + READ_AGAIN_AFTER + timedelta(days=late)
    assert ("AIA-27" in [item.rule for item in stale_rules(on=on)]) is stale


def test_a_rule_written_from_memory_is_always_to_be_read() -> None:
    found = {item.rule: item.last_read for item in stale_rules(on=READ_ON)}
    assert found["RGPD-06"] is None
    assert "AIA-27" not in found
