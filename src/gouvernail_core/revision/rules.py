"""What a change of the rules changes for cases that did not move: which rule, which case, why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gouvernail_core.kernel import Finding, Outcome, Text


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that no longer says the same of a case (`case` "" is the authority).

    `before` is none for a rule that did not exist, `after` for one that no longer does.
    """

    case: str
    rule: str
    title: Text
    before: Outcome | None
    after: Outcome | None
    why: Text


def rule_changes_between(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Iterable[Finding]]
) -> tuple[RuleChange, ...]:
    """Return the rules whose outcome moved, case by case, in the order of `after`.

    `before` holds the outcomes as a plan stored them, by case then rule; `after` what today's
    rules say of the same facts. A rule read again, whose outcome stays, has not moved; neither has
    a new rule that does not apply, nor a case the plan did not know.

    >>> rule_changes_between({"c1": {"RGPD-30": "due"}}, {"c1": []})[0].after is None
    True
    """
    return tuple(
        move
        for case, findings in after.items()
        if case in before
        for move in _moves(case, before[case], findings)
    )


def _moves(case: str, was: Mapping[str, str], findings: Iterable[Finding]) -> Iterable[RuleChange]:
    now = {finding.rule: finding for finding in findings}
    for rule, finding in now.items():
        old = Outcome(was[rule]) if rule in was else None
        if old is finding.outcome or (old is None and finding.outcome is Outcome.NOT_APPLICABLE):
            continue
        why = finding.reasons[0].text if finding.reasons else finding.title
        yield RuleChange(case, rule, finding.title, old, finding.outcome, why)
    for rule, outcome in was.items():
        if rule not in now and Outcome(outcome) is not Outcome.NOT_APPLICABLE:
            gone = Text("Cette règle n’existe plus.", "This rule no longer exists.")
            yield RuleChange(case, rule, Text(rule, rule), Outcome(outcome), None, gone)
