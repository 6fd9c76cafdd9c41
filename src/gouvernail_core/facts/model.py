"""Everything an authority has told us, checked and typed: what the whole way starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail_core.authority import Authority, Budget, Capacity, Person, Service, Sitting
from gouvernail_core.dialogue import Consultation
from gouvernail_core.kernel import Override
from gouvernail_core.learning import TrainingGroup
from gouvernail_core.obligations import ActValidation, SecondReading
from gouvernail_core.portfolio import (
    Criterion,
    ExistingUse,
    FactValue,
    Offer,
    OfferAnswer,
    Priority,
    Rating,
    UseCase,
)
from gouvernail_core.protection import (
    ActEffort,
    DataFlow,
    DataStore,
    MatrixChoice,
    ScanDutyAnswer,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What is done of one duty (`rule`) for one case, or for the authority when `case` is empty.

    A proof holds until `expires_on`, that day included; `checked_by` opened it and found it good.
    """

    case: str
    rule: str
    done_on: date | None = None
    promised_on: date | None = None
    owner: str = ""
    document: str = ""
    link: str = ""
    expires_on: date | None = None
    checked_by: str = ""
    checked_on: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether the duty is done on the day `on`, by a proof that has not expired.

        >>> proof = Proof("c1", "RGPD-35", date(2026, 1, 5), expires_on=date(2026, 12, 31))
        >>> proof.holds(date(2026, 12, 31)), proof.holds(date(2027, 1, 1))
        (True, False)
        """
        return self.done_on is not None and (self.expires_on is None or on <= self.expires_on)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one authority. `digest` identifies them: same facts, same digest."""

    authority: Authority
    people: tuple[Person, ...]
    services: tuple[Service, ...]
    stores: tuple[DataStore, ...]
    flows: tuple[DataFlow, ...]
    matrix: tuple[MatrixChoice, ...]
    scan_duties: tuple[ScanDutyAnswer, ...]
    efforts: tuple[ActEffort, ...]
    existing_uses: tuple[ExistingUse, ...]
    use_cases: tuple[UseCase, ...]
    legal_facts: tuple[FactValue, ...]
    criteria: tuple[Criterion, ...]
    ratings: tuple[Rating, ...]
    priorities: tuple[Priority, ...]
    capacities: tuple[Capacity, ...]
    budgets: tuple[Budget, ...]
    sittings: tuple[Sitting, ...]
    consultations: tuple[Consultation, ...]
    overrides: tuple[Override, ...]
    training: tuple[TrainingGroup, ...]
    proofs: tuple[Proof, ...]
    validations: tuple[ActValidation, ...]
    offers: tuple[Offer, ...]
    offer_answers: tuple[OfferAnswer, ...]
    second_readings: tuple[SecondReading, ...]
    digest: str

    def person_name(self, person_id: str) -> str:
        """Return the name of a person, or the id when nobody has it."""
        return next((p.name for p in self.people if p.id == person_id), person_id)

    def service_name(self, service_id: str) -> str:
        """Return the name of a service, or the id when no service has it."""
        return next((s.name for s in self.services if s.id == service_id), service_id)

    def case(self, case_id: str) -> UseCase:
        """Return the use case of that id; a KeyError names a case that does not exist."""
        for case in self.use_cases:
            if case.id == case_id:
                return case
        raise KeyError(f"no use case {case_id}")
