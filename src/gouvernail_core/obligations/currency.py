"""How long ago each rule was read against its texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gouvernail_core.knowledge.loader import load_rules

#: A rule not read again for six months is shown as such: the law of AI moved three times in 2026.
READ_AGAIN_AFTER = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class RuleStatus:
    """When a rule was last read: the last day one of its sources was; none if never."""

    rule: str
    last_read: date | None


def stale_rules(*, on: date) -> tuple[RuleStatus, ...]:
    """Return the rules to read again on the day `on`: never read, or not for six months.

    >>> [item.rule for item in stale_rules(on=date(2026, 11, 22)) if item.last_read is not None]
    []
    """
    found = []
    for rule in load_rules():
        days = [source.read_on for source in rule.sources if source.read_on is not None]
        last = max(days, default=None)
        if last is None or on - last > READ_AGAIN_AFTER:
            found.append(RuleStatus(rule.code, last))
    return tuple(found)
