"""The portfolio of use cases and the inventory of what is already there."""

from gouvernail_core.portfolio.model import (
    Criterion,
    Discovery,
    ExistingUse,
    FactValue,
    Offer,
    OfferAnswer,
    Priority,
    Rater,
    Rating,
    UseCase,
    Verdict,
)
from gouvernail_core.portfolio.rules import (
    HIGHEST_RATING,
    Value,
    advise,
    pair_is_complete,
    value_of,
)

__all__ = [
    "HIGHEST_RATING",
    "Criterion",
    "Discovery",
    "ExistingUse",
    "FactValue",
    "Offer",
    "OfferAnswer",
    "Priority",
    "Rater",
    "Rating",
    "UseCase",
    "Value",
    "Verdict",
    "advise",
    "pair_is_complete",
    "value_of",
]
