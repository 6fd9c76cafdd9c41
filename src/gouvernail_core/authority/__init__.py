"""Facts about the authority."""

from gouvernail_core.authority.model import (
    Authority,
    AuthorityKind,
    Body,
    Budget,
    Capacity,
    CapacityUnit,
    Person,
    Role,
    Service,
    Sitting,
)

__all__ = [
    "Authority",
    "AuthorityKind",
    "Body",
    "Budget",
    "Capacity",
    "CapacityUnit",
    "Person",
    "Role",
    "Service",
    "Sitting",
]
