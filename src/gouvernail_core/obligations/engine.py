"""From facts to what the law asks: one finding per rule, and the questions that decide most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from gouvernail_core.kernel import Finding, Outcome, Reason, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.knowledge.loader import load_facts, load_rules, rules_version
from gouvernail_core.knowledge.schema import FactSpec, FactType, KnowledgeError, RuleSpec
from gouvernail_core.obligations.conditions import Condition, compile_condition
from gouvernail_core.obligations.context import Context
from gouvernail_core.obligations.derived import DATES, derive
from gouvernail_core.obligations.judgement import Judgement, all_judged, not_judged
from gouvernail_core.obligations.model import Assessment, Question, Situation

_VIDEO = "VID-VSA"
_PROHIBITED = "AIA-05"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to be asked: its file, its conditions, and every fact it may read."""

    spec: RuleSpec
    applies: Condition
    blocks: Condition | None
    reads: frozenset[str]


def assess(situation: Situation, *, on: date, ask: bool = True) -> Assessment:
    """Return what every rule says of `situation` on the day `on`.

    An unknown that decides gives *to examine* and names the facts. A rule of law already adopted
    whose day has not come is *due* with `applies_from` ahead; *watch* is for what asks no act: a
    text not adopted or that leaves local authorities out, advice, a right, a penalty.
    Analysis of images of public space stops everything else about the use case; another
    prohibited practice stops the other rules of the AI Act. `ask` false leaves the questions out:
    they are most of the work, and nobody answers them in a batch.

    >>> found = assess(Situation.of({"authority.agents": 49}), on=date(2026, 11, 22))
    >>> found.finding("DS-CDG").outcome.value
    'due'
    """
    findings = _find(situation, on, rules().values())
    ctx = _context(situation, on)
    return Assessment(
        rules_version=rules_version(),
        on=on,
        derived=derive(ctx),
        findings=findings,
        questions=_questions(situation, on, findings) if ask else (),
    )


@cache
def rules() -> dict[str, Rule]:
    """Return the rules ready to be asked, by code; refuse loudly a file that cannot be."""
    compiled: dict[str, tuple[RuleSpec, Condition, Condition | None]] = {}
    for spec in load_rules():
        where = f"obligations/{spec.code.lower()}.yaml"
        applies = compile_condition(f"{where}, applies_if", spec.applies_if)
        blocks = (
            None
            if spec.blocking_if is None
            else compile_condition(f"{where}, blocking_if", spec.blocking_if)
        )
        derived = (spec.applies_from or {}).get("derived")
        if derived is not None and derived not in DATES:
            raise KnowledgeError(f"{where}, applies_from: {derived!r} is not a derived date")
        compiled[spec.code] = (spec, applies, blocks)
    return {
        code: Rule(spec, applies, blocks, _all_reads(code, compiled))
        for code, (spec, applies, blocks) in compiled.items()
    }


def _all_reads(
    code: str,
    compiled: dict[str, tuple[RuleSpec, Condition, Condition | None]],
    above: tuple[str, ...] = (),
) -> frozenset[str]:
    """Return the facts a rule may read, through the rules it refers to, refusing a circle."""
    if code in above:
        raise KnowledgeError(f"obligations: rules in a circle: {' → '.join((*above, code))}")
    if code not in compiled:
        raise KnowledgeError(f"obligations/{above[-1].lower()}.yaml: {code} is not a rule")
    spec, applies, blocks = compiled[code]
    conditions = [applies] if blocks is None else [applies, blocks]
    reads = frozenset().union(*(each.reads for each in conditions))
    for each in conditions:
        for other in each.rules:
            reads |= _all_reads(other, compiled, (*above, code))
    for stop in _stops(spec):
        if stop in compiled and stop != code and code not in above:
            reads |= compiled[stop][1].reads
    return reads


def _stops(spec: RuleSpec) -> tuple[str, ...]:
    """Return the blocking rules that keep `spec` from being computed."""
    if spec.level == "authority" or spec.code == _VIDEO:
        return ()
    if spec.code.startswith("AIA-") and spec.code != _PROHIBITED:
        return (_VIDEO, _PROHIBITED)
    return (_VIDEO,)


def _context(situation: Situation, on: date) -> Context:
    known = rules()

    def applies(code: str) -> Judgement:
        key = f"rule:{code}"
        if key not in ctx.judged:
            ctx.judged[key] = known[code].applies.judge(ctx)
        return ctx.judged[key]

    ctx = Context(situation, on, applies)
    return ctx


def _find(situation: Situation, on: date, wanted: Iterable[Rule]) -> tuple[Finding, ...]:
    ctx = _context(situation, on)
    return tuple(_finding(rule, ctx) for rule in wanted)


def _finding(rule: Rule, ctx: Context) -> Finding:
    spec = rule.spec
    stop = _stopped_by(spec, ctx)
    if stop is not None:
        return _not_computed(rule, stop, ctx)
    judged = ctx.applies(spec.code)
    outcome, reasons, missing = _outcome(rule, judged, ctx)
    applicable = outcome is not Outcome.NOT_APPLICABLE
    since = _applies_from(spec, ctx) if applicable else None
    if since is not None and since > ctx.on:
        reasons = (*reasons, _not_yet(since))
    return _filled(spec, outcome, reasons, missing, since)


def _stopped_by(spec: RuleSpec, ctx: Context) -> str | None:
    """Return the code of the blocking rule that keeps `spec` from being computed, or none."""
    known = rules()
    return next((code for code in _stops(spec) if code in known and ctx.applies(code).yes), None)


def _outcome(
    rule: Rule, judged: Judgement, ctx: Context
) -> tuple[Outcome, tuple[Reason, ...], tuple[str, ...]]:
    """Return the outcome of a rule that is computed, its reasons, the facts it lacks."""
    spec = rule.spec
    if spec.ends is not None and ctx.on > spec.ends:
        said = day_text(spec.ends)
        ended = Text(f"Règle sans objet depuis le {said.fr}.", f"No longer relevant: {said.en}.")
        return Outcome.NOT_APPLICABLE, (Reason("ended", ended),), ()
    if judged.no:
        return Outcome.NOT_APPLICABLE, _said(spec, "not_applicable", judged), ()
    if judged.yes and rule.blocks is not None:
        blocks = rule.blocks.judge(ctx)
        if blocks.unknown:
            both = all_judged([judged, blocks])
            return Outcome.TO_EXAMINE, _said(spec, "to_examine", both), both.missing
        if blocks.yes:
            return Outcome.BLOCKING, _said(spec, "blocking", all_judged([blocks, judged])), ()
        return Outcome.DUE, _said(spec, "due", all_judged([judged, not_judged(blocks)])), ()
    if judged.unknown:
        return Outcome.TO_EXAMINE, _said(spec, "to_examine", judged), judged.missing
    if spec.blocking:
        return Outcome.BLOCKING, _said(spec, "blocking", judged), ()
    return Outcome(spec.outcome), _said(spec, "due", judged), ()


def _said(spec: RuleSpec, outcome: str, judged: Judgement) -> tuple[Reason, ...]:
    """Return the rule's own sentence for this outcome, then the facts that made it so."""
    text = spec.why.get(outcome, _TO_EXAMINE if outcome == "to_examine" else spec.why["due"])
    return (Reason(f"{spec.code}:{outcome}", text, spec.sources[0]), *judged.reasons)


_TO_EXAMINE = Text(
    "Il manque un renseignement pour conclure.", "One piece of information is missing to conclude."
)


def _not_computed(rule: Rule, stop: str, ctx: Context) -> Finding:
    """Return the finding of a rule left aside because the use itself is blocked.

    It is neither due nor set aside: it is to be examined again once the facts that block change,
    and those are the facts it names.
    """
    title = rules()[stop].spec.title
    text = Text(
        f"Non calculé : l’usage est bloqué par la règle {stop} ({title.fr}). À reprendre si le "
        "projet change.",
        f"Not computed: the use is blocked by rule {stop} ({title.en}). To be taken up again if "
        "the project changes.",
    )
    reasons = (Reason(f"blocked-by:{stop}", text), *ctx.applies(stop).reasons)
    missing = tuple(sorted(rules()[stop].reads))
    return _filled(rule.spec, Outcome.TO_EXAMINE, reasons, missing, None)


def _filled(
    spec: RuleSpec,
    outcome: Outcome,
    reasons: tuple[Reason, ...],
    missing: tuple[str, ...],
    since: date | None,
) -> Finding:
    return Finding(
        rule=spec.code,
        outcome=outcome,
        title=spec.title,
        reasons=reasons,
        missing=missing,
        applies_from=since,
        who=spec.who,
        before=tuple(stage.value for stage in spec.before),
        evidence=spec.evidence,
        sources=spec.sources,
        confidence=spec.confidence,
        jurist=spec.jurist,
        explanation=spec.explanation,
    )


def _applies_from(spec: RuleSpec, ctx: Context) -> date | None:
    match spec.applies_from:
        case {"date": date() as day}:
            return day
        case {"parameter": str() as code}:
            return ctx.parameter_day(code)
        case {"derived": str() as name}:
            return DATES[name](ctx)
        case _:
            return None


def _not_yet(since: date) -> Reason:
    said = day_text(since)
    return Reason(
        "not-yet",
        Text(f"S’applique à compter du {said.fr}.", f"Applies from {said.en}."),
    )


def _questions(
    situation: Situation, on: date, findings: tuple[Finding, ...]
) -> tuple[Question, ...]:
    """Return the unknown facts worth asking for, the one that decides most first.

    Each candidate fact is tried with each value it may take, the other facts unchanged; what is
    counted is the rules whose outcome differs for at least one value. Only facts named missing by
    a finding, or presumed, can change an outcome: an unknown answer never moves otherwise
    (Kleene's logic is monotone).
    """
    now = {item.rule: item.outcome for item in findings}
    named = {name for item in findings for name in item.missing}
    specs = load_facts()
    candidates = [
        name
        for name, spec in specs.items()
        if name not in situation.facts and (name in named or spec.presumed is not None)
    ]
    found = []
    for name in candidates:
        concerned = [rule for rule in rules().values() if name in rule.reads]
        changed: set[str] = set()
        for value in trial_values(specs[name]):
            ctx = _context(situation.having(name, value), on)
            changed |= {
                rule.spec.code
                for rule in concerned
                if _outcome_alone(rule, ctx) is not now[rule.spec.code]
            }
        if changed:
            found.append(Question(name, len(changed), specs[name].question))
    return tuple(sorted(found, key=lambda each: (-each.decides, each.fact)))


def _outcome_alone(rule: Rule, ctx: Context) -> Outcome:
    """Return the outcome of a rule, without the finding that would say it."""
    if _stopped_by(rule.spec, ctx) is not None:
        return Outcome.TO_EXAMINE
    return _outcome(rule, ctx.applies(rule.spec.code), ctx)[0]


def trial_values(spec: FactSpec) -> tuple[object, ...]:
    """Return values that show what a fact can change: every code, both sides of each threshold.

    A set is tried empty, with each code alone and with all of them.

    >>> trial_values(load_facts()["use_case.profiling"])
    (True, False)
    """
    codes = [code.code for code in spec.codes]
    match spec.type:
        case FactType.TERNARY:
            return (True, False)
        case FactType.CODE:
            return tuple(codes)
        case FactType.SET:
            return ((), *((code,) for code in codes), tuple(codes))
        case FactType.DATES:
            return ((), *((day,) for day in spec.probes))
        case FactType.DATE:
            return tuple(spec.probes)
        case FactType.INT:
            return tuple(int(each) for each in spec.probes if isinstance(each, Decimal))
        case FactType.DECIMAL:
            return tuple(spec.probes)
    return ()
