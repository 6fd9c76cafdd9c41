"""Which store to look at first, and whether a tool may receive what a use case reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gouvernail_core.kernel import Reason, Ternary, Text
from gouvernail_core.protection.matrix import answer as matrix_answer
from gouvernail_core.protection.model import (
    DataClass,
    DataStore,
    MatrixAnswer,
    MatrixChoice,
    ToolClass,
)

#: Categories of article 9 GDPR and of professional secrets, as coded in the legal facts.
SENSITIVE = frozenset(
    {
        "santé", "biométrie", "opinions", "religion", "syndicat", "vie_sexuelle", "origine",
        "génétique", "infractions", "NIR", "social",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProtectFirst:
    """A store and why it comes where it does; `rank` starts at 1."""

    rank: int
    store: DataStore
    read_by: tuple[str, ...]
    reasons: tuple[Reason, ...]


class ReadsStores(Protocol):
    """A tool in use: what it is, where it sends data, what it reads."""

    @property
    def id(self) -> str:
        """Return its code."""

    @property
    def name(self) -> str:
        """Return what it is called here."""

    @property
    def tool_class(self) -> ToolClass | None:
        """Return where the tool sends what it is given."""

    @property
    def stores(self) -> tuple[str, ...]:
        """Return the ids of the stores it reads."""

    @property
    def personal(self) -> Ternary:
        """Return whether it is given data about people."""


@dataclass(frozen=True, slots=True)
class UseAtFault:
    """A tool in use that may not receive what it reads (no), or of which nobody knows (unknown)."""

    use: str
    name: str
    answer: Ternary
    reasons: tuple[Reason, ...]


def may_receive(
    tool: ToolClass | None,
    stores: Sequence[DataStore],
    choices: Sequence[MatrixChoice] = (),
    *,
    aipd_done: Ternary = Ternary.UNKNOWN,
    masked: Ternary = Ternary.UNKNOWN,
    with_secrets: Collection[str] = (),
) -> tuple[Ternary, tuple[Reason, ...]]:
    """Return whether `tool` may receive what `stores` hold, and why; what would open it is told.

    `choices` are the authority's own lines of the matrix. `masked` says whether the data are
    masked before they leave, `aipd_done` whether the impact assessment is done; `with_secrets`
    are the ids of stores in which secrets lie in the clear, which no tool receives. A store
    without a class, or whose class holds only for what was seen, makes the answer unknown: a
    skipped store is never said to be clean. A use case that reads no store needs no tool class.

    >>> photos = DataStore("s", "Photos", examined=Ternary.YES, data_class=DataClass.C0)
    >>> may_receive(ToolClass.T3, [photos])[0]
    <Ternary.YES: 'yes'>
    """
    if not stores:
        text = Text("Ce cas ne lit aucun gisement.", "This case reads no data store.")
        return Ternary.YES, (Reason("no-store", text),)
    reasons: list[Reason] = []
    answer = Ternary.YES
    if tool is None:
        text = Text(
            "La classe de l’outil (T0 à T3) n’est pas indiquée.",
            "The class of the tool (T0 to T3) is not stated.",
        )
        reasons.append(Reason("tool-class-missing", text))
        answer = Ternary.UNKNOWN
    for store in stores:
        if store.id in with_secrets:
            text = Text(
                f"« {store.name} » contient des mots de passe ou des clés en clair : aucun outil "
                "ne les reçoit. Il faut d’abord les changer.",
                f"“{store.name}” holds passwords or keys in the clear: no tool receives them. "
                "Change them first.",
            )
            reasons.append(Reason("secrets-first", text))
            answer = Ternary.NO
        if tool is not None and store.data_class is not None:
            said, reason = _of_class(tool, store, store.data_class, choices, aipd_done, masked)
            reasons.append(reason)
            answer = answer & said
        if (unseen := _unseen(store)) is not None:
            reasons.append(unseen)
            answer = answer & Ternary.UNKNOWN
    return answer, tuple(reasons)


def _of_class(
    tool: ToolClass,
    store: DataStore,
    data_class: DataClass,
    choices: Sequence[MatrixChoice],
    aipd_done: Ternary,
    masked: Ternary,
) -> tuple[Ternary, Reason]:
    """Return what the matrix answers for one store, the condition being met, unmet or unknown."""
    said, why = matrix_answer(data_class, tool, choices)
    own = why[0].text if why[0].code == "matrix-choice" else Text("", "")
    shown = Text(
        f" ({own.fr.rstrip('.')})" if own.fr else "", f" ({own.en.rstrip('.')})" if own.en else ""
    )
    what = Text(
        f"des données {data_class.value} (« {store.name} »)",
        f"{data_class.value} data (“{store.name}”)",
    )
    if said is MatrixAnswer.NO:
        text = Text(
            f"Un outil {tool.value} ne doit pas recevoir {what.fr}{shown.fr}.",
            f"A {tool.value} tool must not receive {what.en}{shown.en}.",
        )
        return Ternary.NO, Reason("class-too-high", text)
    if said is MatrixAnswer.YES:
        text = Text(
            f"Un outil {tool.value} peut recevoir {what.fr}{shown.fr}.",
            f"A {tool.value} tool may receive {what.en}{shown.en}.",
        )
        return Ternary.YES, Reason("class-allowed", text)
    if said is MatrixAnswer.IF_MASKED:
        met, code = masked, "masked"
        only = Text("que si elles sont masquées", "only if masked")
        opens = {
            Ternary.YES: Text("elles le sont.", "they are."),
            Ternary.NO: Text("elles ne le sont pas.", "they are not."),
            Ternary.UNKNOWN: Text(
                "seront-elles masquées avant l’envoi ?", "will they be masked before they leave?"
            ),
        }[met]
    else:
        met, code = aipd_done, "aipd"
        only = Text("qu’après l’analyse d’impact (AIPD)", "only after the impact assessment (DPIA)")
        opens = {
            Ternary.YES: Text("elle est faite.", "it is done."),
            Ternary.NO: Text("elle n’est pas faite.", "it is not done."),
            Ternary.UNKNOWN: Text("est-elle faite ?", "is it done?"),
        }[met]
    text = Text(
        f"Un outil {tool.value} ne reçoit {what.fr} {only.fr}{shown.fr} : {opens.fr}",
        f"A {tool.value} tool receives {what.en} {only.en}{shown.en}: {opens.en}",
    )
    if met is Ternary.YES:
        return met, Reason("class-allowed", text)
    return met, Reason(f"{code}-missing" if met is Ternary.NO else f"{code}-unknown", text)


def _unseen(store: DataStore) -> Reason | None:
    """Return what the class of a store does not cover, if anything."""
    if store.data_class is None:
        text = Text(
            f"« {store.name} » n’a pas encore été examiné : sa classe n’est pas connue.",
            f"“{store.name}” has not been examined yet: its class is not known.",
        )
        return Reason("store-unexamined", text)
    if store.examined is Ternary.UNKNOWN:
        text = Text(
            f"« {store.name} » n’a été examiné qu’en partie, ou personne ne l’a dit : sa classe "
            f"{store.data_class.value} ne vaut que pour ce qui a été vu.",
            f"“{store.name}” was examined only in part, or nobody has said: its class "
            f"{store.data_class.value} holds only for what was seen.",
        )
        return Reason("store-partly-examined", text)
    if store.examined is Ternary.NO:
        text = Text(
            f"« {store.name} » n’a pas été examiné : sa classe {store.data_class.value} a été "
            "donnée sans regarder.",
            f"“{store.name}” has not been examined: its class {store.data_class.value} was given "
            "without looking.",
        )
        return Reason("store-unexamined", text)
    return None


def uses_at_fault(
    uses: Iterable[ReadsStores],
    stores: Iterable[DataStore],
    choices: Sequence[MatrixChoice] = (),
    *,
    aipd_done: Mapping[str, Ternary] | None = None,
    masked: Mapping[str, Ternary] | None = None,
    with_secrets: Collection[str] = (),
) -> tuple[UseAtFault, ...]:
    """Return the present uses that the matrix does not allow, those it forbids first.

    Give the uses that are alive, not those that were stopped. `aipd_done` and `masked` are by id
    of use. A use that reads people's data is C2 at least; one whose reading nobody has stated is
    unknown, not clean.
    """
    by_id = {store.id: store for store in stores}
    found = []
    for use in uses:
        read = [by_id[store] for store in use.stores if store in by_id]
        answer, reasons = may_receive(
            use.tool_class,
            read,
            choices,
            aipd_done=(aipd_done or {}).get(use.id, Ternary.UNKNOWN),
            masked=(masked or {}).get(use.id, Ternary.UNKNOWN),
            with_secrets=with_secrets,
        )
        if not read:
            answer, reasons = _unstated(use, choices)
        if answer is not Ternary.YES:
            found.append(UseAtFault(use.id, use.name, answer, reasons))
    return tuple(sorted(found, key=lambda item: item.answer is not Ternary.NO))


def _unstated(
    use: ReadsStores, choices: Sequence[MatrixChoice]
) -> tuple[Ternary, tuple[Reason, ...]]:
    """Return what is known of a use whose stores nobody has named."""
    text = Text(
        f"Personne n’a dit ce que lit « {use.name} ».", f"Nobody has said what “{use.name}” reads."
    )
    unstated = Reason("stores-not-stated", text)
    if use.personal is not Ternary.YES or use.tool_class is None:
        return Ternary.UNKNOWN, (unstated,)
    said, _ = matrix_answer(DataClass.C2, use.tool_class, choices)
    if said is not MatrixAnswer.NO:
        return Ternary.UNKNOWN, (unstated,)
    tool = use.tool_class.value
    text = Text(
        f"« {use.name} » lit des données personnelles, donc C2 au moins : un outil {tool} ne doit "
        "pas les recevoir.",
        f"“{use.name}” reads personal data, so C2 at least: a {tool} tool must not receive them.",
    )
    return Ternary.NO, (Reason("class-too-high", text), unstated)


def protect_first(
    stores: Iterable[DataStore], read_by: Mapping[str, Sequence[str]]
) -> tuple[ProtectFirst, ...]:
    """Return the stores, those to look at or protect first at the head.

    The order is lexicographic and says itself: the highest class first, a store without a class
    counting as C4 because nothing says otherwise; then what a case or a present use reads before
    what nobody reads; then what has no class; then where it runs, outside the Union first; then
    the number of people who can read it. `read_by` gives, for a store's id, who reads it.
    """
    ordered = sorted(stores, key=lambda store: _key(store, read_by))
    return tuple(
        ProtectFirst(rank, store, tuple(read_by.get(store.id, ())), _why(store, read_by))
        for rank, store in enumerate(ordered, start=1)
    )


def _key(store: DataStore, read_by: Mapping[str, Sequence[str]]) -> tuple[object, ...]:
    assumed = store.data_class or DataClass.C4
    outside = {"outside_eu": 0, "unknown": 1, "eu": 2, "france": 3, "premises": 4}
    return (
        -int(assumed.value[1]),
        0 if read_by.get(store.id) else 1,
        0 if store.data_class is None else 1,
        outside[store.hosting.value],
        -(store.readers or 0),
        store.id,
    )


def _why(store: DataStore, read_by: Mapping[str, Sequence[str]]) -> tuple[Reason, ...]:
    reasons = []
    readers = read_by.get(store.id, ())
    if readers:
        names = ", ".join(readers)
        text = Text(f"Lu par : {names}.", f"Read by: {names}.")
        reasons.append(Reason("read-by", text))
    if store.data_class is not None:
        reasons.append(Reason("class", store.data_class.label))
    elif store.examined is Ternary.NO:
        text = Text(
            "Pas encore examiné\u00a0: compté au plus haut tant que personne n’a regardé.",
            "Not examined yet: counted at the highest until someone has looked.",
        )
        reasons.append(Reason("never-examined", text))
    else:
        text = Text(
            "Personne n’a dit s’il l’a été\u00a0: compté au plus haut, faute de classe.",
            "Nobody has said whether it was examined: counted at the highest, for want of a class.",
        )
        reasons.append(Reason("examination-unknown", text))
    reasons.append(Reason("hosting", store.hosting.label))
    if store.readers:
        text = Text(f"{store.readers} lecteurs possibles.", f"{store.readers} possible readers.")
        reasons.append(Reason("readers", text))
    return tuple(reasons)
