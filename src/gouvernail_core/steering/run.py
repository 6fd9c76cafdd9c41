"""The main job: from the facts of an authority to its steered roadmap, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gouvernail_core.authority import Role
from gouvernail_core.facts import Facts
from gouvernail_core.gates import CaseSituation, ProofState, doors, passage
from gouvernail_core.kernel import ConsultationStatus, Finding, RefusedError, Ternary, Text
from gouvernail_core.knowledge.loader import rules_version
from gouvernail_core.portfolio import UseCase, Verdict, pair_is_complete
from gouvernail_core.protection import may_receive, protect_first
from gouvernail_core.selection import Selection, solve
from gouvernail_core.steering.choose import Choice, choice_of, in_workbook_words
from gouvernail_core.steering.consulting import aimed_at, consultation_status
from gouvernail_core.steering.law import LawOfCase, law_of_authority, law_of_cases
from gouvernail_core.steering.model import Steering
from gouvernail_core.steering.planning import Planning, plan_of
from gouvernail_core.steering.said import WHO_LABELS
from gouvernail_core.steering.week import OpenQuestion, week_of

#: What long work calls to say how far it is: a share in [0, 1] and what it is doing.
Report = Callable[[float, Text], None]

#: The parts of a sheet without which a case cannot be compared with the others.
SHEET_PARTS = {
    "problem": Text("le problème", "the problem"),
    "today": Text("le travail réel aujourd’hui", "the real work today"),
    "benefit": Text("le bénéfice attendu", "the expected benefit"),
    "measure": Text("comment il sera mesuré", "how it will be measured"),
    "simpler_way": Text("si plus simple suffirait", "whether something simpler would do"),
}

#: The duty whose proof says that the impact assessment of a case is done.
AIPD_RULE = "RGPD-35"


def steer(
    facts: Facts,
    *,
    on: date,
    seed: int = 1,
    samples: int = 10_000,
    time_limit: float = 30.0,
    progress: Report | None = None,
) -> Steering:
    """Return the answer of every step for these facts on the day `on`.

    `samples` weightings are drawn per actor for the shares; `time_limit` bounds the scheduling, in
    seconds. The same facts, day and seed give the same answer. Raises RefusedError when the
    priorities contradict each other; a portfolio or a plan that cannot exist is not an error but
    a result that says why (its `conflict`).
    """
    report = progress or (lambda share, doing: None)
    report(0.02, Text("Lire ce que le droit demande", "Read what the law asks"))
    law = law_of_cases(
        facts,
        on=on,
        done=lambda n, total: report(
            0.02 + 0.38 * n / total, Text("Lire ce que le droit demande", "Read what the law asks")
        ),
    )
    authority_findings = law_of_authority(facts, on=on)
    consultations = {
        case.id: consultation_status(facts, case, law[case.id], on=on) for case in facts.use_cases
    }
    report(0.45, Text("Comparer les portefeuilles", "Compare the portfolios"))
    choice = choice_of(facts, {k: v.own for k, v in law.items()}, seed=seed)
    selection = _selected(facts, choice, samples)
    report(0.6, Text("Dresser le calendrier", "Draw the calendar"))
    planning = _planning(facts, law, consultations, choice, selection, on, time_limit)
    report(0.95, Text("Rassembler", "Gather"))
    consultations = {
        case_id: aimed_at(facts, status, case_id, planning)
        for case_id, status in consultations.items()
    }
    proofs = _proofs(facts, on)
    situations = {
        case.id: _situation(
            facts, case, law[case.id], consultations[case.id], selection, proofs.get(case.id, {})
        )
        for case in facts.use_cases
    }
    answers = {case_id: doors(s, on=on) for case_id, s in situations.items()}
    passages = {case_id: passage(s, on=on) for case_id, s in situations.items()}
    protect = protect_first(facts.stores, _readers(facts))
    return Steering(
        facts=facts,
        on=on,
        seed=seed,
        samples=samples,
        rules_version=rules_version(),
        law=law,
        authority_findings=authority_findings,
        consultations=consultations,
        proofs=proofs,
        choice=choice,
        selection=selection,
        planning=planning,
        doors=answers,
        passages=passages,
        protect=protect,
        week=week_of(
            facts,
            on=on,
            selection=selection,
            doors=answers,
            passages=passages,
            consultations=consultations,
            protect=protect,
            questions=_questions(facts, law),
            findings=(*authority_findings, *_chosen_findings(law, selection)),
        ),
    )


def _selected(facts: Facts, choice: Choice, samples: int) -> Selection | None:
    """Return the choice, a refusal of the weightings being said of the sheet they come from."""
    if not choice.problem.cases:
        return None
    try:
        return solve(choice.problem, samples=samples)
    except RefusedError as refused:
        labels = {criterion.id: criterion.label for criterion in facts.criteria}
        raise RefusedError(
            *(in_workbook_words(problem, labels) for problem in refused.problems)
        ) from None


def _planning(
    facts: Facts,
    law: Mapping[str, LawOfCase],
    consultations: Mapping[str, ConsultationStatus],
    choice: Choice,
    selection: Selection | None,
    on: date,
    time_limit: float,
) -> Planning | None:
    if selection is None or not selection.recommended:
        return None
    return plan_of(
        facts,
        selection.recommended,
        on=on,
        findings={case_id: (*said.own, *said.authority) for case_id, said in law.items()},
        consultations=consultations,
        worth=_worth(choice, selection),
        time_limit=time_limit,
    )


def _worth(choice: Choice, selection: Selection) -> dict[str, float]:
    """Return how much each case is worth under today's weights, from 0.1 to 10."""
    return {
        case.id: max(
            0.1,
            round(
                10
                * sum(
                    selection.reference.get(criterion, 0.0) * interval.middle
                    for criterion, interval in case.values.items()
                ),
                1,
            ),
        )
        for case in choice.problem.cases
    }


def _situation(
    facts: Facts,
    case: UseCase,
    law: LawOfCase,
    consultation: ConsultationStatus,
    selection: Selection | None,
    proofs: Mapping[str, ProofState],
) -> CaseSituation:
    pair, pair_reasons = pair_is_complete(case)
    stores = [store for store in facts.stores if store.id in case.stores]
    data, data_reasons = may_receive(
        case.tool_class, stores, facts.matrix, aipd_done=_aipd_done(proofs)
    )
    costed = all(budget.year in case.costs_eur for budget in facts.budgets) and facts.budgets
    fits = Ternary.UNKNOWN
    if selection is not None and selection.recommended:
        fits = Ternary.of(case.id in selection.recommended)
    names = [facts.person_name(p) for p in (case.elu, case.director) if p]
    return CaseSituation(
        stage=case.stage,
        pair=pair,
        pair_reasons=pair_reasons,
        blanks=tuple(words for part, words in SHEET_PARTS.items() if not getattr(case, part)),
        data=data,
        data_reasons=data_reasons,
        reads_data=bool(stores),
        findings=law.own,
        proofs=proofs,
        dialogue=consultation,
        costs_known=Ternary.YES if costed else Ternary.UNKNOWN,
        budget_fits=fits,
        owners=_owners(facts, case),
        pair_names=", ".join(names),
    )


def _proofs(facts: Facts, on: date) -> dict[str, dict[str, ProofState]]:
    """Return what is done of each duty on the day `on`, by case ("" is the authority), rule."""
    states: dict[str, dict[str, ProofState]] = {}
    for proof in facts.proofs:
        owner = facts.person_name(proof.owner) if proof.owner else ""
        holds = proof.holds(on)
        expired = proof.expires_on if proof.done_on is not None and not holds else None
        state = ProofState(proof.done_on if holds else None, proof.promised_on, owner, expired)
        states.setdefault(proof.case, {})[proof.rule] = state
    return states


def _aipd_done(proofs: Mapping[str, ProofState]) -> Ternary:
    """Return whether the impact assessment of a case is done, unknown while nothing is said."""
    proof = proofs.get(AIPD_RULE)
    return Ternary.UNKNOWN if proof is None else Ternary.of(proof.done_on is not None)


def _owners(facts: Facts, case: UseCase) -> dict[str, str]:
    """Return who holds each role of the rules: a name, or the role when nobody is named."""
    held = {
        "DGS": Role.DGS,
        "DRH": Role.DRH,
        "DPO": Role.DPO,
        "RSSI": Role.RSSI,
        "DSI": Role.RSSI,
    }
    names = {code: label.fr for code, label in WHO_LABELS.items()}
    for code, role in held.items():
        person = next((p for p in facts.people if p.role is role), None)
        if person is not None:
            names[code] = person.name
    if case.director:
        names["MET"] = facts.person_name(case.director)
    return names


def _readers(facts: Facts) -> dict[str, list[str]]:
    """Return who reads each store: the titles of live cases, the names of uses not stopped."""
    readers: dict[str, list[str]] = {}
    for case in facts.use_cases:
        for store in case.stores if case.in_the_running else ():
            readers.setdefault(store, []).append(case.title)
    for use in facts.existing_uses:
        for store in use.stores if use.verdict is not Verdict.STOP else ():
            readers.setdefault(store, []).append(use.name)
    return readers


def _questions(facts: Facts, law: Mapping[str, LawOfCase]) -> tuple[OpenQuestion, ...]:
    """Return the open questions of live cases, the one that decides most duties first."""
    found = [
        OpenQuestion(case.id, question.fact, question.decides, question.text)
        for case in facts.use_cases
        if case.in_the_running
        for question in law[case.id].assessment.questions
    ]
    return tuple(sorted(found, key=lambda q: (-q.decides, q.case, q.fact)))


def _chosen_findings(
    law: Mapping[str, LawOfCase], selection: Selection | None
) -> tuple[Finding, ...]:
    chosen = selection.recommended if selection is not None else ()
    return tuple(finding for case_id in chosen for finding in law[case_id].own)
