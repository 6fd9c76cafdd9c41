"""How long ago each rule was read against its texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gouvernail_core.knowledge.loader import load_rules
from gouvernail_core.knowledge.schema import RuleSpec

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
    found = (RuleStatus(rule.code, last_read(rule)) for rule in load_rules())
    return tuple(item for item in found if item.last_read is None or is_old(item.last_read, on=on))


def last_read(rule: RuleSpec) -> date | None:
    """Return the last day a rule was read against its texts, by a jurist or not; none if never."""
    days = [source.read_on for source in rule.sources if source.read_on is not None]
    if rule.validated is not None:
        days.append(rule.validated.on)
    return max(days, default=None)


def is_old(read_on: date, *, on: date) -> bool:
    """Return whether what was read on a day is to be read again on the day `on`.

    >>> [is_old(date(2026, 5, day), on=date(2026, 11, 22)) for day in (22, 23)]
    [True, False]
    """
    return on - read_on > READ_AGAIN_AFTER
