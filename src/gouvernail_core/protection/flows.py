"""How data move between services: who is cut off, what rests on one point, what goes by hand.

A map for the general director to read, and a picture of it in plain numbers. It is about services
and functions, never about a person's work.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gouvernail_core.authority import Service
from gouvernail_core.kernel import Reason, Ternary, Text
from gouvernail_core.protection.model import DataFlow, DataStore, FlowMeans

#: Means by which a person's data get lost, copied or mistyped.
BY_HAND = (FlowMeans.EMAIL, FlowMeans.RETYPED, FlowMeans.PAPER)

Links = Mapping[str, frozenset[str]]


class FlowIssue(StrEnum):
    """What the map of the flows shows."""

    CUT_POINT = "cut_point"
    ONE_CARRIER = "one_carrier"
    BY_HAND = "by_hand"
    SILO = "silo"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return {
            FlowIssue.CUT_POINT: Text("Point de passage unique", "Only way through"),
            FlowIssue.ONE_CARRIER: Text("Repose sur une seule fonction", "Rests on one function"),
            FlowIssue.BY_HAND: Text(
                "Données personnelles passées à la main", "Personal data passed by hand"
            ),
            FlowIssue.SILO: Text("Silo", "Silo"),
        }[self]


@dataclass(frozen=True, slots=True)
class FlowFinding:
    """One thing the map shows of a service, a flow or a store (`subject` is its id), and why.

    `sure` is unknown when a fact is missing: whether the data are about people.
    """

    issue: FlowIssue
    subject: str
    title: Text
    reasons: tuple[Reason, ...]
    sure: Ternary = Ternary.YES


@dataclass(frozen=True, slots=True)
class ServiceFlows:
    """What a service holds, gives and receives; `neighbours` are distinct, whatever the way."""

    service: str
    stores: int
    gives: int
    receives: int
    neighbours: tuple[str, ...]

    @property
    def degree(self) -> int:
        """Return with how many others it exchanges data."""
        return len(self.neighbours)


def links_of(flows: Iterable[DataFlow]) -> Links:
    """Return who exchanges data with whom, both ways; a service does not exchange with itself.

    >>> sorted(links_of([DataFlow("f", "rh", "finances", "Paie")])["finances"])
    ['rh']
    """
    links: dict[str, set[str]] = defaultdict(set)
    for flow in flows:
        if flow.giver and flow.receiver and flow.giver != flow.receiver:
            links[flow.giver].add(flow.receiver)
            links[flow.receiver].add(flow.giver)
    return {name: frozenset(links[name]) for name in sorted(links)}


def service_flows(
    flows: Sequence[DataFlow], stores: Iterable[DataStore], services: Iterable[Service]
) -> tuple[ServiceFlows, ...]:
    """Return what each service holds and exchanges, the most linked first."""
    links = links_of(flows)
    held = [store.service for store in stores]
    found = [
        ServiceFlows(
            service=service.id,
            stores=held.count(service.id),
            gives=sum(f.giver == service.id != f.receiver for f in flows),
            receives=sum(f.receiver == service.id != f.giver for f in flows),
            neighbours=tuple(sorted(links.get(service.id, ()))),
        )
        for service in services
    ]
    return tuple(sorted(found, key=lambda item: (-item.degree, item.service)))


def flow_findings(
    flows: Sequence[DataFlow], stores: Sequence[DataStore], services: Sequence[Service]
) -> tuple[FlowFinding, ...]:
    """Return what the map shows: only ways through, single carriers, data by hand, silos."""
    names = {service.id: service.name for service in services}
    return (
        *_cuts(flows, names),
        *_carriers(flows, stores, names),
        *_by_hand(flows, names),
        *_silos(flows, stores, services),
    )


def cut_points(links: Links) -> frozenset[str]:
    """Return the nodes whose removal leaves others unable to reach each other.

    One depth-first search, low points (Hopcroft and Tarjan, 1973), without recursion.

    >>> sorted(cut_points({"a": frozenset("b"), "b": frozenset("ac"), "c": frozenset("b")}))
    ['b']
    """
    seen: dict[str, int] = {}
    low: dict[str, int] = {}
    cuts: set[str] = set()
    for root in sorted(links):
        if root in seen:
            continue
        seen[root] = low[root] = len(seen)
        branches = 0
        path = [(root, "", iter(sorted(links[root])))]
        while path:
            node, parent, left = path[-1]
            following = next(left, None)
            if following is None:
                path.pop()
                if not path:
                    continue
                above = path[-1][0]
                low[above] = min(low[above], low[node])
                if above == root:
                    branches += 1
                elif low[node] >= seen[above]:
                    cuts.add(above)
            elif following not in seen:
                seen[following] = low[following] = len(seen)
                path.append((following, node, iter(sorted(links[following]))))
            elif following != parent:
                low[node] = min(low[node], seen[following])
        if branches > 1:
            cuts.add(root)
    return frozenset(cuts)


def parts_without(links: Links, gone: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of nodes that still reach each other once `gone` is away, largest first.

    Only what was linked to `gone`, near or far, is told.
    """
    left = set(links.get(gone, ()))
    seen = {gone}
    parts = []
    while left:
        group, ahead = set(), [min(left)]
        while ahead:
            node = ahead.pop()
            if node not in seen:
                seen.add(node)
                group.add(node)
                ahead += sorted(links[node] - seen)
        left -= group
        parts.append(tuple(sorted(group)))
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def _cuts(flows: Sequence[DataFlow], names: Mapping[str, str]) -> list[FlowFinding]:
    links = links_of(flows)
    found = []
    for node in sorted(cut_points(links)):
        apart = parts_without(links, node)
        listed = "\u202f; ".join(_named(part, names) for part in apart)
        listed_en = "; ".join(_named(part, names) for part in apart)
        text = Text(
            f"Sans « {names.get(node, node)} », ces groupes n’échangent plus rien entre eux : "
            f"{listed}.",
            f"Without “{names.get(node, node)}”, these groups exchange nothing any more: "
            f"{listed_en}.",
        )
        title = Text(
            f"Tout passe par « {names.get(node, node)} »",
            f"All goes through “{names.get(node, node)}”",
        )
        found.append(FlowFinding(FlowIssue.CUT_POINT, node, title, (Reason("apart", text),)))
    return found


def _carriers(
    flows: Sequence[DataFlow], stores: Sequence[DataStore], names: Mapping[str, str]
) -> list[FlowFinding]:
    found = []
    for flow in flows:
        if flow.carrier:
            text = Text(
                f"Cet échange repose sur une seule fonction : {flow.carrier}. "
                "Son absence l’arrête.",
                f"This exchange rests on one function: {flow.carrier}. Its absence stops it.",
            )
            reason = Reason("one-carrier", text)
            title = _flow_title(flow, names)
            found.append(FlowFinding(FlowIssue.ONE_CARRIER, flow.id, title, (reason,)))
    for store in stores:
        if len(store.carriers) == 1:
            text = Text(
                f"Une seule fonction porte ce gisement : {store.carriers[0]}.",
                f"One function carries this store: {store.carriers[0]}.",
            )
            title = Text(f"« {store.name} »", f"“{store.name}”")
            reason = Reason("store-one-carrier", text)
            found.append(FlowFinding(FlowIssue.ONE_CARRIER, store.id, title, (reason,)))
    return found


def _by_hand(flows: Sequence[DataFlow], names: Mapping[str, str]) -> list[FlowFinding]:
    """Return the flows of personal data by hand; what nobody has stated leaves it unknown."""
    found = []
    for flow in flows:
        stated = flow.means in BY_HAND
        if flow.personal is Ternary.NO or not (stated or flow.means is None):
            continue
        if flow.means is None and flow.personal is Ternary.UNKNOWN:
            continue  # nothing is known of it: the facts ask, the map has nothing to show
        reasons = [Reason(f"means-{flow.means or 'unknown'}", _WHY_BY_HAND[flow.means])]
        if flow.personal is Ternary.UNKNOWN:
            text = Text(
                "Personne n’a dit si ces données concernent des personnes.",
                "Nobody has said whether these data are about people.",
            )
            reasons.append(Reason("personal-unknown", text))
        sure = flow.personal if stated else Ternary.UNKNOWN
        title = _flow_title(flow, names)
        found.append(FlowFinding(FlowIssue.BY_HAND, flow.id, title, tuple(reasons), sure))
    return sorted(found, key=lambda item: item.sure is not Ternary.YES)


_WHY_BY_HAND: dict[FlowMeans | None, Text] = {
    None: Text(
        "Personne n’a dit comment ces données passent de l’un à l’autre.",
        "Nobody has said how these data go from one to the other.",
    ),
    FlowMeans.EMAIL: Text(
        "Par courriel : chaque envoi fait une copie que personne ne suit.",
        "By e-mail: each message makes a copy nobody follows.",
    ),
    FlowMeans.RETYPED: Text(
        "Par ressaisie : une erreur de frappe change le dossier de quelqu’un.",
        "By typing again: a slip changes somebody’s file.",
    ),
    FlowMeans.PAPER: Text(
        "Sur papier : rien ne dit qui l’a lu, ni où il se trouve.",
        "On paper: nothing says who has read it, or where it is.",
    ),
}


def _silos(
    flows: Sequence[DataFlow], stores: Iterable[DataStore], services: Iterable[Service]
) -> list[FlowFinding]:
    held: dict[str, list[DataStore]] = defaultdict(list)
    for store in stores:
        held[store.service].append(store)
    linked = set(links_of(flows))
    found = []
    for service in services:
        own = held.get(service.id, [])
        if not own or service.id in linked:
            continue
        stores_named = ", ".join(f"« {store.name} »" for store in own)
        stores_named_en = ", ".join(f"“{store.name}”" for store in own)
        text = Text(
            f"Ce service tient {stores_named} ; aucun échange n’est connu, ni donné ni reçu.",
            f"This service holds {stores_named_en}; no exchange is known, given or received.",
        )
        reasons = [Reason("no-exchange", text)]
        better = sorted({name for store in own for name in store.better_used_by})
        if better:
            text = Text(
                f"Ces données serviraient aussi à : {', '.join(better)}.",
                f"These data would also serve: {', '.join(better)}.",
            )
            reasons.append(Reason("better-used-by", text))
        title = Text(f"« {service.name} »", f"“{service.name}”")
        found.append(FlowFinding(FlowIssue.SILO, service.id, title, tuple(reasons)))
    return found


def _flow_title(flow: DataFlow, names: Mapping[str, str]) -> Text:
    giver, receiver = names.get(flow.giver, flow.giver), names.get(flow.receiver, flow.receiver)
    return Text(f"{flow.what} : {giver} → {receiver}", f"{flow.what}: {giver} → {receiver}")


def _named(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(item, item) for item in ids)


# ---------------------------------------------------------------------- the picture

#: The box of the picture, in its own units, and the ellipse the services stand on.
BOX = 1000.0
_ACROSS, _DOWN = 175.0, 440.0
_NODE = 9.0
#: The largest letters; how wide a letter is at most, and how far two lines are, for its height.
_LETTER, _WIDE, _LINE = 20.0, 0.6, 1.2
_APART = 8.0


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A service in the picture: its middle, its radius, and where its name is written.

    `label` is `name` on one line or two, cut to what fits; it starts at `label_x` (`anchor`
    "start") or ends there ("end"), its letters `letter` high, its lines around `y`.
    """

    id: str
    name: str
    label: tuple[str, ...]
    x: float
    y: float
    radius: float
    label_x: float
    anchor: str
    letter: float
    outside: bool

    @property
    def label_box(self) -> tuple[float, float, float, float]:
        """Return the left, top, right and bottom of the name, at its widest."""
        width = max(map(len, self.label)) * self.letter * _WIDE
        left = self.label_x if self.anchor == "start" else self.label_x - width
        half = len(self.label) * self.letter * _LINE / 2
        return (left, self.y - half, left + width, self.y + half)


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """What one service gives another: a quadratic curve from `start` by `bend` to `end`.

    `flows` are the ids; `by_hand` says that one goes by e-mail, retyping or paper, `personal`
    that one carries people's data (unknown when nobody has said).
    """

    giver: str
    receiver: str
    flows: tuple[str, ...]
    start: tuple[float, float]
    bend: tuple[float, float]
    end: tuple[float, float]
    by_hand: bool
    personal: Ternary


@dataclass(frozen=True, slots=True)
class Picture:
    """The map of the flows, in a box of 0 to 1000 both ways, y downwards."""

    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]


def picture(flows: Sequence[DataFlow], services: Sequence[Service]) -> Picture:
    """Return where to draw each service and each exchange; the same facts give the same picture.

    Services stand on an ellipse at equal heights, names outwards, so that no name touches another;
    those that exchange most stand near each other. Givers and receivers that are no service of the
    authority are drawn too, and said to be `outside`.
    """
    names = {service.id: service.name for service in services}
    links = links_of(flows)
    known = sorted(set(names) | set(links))
    nodes = _placed(_near(known, links), names)
    by_id = {node.id: node for node in nodes}
    grouped: dict[tuple[str, str], list[DataFlow]] = defaultdict(list)
    for flow in flows:
        if flow.giver and flow.receiver and flow.giver != flow.receiver:
            grouped[flow.giver, flow.receiver].append(flow)
    edges = tuple(
        _edge(by_id[giver], by_id[receiver], grouped[giver, receiver])
        for giver, receiver in sorted(grouped)
    )
    return Picture(nodes, edges)


def _near(known: Sequence[str], links: Links) -> list[str]:
    """Return the services in the order of the ellipse, each after those it exchanges most with."""
    left, order = set(known), list[str]()
    while left:
        placed = set(order)

        def pull(name: str, placed: set[str] = placed) -> tuple[int, int, str]:
            near = links.get(name, frozenset())
            return (-len(near & placed), -len(near), name)

        following = min(left, key=pull)
        order.append(following)
        left.remove(following)
    return order


def _placed(order: Sequence[str], names: Mapping[str, str]) -> tuple[PictureNode, ...]:
    right = (len(order) + 1) // 2
    sides = [(list(order[:right]), 1), (list(reversed(order[right:])), -1)]
    gap = 2 * _DOWN / max(right, 1)
    letter = min(_LETTER, 0.8 * gap)
    lines = 2 if 2.2 * _LINE * letter <= gap else 1
    radius = min(_NODE, 0.4 * gap)
    nodes = []
    for members, side in sides:
        step = 2 * _DOWN / max(len(members), 1)
        for place, name in enumerate(members):
            height = -_DOWN + step * (place + 0.5)
            across = _ACROSS * math.sqrt(1 - (height / _DOWN) ** 2)
            x, y = BOX / 2 + side * across, BOX / 2 + height
            label_x = x + side * (radius + _APART)
            room = BOX - label_x if side > 0 else label_x
            nodes.append(
                PictureNode(
                    id=name,
                    name=names.get(name, name),
                    label=_cut(names.get(name, name), int(room / (letter * _WIDE)), lines),
                    x=round(x, 2),
                    y=round(y, 2),
                    radius=round(radius, 2),
                    label_x=round(label_x, 2),
                    anchor="start" if side > 0 else "end",
                    letter=round(letter, 2),
                    outside=name not in names,
                )
            )
    return tuple(nodes)


def _cut(name: str, most: int, lines: int) -> tuple[str, ...]:
    """Return a name on so many lines of `most` letters, the last one cut if it must be.

    >>> _cut("Éducation et petite enfance", 12, 2)
    ('Éducation et', 'petite…')
    """
    written = [""]
    words = name.split()
    while words:
        longer = f"{written[-1]} {words[0]}".strip()
        if len(longer) <= most:
            written[-1] = longer
        elif len(written) < lines and written[-1]:
            written.append("")
            continue
        else:
            kept = longer if not written[-1] else f"{written[-1]} "
            written[-1] = f"{kept[: max(1, most - 1)].rstrip()}…"
            break
        words.pop(0)
    return tuple(written)


def _edge(one: PictureNode, two: PictureNode, flows: Sequence[DataFlow]) -> PictureEdge:
    """Return the curve between two services, bent so that the way back does not lie on it."""
    middle = ((one.x + two.x) / 2, (one.y + two.y) / 2)
    length = math.hypot(two.x - one.x, two.y - one.y)
    across = ((two.y - one.y) / length, (one.x - two.x) / length)
    inwards = ((BOX / 2 - middle[0]) * 0.35, (BOX / 2 - middle[1]) * 0.35)
    aside = min(24.0, length * 0.12)
    bend = (
        middle[0] + inwards[0] + across[0] * aside,
        middle[1] + inwards[1] + across[1] * aside,
    )
    personal = {flow.personal for flow in flows}
    return PictureEdge(
        giver=one.id,
        receiver=two.id,
        flows=tuple(sorted(flow.id for flow in flows)),
        start=_rim(one, bend),
        bend=(round(bend[0], 2), round(bend[1], 2)),
        end=_rim(two, bend),
        by_hand=any(flow.means in BY_HAND for flow in flows),
        personal=next(t for t in (Ternary.YES, Ternary.UNKNOWN, Ternary.NO) if t in personal),
    )


def _rim(node: PictureNode, towards: tuple[float, float]) -> tuple[float, float]:
    """Return the point of a node's rim that faces a point."""
    away = math.hypot(towards[0] - node.x, towards[1] - node.y) or 1.0
    share = node.radius / away
    return (
        round(node.x + (towards[0] - node.x) * share, 2),
        round(node.y + (towards[1] - node.y) * share, 2),
    )
