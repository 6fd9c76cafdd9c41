"""Which staff body is competent, and what its calendar asks (CGFP, ex-décret 2021-571)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gouvernail_core.kernel import Reason, Ternary, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.obligations.context import Context, number_text
from gouvernail_core.obligations.judgement import (
    Judgement,
    any_judged,
    no,
    unknown,
    yes,
)
from gouvernail_core.obligations.predicate import predicate

_PANEL_FACTS = ("authority.agents", "authority.type", "authority.has_fs")
_CONSULTATIONS = ("DS-CST-ORG", "DS-FS-TECH", "DS-FS-POSTE")


class StaffBody(StrEnum):
    """The committee or panel that is heard."""

    CST = "cst"
    CDG_CST = "cdg_cst"
    FS = "fs"


@dataclass(frozen=True, slots=True)
class Committee:
    """Which staff committee an authority depends on: ``propre``, ``commun``, ``cdg`` or none."""

    code: str | None
    judgement: Judgement


def committee(ctx: Context) -> Committee:
    """Return the committee: the one stated, else from the staff on 1 January (L. 251-5)."""
    stated = ctx.text("authority.cst")
    if stated is not None:
        return Committee(stated, yes(ctx.stated("authority.cst")))
    agents = ctx.number("authority.agents")
    if agents is None:
        return Committee(None, ctx.missing("authority.agents"))
    found = ctx.parameter_number("SEUIL_CST")
    if found is None:
        return Committee(None, ctx.no_figure("SEUIL_CST"))
    limit, source = found
    own = agents >= limit
    shown, said = number_text(limit), number_text(agents)
    reason = Reason(
        "committee-threshold",
        Text(
            f"{said.fr} agents au 1er janvier, seuil de {shown.fr} : "
            + ("comité social territorial propre." if own else "comité du centre de gestion."),
            f"{said.en} staff on 1 January, threshold of {shown.en}: "
            + ("own staff committee." if own else "committee of the management centre."),
        ),
        source,
    )
    return Committee("propre" if own else "cdg", yes(reason))


@predicate("committee_of_the_management_centre", reads=("authority.cst", "authority.agents"))
def committee_of_the_management_centre(ctx: Context) -> Judgement:
    """Return whether the committee of the management centre is the one to ask."""
    found = committee(ctx)
    if found.code is None:
        return found.judgement
    return (yes if found.code == "cdg" else no)(*found.judgement.reasons)


@predicate("has_specialised_panel", reads=_PANEL_FACTS)
def has_specialised_panel(ctx: Context) -> Judgement:
    """Return whether a specialised health and safety panel exists.

    From 200 staff, in every fire and rescue service, or where a deliberation created one. Below
    the threshold an authority that does not mention a panel is presumed to have none: the reason
    says so.
    """
    stated = ctx.value("authority.has_fs")
    if isinstance(stated, bool):
        return (yes if stated else no)(ctx.stated("authority.has_fs"))
    if ctx.text("authority.type") == "sdis":
        return yes(ctx.stated("authority.type"))
    agents = ctx.number("authority.agents")
    found = ctx.parameter_number("SEUIL_FS")
    if found is None:
        return ctx.no_figure("SEUIL_FS")
    limit, source = found
    if agents is None:
        return ctx.missing("authority.agents")
    shown, said = number_text(limit), number_text(agents)
    enough = agents >= limit
    reason = Reason(
        "panel-threshold",
        Text(
            f"{said.fr} agents, seuil de {shown.fr} : "
            + (
                "une formation spécialisée existe."
                if enough
                else "pas de formation spécialisée, sauf délibération que vous n’avez pas indiquée."
            ),
            f"{said.en} staff, threshold of {shown.en}: "
            + (
                "there is a specialised panel."
                if enough
                else "no specialised panel, unless a deliberation you have not mentioned."
            ),
        ),
        source,
    )
    if enough:
        return yes(reason)
    if "authority.type" not in ctx.situation.facts:
        return ctx.missing("authority.type").because(reason)
    presumed = no(reason)
    return Judgement(presumed.value, presumed.reasons, (), ("authority.has_fs",))


_HEALTH = "use_case.work_impact"
#: Effects on work that may weigh on health without saying it.
_MAY_WEIGH = frozenset({"cadences", "surveillance", "évaluation", "temps_travail"})


@predicate("health_or_safety_at_stake", reads=(_HEALTH, "use_case.psychosocial_risk"))
def health_or_safety_at_stake(ctx: Context) -> Judgement:
    """Return whether the tool may affect the health or safety of staff (R. 253-25).

    Pace, monitoring, evaluation and working time may weigh on health: with them, silence on
    psychosocial risk is an unknown, not a no.
    """
    risk = ctx.value("use_case.psychosocial_risk")
    if risk is True:
        return yes(ctx.stated("use_case.psychosocial_risk"))
    impact = ctx.codes(_HEALTH)
    if impact is None:
        return ctx.missing(_HEALTH)
    if "santé_sécurité" in impact:
        return yes(ctx.stated(_HEALTH))
    if risk is False or not impact & _MAY_WEIGH:
        return no(ctx.stated(_HEALTH))
    return ctx.missing("use_case.psychosocial_risk").because(ctx.stated(_HEALTH))


@predicate("staff_consultation_due", reads=(), rules=_CONSULTATIONS)
def staff_consultation_due(ctx: Context) -> Judgement:
    """Return whether at least one consultation of staff representatives is due."""
    return any_judged([ctx.applies(code) for code in _CONSULTATIONS])


def consulted_body(ctx: Context) -> tuple[StaffBody | None, Judgement]:
    """Return the body to consult, and why; none while it is not settled."""
    return route(
        ctx,
        organisation=ctx.applies("DS-CST-ORG"),
        reorganisation=ctx.is_yes("use_case.part_of_reorganisation"),
    )


def route(
    ctx: Context, *, organisation: Judgement, reorganisation: Judgement
) -> tuple[StaffBody | None, Judgement]:
    """Return which body hears a matter that must be heard, and why.

    R. 253-80: where both are competent, the committee alone. L. 253-6: in a reorganisation, the
    committee alone. Without a panel, the committee.
    """
    own = StaffBody.CDG_CST if committee(ctx).code == "cdg" else StaffBody.CST
    panel = has_specialised_panel(ctx)
    if organisation.yes:
        return own, yes(_COMMITTEE_ALONE, *organisation.reasons)
    if reorganisation.yes:
        return own, yes(_REORGANISATION, *reorganisation.reasons)
    if panel.no:
        return own, Judgement(Ternary.YES, (_NO_PANEL, *panel.reasons), (), panel.presumed)
    doubts = [each for each in (organisation, reorganisation, panel) if each.unknown]
    if not doubts:
        return StaffBody.FS, yes(_PANEL, *panel.reasons)
    names = dict.fromkeys(name for each in doubts for name in each.missing)
    reasons = dict.fromkeys(reason for each in doubts for reason in each.reasons)
    return None, unknown(*names, reasons=list(reasons))


@predicate(
    "consulted_body_settled",
    reads=(*_PANEL_FACTS, "authority.cst", "use_case.part_of_reorganisation"),
    rules=_CONSULTATIONS,
)
def consulted_body_settled(ctx: Context) -> Judgement:
    """Return yes when the body to consult is settled, unknown otherwise."""
    return consulted_body(ctx)[1]


def _reason(code: str, fr: str, en: str) -> Reason:
    return Reason(code, Text(fr, en))


_COMMITTEE_ALONE = _reason(
    "committee-alone",
    "L’organisation des services est touchée : le comité social territorial est seul consulté "
    "(R. 253-80).",
    "The organisation of services is affected: the staff committee alone is consulted (R. 253-80).",
)
_REORGANISATION = _reason(
    "committee-for-a-reorganisation",
    "Dans une réorganisation de services, le comité social territorial est seul consulté "
    "(L. 253-6).",
    "In a reorganisation, the staff committee alone is consulted (L. 253-6).",
)
_NO_PANEL = _reason(
    "committee-without-panel",
    "Sans formation spécialisée, le comité social territorial exerce ses attributions.",
    "Without a specialised panel, the staff committee acts in its place.",
)
_PANEL = _reason(
    "panel",
    "La formation spécialisée est consultée (R. 253-25).",
    "The specialised panel is consulted (R. 253-25).",
)


@predicate("sitting_after_the_elections", reads=("authority.next_cst_dates",))
def sitting_after_the_elections(ctx: Context) -> Judgement:
    """Return whether a planned sitting falls on or after the staff elections of 2026.

    The day the new committee is installed is not known here, so every later sitting is warned
    about; the rule's own end bounds the warning.
    """
    name = "authority.next_cst_dates"
    dates = ctx.value(name)
    vote = ctx.parameter_day("ELECTIONS_PRO")
    if vote is None:
        return ctx.no_figure("ELECTIONS_PRO")
    if not isinstance(dates, tuple):
        return ctx.missing(name)
    last = vote + _WARNED_FOR
    concerned = [day for day in dates if vote <= day <= last]
    if not concerned:
        return no(ctx.stated(name))
    said = day_text(concerned[0])
    return yes(
        _reason(
            "sitting-after-the-vote",
            f"La séance du {said.fr} tombe le jour du vote ou après : vérifiez que la nouvelle "
            "instance sera installée.",
            f"The sitting of {said.en} falls on the day of the vote or later: check that the new "
            "body will be installed.",
        )
    )


#: How long after the vote a sitting is warned about: the engine's prudence, not a text.
_WARNED_FOR = timedelta(days=365)


def latest_days(ctx: Context, sitting: date) -> tuple[date, date] | None:
    """Return the last legal days to convene and to send the papers for `sitting`."""
    notice = ctx.parameter_number("CST_CONVOCATION")
    papers = ctx.parameter_number("CST_PIECES")
    if notice is None or papers is None:
        return None
    return sitting - timedelta(days=int(notice[0])), sitting - timedelta(days=int(papers[0]))


@predicate("consultation_calendar", reads=("authority.next_cst_dates",), rules=_CONSULTATIONS)
def consultation_calendar(ctx: Context) -> Judgement:
    """Return whether a consultation is due, and the days to hold for the next sitting."""
    due = staff_consultation_due(ctx)
    dates = ctx.value("authority.next_cst_dates")
    ahead = [day for day in dates if day >= ctx.on] if isinstance(dates, tuple) else []
    if not due.yes or not ahead:
        return due
    days = latest_days(ctx, ahead[0])
    if days is None:
        return due
    sitting, convene, papers = day_text(ahead[0]), day_text(days[0]), day_text(days[1])
    return due.because(
        _reason(
            "calendar",
            f"Pour la séance du {sitting.fr} : convoquer au plus tard le {convene.fr}, "
            f"envoyer les pièces au plus tard le {papers.fr}.",
            f"For the sitting of {sitting.en}: convene by {convene.en}, "
            f"send the papers by {papers.en}.",
        )
    )
