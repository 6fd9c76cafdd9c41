"""When an impact assessment on personal data is due (GDPR art. 35)."""

from __future__ import annotations

from gouvernail_core.kernel import Reason, Text
from gouvernail_core.obligations.context import Context
from gouvernail_core.obligations.judgement import (
    Judgement,
    all_judged,
    any_judged,
    no,
    not_judged,
    unknown,
    yes,
)
from gouvernail_core.obligations.predicate import predicate

#: GDPR art. 9 and art. 6 I of the French act of 6 January 1978.
SENSITIVE = frozenset(
    {
        "santé", "biométrie", "opinions", "religion", "syndicat", "vie_sexuelle", "origine",
        "génétique",
    }
)  # fmt: skip
#: Also « hautement personnelles » in WP248, criterion 4.
_PERSONAL = SENSITIVE | {"infractions", "NIR", "social", "fiscal", "localisation", "finances"}

_FACTS = (
    "use_case.personal_data",
    "use_case.cnil_required_items",
    "use_case.cnil_exempt_item",
    "use_case.profiling",
    "use_case.scoring",
    "use_case.individual_decision",
    "use_case.automation",
    "use_case.effects",
    "use_case.data",
    "use_case.large_scale",
    "use_case.systematic_monitoring",
    "use_case.monitors_staff",
    "use_case.cross_matching",
    "use_case.vulnerable",
    "use_case.workers_subject_to_system",
    "use_case.innovative",
    "use_case.excludes_right",
)


@predicate("impact_assessment_due", reads=_FACTS)
def impact_assessment_due(ctx: Context) -> Judgement:
    """Return whether an impact assessment is due, in the order of the texts.

    In order: the list of the CNIL (délibération 2018-327); art. 35(3); the list of exempted
    processing (2019-118), as long as the tool does not profile; two of the nine criteria (WP248).
    """
    ordinary = all_judged([not_judged(_exempted(ctx)), _two_criteria(ctx)])
    due = any_judged([_on_required_list(ctx), _article_35_3(ctx), ordinary])
    return all_judged([ctx.is_yes("use_case.personal_data"), due])


def _on_required_list(ctx: Context) -> Judgement:
    name = "use_case.cnil_required_items"
    items = ctx.codes(name)
    if items is None:
        return ctx.missing(name)
    return (yes if items else no)(ctx.stated(name))


def _article_35_3(ctx: Context) -> Judgement:
    """Return whether one of the three cases of art. 35(3) is met."""
    evaluation = all_judged(
        [_evaluates(ctx), ctx.is_yes("use_case.individual_decision"), _has_effects(ctx)]
    )
    at_scale = ctx.is_yes("use_case.large_scale")
    sensitive = all_judged([_holds(ctx, SENSITIVE), at_scale])
    watching = all_judged([ctx.is_yes("use_case.systematic_monitoring"), at_scale])
    return any_judged([evaluation, sensitive, watching])


def _exempted(ctx: Context) -> Judgement:
    """Return whether the CNIL exempts this processing and nothing in the tool takes it out."""
    return all_judged(
        [ctx.is_yes("use_case.cnil_exempt_item"), not_judged(ctx.is_yes("use_case.profiling"))]
    )


def _two_criteria(ctx: Context) -> Judgement:
    """Return whether at least two of the nine criteria of WP248 are met."""
    automatic = all_judged(
        [ctx.is_yes("use_case.individual_decision"), _fully_automatic(ctx), _has_effects(ctx)]
    )
    watching = any_judged(
        [ctx.is_yes("use_case.systematic_monitoring"), ctx.is_yes("use_case.monitors_staff")]
    )
    weak = any_judged(
        [
            ctx.is_yes("use_case.vulnerable"),
            _holds(ctx, frozenset({"mineurs"})),
            ctx.is_yes("use_case.workers_subject_to_system"),
        ]
    )
    criteria = [
        _evaluates(ctx),
        automatic,
        watching,
        _holds(ctx, _PERSONAL),
        ctx.is_yes("use_case.large_scale"),
        ctx.is_yes("use_case.cross_matching"),
        weak,
        ctx.is_yes("use_case.innovative"),
        ctx.is_yes("use_case.excludes_right"),
    ]
    met = [each for each in criteria if each.yes]
    open_ones = [each for each in criteria if each.unknown]
    count = Reason(
        f"criteria:{len(met)}",
        Text(
            f"Critères remplis sur les neuf de l’analyse d’impact : {len(met)} ; il en faut deux.",
            f"Criteria met out of the nine of the impact assessment: {len(met)}; two are needed.",
        ),
    )
    reasons = (count, *(reason for each in met for reason in each.reasons))
    if len(met) >= 2:
        return yes(*reasons)
    if len(met) + len(open_ones) < 2:
        return no(*reasons)
    names = dict.fromkeys(name for each in open_ones for name in each.missing)
    return unknown(*names, reasons=[*reasons, *(ctx.asked(name) for name in names)])


def _evaluates(ctx: Context) -> Judgement:
    return any_judged([ctx.is_yes("use_case.scoring"), ctx.is_yes("use_case.profiling")])


def _holds(ctx: Context, wanted: frozenset[str]) -> Judgement:
    data = ctx.codes("use_case.data")
    if data is None:
        return ctx.missing("use_case.data")
    return (yes if data & wanted else no)(ctx.stated("use_case.data"))


def _fully_automatic(ctx: Context) -> Judgement:
    automation = ctx.text("use_case.automation")
    if automation is None:
        return ctx.missing("use_case.automation")
    return (yes if automation == "complète" else no)(ctx.stated("use_case.automation"))


def _has_effects(ctx: Context) -> Judgement:
    effects = ctx.text("use_case.effects")
    if effects is None:
        return ctx.missing("use_case.effects")
    return (no if effects == "aucun" else yes)(ctx.stated("use_case.effects"))
