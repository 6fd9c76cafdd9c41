"""Which store to look at first, and whether a tool may receive what a use case reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gouvernail_core.kernel import Reason, Ternary, Text
from gouvernail_core.protection.model import DataClass, DataStore, ToolClass

#: The highest class each kind of tool may receive (`design`, §4 and the protection chapter):
#: the authority's own choice, which its general director may change.
HIGHEST_CLASS: dict[ToolClass, DataClass] = {
    ToolClass.T0: DataClass.C4,
    ToolClass.T1: DataClass.C3,
    ToolClass.T2: DataClass.C1,
    ToolClass.T3: DataClass.C0,
}

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


def may_receive(
    tool: ToolClass | None, stores: Sequence[DataStore]
) -> tuple[Ternary, tuple[Reason, ...]]:
    """Return whether `tool` may receive what `stores` hold, and why.

    A store without a class makes the answer unknown: a skipped store is never said to be clean.
    A use case that reads no store needs no tool class.

    >>> answer, _ = may_receive(ToolClass.T3, [DataStore("s", "Photos", data_class=DataClass.C0)])
    >>> answer
    <Ternary.YES: 'yes'>
    """
    if not stores:
        text = Text("Ce cas ne lit aucun gisement.", "This case reads no data store.")
        return Ternary.YES, (Reason("no-store", text),)
    unseen = [store for store in stores if store.data_class is None]
    known = [store for store in stores if store.data_class is not None]
    reasons: list[Reason] = []
    answer = Ternary.YES
    if tool is None:
        text = Text(
            "La classe de l’outil (T0 à T3) n’est pas indiquée.",
            "The class of the tool (T0 to T3) is not stated.",
        )
        reasons.append(Reason("tool-class-missing", text))
        answer = Ternary.UNKNOWN
    for store in known:
        assert store.data_class is not None
        if tool is None:
            continue
        allowed = store.data_class <= HIGHEST_CLASS[tool]
        verb = (
            Text("peut recevoir", "may receive")
            if allowed
            else Text("ne doit pas recevoir", "must not receive")
        )
        text = Text(
            f"Un outil {tool.value} {verb.fr} des données {store.data_class.value} "
            f"(« {store.name} »).",
            f"A {tool.value} tool {verb.en} {store.data_class.value} data (“{store.name}”).",
        )
        reasons.append(Reason("class-allowed" if allowed else "class-too-high", text))
        answer = answer & Ternary.of(allowed)
    for store in unseen:
        text = Text(
            f"« {store.name} » n’a pas encore été examiné : sa classe n’est pas connue.",
            f"“{store.name}” has not been examined yet: its class is not known.",
        )
        reasons.append(Reason("store-unexamined", text))
        answer = answer & Ternary.UNKNOWN
    return answer, tuple(reasons)


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
