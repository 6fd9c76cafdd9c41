"""« Ma semaine »: seven things at most, those only the general director can move first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gouvernail_core.authority import Body
from gouvernail_core.dialogue import what_follows
from gouvernail_core.facts import Facts, Proof
from gouvernail_core.gates import Door, DoorAnswer, DoorState, Passage
from gouvernail_core.kernel import ConsultationStatus, Finding, Outcome, Stage, Ternary, Text
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.portfolio import UseCase, advise
from gouvernail_core.protection import ProtectFirst
from gouvernail_core.selection import Selection
from gouvernail_core.steering.model import WeekItem

#: The attention a general director has for it: seven items, five dates (`design`, §7).
MOST_ITEMS = 7
MOST_DEADLINES = 5
#: Deadlines further than that are the roadmap's business, not the week's.
DEADLINE_HORIZON = timedelta(days=100)
#: How long before its last day a proof is said to be renewed.
EXPIRY_NOTICE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A legal fact nobody has stated for a case, and how many duties it decides."""

    case: str
    fact: str
    decides: int
    text: Text


def week_of(
    facts: Facts,
    *,
    on: date,
    selection: Selection | None,
    doors: Mapping[str, tuple[DoorAnswer, ...]],
    passages: Mapping[str, Passage | None],
    consultations: Mapping[str, ConsultationStatus],
    protect: tuple[ProtectFirst, ...],
    questions: tuple[OpenQuestion, ...],
    findings: tuple[Finding, ...],
) -> tuple[WeekItem, ...]:
    """Return the items of the week, decisions first, then what is blocked, then the dates."""
    decisions = [
        *_choice(facts, selection, on),
        *_existing_uses(facts),
        *_protect_first(protect),
        *_most_deciding(facts, questions),
    ]
    blocked = _blocked(facts, doors, passages)
    room = max(MOST_ITEMS - len(decisions), 0)
    dates = _deadlines(facts, on, consultations, findings)
    return (*decisions[:MOST_ITEMS], *blocked[:room], *dates[:MOST_DEADLINES])


def _choice(facts: Facts, selection: Selection | None, on: date) -> list[WeekItem]:
    if selection is None:
        return []
    if selection.conflict:
        text = Text(
            " ".join(item.text.fr for item in selection.conflict),
            " ".join(item.text.en for item in selection.conflict),
        )
        title = Text("Desserrer une limite : rien ne tient", "Loosen a limit: nothing fits")
        return [WeekItem("decide", title, text, "selection", minutes=20, who="DGS")]
    pending = [
        case_id
        for case_id in selection.recommended
        if facts.case(case_id).stage in (Stage.IDEA, Stage.EXPLORING, Stage.CANDIDATE)
    ]
    if not pending:
        return []
    sure = [c for c in selection.cases if c.recommended and c.status == "core" and c.proven]
    count, proven = len(selection.recommended), len(sure)
    disputed = count - proven
    text = Text(
        f"{_cases_fr(proven)} sûr{'s' if proven > 1 else ''} quel que soit le poids des critères, "
        f"{_cases_fr(disputed).lower()} à discuter. Le comité de direction peut trancher par "
        "consentement.",
        f"{proven} hold whatever the weights, {disputed} to discuss. The management team can "
        "settle it by consent.",
    )
    title = Text(
        f"Mettre en délibéré la proposition de {count} cas",
        f"Put the proposal of {count} cases to deliberation",
    )
    sittings = [s.on for s in facts.sittings if s.body is Body.CODIR and s.on >= on]
    due = min(sittings, default=None)
    return [WeekItem("decide", title, text, "selection", minutes=15, due=due, who="DGS")]


def _cases_fr(count: int) -> str:
    words = {0: "Aucun cas", 1: "Un cas", 2: "Deux cas", 3: "Trois cas", 4: "Quatre cas"}
    return words.get(count, f"{count} cas")


def _existing_uses(facts: Facts) -> list[WeekItem]:
    undecided = [use for use in facts.existing_uses if use.verdict is None]
    if not undecided:
        return []
    urgent = [use for use in undecided if (v := advise(use)[0]) is not None and v.value == "stop"]
    count = len(undecided)
    names = ", ".join(f"« {use.name} »" for use in (urgent or undecided)[:2])
    names_en = ", ".join(f"“{use.name}”" for use in (urgent or undecided)[:2])
    more = " D’après ce qui est déclaré, des données personnelles sortent." if urgent else ""
    more_en = " As declared, personal data leave." if urgent else ""
    s = "s" if count > 1 else ""
    return [
        WeekItem(
            "decide",
            Text(
                f"Garder, encadrer ou arrêter {count} usage{s} déjà là",
                f"Keep, frame or stop {count} existing use{s}",
            ),
            Text(f"À commencer par {names}.{more}", f"Starting with {names_en}.{more_en}"),
            "existing_uses",
            minutes=5 * min(count, 4),
            who="DGS",
        )
    ]


def _protect_first(protect: tuple[ProtectFirst, ...]) -> list[WeekItem]:
    unseen = [item for item in protect if item.store.data_class is None and item.read_by]
    if not unseen:
        return []
    first = unseen[0].store
    size = f" {first.documents:,} documents,".replace(",", " ", 1) if first.documents else ""
    return [
        WeekItem(
            "decide",
            Text(f"Faire examiner d’abord « {first.name} »", f"Have “{first.name}” examined first"),
            Text(
                f"Au moins un cas le lit, et personne n’a encore regardé ce qu’il contient."
                f"{size and f' Il compte{size[:-1]}.'}",
                "At least one case reads it, and nobody has looked at what it holds yet.",
            ),
            "protection",
            target=first.id,
            minutes=10,
            who="DGS",
        )
    ]


def _most_deciding(facts: Facts, questions: tuple[OpenQuestion, ...]) -> list[WeekItem]:
    if not questions or questions[0].decides < 2:
        return []
    first = questions[0]
    case = facts.case(first.case)
    return [
        WeekItem(
            "question",
            Text(
                f"Une réponse qui décide de {first.decides} obligations, « {case.title} »",
                f"One answer that decides {first.decides} duties, “{case.title}”",
            ),
            first.text,
            "questions",
            target=case.id,
            minutes=5,
            who=facts.person_name(case.director) if case.director else "DPO",
        )
    ]


def _blocked(
    facts: Facts,
    doors: Mapping[str, tuple[DoorAnswer, ...]],
    passages: Mapping[str, Passage | None],
) -> list[WeekItem]:
    """Return the cases somebody must move, those with a closed door and the furthest on first."""
    items: list[tuple[int, int, str, WeekItem]] = []
    for case in facts.use_cases:
        answer = _shut_door(case, doors[case.id], passages[case.id])
        if answer is None:
            continue
        badge = Text(
            f"{answer.door.label.fr} : {answer.state.label.fr.lower()}",
            f"{answer.door.label.en}: {answer.state.label.en.lower()}",
        )
        first = answer.missing[0]
        title = Text(case.title, case.title)
        item = WeekItem("blocked", title, first.what, "case", case.id, who=first.owner, badge=badge)
        items.append((_rank(answer), -case.stage.rank, case.id, item))
    return [item for *_, item in sorted(items, key=lambda entry: entry[:3])]


def _shut_door(
    case: UseCase, answers: tuple[DoorAnswer, ...], passage: Passage | None
) -> DoorAnswer | None:
    """Return the door that shuts the next stage of a case, a closed one before a waiting one.

    A case nobody has chosen yet is not held back by the budget: it waits for the choice. A door
    that was passed over stays a thing to settle as long as the opinion is missing.
    """
    if not case.in_the_running:
        return None
    overridden = next((a for a in answers if a.state is DoorState.OVERRIDDEN), None)
    if passage is None or passage.open is Ternary.YES:
        return overridden
    needed = {item.door for item in passage.missing} - {Door.BUDGET}
    shut = [a for a in answers if a.door in needed and a.missing]
    return min(shut, key=_rank, default=overridden)


def _rank(answer: DoorAnswer) -> int:
    """Return how soon a door is told: a closed one, one passed over, then one that waits."""
    order = (DoorState.CLOSED, DoorState.OVERRIDDEN)
    return order.index(answer.state) if answer.state in order else len(order)


def _deadlines(
    facts: Facts,
    on: date,
    consultations: Mapping[str, ConsultationStatus],
    findings: tuple[Finding, ...],
) -> list[WeekItem]:
    """Return the dates to come, soonest first, each said once."""
    found: dict[tuple[date, str], WeekItem] = {}
    for item in (
        *_sittings(facts),
        *_papers(facts, consultations),
        *_promises(facts, findings),
        *_follow_ups(facts, on),
        *_expiries(facts, on, findings),
        *_laws(findings),
    ):
        if item.due is not None and on <= item.due <= on + DEADLINE_HORIZON:
            found.setdefault((item.due, f"{item.title.fr} {item.text.fr}"), item)
    return [found[key] for key in sorted(found)]


def _sittings(facts: Facts) -> Iterator[WeekItem]:
    for sitting in facts.sittings:
        note = Text(sitting.note, sitting.note)
        yield WeekItem("deadline", sitting.body.label, note, "dialogue", due=sitting.on)


def _papers(facts: Facts, consultations: Mapping[str, ConsultationStatus]) -> Iterator[WeekItem]:
    for case in facts.use_cases:
        status = consultations[case.id]
        waits = status.needed is Ternary.YES and status.opinion_on is None
        if not (case.in_the_running and waits and status.next_sitting and status.papers_by):
            continue
        day = day_text(status.next_sitting)
        yield WeekItem(
            "deadline",
            Text("Dernier jour pour les pièces", "Last day for the papers"),
            Text(f"{status.body.fr}, séance du {day.fr}", f"{status.body.en}, sitting of {day.en}"),
            "dialogue",
            due=status.papers_by,
            who="DRH",
        )


def _follow_ups(facts: Facts, on: date) -> Iterator[WeekItem]:
    """Yield what an opinion calls for and nobody has done; what is late is told as of today."""
    for consultation in facts.consultations:
        for item in what_follows(consultation):
            if item.done_on is not None:
                continue
            case, last = facts.case(item.case), day_text(item.last)
            told = Text(case.title, case.title)
            if item.late(on=on):
                told = Text(
                    f"{case.title}, en retard depuis le {last.fr}",
                    f"{case.title}, late since {last.en}",
                )
            yield WeekItem(
                "deadline",
                item.kind.label,
                told,
                "dialogue",
                due=max(item.last, on),
                who="DRH",
            )


def _expiries(facts: Facts, on: date, findings: tuple[Finding, ...]) -> Iterator[WeekItem]:
    """Yield the proofs about to expire: the duty is to be done again after that day."""
    titles = {finding.rule: finding.title for finding in findings}
    for proof in facts.proofs:
        last = proof.expires_on
        if proof.done_on is None or last is None or not on <= last <= on + EXPIRY_NOTICE:
            continue
        title = titles.get(proof.rule, Text(proof.rule, proof.rule))
        yield WeekItem(
            "deadline",
            Text(
                f"Preuve à renouveler : {title.fr[:1].lower()}{title.fr[1:]}",
                f"Proof to renew: {title.en[:1].lower()}{title.en[1:]}",
            ),
            Text(where := _where(facts, proof), where),
            "evidence",
            proof.case or None,
            due=last,
            who=facts.person_name(proof.owner),
        )


def _where(facts: Facts, proof: Proof) -> str:
    return facts.case(proof.case).title if proof.case else facts.authority.name


def _promises(facts: Facts, findings: tuple[Finding, ...]) -> Iterator[WeekItem]:
    titles = {finding.rule: finding.title for finding in findings}
    for proof in facts.proofs:
        if proof.done_on is not None or proof.promised_on is None:
            continue
        yield WeekItem(
            "deadline",
            titles.get(proof.rule, Text(proof.rule, proof.rule)),
            Text(where := _where(facts, proof), where),
            "case" if proof.case else "obligations",
            proof.case or None,
            due=proof.promised_on,
            who=facts.person_name(proof.owner),
        )


def _laws(findings: tuple[Finding, ...]) -> Iterator[WeekItem]:
    for finding in findings:
        if finding.outcome in (Outcome.DUE, Outcome.WATCH) and finding.applies_from is not None:
            yield WeekItem(
                "deadline",
                finding.title,
                Text("Entre en application", "Comes into force"),
                "obligations",
                finding.rule,
                due=finding.applies_from,
            )
