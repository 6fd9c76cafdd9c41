"""What follows from the facts under Regulation (EU) 2024/1689, as amended in July 2026."""

from __future__ import annotations

from datetime import date

from gouvernail_core.kernel import Reason, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.obligations.context import Context
from gouvernail_core.obligations.judgement import (
    Judgement,
    all_judged,
    any_judged,
    no,
    not_judged,
    yes,
)
from gouvernail_core.obligations.predicate import predicate

_ROLE_FACTS = (
    "use_case.built_in_house",
    "use_case.built_for_us",
    "use_case.own_brand_or_put_into_service_by_us",
)
_FILTER_FACTS = (
    "use_case.filter_evidence",
    "use_case.filter_conditions",
    "use_case.part_of_complex_system",
    "use_case.material_influence",
)
_HIGH_RISK_FACTS = (
    "use_case.is_ai_system",
    "use_case.annex_i_safety_component",
    "use_case.annex_iii_points",
    "use_case.profiling",
    *_FILTER_FACTS,
)
_DATE_FACTS = (
    "use_case.annex_i_safety_component",
    "use_case.annex_iii_points",
    "use_case.first_use",
    "use_case.placed_on_market",
    "use_case.significant_design_change",
)


@predicate("deployer", reads=())
def deployer(ctx: Context) -> Judgement:
    """Return yes: the authority uses the system under its own authority (art. 3(4))."""
    return yes(
        Reason(
            "deployer",
            Text(
                "La collectivité utilise l’outil sous sa propre autorité : elle est déployeur.",
                "The authority uses the tool under its own authority: it is the deployer.",
            ),
        )
    )


@predicate("provider_by_building", reads=_ROLE_FACTS)
def provider_by_building(ctx: Context) -> Judgement:
    """Return whether the authority built the system, or put one made for it into service (3(3))."""
    ordered = all_judged(
        [
            ctx.is_yes("use_case.built_for_us"),
            ctx.is_yes("use_case.own_brand_or_put_into_service_by_us"),
        ]
    )
    return any_judged([ctx.is_yes("use_case.built_in_house"), ordered])


@predicate("role_settled", reads=_ROLE_FACTS)
def role_settled(ctx: Context) -> Judgement:
    """Return yes once the role is known, whichever it is; unknown before."""
    built = provider_by_building(ctx)
    if built.unknown:
        return built
    words = (
        Text("Rôles retenus : déployeur et fournisseur.", "Roles: deployer and provider.")
        if built.yes
        else Text("Rôle retenu : déployeur.", "Role: deployer.")
    )
    return yes(Reason("role", words), *built.reasons)


@predicate("provider", reads=_ROLE_FACTS, rules=("AIA-25",))
def provider(ctx: Context) -> Judgement:
    """Return whether the authority is a provider: by building (3(3)) or by its use (25(1))."""
    return any_judged([provider_by_building(ctx), ctx.applies("AIA-25")])


@predicate("high_risk", reads=_HIGH_RISK_FACTS)
def high_risk(ctx: Context) -> Judgement:
    """Return whether the system is presumed high-risk (art. 6(2) to (4), annexes I and III).

    The exemption of art. 6(3) is the provider's own, documented assessment: without its evidence
    a deployer answers *presumed high-risk*. Profiling closes the exemption.
    """
    listed = any_judged(
        [
            ctx.is_yes("use_case.annex_i_safety_component"),
            all_judged([_in_annex_iii(ctx), not_judged(_exempted(ctx))]),
        ]
    )
    return all_judged([ctx.is_yes("use_case.is_ai_system"), listed])


def _in_annex_iii(ctx: Context) -> Judgement:
    points = ctx.codes("use_case.annex_iii_points")
    if points is None:
        return ctx.missing("use_case.annex_iii_points")
    return (yes if points else no)(ctx.stated("use_case.annex_iii_points"))


def _exempted(ctx: Context) -> Judgement:
    """Return whether the provider has shown that art. 6(3) takes the system out of high risk."""
    profiling = ctx.is_yes("use_case.profiling")
    evidence = ctx.text("use_case.filter_evidence")
    if profiling.yes:
        return no(_PROFILING, *profiling.reasons)
    if evidence == "aucune":
        return no(_NO_EVIDENCE)
    if profiling.unknown:
        return profiling
    if evidence is None:
        # Not an unknown: the burden of proof lies on the exemption, so silence is no evidence.
        return no(_NO_EVIDENCE, *profiling.reasons)
    conditions = ctx.codes("use_case.filter_conditions")
    if conditions is None:
        ground = ctx.missing("use_case.filter_conditions")
    else:
        ground = (yes if conditions else no)(ctx.stated("use_case.filter_conditions"))
    return all_judged(
        [
            yes(ctx.stated("use_case.filter_evidence")),
            ground,
            not_judged(profiling),
            not_judged(ctx.is_yes("use_case.part_of_complex_system")),
            not_judged(ctx.is_yes("use_case.material_influence")),
        ]
    )


_PROFILING = Reason(
    "profiling-closes-the-exemption",
    Text(
        "Le profilage de personnes exclut l’exemption de l’article 6(3).",
        "Profiling of people rules out the exemption of article 6(3).",
    ),
)
_NO_EVIDENCE = Reason(
    "no-evidence-of-exemption",
    Text(
        "Le fournisseur n’a pas apporté la preuve d’une exemption (article 6(3)) : "
        "le haut risque est présumé.",
        "The provider has brought no evidence of an exemption (article 6(3)): "
        "high risk is presumed.",
    ),
)


@predicate("annex_iii_besides_infrastructure", reads=("use_case.annex_iii_points",))
def annex_iii_besides_infrastructure(ctx: Context) -> Judgement:
    """Return whether annex III is met by a point other than 2, critical infrastructure."""
    points = ctx.codes("use_case.annex_iii_points")
    if points is None:
        return ctx.missing("use_case.annex_iii_points")
    return (yes if points - {"2"} else no)(ctx.stated("use_case.annex_iii_points"))


@predicate("high_risk_date_settled", reads=_DATE_FACTS)
def high_risk_date_settled(ctx: Context) -> Judgement:
    """Return yes when the day the high-risk rules bind is settled, unknown while it may move."""
    return _high_risk_date(ctx)[1]


def high_risk_from(ctx: Context) -> date | None:
    """Return the day the high-risk rules bind, the earliest possible one while it is not settled.

    Art. 113: 2 December 2027 (annex III) or 2 August 2028 (annex I). Art. 111(2): a system put
    into service before that day, by a public authority and without significant change in its
    design since, complies by 2 August 2030.
    """
    return _high_risk_date(ctx)[0]


def _high_risk_date(ctx: Context) -> tuple[date | None, Judgement]:
    start = _chapter_date(ctx)
    legacy = ctx.parameter_day("AIA_LEGACY_PUBLIC")
    if start is None or legacy is None:
        return None, ctx.no_figure("AIA_LEGACY_PUBLIC" if legacy is None else "AIA_ANNEX_III")
    known = [
        day
        for day in (ctx.day("use_case.first_use"), ctx.day("use_case.placed_on_market"))
        if day is not None
    ]
    if not known:
        return start, ctx.missing("use_case.first_use").because(_date_reason(start, earliest=True))
    if min(known) >= start:
        return start, yes(_date_reason(start), *_dates_stated(ctx))
    change = "use_case.significant_design_change"
    changed = ctx.day(change)
    if changed is not None and changed >= start:
        binding = min(changed, legacy)
        return binding, yes(_date_reason(binding), ctx.stated(change))
    if change not in ctx.situation.facts and ctx.on >= start:
        return start, ctx.missing(change).because(_date_reason(start, earliest=True))
    return legacy, yes(_date_reason(legacy), _legacy_reason(start), *_dates_stated(ctx))


def _chapter_date(ctx: Context) -> date | None:
    """Return the day Chapter III applies to the annexes met; annex III when none is known yet."""
    days = []
    annex_i = ctx.is_yes("use_case.annex_i_safety_component").yes
    if annex_i:
        days.append(ctx.parameter_day("AIA_ANNEX_I"))
    if ctx.codes("use_case.annex_iii_points") or not annex_i:
        days.append(ctx.parameter_day("AIA_ANNEX_III"))
    known = [day for day in days if day is not None]
    return min(known, default=None)


def _dates_stated(ctx: Context) -> list[Reason]:
    names = ("use_case.first_use", "use_case.placed_on_market")
    return [ctx.stated(name) for name in names if ctx.day(name) is not None]


def _date_reason(day: date, *, earliest: bool = False) -> Reason:
    said = day_text(day)
    if earliest:
        text = Text(
            f"Les règles du haut risque s’appliquent au plus tôt le {said.fr}.",
            f"The high-risk rules apply from {said.en} at the earliest.",
        )
    else:
        text = Text(
            f"Les règles du haut risque s’appliquent le {said.fr}.",
            f"The high-risk rules apply from {said.en}.",
        )
    return Reason("high-risk-from", text)


def _legacy_reason(start: date) -> Reason:
    said = day_text(start)
    return Reason(
        "legacy",
        Text(
            f"L’outil est en service avant le {said.fr} ; une modification importante de sa "
            "conception après cette date avancerait l’échéance.",
            f"The tool is in service before {said.en}; a significant change in its design after "
            "that day would bring the date forward.",
        ),
    )


def prohibition_from(ctx: Context) -> date | None:
    """Return the first day one of the prohibited practices ticked is prohibited (art. 5, 113)."""
    flags = ctx.codes("use_case.prohibited_flags") or frozenset()
    recent = bool(flags) and flags <= {"ba", "bb"}
    return ctx.parameter_day("AIA_5_BA_BB" if recent else "AIA_5")


def marking_from(ctx: Context) -> date | None:
    """Return the day produced content must be marked: later for a tool already sold (111(4))."""
    start = ctx.parameter_day("AIA_50")
    sold = ctx.day("use_case.placed_on_market")
    if start is not None and sold is not None and sold < start:
        return ctx.parameter_day("AIA_50_2_LEGACY")
    return start
