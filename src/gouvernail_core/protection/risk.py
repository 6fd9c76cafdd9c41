"""What a leak of a file or of a store would do: three factors on one line, R = S² · V · E.

S, the sensitivity, is what was found; V, the volume, how many people it is about; E, the exposure,
who can reach it, from where, and whether it should still be there. Unknown access or hosting is
taken at its worst, aloud. No value found in a file is ever held here: only counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gouvernail_core.kernel import Interval, Reason, Ternary, Text
from gouvernail_core.protection.detection.kinds import COUNTED, PersonalData
from gouvernail_core.protection.model import (
    DataClass,
    DataStore,
    Hosting,
    StoreKind,
)
from gouvernail_core.protection.numbers import short, small
from gouvernail_core.protection.scale import Place, Scale, default_scale

#: What names an organisation or opens a door is not a person.
NOT_A_PERSON = frozenset({PersonalData.SIREN, PersonalData.SIRET, PersonalData.SECRET})
#: Numbers that make a name worth stealing.
_NUMBERS = frozenset({PersonalData.NIR, PersonalData.IBAN, PersonalData.RIB})
_HIGHLY_PERSONAL = (
    PersonalData.NIR,
    PersonalData.IBAN,
    PersonalData.RIB,
    PersonalData.CARD,
    PersonalData.CAF,
    PersonalData.TAX,
)
#: Kinds of store that someone could have opened by a link without anyone knowing.
_LINKABLE = frozenset({StoreKind.SHARE, StoreKind.CLOUD, StoreKind.APPLICATION})
#: Draws of the bootstrap, and the share of them an interval keeps.
REPLICATES = 1_000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds of one kind: occurrences, distinct ones, and the surest confidence.

    `professional` is for addresses of the authority's own domains, given apart from the others.
    """

    kind: PersonalData
    count: int
    distinct: int
    confidence: float
    professional: bool = False

    def __post_init__(self) -> None:
        if self.count < 0 or self.distinct < 0 or not 0 <= self.confidence <= 1:
            raise ValueError("counts are zero or more, a confidence is between 0 and 1")

    @property
    def counted(self) -> bool:
        """Return whether it is sure enough to be counted (`COUNTED`)."""
        return self.count > 0 and self.confidence >= COUNTED


def found_of(types: Mapping[str, Mapping[str, Any]]) -> tuple[Found, ...]:
    """Return what a scan tells of a file: `count`, `distinct` and `confidence` by code of kind.

    >>> found_of({"NIR": {"count": 3, "distinct": 2, "confidence": 0.97}})[0].distinct
    2
    """
    return tuple(
        Found(
            PersonalData(code),
            int(told["count"]),
            int(told["distinct"]),
            float(told["confidence"]),
        )
        for code, told in types.items()
    )


def is_professional(address: str, own_domains: Iterable[str]) -> bool:
    """Return whether an e-mail address is of one of the authority's own domains.

    >>> is_professional("a.martin@mail.ville.example", ["ville.example"])
    True
    >>> is_professional("a.martin@autreville.example", ["ville.example"])
    False
    """
    domain = address.rpartition("@")[2].lower().rstrip(".")
    own = [name.lower().strip(".") for name in own_domains]
    return any(domain == name or domain.endswith(f".{name}") for name in own if name)


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the exposure; `assumed` when it was not known and taken at its worst."""

    value: float
    reason: Reason
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can open a store (A), and from where it can be reached (L)."""

    access: Factor
    place: Factor

    @property
    def value(self) -> float:
        """Return A · L."""
        return self.access.value * self.place.value

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why, access first."""
        return (self.access.reason, self.place.reason)


def reach_of(store: DataStore, *, accounts: int | None = None, scale: Scale | None = None) -> Reach:
    """Return how exposed a store is; what nobody has said is taken at its worst.

    `accounts` is how many accounts the authority has: with the readers of the store, it gives the
    share of access where the access itself was not stated.

    >>> reach_of(DataStore("s", "Commun", public_link=Ternary.YES)).value
    3.0
    """
    scale = scale or default_scale()
    return Reach(_access(store, accounts, scale), _place(store, scale))


def _access(store: DataStore, accounts: int | None, scale: Scale) -> Factor:
    if store.access is not None:
        value, label = scale.access[store.access], store.access.label
        text = Text(
            f"Accès : {small(label.fr)} (× {short(value).fr}).",
            f"Access: {small(label.en)} (× {short(value).en}).",
        )
        return Factor(value, Reason("access", text))
    if store.readers is not None and accounts:
        value = min(1.0, store.readers / accounts)
        text = Text(
            f"Accès : {store.readers} comptes sur {accounts} (× {short(value).fr}).",
            f"Access: {store.readers} accounts of {accounts} (× {short(value).en}).",
        )
        return Factor(value, Reason("access-counted", text))
    value = max(scale.access.values())
    text = Text(
        f"Accès inconnu : compté comme ouvert à toute la collectivité (× {short(value).fr}).",
        f"Access unknown: counted as open to the whole authority (× {short(value).en}).",
    )
    return Factor(value, Reason("access-assumed", text), assumed=True)


def _place(store: DataStore, scale: Scale) -> Factor:
    """Return L: a link open to all beats encryption, which beats where the store runs."""
    linkable = store.kind in _LINKABLE
    if store.public_link is Ternary.YES:
        return _stated(Place.PUBLIC_LINK, scale, Text("Lien public", "Public link"))
    if store.public_link is Ternary.UNKNOWN and linkable:
        text = Text(
            "Personne n’a dit s’il existe un lien public : compté comme s’il y en avait un",
            "Nobody has said whether there is a public link: counted as if there were one",
        )
        return _stated(Place.PUBLIC_LINK, scale, text, assumed=True)
    if store.encrypted is Ternary.YES:
        return _stated(Place.ENCRYPTED, scale, Text("Chiffré", "Encrypted"))
    if store.hosting is Hosting.OUTSIDE_EU:
        return _stated(Place.OUTSIDE_EU, scale, store.hosting.label)
    if store.hosting is Hosting.UNKNOWN:
        text = Text(
            "Hébergement inconnu : compté hors Union", "Hosting unknown: counted outside the Union"
        )
        return _stated(Place.OUTSIDE_EU, scale, text, assumed=True)
    open_to_all = store.kind in (StoreKind.SHARE, StoreKind.PAPER)
    place = Place.OPEN_SHARE if open_to_all else Place.APPLICATION
    return _stated(place, scale, store.kind.label)


def _stated(place: Place, scale: Scale, text: Text, *, assumed: bool = False) -> Factor:
    value = scale.places[place]
    said = Text(f"{text.fr} (× {short(value).fr}).", f"{text.en} (× {short(value).en}).")
    code = f"place-{place.value}" + ("-assumed" if assumed else "")
    return Factor(value, Reason(code, said), assumed)


@dataclass(frozen=True, slots=True)
class Addend:
    """One term of a sensitivity."""

    code: str
    label: Text
    value: float


@dataclass(frozen=True, slots=True)
class Content:
    """What a file is worth protecting for, wherever it lies: S, its terms, D and V.

    `people` is how many distinct people at least; `distinct` also counts organisations and
    secrets, so that a file of passwords has a volume.
    """

    sensitivity: float
    addends: tuple[Addend, ...]
    people: int
    distinct: int
    volume: float

    @property
    def load(self) -> float:
        """Return S² · V."""
        return self.sensitivity**2 * self.volume


@dataclass(frozen=True, slots=True)
class FileRisk:
    """The risk of one file, with every factor in sight: R = S² · V · A · L · T.

    `past_retention` says whether it is older than the retention period; `without_secrets` is what
    it would still hold once its secrets have been changed.
    """

    content: Content
    reach: Reach
    age: Factor
    past_retention: Ternary
    has_secrets: bool
    without_secrets: Content

    @property
    def value(self) -> float:
        """Return R."""
        return self.content.load * self.reach.value * self.age.value

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return why: each term of S, then V, A, L and T."""
        held = self.content
        terms = tuple(
            Reason(
                f"sensitivity-{addend.code}",
                Text(
                    f"{addend.label.fr} : {short(addend.value).fr}.",
                    f"{addend.label.en}: {short(addend.value).en}.",
                ),
            )
            for addend in held.addends
        )
        if not terms:
            text = Text("Rien trouvé dans ce qui a été lu.", "Nothing found in what was read.")
            terms = (Reason("nothing-found", text),)
        volume = Reason(
            "volume",
            Text(
                f"Volume : {held.distinct} personnes ou numéros distincts au moins "
                f"(log₁₀(1 + {held.distinct}) = {short(held.volume).fr}).",
                f"Volume: at least {held.distinct} distinct people or numbers "
                f"(log₁₀(1 + {held.distinct}) = {short(held.volume).en}).",
            ),
        )
        return (*terms, volume, *self.reach.reasons, self.age.reason)


def file_risk(
    found: Sequence[Found],
    reach: Reach,
    *,
    persons: int | None = None,
    age_years: float | None = None,
    keep_years: float | None = None,
    scale: Scale | None = None,
) -> FileRisk:
    """Return the risk of a file from what was found in it and where it lies.

    `persons` is a better count of the distinct people, when somebody has one; `age_years` is the
    time since the file last changed, `keep_years` the retention period of its store. Either
    unknown, the file is counted as too old, and never said to be so.

    >>> from gouvernail_core.protection.model import Access
    >>> seen = [Found(PersonalData.NIR, 99, 99, 1.0), Found(PersonalData.PERSON, 99, 90, 0.8)]
    >>> share = DataStore("s", "Commun", access=Access.EVERYONE, public_link=Ternary.NO,
    ...                   hosting=Hosting.PREMISES)
    >>> file_risk(seen, reach_of(share), age_years=1, keep_years=5).value
    162.0
    """
    scale = scale or default_scale()
    past, age = _age(age_years, keep_years, scale)
    rest = [item for item in found if item.kind is not PersonalData.SECRET]
    return FileRisk(
        content=_content(found, persons, scale),
        reach=reach,
        age=age,
        past_retention=past,
        has_secrets=holds_secrets(found),
        without_secrets=_content(rest, persons, scale),
    )


def _content(found: Sequence[Found], persons: int | None, scale: Scale) -> Content:
    counted = [item for item in found if item.counted]
    if not counted:
        return Content(0.0, (), 0, 0, 0.0)
    people = _people(counted, persons)
    distinct = max(people, *(max(1, item.distinct) for item in counted))
    addends = _addends(counted, people, scale)
    total = min(scale.highest, sum(addend.value for addend in addends))
    return Content(total, addends, people, distinct, math.log10(1 + distinct))


def _people(counted: Sequence[Found], persons: int | None = None) -> int:
    """Return how many distinct people at least: the most distinct of the kinds that tell them."""
    kinds = [max(1, item.distinct) for item in counted if item.kind not in NOT_A_PERSON]
    return persons if persons is not None and kinds else max(kinds, default=0)


def _addends(counted: Sequence[Found], people: int, scale: Scale) -> tuple[Addend, ...]:
    def worth(item: Found) -> float:
        return scale.weight(item.kind, professional=item.professional) * item.confidence

    # Ties go to the kind listed first, so that the same file always says the same reason.
    order = list(PersonalData)
    top = max(counted, key=lambda item: (worth(item), -order.index(item.kind)))
    weight = short(scale.weight(top.kind, professional=top.professional))
    sure = short(top.confidence)
    label = Text(
        f"{top.kind.label.fr} ({weight.fr} × {sure.fr})",
        f"{top.kind.label.en} ({weight.en} × {sure.en})",
    )
    addends = [Addend(top.kind.value, label, worth(top))]
    kinds = {item.kind for item in counted}
    named = PersonalData.PERSON in kinds
    if named and PersonalData.BIRTH_DATE in kinds:
        text = Text("Noms et dates de naissance ensemble", "Names and dates of birth together")
        addends.append(Addend("name-and-birth", text, scale.name_and_birth))
    if named and kinds & _NUMBERS:
        text = Text(
            "Noms et numéros de sécurité sociale ou de compte ensemble",
            "Names and social security or account numbers together",
        )
        addends.append(Addend("name-and-number", text, scale.name_and_number))
    if people >= scale.many:
        text = Text(f"{people} personnes distinctes", f"{people} distinct people")
        addends.append(Addend("many-people", text, scale.many_people))
    return tuple(addends)


def _age(age_years: float | None, keep_years: float | None, scale: Scale) -> tuple[Ternary, Factor]:
    worst = scale.past_retention
    if keep_years is None or age_years is None:
        missing = (
            Text("Durée de conservation inconnue", "Retention period unknown")
            if keep_years is None
            else Text("Âge inconnu", "Age unknown")
        )
        text = Text(
            f"{missing.fr} : compté comme trop ancien (× {short(worst).fr}).",
            f"{missing.en}: counted as too old (× {short(worst).en}).",
        )
        return Ternary.UNKNOWN, Factor(worst, Reason("age-assumed", text), assumed=True)
    shown = Text(
        f"{short(age_years).fr} ans pour {short(keep_years).fr} de conservation",
        f"{short(age_years).en} years for {short(keep_years).en} of retention",
    )
    if age_years > keep_years:
        text = Text(
            f"Trop ancien : {shown.fr} (× {short(worst).fr}).",
            f"Too old: {shown.en} (× {short(worst).en}).",
        )
        return Ternary.YES, Factor(worst, Reason("past-retention", text))
    text = Text(f"À garder encore : {shown.fr} (× 1).", f"Still to be kept: {shown.en} (× 1).")
    return Ternary.NO, Factor(1.0, Reason("within-retention", text))


def holds_secrets(found: Iterable[Found]) -> bool:
    """Return whether a secret in the clear is among what counts."""
    return any(item.counted and item.kind is PersonalData.SECRET for item in found)


def data_class(
    found: Sequence[Found],
    *,
    persons: int | None = None,
    public: Ternary = Ternary.UNKNOWN,
    whole: Ternary = Ternary.YES,
    scale: Scale | None = None,
) -> tuple[DataClass | None, tuple[Reason, ...]]:
    """Return the class of what was found, and why.

    `public` is what a person said, and the only way to C0. `whole` says whether everything was
    read: when it was not, the class holds for what was seen, and there is none when nothing was
    found.

    >>> data_class([Found(PersonalData.IBAN, 3, 3, 0.97)])[0].value
    'C3'
    """
    scale = scale or default_scale()
    counted = [item for item in found if item.counted]
    kinds = {item.kind for item in counted}
    given, reason = _class_of(kinds, _together(counted, persons), scale)
    reasons = [reason]
    if given is DataClass.C1 and whole is not Ternary.YES:
        text = Text(
            "Rien trouvé, mais tout n’a pas été lu : la classe n’est pas connue.",
            "Nothing found, but not all was read: the class is not known.",
        )
        return None, (Reason("not-all-read", text),)
    if whole is not Ternary.YES:
        text = Text(
            "Tout n’a pas été lu : cette classe ne vaut que pour ce qui a été vu.",
            "Not all was read: this class holds only for what was seen.",
        )
        reasons.append(Reason("seen-only", text))
    if public is Ternary.YES and given is DataClass.C1:
        text = Text(
            "Quelqu’un a dit ces données publiques, et rien de personnel n’y a été trouvé.",
            "Someone said these data are public, and nothing personal was found in them.",
        )
        return DataClass.C0, (*reasons, Reason("said-public", text))
    if public is Ternary.YES:
        text = Text(
            "Quelqu’un a dit ces données publiques : à vérifier, ce qui a été trouvé dit autre "
            "chose.",
            "Someone said these data are public: to be checked, what was found says otherwise.",
        )
        reasons.append(Reason("public-doubtful", text))
    return given, tuple(reasons)


def _together(counted: Sequence[Found], persons: int | None) -> int:
    """Return how many people have both an address and a date of birth here, at most."""
    if persons is not None:
        return persons
    both = [
        max((item.distinct for item in counted if item.kind is kind), default=0)
        for kind in (PersonalData.ADDRESS, PersonalData.BIRTH_DATE)
    ]
    return min(both)


def _class_of(kinds: set[PersonalData], together: int, scale: Scale) -> tuple[DataClass, Reason]:
    if PersonalData.SECRET in kinds:
        text = Text(
            "Mots de passe ou clés en clair : à changer d’abord, aucun outil ne les reçoit.",
            "Passwords or keys in the clear: change them first, no tool receives them.",
        )
        return DataClass.C4, Reason("secrets", text)
    if PersonalData.ARTICLE_9 in kinds:
        label = PersonalData.ARTICLE_9.label
        return DataClass.C4, Reason("article-9", Text(f"{label.fr}.", f"{label.en}."))
    high = [kind for kind in _HIGHLY_PERSONAL if kind in kinds]
    if high:
        names = Text(
            ", ".join(kind.label.fr for kind in high), ", ".join(kind.label.en for kind in high)
        )
        return DataClass.C3, Reason("highly-personal", Text(f"{names.fr}.", f"{names.en}."))
    if {PersonalData.ADDRESS, PersonalData.BIRTH_DATE} <= kinds and together >= scale.many:
        text = Text(
            f"Adresses et dates de naissance de {together} personnes ou plus : seuil de "
            f"{short(scale.many).fr}, notre proposition, à ajuster.",
            f"Addresses and dates of birth of {together} people or more: a threshold of "
            f"{short(scale.many).en}, our proposal, to be adjusted.",
        )
        return DataClass.C3, Reason("many-identities", text)
    personal = [kind for kind in PersonalData if kind in kinds - NOT_A_PERSON]
    if personal:
        names = Text(
            ", ".join(kind.label.fr for kind in personal),
            ", ".join(kind.label.en for kind in personal),
        )
        return DataClass.C2, Reason("personal", Text(f"{names.fr}.", f"{names.en}."))
    text = Text(
        "Aucune donnée sur une personne n’a été trouvée ; rien ne dit que ce soit public.",
        "No data about a person were found; nothing says they are public.",
    )
    return DataClass.C1, Reason("nothing-personal", text)


@dataclass(frozen=True, slots=True)
class Loads:
    """Σ S² · V · T / π of a store, now and after acts on its files; all in the unit of R / (A·L).

    `purged` leaves out the files surely past their retention, `rotated` counts the others without
    their secrets, `both` does both.
    """

    now: float = 0.0
    purged: float = 0.0
    rotated: float = 0.0
    both: float = 0.0


@dataclass(frozen=True, slots=True)
class StoreRisk:
    """The risk of a store, what it rests on, and what nobody has looked at.

    `value` is Σ R / π; `interval` is given when files were sampled. `if_alike` is the risk of the
    unread bytes were they like the rest; none when nothing at all was read, never zero otherwise.
    """

    value: float
    interval: Interval | None
    files: int
    examined_bytes: int
    unexamined_bytes: int
    if_alike: float | None
    loads: Loads
    reasons: tuple[Reason, ...]
    seed: int | None = None


def store_risk(
    files: Sequence[FileRisk],
    *,
    examined_bytes: int,
    unexamined_bytes: int,
    inclusion: Sequence[float] | None = None,
    strata: Sequence[str] | None = None,
    seed: int = 1,
    scale: Scale | None = None,
) -> StoreRisk:
    """Return the risk of a store from that of its files.

    `inclusion` gives for each file its chance π to have been drawn (1 when all were read), the
    total being that of Horvitz and Thompson (1952); `strata` names the group each was drawn in.
    `examined_bytes` are those the total stands for: the bytes read, or all those of the files one
    drew from. `unexamined_bytes` are the others: unreadable, refused, forgotten.
    Raises ValueError when a chance is not in ]0, 1] or a length differs.
    """
    scale = scale or default_scale()
    chances = np.ones(len(files)) if inclusion is None else np.asarray(inclusion, dtype=float)
    if len(chances) != len(files) or (strata is not None and len(strata) != len(files)):
        raise ValueError("one chance, and one stratum, for each file")
    if len(chances) and not ((chances > 0) & (chances <= 1)).all():
        raise ValueError("a chance to be drawn is above 0 and at most 1")
    terms = np.array([item.value for item in files]) / chances
    value = math.fsum(terms)
    sampled = bool((chances < 1).any())
    interval = _bootstrap(terms, chances, strata, seed) if sampled else None
    alike, why = _if_alike(files, value, examined_bytes, unexamined_bytes, scale)
    reasons = [_counted_reason(len(files), sampled, interval, seed)]
    reasons += [why] if unexamined_bytes else []
    return StoreRisk(
        value=value,
        interval=interval,
        files=len(files),
        examined_bytes=examined_bytes,
        unexamined_bytes=unexamined_bytes,
        if_alike=alike,
        loads=_loads(files, chances),
        reasons=tuple(reasons),
        seed=seed if sampled else None,
    )


def _loads(files: Sequence[FileRisk], chances: npt.NDArray[np.float64]) -> Loads:
    now, purged, rotated, both = [], [], [], []
    for item, chance in zip(files, chances, strict=True):
        full = item.content.load * item.age.value / chance
        bare = item.without_secrets.load * item.age.value / chance
        kept = item.past_retention is not Ternary.YES
        now.append(full)
        rotated.append(bare)
        purged.append(full if kept else 0.0)
        both.append(bare if kept else 0.0)
    return Loads(math.fsum(now), math.fsum(purged), math.fsum(rotated), math.fsum(both))


def _if_alike(
    files: Sequence[FileRisk], value: float, examined: int, unexamined: int, scale: Scale
) -> tuple[float | None, Reason]:
    if not unexamined:
        return 0.0, Reason("all-examined", Text("Tout a été lu.", "All was read."))
    if not files or examined <= 0:
        text = Text(
            "Rien n’a été lu : le risque n’est pas connu, et n’est pas nul.",
            "Nothing was read: the risk is not known, and is not zero.",
        )
        return None, Reason("nothing-examined", text)
    share = unexamined / examined
    if value > 0:
        text = Text(
            "Ce qui n’a pas été lu est compté à part, comme s’il ressemblait au reste.",
            "What was not read is counted apart, as if it were like the rest.",
        )
        return value * share, Reason("alike", text)
    # Rule of three (Hanley and Lippman-Hand, 1983): nothing in n files leaves up to 3 / n of them.
    worst = max(item.reach.value * item.age.value for item in files)
    one = scale.weight(PersonalData.NIR) ** 2 * math.log10(2) * worst
    text = Text(
        "Rien trouvé dans ce qui a été lu ; jusqu’à 3 fichiers sur autant pourraient encore "
        "contenir quelque chose (règle de trois), comptés chacun pour un numéro de sécurité "
        "sociale.",
        "Nothing found in what was read; up to 3 files in as many could still hold something "
        "(rule of three), each counted as one social security number.",
    )
    return 3 * share * one, Reason("rule-of-three", text)


def _counted_reason(files: int, sampled: bool, interval: Interval | None, seed: int) -> Reason:
    if not sampled:
        text = Text(f"{files} fichiers lus, tous comptés.", f"{files} files read, all counted.")
        return Reason("all-counted", text)
    if interval is None:
        text = Text(
            f"{files} fichier tiré au sort : trop peu pour un intervalle.",
            f"{files} file drawn: too few for an interval.",
        )
        return Reason("too-few-drawn", text)
    text = Text(
        f"{files} fichiers tirés au sort (graine {seed}) : intervalle à 95 % par "
        "rééchantillonnage.",
        f"{files} files drawn (seed {seed}): 95% interval by bootstrap.",
    )
    return Reason("sampled", text)


def _bootstrap(
    terms: npt.NDArray[np.float64],
    chances: npt.NDArray[np.float64],
    strata: Sequence[str] | None,
    seed: int,
) -> Interval | None:
    """Return the interval of Σ R/π by rescaled bootstrap in each stratum (Rao and Wu, 1988).

    Files read for certain do not vary; those of a named stratum still tell how much its others do.
    Lone files of their stratum are put together.
    """
    names = strata or [""] * len(terms)
    groups: dict[str, list[int]] = {}
    for index in np.flatnonzero(chances < 1).tolist():
        groups.setdefault(names[index], []).append(index)
    mates: dict[str, list[int]] = {name: [] for name in groups}
    for index in np.flatnonzero(chances == 1).tolist() if strata else ():
        mates.get(names[index], []).append(index)
    lone = [name for name in groups if len(groups[name]) + len(mates[name]) == 1]
    together = [groups.pop(name)[0] for name in lone]
    drawn = [(groups[name], mates[name]) for name in sorted(groups)]
    drawn += [(together, [])] if len(together) > 1 else []
    if not drawn:
        return None
    rng = np.random.default_rng(seed)
    total = math.fsum(terms)
    moves = np.zeros(REPLICATES)
    for members, alike in drawn:
        chance, size = float(chances[members].mean()), len(members)
        pool = np.concatenate([terms[members], terms[alike] / chance])
        again = pool[rng.integers(len(pool), size=(REPLICATES, size))].sum(axis=1)
        factor = math.sqrt((1 - chance) * len(pool) / (len(pool) - 1))
        moves += (again - size * pool.mean()) * factor
    low, high = np.quantile(total + moves, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(max(0.0, float(low)), max(0.0, float(high)))


@dataclass(frozen=True, slots=True)
class RiskShare:
    """A store among the others: its share of the total risk, and its percentile (100 is the top).

    `rank` starts at 1; equal risks have the same rank.
    """

    store: str
    value: float
    share: float
    percentile: float
    rank: int


def risk_shares(risks: Mapping[str, float]) -> tuple[RiskShare, ...]:
    """Return the stores from the riskiest, each with its share and percentile.

    The percentile counts the stores below, and half of those that equal it (itself included).

    >>> [(item.store, item.share, item.percentile) for item in risk_shares({"a": 1, "b": 3})]
    [('b', 0.75, 75.0), ('a', 0.25, 25.0)]
    """
    total = math.fsum(risks.values())
    shares = []
    for store, value in sorted(risks.items(), key=lambda item: (-item[1], item[0])):
        below = sum(other < value for other in risks.values())
        equal = sum(other == value for other in risks.values())
        above = len(risks) - below - equal
        percentile = 100 * (below + equal / 2) / len(risks)
        share = value / total if total else 0.0
        shares.append(RiskShare(store, value, share, percentile, above + 1))
    return tuple(shares)
