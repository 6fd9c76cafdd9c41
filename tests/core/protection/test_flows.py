"""How data move between services: silos, only ways through, data by hand, and the picture."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail_core.authority import Service
from gouvernail_core.kernel import Ternary
from gouvernail_core.protection import (
    DataFlow,
    DataStore,
    FlowIssue,
    FlowMeans,
    cut_points,
    flow_findings,
    links_of,
    parts_without,
    picture,
    service_flows,
)

SERVICES = [
    Service(code, code.upper()) for code in ("rh", "finances", "social", "culture", "ecoles")
]


def flow(giver, receiver, **more):
    return DataFlow(f"{giver}-{receiver}", giver, receiver, "Listes", **more)


#: rh — finances — social, and ecoles — social; culture alone.
FLOWS = [
    flow("rh", "finances", means=FlowMeans.AUTOMATIC, personal=Ternary.YES),
    flow("finances", "rh", means=FlowMeans.RETYPED, personal=Ternary.YES),
    flow("social", "finances", means=FlowMeans.EMAIL),
    flow("ecoles", "social", means=FlowMeans.PAPER, personal=Ternary.NO, carrier="Secrétaire"),
    flow("culture", "culture"),
]
STORES = [
    DataStore("fonds", "Fonds anciens", service="culture", better_used_by=("Écoles",)),
    DataStore("paie", "Paie", service="rh", carriers=("Gestionnaire de paie",)),
    DataStore("aides", "Aides", service="social", carriers=("A", "B")),
]


def found(issue):
    return [item for item in flow_findings(FLOWS, STORES, SERVICES) if item.issue is issue]


def test_a_service_that_holds_data_and_exchanges_nothing_is_a_silo():
    (silo,) = found(FlowIssue.SILO)
    assert silo.subject == "culture", "what it gives itself is no exchange"
    assert "Fonds anciens" in silo.reasons[0].text.fr
    assert "Écoles" in silo.reasons[1].text.fr


def test_a_service_without_data_is_no_silo():
    assert not [f for f in flow_findings([], [], SERVICES) if f.issue is FlowIssue.SILO]


def test_the_only_way_through_names_the_groups_it_holds_together():
    cuts = found(FlowIssue.CUT_POINT)
    assert [item.subject for item in cuts] == ["finances", "social"]
    assert "SOCIAL" in cuts[0].reasons[0].text.fr
    assert parts_without(links_of(FLOWS), "finances") == (("ecoles", "social"), ("rh",))


def test_what_rests_on_one_function_is_told():
    assert [item.subject for item in found(FlowIssue.ONE_CARRIER)] == ["ecoles-social", "paie"]


def test_personal_data_by_hand_are_told_and_the_unknown_is_not_taken_for_no():
    assert [(item.subject, item.sure) for item in found(FlowIssue.BY_HAND)] == [
        ("finances-rh", Ternary.YES), ("social-finances", Ternary.UNKNOWN)
    ]  # fmt: skip
    assert all(item.reasons for item in flow_findings(FLOWS, STORES, SERVICES))


def test_personal_data_whose_way_nobody_stated_are_not_taken_for_safe():
    one = flow("rh", "social", personal=Ternary.YES)
    two = flow("rh", "culture", personal=Ternary.YES, means=FlowMeans.SHARED)
    told = [f for f in flow_findings([one, two], [], SERVICES) if f.issue is FlowIssue.BY_HAND]
    assert [(f.subject, f.sure, f.reasons[0].code) for f in told] == [
        ("rh-social", Ternary.UNKNOWN, "means-unknown")
    ]


def test_the_degree_counts_neighbours_once_whatever_the_way():
    by_id = {item.service: item for item in service_flows(FLOWS, STORES, SERVICES)}
    rh = by_id["rh"]
    assert (rh.degree, rh.gives, rh.receives, rh.stores) == (1, 1, 1, 1)
    assert by_id["culture"].degree == 0
    assert by_id["finances"].neighbours == ("rh", "social")


graphs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=16)


def groups(nodes, links):
    """Count the groups that reach each other, the long way: join until nothing changes."""
    mark = {node: node for node in nodes}
    for _ in nodes:
        for one, two in itertools.product(nodes, repeat=2):
            if two in links.get(one, ()):
                mark[one] = mark[two] = min(mark[one], mark[two])
    return len(set(mark.values()))


@given(graphs)
def test_the_only_ways_through_are_those_whose_removal_parts_the_others(pairs):
    links = links_of([flow(f"s{one}", f"s{two}") for one, two in pairs])
    nodes = sorted(links)
    before = groups(nodes, links)
    expected = set()
    for gone in nodes:
        rest = [node for node in nodes if node != gone]
        if groups(rest, links) > before:
            expected.add(gone)
        assert len(parts_without(links, gone)) == groups(rest, links) - before + 1
    assert cut_points(links) == expected


# ---------------------------------------------------------------------- the picture


def overlap(one, two):
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


@pytest.mark.parametrize("count", [1, 2, 3, 9, 14, 33, 80])
def test_no_name_touches_another_nor_leaves_the_box(count):
    services = [
        Service(
            f"s{n:02d}", "Direction des affaires générales et des élections " * (n % 2) + f"S{n}"
        )
        for n in range(count)
    ]
    flows = [flow(f"s{n:02d}", f"s{n * 7 % count:02d}") for n in range(count)]
    nodes = picture(flows, services).nodes
    assert len(nodes) == count
    for node in nodes:
        left, top, right, bottom = node.label_box
        assert min(left, top) >= 0
        assert max(right, bottom) <= 1000
        assert " ".join(node.label) == node.name or node.label[-1].endswith("…")
    for one, two in itertools.combinations(nodes, 2):
        assert not overlap(one.label_box, two.label_box)
        assert math.dist((one.x, one.y), (two.x, two.y)) >= one.radius + two.radius
        for disc, other in ((one, two), (two, one)):
            box = (
                disc.x - disc.radius,
                disc.y - disc.radius,
                disc.x + disc.radius,
                disc.y + disc.radius,
            )
            assert not overlap(box, other.label_box)


@settings(max_examples=30)
@given(st.permutations(SERVICES), st.permutations(FLOWS))
def test_the_same_facts_give_the_same_picture_in_whatever_order(services, flows):
    assert picture(flows, services) == picture(FLOWS, SERVICES)


def test_each_exchange_is_a_curve_from_rim_to_rim_that_the_way_back_does_not_lie_on():
    drawn = picture(FLOWS, SERVICES)
    nodes = {node.id: node for node in drawn.nodes}
    assert {(edge.giver, edge.receiver) for edge in drawn.edges} == {
        ("rh", "finances"), ("finances", "rh"), ("social", "finances"), ("ecoles", "social")
    }  # fmt: skip
    for edge in drawn.edges:
        for point, node in ((edge.start, nodes[edge.giver]), (edge.end, nodes[edge.receiver])):
            assert math.dist(point, (node.x, node.y)) == pytest.approx(node.radius, abs=0.05)
        assert all(0 <= value <= 1000 for value in edge.bend)
    there = next(e for e in drawn.edges if (e.giver, e.receiver) == ("rh", "finances"))
    back = next(e for e in drawn.edges if (e.giver, e.receiver) == ("finances", "rh"))
    assert math.dist(there.bend, back.bend) > 10
    assert (there.by_hand, back.by_hand) == (False, True)


def test_what_is_no_service_of_ours_is_drawn_and_said_to_be_outside():
    drawn = picture([flow("rh", "caf", personal=Ternary.YES)], SERVICES)
    assert [node.id for node in drawn.nodes if node.outside] == ["caf"]
    assert drawn.edges[0].personal is Ternary.YES


def test_an_authority_without_services_has_an_empty_picture():
    assert picture([], []).nodes == ()
