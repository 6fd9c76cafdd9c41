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
    weights = dict(figures["weights"])
    own = weights.pop(_PROFESSIONAL, None)
    if own is None:
        raise KnowledgeError(f"weights: {_PROFESSIONAL} is needed")
    hours = dict(figures["hours"])
    day = hours.pop("day", None)
    if day is None:
        raise KnowledgeError("hours: day is needed")
    sensitivity = figures["sensitivity"]
    return Scale(
        weights=_by_code(PersonalData, weights, "weights"),
        professional_email=own.value,
        highest=sensitivity["highest"].value,
        name_and_birth=sensitivity["name_and_birth"].value,
        name_and_number=sensitivity["name_and_number"].value,
        many_people=sensitivity["many_people"].value,
        many=sensitivity["many"].value,
        access=_by_code(Access, figures["access"], "access"),
        places=_by_code(Place, figures["place"], "place"),
        past_retention=figures["age"]["past_retention"].value,
        hours=_by_code(ProtectiveAct, hours, "hours"),
        day_hours=day.value,
        rare_share=figures["sampling"]["rare_share"].value,
        miss=figures["sampling"]["miss"].value,
    )


def _by_code(kind: type[CodeT], figures: Mapping[str, Figure], group: str) -> Mapping[CodeT, float]:
    codes = {item.value for item in kind}
    if codes != set(figures):
        strangers = ", ".join(sorted(codes ^ set(figures)))
        raise KnowledgeError(f"{group}: absent or unknown: {strangers}")
    return MappingProxyType({item: figures[item.value].value for item in kind})
