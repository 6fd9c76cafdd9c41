"""What moved in a project since the opinion of the staff committee raises the question again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apps.conftest import pk_of, words
from gouvernail.apps.facts.queries import record_for
from gouvernail.apps.facts.services import change_row, import_rows
from gouvernail.apps.portfolio.since_opinion import moves_since
from gouvernail_core.facts import sheet

pytestmark = pytest.mark.usefixtures("in_french")

OPINION = date(2026, 11, 20)
AFTER = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SAME_DAY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.fixture
def change(exempleville, someone):
    def changed(values, *, at=AFTER, case="courrier"):
        pk = pk_of(exempleville, "use_cases", code=case)
        cases = sheet("use_cases")
        version = record_for(cases, exempleville.pk, pk).version
        change_row(exempleville.pk, cases, pk, values, version=version, by=someone, at=at)

    return changed


def test_another_tool_after_the_opinion_is_told_with_its_day(change, exempleville):
    change({"tool": "Un autre assistant"})
    (move,) = moves_since(exempleville.pk, "courrier", OPINION)
    assert (move.before, move.after, move.at) == ("–", "Un autre assistant", AFTER)
    assert move.title == "Cas d’usage courrier, outil pressenti"


@pytest.mark.parametrize(
    ("values", "more"),
    [
        ({"tool": "Un autre assistant"}, {"at": SAME_DAY}),
        ({"tool": "Un autre assistant"}, {"case": "repas"}),
        ({"cost_year_1": 9000}, {}),
    ],
)
def test_the_day_itself_another_case_or_what_the_committee_does_not_watch_raises_nothing(
    change, exempleville, values, more
):
    change(values, **more)
    assert moves_since(exempleville.pk, "courrier", OPINION) == []


def test_an_import_that_changes_the_project_is_told_and_one_that_does_not_is_not(
    exempleville, someone, small_rows
):
    small_rows["use_cases"][0] |= {"agents_affected": 40, "cost_year_1": 9000}
    small_rows["use_cases"][1] |= {"tool": "Ailleurs"}
    import_rows(exempleville.pk, small_rows, by=someone, at=AFTER)
    (move,) = moves_since(exempleville.pk, "courrier", OPINION)
    assert move.after == "40"


def test_nothing_of_another_authority_is_told(exempleville, elsewhere, someone):
    cases = sheet("use_cases")
    pk = pk_of(elsewhere, "use_cases", code="courrier")
    version = record_for(cases, elsewhere.pk, pk).version
    change_row(elsewhere.pk, cases, pk, {"tool": "Ailleurs"}, version=version, by=someone, at=AFTER)
    assert moves_since(exempleville.pk, "courrier", OPINION) == []


def test_the_page_of_the_case_asks_whether_a_new_round_is_called_for(
    keep, plan, alice, exempleville, someone, small_rows
):
    case = next(
        c for c in plan["cases"] if (c.get("consultation") or {}).get("opinion_on") == "2026-06-25"
    )
    small_rows["use_cases"][1] |= {"id": case["id"], "requires": []}
    import_rows(exempleville.pk, small_rows, by=someone, at=AFTER)
    small_rows["use_cases"][1] |= {"tool": "Un autre service"}
    import_rows(exempleville.pk, small_rows, by=someone, at=AFTER)
    keep(plan)
    text = words(alice.get(f"/cas/{case['id']}"))
    assert "depuis l’avis du 25 juin 2026 : faut-il une nouvelle consultation ?" in text
    assert "Un autre service" in text
    assert f"/cas/{case['id']}/questions?q=since_opinion" in text
