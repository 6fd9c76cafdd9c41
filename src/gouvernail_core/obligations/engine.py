"""From facts to what the law asks: one finding per rule, and the questions that decide most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

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
    """A rule ready to be asked: its file, its conditions, and every fact it may read.

    `stops` are the blocking rules that keep it from being computed, `before` the stages it
    precedes, `outcome` what it says when it applies, `says` its own sentence for each outcome,
    `since` the day it binds from: what never changes is made once.
    """

    spec: RuleSpec
    applies: Condition
    blocks: Condition | None
    reads: frozenset[str]
    stops: tuple[str, ...]
    before: tuple[str, ...]
    outcome: Outcome
    says: Mapping[str, Reason]
    since: Callable[[Context], date | None] | None


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
    ctx = _context(situation, on, rules())
    findings = tuple(_finding(rule, ctx) for rule in rules().values())
    return Assessment(
        rules_version=rules_version(),
        on=on,
        derived=derive(ctx),
        findings=findings,
        questions=_questions(situation, on, findings) if ask else (),
    )


def assess_authority(situation: Situation, *, on: date) -> tuple[Finding, ...]:
    """Return what the rules about the authority itself say of `situation` on the day `on`.

    >>> found = assess_authority(Situation.of({"authority.agents": 49}), on=date(2026, 11, 22))
    >>> [finding.rule for finding in found if finding.rule.startswith("DS-CDG")]
    ['DS-CDG']
    """
    ctx = _context(situation, on, rules())
    known = rules().values()
    return tuple(_finding(rule, ctx) for rule in known if rule.spec.level == "authority")


def find(situation: Situation, *, on: date, among: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """Return what each rule of `among` says, in its order, the other rules being those of `among`.

    >>> one = compile_rules(rule for rule in load_rules() if rule.code == "ACC-47")
    >>> [each.rule for each in find(Situation(), on=date(2026, 11, 22), among=one)]
    ['ACC-47']
    """
    ctx = _context(situation, on, among)
    return tuple(_finding(rule, ctx) for rule in among.values())


def find_one(code: str, situation: Situation, *, on: date, among: Mapping[str, Rule]) -> Finding:
    """Return what one rule of `among` says; `KeyError` when it is not there."""
    return _finding(among[code], _context(situation, on, among))


@cache
def rules() -> dict[str, Rule]:
    """Return the rules ready to be asked, by code; refuse loudly a file that cannot be."""
    return compile_rules(load_rules())


def compile_rules(specs: Iterable[RuleSpec]) -> dict[str, Rule]:
    """Return `specs` ready to be asked, by code; `KnowledgeError` names a file that cannot be."""
    compiled: dict[str, tuple[RuleSpec, Condition, Condition | None]] = {}
    for spec in specs:
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
        code: Rule(
            spec,
            applies,
            blocks,
            reads=_all_reads(code, compiled),
            stops=tuple(stop for stop in _stops(spec) if stop in compiled),
            before=tuple(stage.value for stage in spec.before),
            outcome=Outcome.BLOCKING if spec.blocking else Outcome(spec.outcome),
            says=_sayings(spec),
            since=_since(spec),
        )
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


def _context(situation: Situation, on: date, known: Mapping[str, Rule]) -> Context:
    answers: dict[str, Judgement] = {}

    def applies(code: str) -> Judgement:
        found = answers.get(code)
        if found is None:
            found = answers[code] = known[code].applies.judge(ctx)
        return found

    ctx = Context(situation, on, applies)
    return ctx


def _finding(rule: Rule, ctx: Context) -> Finding:
    spec = rule.spec
    stop = _stopped_by(rule, ctx) if rule.stops else None
    if stop is not None:
        return _not_computed(rule, stop, ctx)
    judged = ctx.applies(spec.code)
    outcome, reasons, missing = _outcome(rule, judged, ctx)
    since = None
    if rule.since is not None and outcome is not Outcome.NOT_APPLICABLE:
        since = rule.since(ctx)
    if since is not None and since > ctx.on:
        reasons = (*reasons, _not_yet(since))
    return _filled(rule, outcome, reasons, missing, since)


def _stopped_by(rule: Rule, ctx: Context) -> str | None:
    """Return the code of the blocking rule that keeps `rule` from being computed, or none."""
    for code in rule.stops:
        if ctx.applies(code).yes:
            return code
    return None


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
        return Outcome.NOT_APPLICABLE, _said(rule, "not_applicable", judged), ()
    if judged.yes and rule.blocks is not None:
        blocks = rule.blocks.judge(ctx)
        if blocks.unknown:
            both = all_judged([judged, blocks])
            return Outcome.TO_EXAMINE, _said(rule, "to_examine", both), both.missing
        if blocks.yes:
            return Outcome.BLOCKING, _said(rule, "blocking", all_judged([blocks, judged])), ()
        return Outcome.DUE, _said(rule, "due", all_judged([judged, not_judged(blocks)])), ()
    if judged.unknown:
        return Outcome.TO_EXAMINE, _said(rule, "to_examine", judged), judged.missing
    words = "blocking" if spec.blocking else "due"
    return rule.outcome, _said(rule, words, judged), ()


def _said(rule: Rule, outcome: str, judged: Judgement) -> tuple[Reason, ...]:
    """Return the rule's own sentence for this outcome, then the facts that made it so."""
    return (rule.says[outcome], *judged.reasons)


def _sayings(spec: RuleSpec) -> Mapping[str, Reason]:
    texts = {
        outcome: spec.why.get(outcome, _TO_EXAMINE if outcome == "to_examine" else spec.why["due"])
        for outcome in ("due", "not_applicable", "to_examine", "blocking")
    }
    return {
        outcome: Reason(f"{spec.code}:{outcome}", text, spec.sources[0])
        for outcome, text in texts.items()
    }


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
    return _filled(rule, Outcome.TO_EXAMINE, reasons, missing, None)


def _filled(
    rule: Rule,
    outcome: Outcome,
    reasons: tuple[Reason, ...],
    missing: tuple[str, ...],
    since: date | None,
) -> Finding:
    spec = rule.spec
    return Finding(
        rule=spec.code,
        outcome=outcome,
        title=spec.title,
        reasons=reasons,
        missing=missing,
        applies_from=since,
        who=spec.who,
        before=rule.before,
        evidence=spec.evidence,
        sources=spec.sources,
        confidence=spec.confidence,
        jurist=spec.jurist,
        explanation=spec.explanation,
    )


def _since(spec: RuleSpec) -> Callable[[Context], date | None] | None:
    match spec.applies_from:
        case {"date": date() as day}:
            return lambda ctx: day
        case {"parameter": str() as code}:
            return lambda ctx: ctx.parameter_day(code)
        case {"derived": str() as name}:
            return lambda ctx: _derived_day(name, ctx)
        case _:
            return None


def _derived_day(name: str, ctx: Context) -> date | None:
    """Return a derived day, found once per reading: most high-risk duties share theirs."""
    if name not in ctx.days:
        ctx.days[name] = DATES[name](ctx)
    return ctx.days[name]


@lru_cache(maxsize=64)
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
            ctx = _context(situation.having(name, value), on, rules())
            changed |= {
                rule.spec.code
                for rule in concerned
                if _outcome_alone(rule, ctx) is not now[rule.spec.code]
            }
        if changed:
            found.append(Question(name, len(changed), specs[name].question))
    # Among equals, what is presumed comes last: it is rare, and an answer is seldom awaited.
    return tuple(
        sorted(found, key=lambda q: (-q.decides, specs[q.fact].presumed is not None, q.fact))
    )


def _outcome_alone(rule: Rule, ctx: Context) -> Outcome:
    """Return the outcome of a rule, without the finding that would say it."""
    if _stopped_by(rule, ctx) is not None:
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
