"""What to protect first: the best set of acts for the hours one has, against trying them all."""

from dataclasses import replace
from itertools import chain, combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail_core.kernel import Ternary
from gouvernail_core.protection import (
    Access,
    ActEffort,
    DataStore,
    Hosting,
    Loads,
    ProtectiveAct,
    StoreKind,
    default_scale,
    possible_acts,
    protect_plan,
    risk_after,
)

COMMON = DataStore(
    "commun", "Commun", access=Access.EVERYONE, public_link=Ternary.YES, encrypted=Ternary.NO,
    hosting=Hosting.PREMISES, examined=Ternary.YES,
)  # fmt: skip
LOADS = Loads(now=100.0, purged=60.0, rotated=80.0, both=50.0)


@st.composite
def loads(draw):
    both = draw(st.floats(0, 50))
    purged, rotated = (both + draw(st.floats(0, 50)) for _ in range(2))
    return Loads(max(purged, rotated) + draw(st.floats(0, 50)), purged, rotated, both)


@st.composite
def stores(draw, code="s"):
    return DataStore(
        code, code.upper(),
        kind=draw(st.sampled_from(StoreKind)),
        access=draw(st.sampled_from([None, *Access])),
        public_link=draw(st.sampled_from(Ternary)),
        encrypted=draw(st.sampled_from(Ternary)),
        hosting=draw(st.sampled_from(Hosting)),
    )  # fmt: skip


def all_sets(acts):
    return chain.from_iterable(combinations(acts, size) for size in range(len(acts) + 1))


def acts_on(store):
    """Return the acts that have a meaning on a store: paper is not encrypted."""
    paper = store.kind is StoreKind.PAPER
    return [act for act in ProtectiveAct if not (paper and act is ProtectiveAct.ENCRYPT)]


def brute_force(items, held, hours, capacity):
    """Return the most risk that can be taken away, by trying every set of every store."""
    best = 0.0
    options = [
        [
            (sum(hours[s.id, a] for a in acts), risk_after(s, held[s.id], acts))
            for acts in all_sets(acts_on(s))
        ]
        for s in items
    ]
    now = sum(risk_after(s, held[s.id]) for s in items)
    for pick in product(*options):
        if sum(time for time, _ in pick) <= capacity + 1e-9:
            best = max(best, now - sum(risk for _, risk in pick))
    return best


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_other_set_of_acts_takes_more_away(data):
    items = [data.draw(stores(code)) for code in "ab"]
    held = {s.id: data.draw(loads()) for s in items}
    hours = {
        (s.id, act): data.draw(st.sampled_from([0, 0.25, 0.5, 1, 2.5, 7]))
        for s in items for act in ProtectiveAct
    }  # fmt: skip
    days = data.draw(st.sampled_from([0, 0.2, 0.5, 1, 2, 5]))
    efforts = [ActEffort(s, act, h) for (s, act), h in hours.items()]
    plan = protect_plan(items, held, days=days, efforts=efforts)
    best = brute_force(items, held, hours, days * 7)
    assert plan.before - plan.after == pytest.approx(best, abs=1e-6)
    assert plan.used_hours <= days * 7 + 1e-9
    assert plan.before - plan.after == pytest.approx(sum(g.removed for g in plan.chosen), abs=1e-6)
    more = brute_force(items, held, hours, (days + 1) * 7)
    assert plan.one_more_day.removed == pytest.approx(more - best, abs=1e-6)


@given(stores(), loads(), st.permutations(list(ProtectiveAct)))
def test_acts_on_one_store_give_the_same_risk_in_any_order(store, held, order):
    assert risk_after(store, held, order) == risk_after(store, held, list(ProtectiveAct))
    for one, two in permutations(ProtectiveAct, 2):
        assert risk_after(store, held, [one, two]) == risk_after(store, held, {two, one})


@given(stores(), loads(), st.sets(st.sampled_from(ProtectiveAct)), st.sampled_from(ProtectiveAct))
def test_an_act_more_never_raises_the_risk(store, held, acts, more):
    assert risk_after(store, held, acts | {more}) <= risk_after(store, held, acts)


@given(stores(), loads())
def test_the_acts_offered_are_those_that_can_lower_the_risk(store, held):
    offered = set(possible_acts(store, held))
    for acts in all_sets(acts_on(store)):
        kept = [act for act in acts if act in offered]
        assert risk_after(store, held, acts) == risk_after(store, held, kept)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], 300),
        (["end_public_link"], 100),
        (["narrow_access"], 30),
        (["encrypt"], 300),
        (["end_public_link", "encrypt"], 10),
        (["purge"], 180),
        (["rotate_secrets"], 240),
        (["purge", "rotate_secrets"], 150),
        (["end_public_link", "narrow_access", "encrypt", "purge", "rotate_secrets"], 0.5),
    ],
)
def test_each_act_lowers_its_own_factor(acts, expected):
    """A link open to all makes encryption vain: it counts once the link is closed."""
    done = [ProtectiveAct(act) for act in acts]
    assert risk_after(COMMON, LOADS, done) == pytest.approx(expected)


def test_the_first_act_is_the_one_that_takes_most_away_per_hour():
    plan = protect_plan([COMMON], {"commun": LOADS}, days=2)
    assert [gain.act.value for gain in plan.chosen] == [
        "end_public_link",
        "narrow_access",
        "rotate_secrets",
    ]
    assert [round(gain.per_hour, 2) for gain in plan.chosen] == [400, 12.86, 0.5]
    assert plan.capacity_hours == 14
    assert plan.proven
    told = plan.chosen[0].reasons
    assert told[0].text.fr == "Risque de «\u202fCommun\u202f»\u00a0: de 300 à 100 en 0,5 h."
    assert "notre proposition" in told[1].text.fr


def test_the_worked_example_of_the_documentation_is_what_is_computed():
    alone = {
        act.value: (300 - risk_after(COMMON, LOADS, [act])) / default_scale().hours[act]
        for act in ProtectiveAct
    }
    assert {name: round(rate, 1) for name, rate in alone.items()} == {
        "end_public_link": 400, "narrow_access": 38.6, "rotate_secrets": 15, "purge": 8.6,
        "encrypt": 0,
    }  # fmt: skip
    one = protect_plan([COMMON], {"commun": LOADS}, days=1)
    assert [(g.act.value, round(g.removed, 6)) for g in one.chosen] == [("narrow_access", 270)]
    pair = [ProtectiveAct.END_PUBLIC_LINK, ProtectiveAct.ROTATE_SECRETS]
    assert 300 - risk_after(COMMON, LOADS, pair) == pytest.approx(220)
    two = protect_plan([COMMON], {"commun": LOADS}, days=2)
    assert [(round(g.before, 6), round(g.after, 6)) for g in two.chosen] == [
        (300, 100), (100, 10), (10, 8)
    ]  # fmt: skip


def test_what_is_left_out_says_why():
    plan = protect_plan([COMMON], {"commun": LOADS}, days=0)
    assert plan.chosen == ()
    assert {g.act: g.reasons[0].code for g in plan.left_out} == {
        ProtectiveAct.END_PUBLIC_LINK: "hours-better-spent",
        ProtectiveAct.NARROW_ACCESS: "hours-better-spent",
        ProtectiveAct.ROTATE_SECRETS: "hours-better-spent",
        ProtectiveAct.PURGE: "hours-better-spent",
        ProtectiveAct.ENCRYPT: "adds-nothing",
    }
    assert plan.one_more_day.removed == pytest.approx(270)
    assert plan.one_more_day.added == (("commun", ProtectiveAct.NARROW_ACCESS),)
    two = protect_plan([COMMON], {"commun": LOADS}, days=1).one_more_day
    assert [act.value for _, act in two.added] == ["end_public_link", "rotate_secrets"]
    assert two.dropped == ()


def test_the_hours_of_the_authority_come_before_the_usual_ones():
    effort = ActEffort("commun", ProtectiveAct.NARROW_ACCESS, 0.5)
    plan = protect_plan([COMMON], {"commun": LOADS}, days=0.1, efforts=[effort])
    assert [(g.act.value, g.hours) for g in plan.chosen] == [("narrow_access", 0.5)]
    assert "la collectivité" in plan.chosen[0].reasons[1].text.fr


def test_a_link_nobody_spoke_of_is_closed_by_looking_and_it_is_said():
    store = replace(COMMON, public_link=Ternary.UNKNOWN)
    gain = protect_plan([store], {"commun": LOADS}, days=2).chosen[0]
    assert gain.act is ProtectiveAct.END_PUBLIC_LINK
    assert gain.reasons[-1].code == "place-public_link-assumed"


def test_a_store_nobody_read_is_named_and_not_weighed():
    plan = protect_plan([COMMON, DataStore("x", "X")], {"commun": LOADS}, days=1)
    assert plan.unweighed == ("x",)


def test_equal_stores_are_taken_in_the_order_of_their_ids_whatever_that_given():
    one, two = replace(COMMON, id="a"), replace(COMMON, id="b")
    held = {"a": LOADS, "b": LOADS}
    plans = [protect_plan(order, held, days=0.08) for order in ([one, two], [two, one])]
    assert plans[0] == plans[1]
    assert len(plans[0].chosen) == 1


def test_a_useless_act_is_never_taken_even_with_all_the_time():
    store = replace(COMMON, public_link=Ternary.NO, encrypted=Ternary.YES, access=Access.ONE)
    plan = protect_plan([store], {"commun": Loads(9.0, 9.0, 9.0, 9.0)}, days=300)
    assert plan.chosen == plan.left_out == ()
    assert plan.used_hours == 0


def test_an_act_that_adds_nothing_is_not_taken_even_when_it_takes_no_time():
    effort = ActEffort("commun", ProtectiveAct.ENCRYPT, 0)
    assert protect_plan([COMMON], {"commun": LOADS}, days=0, efforts=[effort]).chosen == ()


def test_an_act_that_takes_no_time_comes_first():
    effort = ActEffort("commun", ProtectiveAct.PURGE, 0)
    plan = protect_plan([COMMON], {"commun": LOADS}, days=0, efforts=[effort])
    assert [g.act for g in plan.chosen] == [ProtectiveAct.PURGE]


def test_a_few_hundred_acts_are_settled_to_the_optimum():
    """Eighty stores, four hundred acts: no greedy order does better."""
    items = [replace(COMMON, id=f"s{n:02d}", kind=list(StoreKind)[n % 6]) for n in range(80)]
    held = {
        s.id: Loads(*(x * (1 + n * 7 % 13) for x in (100.0, 60.0 + n % 9, 80.0, 50.0)))
        for n, s in enumerate(items)
    }
    plan = protect_plan(items, held, days=30)
    assert plan.used_hours <= 210
    greedy = 0.0
    left, done = 210.0, {s.id: set() for s in items}
    usual = {
        "end_public_link": 0.5,
        "narrow_access": 7,
        "rotate_secrets": 4,
        "purge": 14,
        "encrypt": 21,
    }
    while True:
        moves = [
            ((risk_after(s, held[s.id], done[s.id]) - risk_after(s, held[s.id], done[s.id] | {act}))
             / usual[act.value], s, act)
            for s in items for act in ProtectiveAct
            if act not in done[s.id] and usual[act.value] <= left
        ]  # fmt: skip
        rate, store, act = max(moves, key=lambda move: move[0], default=(0, None, None))
        if rate <= 0:
            break
        greedy += rate * usual[act.value]
        left -= usual[act.value]
        done[store.id].add(act)
    assert plan.before - plan.after >= greedy - 1e-6


@pytest.mark.parametrize("days", [-1, float("nan"), float("inf")])
def test_an_impossible_time_is_refused(days):
    with pytest.raises(ValueError, match="days"):
        protect_plan([COMMON], {"commun": LOADS}, days=days)
