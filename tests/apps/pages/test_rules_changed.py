"""When the rules of law change, the pages and a command tell which cases they touch."""

from __future__ import annotations

import json
from datetime import date

import pytest

from apps.conftest import words
from apps.pages.conftest import READ
from gouvernail.apps.steering.queries import latest_plan
from gouvernail.apps.steering.rule_changes import every_change, rules_changed
from gouvernail.steering_run import compute

pytestmark = pytest.mark.usefixtures("in_french")

ON = date(2026, 11, 23)


@pytest.fixture
def older(keep, small_rows):
    """Return how to keep a plan of rules of before, in which one rule said otherwise."""

    def kept(*, stale=False, **outcomes):
        plan = compute(small_rows, on=ON) | {"rules_version": "2026-01-01-older"}
        for case in plan["cases"]:
            for finding in case["obligations"]["findings"]:
                if case["id"] == "courrier":
                    code = finding["rule"].replace("-", "_")
                    finding["outcome"] = outcomes.get(code, finding["outcome"])
        keep(plan, stale=stale)

    return kept


def test_every_page_says_that_the_rules_changed_and_the_duties_say_which_cases(older, alice):
    older(RGPD_30="not_applicable")
    assert "Les règles du droit ont changé depuis ce calcul" in words(alice.get("/"))
    answer = alice.get("/consulter")
    (line,) = answer.context["rules"].lines
    assert (line.case, line.rule, line.before, line.after) == (
        "courrier", "RGPD-30", "Sans objet", "À faire",
    )  # fmt: skip
    assert "1 règle dit autre chose" in words(answer)


def test_rules_only_read_again_touch_no_case(older, alice):
    older()
    assert "Aucun cas n’est touché" in words(alice.get("/consulter"))


def test_when_the_facts_moved_too_the_page_does_not_guess(older, alice):
    older(stale=True, RGPD_30="not_applicable")
    assert "seul un nouveau plan dira" in words(alice.get("/consulter"))


def test_a_plan_of_todays_rules_says_nothing(planned):
    assert "Les règles" not in words(planned.get("/consulter")).split("<main", 1)[0]
    assert planned.get("/consulter").context["rules"] is None


def test_the_command_tells_every_authority_whose_plan_has_other_rules(
    older, exempleville, elsewhere
):
    older(RGPD_30="not_applicable")
    ((code, found),) = every_change()
    assert code == "exempleville"
    assert [(move.case, move.rule) for move in found.moves] == [("courrier", "RGPD-30")]
    assert rules_changed(latest_plan(exempleville)).before == "2026-01-01-older"


def test_the_command_speaks_to_people_and_to_machines(older, capsys, monkeypatch):
    from gouvernail import server
    from gouvernail.cli import rules

    older(RGPD_30="not_applicable")
    monkeypatch.setattr(server, "setup", lambda: None)
    rules.changes(as_json=False)
    assert "exempleville : 1 changements, 1 cas touchés." in capsys.readouterr().out
    rules.changes(as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["authorities"][0]["moves"][0]["after"] == "due"


def test_the_network_sees_as_out_of_date_a_plan_of_the_rules_of_before(older, keep, exempleville):
    from gouvernail.apps.network.models import Affiliation, Network
    from gouvernail.apps.network.queries import standings

    network = Network.objects.create(code="cdg", name="Centre de gestion")
    Affiliation.objects.create(network=network, authority=exempleville, since=ON)
    older()
    assert [each.state for each in standings(network.pk, on=ON)] == ["stale"]
    keep(READ)
    assert [each.state for each in standings(network.pk, on=ON)] == ["current"]
