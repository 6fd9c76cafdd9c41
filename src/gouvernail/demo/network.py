"""A fictive network: hundreds of authorities of every size, drawn from the example by a seed.

Nothing here is anybody's: names are drawn from short lists, towns bear « fictive » in theirs.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gouvernail.demo.example import example_rows
from gouvernail_core.facts import Kind, Row, sheets

AUTHORITIES, PEOPLE, SEED = 420, 16_000, 1
NETWORK = ("cdg-fictif", "Centre de gestion fictif", "Accueil des collectivités, poste 12")

_FIRST = (
    "Aline", "Basile", "Camille", "Daria", "Élie", "Farid", "Gwenn", "Hugo", "Inès", "Joël",
    "Karima", "Louis", "Maëlle", "Noé", "Odile", "Paulin", "Quitterie", "Rémi", "Solène", "Tarek",
    "Ulysse", "Vera", "Wassim", "Xavière", "Yann", "Zélie",
)  # fmt: skip
_LAST = (
    "Abeille", "Bruyère", "Charme", "Douve", "Érable", "Fougère", "Genêt", "Houx", "Iris", "Jonc",
    "Kermès", "Lierre", "Mélèze", "Noyer", "Orme", "Peuplier", "Quenouille", "Roseau", "Saule",
    "Tilleul", "Ulmaire", "Viorne",
)  # fmt: skip
_WHERE = (
    "Bourg", "Champ", "Clos", "Combe", "Fontaine", "Gué", "Haie", "Lande", "Mas", "Mont", "Moulin",
    "Pré", "Puits", "Roche", "Source", "Val", "Vigne",
)  # fmt: skip
_WHOSE = (
    "aux Ânes", "des Brumes", "du Cerf", "des Dames", "de l’Écluse", "du Frêne", "des Grives",
    "du Hêtre", "de l’Île", "des Joncs", "du Loup", "des Merles", "du Nord", "de l’Ouche",
    "des Pies", "du Roi", "des Sources", "du Tertre",
)  # fmt: skip
#: The share of each kind, and the median of its inhabitants.
_KINDS = (
    ("commune", 0.84, 900, "Commune fictive de"),
    ("epci_fp", 0.08, 24_000, "Communauté fictive de"),
    ("ccas_cias", 0.04, 6_000, "CCAS fictif de"),
    ("syndicat", 0.04, 12_000, "Syndicat fictif de"),
)
#: A staff of a hundred for ten thousand inhabitants, about.
_AGENTS_BY_INHABITANT = 0.011
#: Under that staff, one person holds every part.
_SMALL = 12
#: Under that one, some hold two: who sees to data sees to their safety too.
_MODEST = 120
_TWO_PARTS = {"dpo": ("dpo", "rssi"), "drh": ("director", "drh")}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to let in, with what they are."""

    username: str
    name: str
    roles: tuple[str, ...]
    person: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A fictive authority: the rows of its facts, and who has access."""

    code: str
    name: str
    rows: dict[str, list[Row]]
    people: tuple[Newcomer, ...]


def towns(count: int, people: int, *, seed: int = SEED) -> Iterator[Town]:
    """Yield `count` authorities whose accounts are `people` distinct persons in all.

    Each has somebody who leads; the rest goes with the staff. Some people belong to two of them, a
    secretary shared by two town halls; some hold two roles where the staff is modest.

    >>> few = list(towns(5, 60))
    >>> len(few), len({one.username for town in few for one in town.people})
    (5, 60)
    """
    draw = random.Random(seed)  # noqa: S311 - a demonstration, not a secret
    sizes = [_size(draw) for _rank in range(count)]
    shares = _shared(people, [agents for *_which, agents in sizes])
    before: Town | None = None
    for rank, ((kind, words, inhabitants, agents), share) in enumerate(
        zip(sizes, shares, strict=True), start=1
    ):
        town = _town(draw, rank, kind, words, inhabitants, agents, share)
        if before is not None and agents < _SMALL and rank % 10 == 0:
            town = replace(town, people=(*town.people, before.people[0]))
        yield town
        before = town


def _size(draw: random.Random) -> tuple[str, str, int, int]:
    shares = [share for _kind, share, _median, _words in _KINDS]
    kind, _share, median, words = draw.choices(_KINDS, shares)[0]
    inhabitants = max(60, round(median * draw.lognormvariate(0.0, 1.0)))
    return kind, words, inhabitants, max(2, round(inhabitants * _AGENTS_BY_INHABITANT))


def _shared(people: int, weights: list[int]) -> list[int]:
    """Return how many people each has: one at least, the others as the weights say, all of them."""
    left = people - len(weights)
    if left < 0:
        raise ValueError("fewer people than authorities")
    total = sum(weights)
    parts = [left * weight // total for weight in weights]
    for rank in range(left - sum(parts)):
        parts[rank % len(parts)] += 1
    return [1 + part for part in parts]


def _town(
    draw: random.Random, rank: int, kind: str, words: str, inhabitants: int, agents: int, share: int
) -> Town:
    code = f"fictive-{rank:03}"
    place = f"{draw.choice(_WHERE)} {draw.choice(_WHOSE)}"
    name = f"{words} {place} {rank}"
    rows = _rows(draw, agents)
    rows["authority"] = [
        example_rows()["authority"][0]
        | {
            "code": code, "name": name, "kind": kind, "population": inhabitants, "agents": agents,
            "fte": round(agents * 0.9, 1), "ambition": "", "department": "", "region": "",
            "has_fs": agents >= 200, "has_mediator": False, "new_body_installed_on": None,
        }
    ]  # fmt: skip
    for person in rows["people"]:
        person["name"] = _name(draw)
    return Town(code, name, rows, tuple(_people(draw, code, agents, share, rows["people"])))


def _rows(draw: random.Random, agents: int) -> dict[str, list[Row]]:
    """Return part of the example, larger for a larger staff; each reference leads somewhere."""
    rows: dict[str, list[Row]] = {
        code: [dict(row) for row in lines] for code, lines in example_rows().items()
    }
    part = min(1.0, 0.15 + agents / 400)
    for code, least in (("use_cases", 1), ("stores", 2), ("existing_uses", 1), ("services", 2)):
        rows[code] = _some(draw, rows[code], part, least)
    leading = [row for row in rows["people"] if row["role"] in ("dgs", "elu", "director")]
    others = [row for row in rows["people"] if row not in leading]
    rows["people"] = leading[: max(3, round(part * len(leading)))] + others[: round(part * 8)]
    rows["sittings"] = rows["sittings"][: max(4, round(part * len(rows["sittings"])))]
    for budget in rows["budgets"]:
        budget["amount_eur"] = max(1000, round(budget["amount_eur"] * part / 1000) * 1000)
    for row in rows["use_cases"]:
        row["stage"] = draw.choice(("idea", "idea", "exploring", "candidate", row["stage"]))
    return _whole(rows)


def _some(draw: random.Random, rows: list[Row], part: float, least: int) -> list[Row]:
    kept = draw.sample(rows, max(least, round(part * len(rows))))
    return [row for row in rows if row in kept]


def _whole(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the rows without the references that lead nowhere any more.

    A row that a missing one names by its key, or that needs it, goes with it; any other reference
    is emptied.
    """
    known = {code: {row.get("id") for row in lines} for code, lines in rows.items()}
    for described in sheets():
        refs = [c for c in described.columns if c.target]
        kept = []
        for row in rows[described.code]:
            lost = [c for c in refs if c.kind is Kind.REF and _lost(row, c.code, known[c.target])]
            if any(c.code in described.key or c.required for c in lost):
                continue
            row |= {c.code: "" for c in lost}
            row |= {
                c.code: [each for each in row[c.code] if each in known[c.target]]
                for c in refs
                if c.kind is Kind.REFS
            }
            kept.append(row)
        rows[described.code] = kept
        known[described.code] = {row.get("id") for row in kept}
    return rows


def _lost(row: Mapping[str, Any], code: str, known: set[Any]) -> bool:
    return bool(row[code]) and row[code] not in known


def _people(
    draw: random.Random, code: str, agents: int, share: int, known: list[Row]
) -> Iterator[Newcomer]:
    """Yield `share` people: who leads, those the facts name, then staff members."""
    named = [row for row in known if row["role"] in ("dgs", "elu", "director", "drh", "dpo")]
    lead = "secretary" if agents < _SMALL else "dgs"
    first = next(row for row in known if row["role"] == "dgs")
    yield Newcomer(f"1@{code}", first["name"], (lead,), first["id"])
    others = [row for row in named if row is not first]
    for rank in range(2, share + 1):
        if rank - 2 < len(others):
            row = others[rank - 2]
            yield Newcomer(f"{rank}@{code}", row["name"], _parts(row["role"], agents), row["id"])
        else:
            role = draw.choices(
                ("agent", "other", "staff_rep", "rssi", "inspection", "partner"),
                (90, 4, 3, 1, 1, 1),
            )[0]
            yield Newcomer(f"{rank}@{code}", _name(draw), (role,))


def _parts(role: str, agents: int) -> tuple[str, ...]:
    return _TWO_PARTS.get(role, (role,)) if agents < _MODEST else (role,)


def _name(draw: random.Random) -> str:
    return f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"
