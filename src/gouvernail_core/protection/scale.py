"""The scale risk is read on: weights, shares of access, factors, hours.

The figures are in `knowledge/parameters/protection.yaml`; they are ours, say so, and an
authority may replace them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from gouvernail_core.knowledge.figures import Figure, Figures, load_figures
from gouvernail_core.knowledge.schema import KnowledgeError
from gouvernail_core.protection.detection.kinds import PersonalData
from gouvernail_core.protection.model import Access, ProtectiveAct

_FILE = "parameters/protection.yaml"
_PROFESSIONAL = "professional_email"

CodeT = TypeVar("CodeT", bound=StrEnum)


class Place(StrEnum):
    """Where a store can be reached from, the widest first; its factor is L."""

    PUBLIC_LINK = "public_link"
    OUTSIDE_EU = "outside_eu"
    OPEN_SHARE = "open_share"
    APPLICATION = "application"
    ENCRYPTED = "encrypted"


@dataclass(frozen=True, slots=True)
class Scale:
    """The figures of the risk, all dimensionless but the hours.

    `weights` from 0 to `highest`; `professional_email` is the weight of an address of the
    authority itself; the three bonuses are added to a sensitivity; `many` is a number of people;
    `access` and `places` multiply the exposure; `hours` is the usual work of an act on one store,
    `day_hours` a working day. `rare_share` and `miss` set how many files are read first.
    """

    weights: Mapping[PersonalData, float]
    professional_email: float
    highest: float
    name_and_birth: float
    name_and_number: float
    many_people: float
    many: float
    access: Mapping[Access, float]
    places: Mapping[Place, float]
    past_retention: float
    hours: Mapping[ProtectiveAct, float]
    day_hours: float
    rare_share: float
    miss: float

    def weight(self, kind: PersonalData, *, professional: bool = False) -> float:
        """Return the weight of a kind of data; an address of the authority weighs little."""
        if professional and kind is PersonalData.EMAIL:
            return self.professional_email
        return self.weights[kind]

    @property
    def first_files(self) -> int:
        """Return n, files read first in each store: the rare share is then missed by `miss`.

        A content held by a share p of the files is missed by n of them with chance (1 − p)ⁿ.

        >>> default_scale().first_files
        299
        """
        return math.ceil(math.log(self.miss) / math.log1p(-self.rare_share))


@cache
def default_scale() -> Scale:
    """Return the scale of the project, before an authority changes it.

    >>> default_scale().weight(PersonalData.NIR)
    8.0
    """
    return scale_of(load_figures(_FILE))


def scale_of(figures: Figures) -> Scale:
    """Return the scale some figures make; raise `KnowledgeError` when one is absent or unknown."""

    def one(group: str, code: str) -> float:
        if code not in figures.get(group, {}):
            raise KnowledgeError(f"{group}: {code} is needed")
        return figures[group][code].value

    def others(group: str, *taken: str) -> Mapping[str, Figure]:
        return {code: item for code, item in figures.get(group, {}).items() if code not in taken}

    return Scale(
        weights=_by_code(PersonalData, others("weights", _PROFESSIONAL), "weights"),
        professional_email=one("weights", _PROFESSIONAL),
        highest=one("sensitivity", "highest"),
        name_and_birth=one("sensitivity", "name_and_birth"),
        name_and_number=one("sensitivity", "name_and_number"),
        many_people=one("sensitivity", "many_people"),
        many=one("sensitivity", "many"),
        access=_by_code(Access, others("access"), "access"),
        places=_by_code(Place, others("place"), "place"),
        past_retention=one("age", "past_retention"),
        hours=_by_code(ProtectiveAct, others("hours", "day"), "hours"),
        day_hours=one("hours", "day"),
        rare_share=one("sampling", "rare_share"),
        miss=one("sampling", "miss"),
    )


def _by_code(kind: type[CodeT], figures: Mapping[str, Figure], group: str) -> Mapping[CodeT, float]:
    codes = {item.value for item in kind}
    if codes != set(figures):
        strangers = ", ".join(sorted(codes ^ set(figures)))
        raise KnowledgeError(f"{group}: absent or unknown: {strangers}")
    return MappingProxyType({item: figures[item.value].value for item in kind})
