"""The matrix profile × act, and the two questions asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from gouvernail_core.access.model import Act, Profile

_EVERYONE = frozenset(Profile)
_WITH_ACCOUNT = _EVERYONE - {Profile.USAGER}
#: The network's supervisor follows states and dates; people's answers are the authority's own.
_INSIDE = _WITH_ACCOUNT - {Profile.SUPERVISOR}
_LEADS = frozenset({Profile.DGS, Profile.SECRETARY, Profile.ADMINISTRATOR})
#: What a person may be given in an authority.
_GIVEN = _INSIDE - {Profile.USAGER}
_CONTRIBUTES = _LEADS | {Profile.DIRECTOR, Profile.DRH, Profile.DPO, Profile.RSSI}
#: A decision signed by whoever directs; looking after the space gives no part in it.
_DECIDES = frozenset({Profile.DGS, Profile.SECRETARY})
#: What is in people's files is for those who answer for it, and for nobody who evaluates them.
_EXAMINES = _DECIDES | {Profile.DPO, Profile.RSSI}
#: A staff member reads what concerns them; who may see the rest is a decision, not a habit (N15).
_STEERS = _INSIDE - {Profile.AGENT}

MATRIX: Mapping[Act, frozenset[Profile]] = MappingProxyType(
    {
        Act.READ: _STEERS,
        Act.READ_OWN: _INSIDE,
        Act.EDIT_FACTS: _CONTRIBUTES,
        Act.IMPORT: _LEADS,
        Act.OVERRIDE_GATE: _DECIDES,
        Act.RUN: _CONTRIBUTES,
        Act.EXAMINE: _EXAMINES,
        Act.READ_FILES: _CONTRIBUTES | {Profile.ELU, Profile.STAFF_REP, Profile.INSPECTION},
        Act.SEND_FILES: _CONTRIBUTES,
        Act.READ_JOURNAL: _LEADS | {Profile.INSPECTION, Profile.DPO},
        Act.MANAGE_PEOPLE: _LEADS | {Profile.SUPERVISOR},
        Act.DELEGATE: _CONTRIBUTES | {Profile.ELU},
        Act.MANAGE_TOKENS: _LEADS | {Profile.SUPERVISOR},
        Act.ADMINISTER: frozenset({Profile.DGS, Profile.SECRETARY, Profile.ADMINISTRATOR}),
        Act.ERASE_PERSON: _LEADS | {Profile.DPO},
        Act.EXPORT_AUTHORITY: _LEADS,
        Act.SUPERVISE: frozenset({Profile.SUPERVISOR}),
        Act.OPEN_AUTHORITY: frozenset({Profile.SUPERVISOR}),
        Act.CHOOSE_PLACE: _WITH_ACCOUNT,
        Act.OWN_ACCOUNT: _WITH_ACCOUNT,
        Act.READ_PUBLIC: _EVERYONE,
    }
)


def may(profiles: Iterable[str], act: Act) -> bool:
    """Return whether somebody who holds these profiles may do the act.

    A profile nobody knows opens nothing.

    >>> may(["elu"], Act.READ), may(["elu"], Act.EDIT_FACTS), may(["unheard-of"], Act.READ)
    (True, False, False)
    """
    return not MATRIX[act].isdisjoint(profiles)


def acts_of(profiles: Iterable[str]) -> tuple[Act, ...]:
    """Return what somebody who holds these profiles may do, in the order of the acts.

    >>> [act.value for act in acts_of(["usager"])]
    ['read_public']
    """
    held = frozenset(profiles)
    return tuple(act for act in Act if may(held, act))


#: Whom a network puts at the head of an authority it hosts; these invite the others themselves.
_OPENED_BY_NETWORK = _LEADS


#: Done in the name of an office: whoever names its holder does not thereby do it.
_OF_AN_OFFICE = frozenset({Act.OVERRIDE_GATE, Act.EXAMINE})


def within(giver: Iterable[str], profiles: Iterable[str]) -> bool:
    """Return whether these profiles open nothing that `giver` does not hold already.

    What is done in the name of an office is no right to pass on: an administrator who opens
    everything else names the director, who alone then decides, and who may have files examined.

    >>> within(["dgs"], ["dpo", "elu"]), within(["director"], ["dgs"])
    (True, False)
    """
    return set(acts_of(profiles)) - _OF_AN_OFFICE <= set(acts_of(giver))


def may_grant(giver: Iterable[str], profiles: Iterable[str]) -> bool:
    """Return whether somebody who holds `giver` may give all these profiles to somebody else.

    One gives only what one holds, so that nobody is raised by a friend above the friend. The
    network's supervisor holds none of an authority's acts, and yet opens its door: only to those
    who lead it. The public has no account, and supervising is given by the installation.

    >>> may_grant(["dgs"], ["director"]), may_grant(["director"], ["agent"])
    (True, False)
    >>> may_grant(["supervisor"], ["secretary"]), may_grant(["supervisor"], ["elu"])
    (True, False)
    """
    held, asked = frozenset(giver), frozenset(profiles)
    if not asked or not may(held, Act.MANAGE_PEOPLE) or not asked <= _GIVEN:
        return False
    if held.isdisjoint(_LEADS):
        return asked <= _OPENED_BY_NETWORK
    return within(held, asked)
