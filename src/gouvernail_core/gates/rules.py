"""May this case go to its next stage? Yes, or the list of what is missing, with its owners.

This module alone owns that question; protection, obligations and dialogue give it plain facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gouvernail_core.gates.model import (
    CaseSituation,
    Door,
    DoorAnswer,
    DoorState,
    Missing,
    Passage,
    ProofState,
)
from gouvernail_core.kernel import (
    Finding,
    Outcome,
    Override,
    Reason,
    Source,
    Stage,
    Ternary,
    Text,
)
from gouvernail_core.kernel.dates import day_text
from gouvernail_core.kernel.stages import NEXT_STAGE
from gouvernail_core.knowledge.loader import load_rules

#: The doors that must be open to enter a stage. A trial works on fictive data without anyone at
#: work concerned, so it asks neither the data nor the dialogue; real conditions ask everything.
NEEDED: dict[Stage, tuple[Door, ...]] = {
    Stage.EXPLORING: (Door.PAIR,),
    Stage.CANDIDATE: (Door.PAIR, Door.SHEET),
    Stage.CHOSEN: (Door.PAIR, Door.SHEET, Door.BUDGET),
    Stage.CONSULTING: (Door.PAIR, Door.SHEET, Door.BUDGET),
    Stage.TRIAL: (Door.PAIR, Door.SHEET, Door.BUDGET),
    Stage.PILOT: (Door.PAIR, Door.SHEET, Door.DATA, Door.LAW, Door.DIALOGUE, Door.BUDGET),
    Stage.GENERAL: (Door.PAIR, Door.SHEET, Door.DATA, Door.LAW, Door.DIALOGUE, Door.BUDGET),
}

#: Rules that say what a case is and ask for no act of their own; an unknown still counts.
CLASSIFYING = frozenset({"AIA-03-IA", "AIA-03-ROLE", "AIA-06", "AIA-DATE"})

#: The states that let a case through; an overridden door does, and goes on asking.
PASSING = frozenset({DoorState.OPEN, DoorState.OVERRIDDEN, DoorState.NONE})
STILL_ASKING = frozenset({DoorState.WAITING, DoorState.CLOSED, DoorState.OVERRIDDEN})

#: What is allowed while the door of the data is shut: no tool receives real data, even for a trial.
SANDBOX_ONLY = Text(
    "Tant que cette porte n’est pas ouverte, seul le bac à sable est permis, avec des données "
    "fictives.",
    "Until this door opens, only the sandbox is allowed, with fictive data.",
)

#: What opens the door of the data, for each kind of obstacle: the codes of `may_receive`.
DATA_KEYS: dict[str, tuple[frozenset[str], Text]] = {
    "secrets": (
        frozenset({"secrets-first"}),
        Text(
            "Ce qui l’ouvre : changer les mots de passe et les clés trouvés en clair.",
            "What opens it: change the passwords and keys found in the clear.",
        ),
    ),
    "examination": (
        frozenset({"store-unexamined", "store-partly-examined"}),
        Text(
            "Ce qui l’ouvre : examiner en entier chaque gisement que ce cas lit.",
            "What opens it: examine the whole of each store this case reads.",
        ),
    ),
    "masking": (
        frozenset({"masked-unknown", "masked-missing"}),
        Text(
            "Ce qui l’ouvre : masquer les données avant qu’elles partent, et le dire.",
            "What opens it: mask the data before they leave, and say so.",
        ),
    ),
    "aipd": (
        frozenset({"aipd-unknown", "aipd-missing"}),
        Text(
            "Ce qui l’ouvre : faire l’analyse d’impact (AIPD), et en donner la preuve.",
            "What opens it: do the impact assessment (DPIA), and give the proof.",
        ),
    ),
    "tool": (
        frozenset({"class-too-high", "tool-class-missing"}),
        Text(
            "Ce qui l’ouvre : un outil d’une classe permise pour ces données, ou d’autres données.",
            "What opens it: a tool of a class allowed for these data, or other data.",
        ),
    ),
}

#: Obstacles one lifts by doing what is asked: the door waits for it, it is not closed.
AWAITED = frozenset().union(*(DATA_KEYS[name][0] for name in ("examination", "masking", "aipd")))

#: The rule that says what is risked by a pilot before the opinion, and on what it rests.
PILOT_RULE = "DS-PILOTE"

#: Rules whose answer the dialogue door gives, so that one duty is not asked twice.
DIALOGUE_PREFIX = "DS-"
#: The rule that asks for a new opinion when the project has changed since the last one.
NEW_ROUND = "DS-REEXAMEN"


def doors(situation: CaseSituation, *, on: date) -> tuple[DoorAnswer, ...]:
    """Return the state of every door on the day `on`, for use in real conditions."""
    return (
        _pair(situation),
        _sheet(situation),
        _data(situation),
        _law(situation, on),
        _dialogue(situation, on),
        _budget(situation),
    )


def passage(situation: CaseSituation, *, on: date) -> Passage | None:
    """Return whether the case may go to its next stage; ``None`` when it has none.

    A blocking finding closes every stage after the exploration, whatever the doors say.
    """
    to = NEXT_STAGE.get(situation.stage)
    if to is None:
        return None
    answers = {answer.door: answer for answer in doors(situation, on=on)}
    needed = list(NEEDED[to])
    blocked = any(finding.outcome is Outcome.BLOCKING for finding in situation.findings)
    if blocked and to is not Stage.EXPLORING and Door.LAW not in needed:
        needed.append(Door.LAW)
    states = [answers[door].state for door in needed]
    missing = tuple(
        item
        for door in needed
        if answers[door].state in STILL_ASKING
        for item in answers[door].missing
    )
    if all(state in PASSING for state in states):
        return Passage(to, Ternary.YES, missing)
    if DoorState.CLOSED in states:
        return Passage(to, Ternary.NO, missing)
    return Passage(to, Ternary.UNKNOWN, missing)


def _sheet(situation: CaseSituation) -> DoorAnswer:
    if not situation.blanks:
        return DoorAnswer(
            Door.SHEET, DoorState.OPEN, Text("La fiche est complète.", "The sheet is complete.")
        )
    missing = tuple(
        Missing(
            Text(f"À écrire sur la fiche : {blank.fr}.", f"To write on the sheet: {blank.en}."),
            situation.pair_names,
            Door.SHEET,
        )
        for blank in situation.blanks
    )
    names_fr = ", ".join(blank.fr for blank in situation.blanks)
    names_en = ", ".join(blank.en for blank in situation.blanks)
    text = Text(f"Il reste à écrire : {names_fr}.", f"Still to be written: {names_en}.")
    return DoorAnswer(Door.SHEET, DoorState.WAITING, text, missing)


def _pair(situation: CaseSituation) -> DoorAnswer:
    if situation.pair is Ternary.YES:
        text = Text("Un élu et une direction portent ce cas.", "A pair holds this case.")
        return DoorAnswer(Door.PAIR, DoorState.OPEN, text)
    owner = _owner(situation, "DGS")
    missing = tuple(Missing(reason.text, owner, Door.PAIR) for reason in situation.pair_reasons)
    text = Text(
        " ".join(reason.text.fr for reason in situation.pair_reasons),
        " ".join(reason.text.en for reason in situation.pair_reasons),
    )
    return DoorAnswer(Door.PAIR, DoorState.WAITING, text, missing, situation.pair_reasons)


def _data(situation: CaseSituation) -> DoorAnswer:
    reasons = situation.data_reasons
    if not situation.reads_data:
        text = Text("Ce cas ne lit aucun gisement.", "This case reads no data store.")
        return DoorAnswer(Door.DATA, DoorState.NONE, text, reasons=reasons)
    if situation.data is Ternary.YES:
        text = Text(
            "L’outil peut recevoir les données de ce cas.",
            "The tool may receive the data of this case.",
        )
        return DoorAnswer(Door.DATA, DoorState.OPEN, text, reasons=reasons)
    against = [r for r in reasons if r.code != "class-allowed"]
    missing = tuple(Missing(r.text, _owner(situation, "RSSI"), Door.DATA) for r in against)
    awaited = bool(against) and all(r.code in AWAITED for r in against)
    closed = situation.data is Ternary.NO and not awaited
    text = Text(
        " ".join([*(r.text.fr for r in against), SANDBOX_ONLY.fr]),
        " ".join([*(r.text.en for r in against), SANDBOX_ONLY.en]),
    )
    reasons = (*reasons, Reason("sandbox-only", SANDBOX_ONLY), *_keys(against))
    return DoorAnswer(
        Door.DATA, DoorState.CLOSED if closed else DoorState.WAITING, text, missing, reasons
    )


def _keys(against: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return what would open the door of the data, one line for each kind of obstacle."""
    codes = {reason.code for reason in against}
    return tuple(
        Reason(f"opens-{name}", text)
        for name, (held_by, text) in DATA_KEYS.items()
        if codes & held_by
    )


def _law(situation: CaseSituation, on: date) -> DoorAnswer:
    own = [f for f in situation.findings if not f.rule.startswith(DIALOGUE_PREFIX)]
    blocking = [f for f in own if f.outcome is Outcome.BLOCKING]
    if blocking:
        titles = Text(
            " ; ".join(f.title.fr for f in blocking), "; ".join(f.title.en for f in blocking)
        )
        reasons = tuple(reason for f in blocking for reason in f.reasons)
        missing = tuple(Missing(f.title, _owner_of(situation, f), Door.LAW) for f in blocking)
        return DoorAnswer(Door.LAW, DoorState.CLOSED, titles, missing, reasons)
    missing_items = [item for f in own for item in _open_duty(situation, f, on)]
    if not missing_items:
        text = Text(
            "Ce que le droit demande avant l’usage est fait.",
            "What the law asks before use is done.",
        )
        return DoorAnswer(Door.LAW, DoorState.OPEN, text)
    first = missing_items[0].what
    more = len(missing_items) - 1
    text = (
        first
        if more == 0
        else Text(
            f"{first.fr} Et {more} autre{'s' if more > 1 else ''} point{'s' if more > 1 else ''}.",
            f"{first.en} And {more} more.",
        )
    )
    return DoorAnswer(Door.LAW, DoorState.WAITING, text, tuple(missing_items))


def _open_duty(situation: CaseSituation, finding: Finding, on: date) -> list[Missing]:
    """Return what a duty that precedes the use still lacks; nothing when it is done or later."""
    if not finding.before or finding.outcome not in (Outcome.DUE, Outcome.TO_EXAMINE):
        return []
    if finding.applies_from is not None and finding.applies_from > on:
        return []
    if finding.rule in CLASSIFYING and finding.outcome is Outcome.DUE:
        return []
    proof = situation.proofs.get(finding.rule, ProofState())
    if proof.done_on is not None:
        return []
    owner = proof.owner or _owner_of(situation, finding)
    if finding.outcome is Outcome.TO_EXAMINE:
        what = Text(f"À examiner : {_lower(finding.title.fr)}.", f"To examine: {finding.title.en}.")
    elif proof.expired_on is not None:
        day = day_text(proof.expired_on)
        what = Text(
            f"{finding.title.fr} : la preuve valait jusqu’au {day.fr}, à refaire.",
            f"{finding.title.en}: the proof held until {day.en}, to be done again.",
        )
    elif proof.promised_on is not None:
        day = day_text(proof.promised_on)
        what = Text(
            f"{finding.title.fr} : attendu le {day.fr}.", f"{finding.title.en}: due {day.en}."
        )
    else:
        what = Text(f"{finding.title.fr} : à faire.", f"{finding.title.en}: to do.")
    return [Missing(what, owner, Door.LAW)]


def _new_round(situation: CaseSituation) -> Finding | None:
    """Return the finding that asks for a new round since the opinion, if it is not answered yet."""
    for finding in situation.findings:
        proof = situation.proofs.get(finding.rule, ProofState())
        asked = finding.rule == NEW_ROUND and finding.outcome is Outcome.DUE
        if asked and proof.done_on is None:
            return finding
    return None


def _dialogue(situation: CaseSituation, on: date) -> DoorAnswer:
    status = situation.dialogue
    drh = _owner(situation, "DRH")
    if status is None or status.needed is Ternary.UNKNOWN:
        what = Text(
            "Dire ce que ce cas change au travail : l’avis du personnel en dépend.",
            "Say what this case changes at work: hearing the staff depends on it.",
        )
        reasons = () if status is None else status.reasons
        missing = (Missing(what, drh, Door.DIALOGUE),)
        return DoorAnswer(Door.DIALOGUE, DoorState.WAITING, what, missing, reasons)
    if status.needed is Ternary.NO:
        text = Text(
            "D’après les faits connus, aucun avis n’est à recueillir.",
            "On the known facts, no opinion is to be heard.",
        )
        return DoorAnswer(Door.DIALOGUE, DoorState.NONE, text, reasons=status.reasons)
    if status.opinion_on is not None and (again := _new_round(situation)):
        day = day_text(status.opinion_on)
        what = Text(
            f"Le projet a changé depuis l’avis du {day.fr} : une nouvelle consultation est à "
            "recueillir, ou à écarter par écrit.",
            f"The project has changed since the opinion of {day.en}: a new round is to be held, or "
            "set aside in writing.",
        )
        missing = (Missing(what, drh, Door.DIALOGUE),)
        reasons = (*again.reasons, *status.reasons)
        return DoorAnswer(Door.DIALOGUE, DoorState.WAITING, what, missing, reasons)
    if status.opinion_on is not None:
        day = day_text(status.opinion_on)
        text = Text(
            f"Avis rendu le {day.fr}, {status.body.fr}.",
            f"Opinion of {day.en}, {status.body.en}.",
        )
        return DoorAnswer(Door.DIALOGUE, DoorState.OPEN, text, reasons=status.reasons)
    told = Text("", "")
    if status.informed_on is not None:
        day = day_text(status.informed_on)
        told = Text(f"Information faite le {day.fr}. ", f"Informed on {day.en}. ")
    when = Text("", "")
    if status.next_sitting is not None and status.papers_by is not None:
        sitting, papers = day_text(status.next_sitting), day_text(status.papers_by)
        when = Text(
            f" Séance du {sitting.fr} : pièces à envoyer au plus tard le {papers.fr}.",
            f" Sitting of {sitting.en}: papers to be sent by {papers.en}.",
        )
    what = Text(
        f"{told.fr}Avis à recueillir avant le pilote : {status.body.fr}.{when.fr}",
        f"{told.en}Opinion to be heard before the pilot: {status.body.en}.{when.en}",
    )
    missing = (Missing(what, drh, Door.DIALOGUE),)
    override = status.override
    if override is not None and override.holds(on=on):
        reasons = (*status.reasons, _risk())
        text = _overridden(override, status.body)
        return DoorAnswer(Door.DIALOGUE, DoorState.OVERRIDDEN, text, missing, reasons)
    return DoorAnswer(Door.DIALOGUE, DoorState.CLOSED, what, missing, status.reasons)


def _overridden(override: Override, body: Text) -> Text:
    """Return who passed over the missing opinion, when, why, and that it is still due."""
    day = day_text(override.decided_on)
    end = None if override.until is None else day_text(override.until)
    until = Text("", "") if end is None else Text(f", jusqu’au {end.fr}", f", until {end.en}")
    ruling = _ruling().text
    return Text(
        f"{override.decided_by} a décidé le {day.fr} de passer outre{until.fr} : "
        f"« {override.reason} » L’avis manque toujours : {body.fr}. Le risque demeure : "
        f"{ruling}, qui ne lie pas une collectivité (à vérifier).",
        f"{override.decided_by} decided on {day.en} to go on without it{until.en}: "
        f"“{override.reason}” The opinion is still missing: {body.en}. The risk remains: "
        f"{ruling}, which does not bind a local authority (to be checked).",
    )


def _ruling() -> Source:
    """Return the first ruling the rule on pilots rests on."""
    return next(rule for rule in load_rules() if rule.code == PILOT_RULE).sources[0]


def _risk() -> Reason:
    """Return what is risked by beginning before the opinion, with the ruling it rests on."""
    return Reason(
        "override-risk",
        Text(
            "Le risque demeure : un pilote en conditions réelles peut valoir première mise en "
            "œuvre, et l’avis se recueille avant. Le jugement cité est de droit privé et ne lie "
            "pas une collectivité ; le suivre est une prudence.",
            "The risk remains: a pilot in real conditions may count as a first implementation, "
            "and the opinion comes before it. The ruling cited is of private law and does not "
            "bind a local authority; following it is a precaution.",
        ),
        _ruling(),
    )


def _budget(situation: CaseSituation) -> DoorAnswer:
    if situation.costs_known is not Ternary.YES:
        what = Text("Le coût de chaque année est à chiffrer.", "The yearly cost is to be stated.")
        missing = (Missing(what, situation.pair_names, Door.BUDGET),)
        return DoorAnswer(Door.BUDGET, DoorState.WAITING, what, missing)
    if situation.budget_fits is Ternary.YES:
        text = Text(
            "Le coût tient dans les enveloppes, avec les autres cas proposés.",
            "The cost fits the envelopes, with the other proposed cases.",
        )
        return DoorAnswer(Door.BUDGET, DoorState.OPEN, text)
    if situation.budget_fits is Ternary.NO:
        text = Text(
            "Hors de la proposition : les cas proposés prennent les enveloppes et les moyens.",
            "Outside the proposal: the proposed cases take up the envelopes and the means.",
        )
    else:
        text = Text("Chiffré ; le choix n’est pas fait.", "Costed; the choice is not made.")
    missing = (Missing(text, _owner(situation, "DGS"), Door.BUDGET),)
    return DoorAnswer(Door.BUDGET, DoorState.WAITING, text, missing)


def _owner(situation: CaseSituation, role: str) -> str:
    return situation.owners.get(role, role)


def _owner_of(situation: CaseSituation, finding: Finding) -> str:
    return " ou ".join(dict.fromkeys(_owner(situation, role) for role in finding.who[:2]))


def _lower(text: str) -> str:
    """Return the text with a small first letter, unless it starts with an acronym."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
