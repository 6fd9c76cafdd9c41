"""An override in the facts, all along the way: the plan, the week, the tasks that go on asking."""

from datetime import date

import pytest

from core.steering.small_authority import TODAY, case, facts, rows, steered
from gouvernail_core.facts import build
from gouvernail_core.gates import Door, DoorState
from gouvernail_core.kernel import RefusedError
from gouvernail_core.steering.plan import to_plan

REASON = "La séance de décembre est reportée, faute de quorum."
PEOPLE = [*rows()["people"], {"id": "dgs", "name": "La DGS", "role": "dgs"}]


def override(**more):
    return {
        "case": "a", "decided_on": date(2026, 11, 2), "decided_by": "dgs", "reason": REASON, **more
    }  # fmt: skip


def with_override(**more):
    return steered(case("a", 1000, 4, stage="trial"), people=PEOPLE, overrides=[override(**more)])


def test_the_name_of_who_decided_goes_with_the_status():
    found = with_override().consultations["a"].override
    assert (found.decided_by, found.reason) == ("La DGS", REASON)


def test_the_plan_tells_the_override_and_whether_it_holds():
    for until, holds in ((None, True), (TODAY, True), (date(2026, 11, 10), False)):
        told = to_plan(with_override(until=until))["cases"][0]["consultation"]["override"]
        assert (told["decided_by"], told["holds"]) == ("La DGS", holds)


def test_of_several_decisions_the_one_that_holds_is_told():
    decided = [
        override(until=date(2026, 12, 31)),
        override(decided_on=date(2026, 11, 10), until=date(2026, 11, 15)),
    ]
    found = steered(case("a", 1000, 4), people=PEOPLE, overrides=decided)
    assert found.consultations["a"].override.decided_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": "Urgent."}, "reason-too-short"),
        ({"decided_by": "dir"}, "override-by-another"),
        ({"until": date(2026, 11, 1)}, "override-over-before"),
        ({"case": "z"}, "unknown-reference"),
    ],
)
def test_a_decision_that_could_not_stand_is_refused_where_it_is_written(more, code):
    with pytest.raises(RefusedError) as refused:
        facts(case("a", 1000, 4), people=PEOPLE, overrides=[override(**more)])
    assert [(p.code, p.sheet) for p in refused.value.problems] == [(code, "Passages outre")]


def test_the_whole_way_passes_the_door_reminds_the_week_and_goes_on_asking_for_the_opinion():
    from gouvernail.demo.example import example_rows
    from gouvernail_core.steering import steer

    decided = {**override(case="entretiens", decided_by="h.vasseur")}
    found = steer(
        build({**example_rows(), "overrides": [decided]}), on=TODAY, samples=50, time_limit=5
    )
    door = next(d for d in found.doors["entretiens"] if d.door is Door.DIALOGUE)
    assert door.state is DoorState.OVERRIDDEN
    assert "Hélène Vasseur" in door.text.fr
    [told] = [i for i in found.week if i.kind == "blocked" and i.target == "entretiens"]
    assert told.badge.fr == "Dialogue\u00a0: passée outre"
    assert Door.DIALOGUE in {m.door for m in found.passages["entretiens"].missing}
    assert [t.kind for t in found.planning.tasks if t.case == "entretiens" and t.kind == "cst"]
