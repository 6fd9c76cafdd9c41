"""Which body is heard: the committee, the one of the management centre, or the panel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail_core.kernel import Reason, Ternary, Text
from gouvernail_core.obligations.context import Context
from gouvernail_core.obligations.judgement import Judgement, no, unknown, yes
from gouvernail_core.obligations.model import Situation
from gouvernail_core.obligations.staff import StaffBody, committee, route


@dataclass(frozen=True, slots=True)
class Routing:
    """The body to hear, or none while it is not settled; the reasons; the facts that lack."""

    body: StaffBody | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()


def body_for(
    agents: int | None,
    kind: str | None,
    *,
    on: date,
    organisation: Ternary = Ternary.UNKNOWN,
    reorganisation: Ternary = Ternary.UNKNOWN,
    has_panel: Ternary = Ternary.UNKNOWN,
    committee_code: str | None = None,
) -> Routing:
    """Return the body that hears a matter about which staff representatives must be heard.

    `agents` on 1 January, `kind` a code of ``authority.type``. Own committee from 50 staff, else
    the management centre's (L. 251-5); panel from 200, or in a fire service; both competent, or a
    reorganisation: the committee alone (R. 253-80, L. 253-6). `organisation` says whether the
    matter touches the organisation of services, `has_panel` states a panel created or not,
    `committee_code` overrides the committee (``propre``, ``commun``, ``cdg``).

    >>> body_for(200, "commune", on=date(2027, 1, 5),
    ...          organisation=Ternary.NO, reorganisation=Ternary.NO).body
    <StaffBody.FS: 'fs'>
    """
    facts: dict[str, object] = {
        "authority.agents": agents,
        "authority.type": kind,
        "authority.has_fs": None if has_panel is Ternary.UNKNOWN else has_panel is Ternary.YES,
        "authority.cst": committee_code,
    }
    ctx = Context(Situation.of(facts), on, lambda _code: no())
    own = committee(ctx)
    body, judged = route(
        ctx,
        organisation=_stated(organisation, "use_case.work_impact", _ORGANISATION),
        reorganisation=_stated(reorganisation, "use_case.part_of_reorganisation", _REORGANISATION),
    )
    if body in (StaffBody.CST, StaffBody.CDG_CST) and own.code is None:
        return Routing(None, own.judgement.reasons, own.judgement.missing)
    if body in (StaffBody.CST, StaffBody.CDG_CST):
        return Routing(body, (*judged.reasons, *own.judgement.reasons))
    return Routing(body, judged.reasons, judged.missing)


def _stated(value: Ternary, fact: str, question: Reason) -> Judgement:
    if value is Ternary.UNKNOWN:
        return unknown(fact, reasons=[question])
    return yes() if value is Ternary.YES else no()


_ORGANISATION = Reason(
    "missing:organisation",
    Text(
        "À préciser : le projet touche-t-il à l’organisation des services ?",
        "To be stated: does the project affect the organisation of services?",
    ),
)
_REORGANISATION = Reason(
    "missing:reorganisation",
    Text(
        "À préciser : le projet fait-il partie d’une réorganisation ?",
        "To be stated: is the project part of a reorganisation?",
    ),
)
