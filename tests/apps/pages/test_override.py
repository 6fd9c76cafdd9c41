"""Going on without an opinion: who may, what is written, where it shows, how it ends."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest

from apps.api.conftest import Program, key_of
from apps.conftest import AT, member, pk_of, small, words
from gouvernail.apps.facts import queries, services
from gouvernail.apps.journal.models import Entry
from gouvernail.common.actor import Actor, ActorKind
from gouvernail.workbook import write_workbook
from gouvernail_core.access import Act, Profile, may
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import RefusedError

pytestmark = pytest.mark.usefixtures("in_french")

PAGE = "/cas/courrier/passer-outre"
REASON = "La séance de décembre est reportée, faute de quorum."
DECISION = {"decided_by": "alice", "reason": REASON, "until": "", "sure": "on"}
ROW = {
    "case": "courrier", "decided_on": date(2026, 11, 20), "decided_by": "alice",
    "reason": REASON, "until": None,
}  # fmt: skip


def whoever(*roles):
    return Actor(ActorKind.PERSON, "Quelqu’un", roles=frozenset(roles))


def overrides(authority):
    return queries.rows_of(authority.pk)["overrides"]


@pytest.fixture
def waiting(keep, plan, alice):
    """Return Alice's browser, where the case « courrier » waits for its opinion."""
    plan["cases"][0]["id"] = "courrier"
    keep(plan)
    return alice


def decide(client, **more):
    return client.post(PAGE, {**DECISION, **more})


def test_the_page_says_what_the_law_says_what_is_at_stake_and_who_will_see_it(waiting):
    page = words(waiting.get(PAGE))
    assert "Avant de décider" in page or "Before you decide" in page
    assert 'href="/cas/courrier#DS-PILOTE"' in page
    assert 'name="reason"' in page


def test_the_director_decides_with_a_reason_and_the_journal_keeps_it(waiting, exempleville):
    assert decide(waiting).status_code == 302
    [row] = overrides(exempleville)
    assert (row["case"], row["decided_by"], row["reason"]) == ("courrier", "alice", REASON)
    entry = Entry.objects.get(act="gate-overridden")
    assert entry.after["reason"] == REASON


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"reason": "Urgent."}, {"reason": "x  " * 12}, {"sure": ""},
     {"until": "2020-01-01"}, {"until": "demain"}, {"decided_by": "bruno"}],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_typed_is_lost(waiting, exempleville, wrong):
    answer = decide(waiting, **wrong)
    assert answer.status_code == 422
    assert overrides(exempleville) == []
    assert wrong.get("reason", REASON).strip() in words(answer)


def test_a_second_decision_of_the_same_day_is_refused_in_words(waiting, exempleville):
    decide(waiting)
    answer = decide(waiting)
    assert answer.status_code == 422
    assert "deux fois" in words(answer)
    assert len(overrides(exempleville)) == 1


def test_a_decision_is_withdrawn_and_the_journal_keeps_what_it_was(waiting, exempleville):
    decide(waiting)
    pk = pk_of(exempleville, "overrides", case="courrier")
    assert waiting.post(PAGE, {"withdraw": pk, "version": 1}).status_code == 302
    assert overrides(exempleville) == []
    assert Entry.objects.get(act="gate-override-withdrawn").before["reason"] == REASON


def test_a_decision_somebody_changed_meanwhile_is_not_withdrawn(waiting, exempleville):
    decide(waiting)
    pk = pk_of(exempleville, "overrides", case="courrier")
    for given in ({"withdraw": pk, "version": 7}, {"withdraw": "x", "version": 1}):
        assert waiting.post(PAGE, given).status_code == 409
    assert len(overrides(exempleville)) == 1


def test_the_others_and_another_authority_do_not_decide(waiting, bruno, chloe, keep):
    assert bruno.get(PAGE).status_code == 403
    assert decide(bruno).status_code == 403
    assert waiting.get("/cas/inconnu/passer-outre").status_code == 404
    assert waiting.get("/cas/repas/passer-outre").status_code == 200


def test_another_authority_s_director_cannot_reach_a_case_that_is_not_theirs(
    waiting, exempleville, client_of, someone
):
    from apps.conftest import open_with

    rows = small()
    rows["authority"][0] |= {"code": "loin", "name": "Loin"}
    for case in rows["use_cases"]:
        case["id"] += "-loin"
        case["requires"] = []
    rows["ratings"], rows["legal_facts"] = [], []
    stranger = client_of(member(open_with(rows, someone, AT), "dora", "dgs"))
    assert stranger.get(PAGE).status_code == 404
    assert decide(stranger).status_code == 404
    assert overrides(exempleville) == []


@pytest.mark.parametrize("profile", list(Profile))
def test_the_service_itself_refuses_whoever_does_not_direct(exempleville, at, profile):
    by, allowed = whoever(profile.value), may([profile.value], Act.OVERRIDE_GATE)
    act = lambda: services.add_row(exempleville.pk, sheet("overrides"), ROW, by=by, at=at)  # noqa: E731
    if allowed:
        act()
    else:
        with pytest.raises(RefusedError) as refused:
            act()
        assert [p.code for p in refused.value.problems] == ["reserved-to-direction"]
    assert len(overrides(exempleville)) == int(allowed)


def test_nobody_else_changes_nor_removes_a_decision(exempleville, at):
    services.add_row(exempleville.pk, sheet("overrides"), ROW, by=whoever("dgs"), at=at)
    pk = pk_of(exempleville, "overrides", case="courrier")
    with pytest.raises(RefusedError):
        services.change_row(
            exempleville.pk, sheet("overrides"), pk, {**ROW, "reason": REASON * 2},
            version=1, by=whoever("administrator"), at=at,
        )  # fmt: skip
    with pytest.raises(RefusedError):
        services.remove_row(
            exempleville.pk, sheet("overrides"), pk, version=1, by=whoever("director"), at=at
        )
    assert [row["reason"] for row in overrides(exempleville)] == [REASON]


def test_a_token_without_the_act_decides_nothing(exempleville, at):
    by = Actor(ActorKind.TOKEN, "Clé", roles=frozenset({"dgs"}), acts=frozenset({"edit_facts"}))
    with pytest.raises(RefusedError):
        services.add_row(exempleville.pk, sheet("overrides"), ROW, by=by, at=at)


def test_a_workbook_brings_a_decision_only_from_who_directs(exempleville, someone, at):
    rows = {**small(), "overrides": [ROW]}
    for by in (someone, whoever("administrator")):
        with pytest.raises(RefusedError) as refused:
            services.import_rows(exempleville.pk, rows, by=by, at=at)
        assert [p.code for p in refused.value.problems] == ["reserved-to-direction"]
    assert overrides(exempleville) == []
    services.import_rows(exempleville.pk, rows, by=whoever("dgs"), at=at)
    assert Entry.objects.filter(act="gate-overridden").count() == 1
    services.import_rows(exempleville.pk, rows, by=whoever("administrator"), at=at)  # moves nothing
    with pytest.raises(RefusedError):
        services.import_rows(
            exempleville.pk, small(), by=whoever("administrator"), at=at, remove=True
        )
    assert len(overrides(exempleville)) == 1


def test_the_review_of_a_workbook_says_it_before_anything_is_imported(exempleville, client_of):
    stream = io.BytesIO()
    write_workbook({**small(), "overrides": [ROW]}, stream, format="ods", language="fr")
    stream.seek(0)
    stream.name = "classeur.ods"
    admin = client_of(member(exempleville, "adele", "administrator"))
    review = admin.post("/faits/importer/", {"workbook": stream}, follow=True)
    assert "réservé à la direction générale" in words(review)


def test_a_program_of_a_director_of_service_is_refused_in_words(exempleville):
    program = Program(key_of(member(exempleville, "bruno", "director"), authority=exempleville))
    values = {**ROW, "decided_on": "2026-11-20"}
    answer = program("post", "facts/overrides", {"values": values})
    assert answer.status_code == 422
    assert "direction générale" in words(answer)
    assert overrides(exempleville) == []


def test_renaming_a_case_keeps_its_decision_whoever_renames_it(exempleville, at):
    services.add_row(exempleville.pk, sheet("overrides"), ROW, by=whoever("dgs"), at=at)
    pk = pk_of(exempleville, "use_cases", code="courrier")
    services.change_row(
        exempleville.pk, sheet("use_cases"), pk, {"id": "lettres"}, version=1,
        by=whoever("director"), at=at,
    )  # fmt: skip
    assert [row["case"] for row in overrides(exempleville)] == ["lettres"]


def test_what_moved_tells_an_imported_decision_once(exempleville, at):
    from gouvernail.apps.facts.history import moves
    from gouvernail.apps.journal.queries import facts_moved

    rows = {**small(), "overrides": [ROW]}
    later = at + timedelta(hours=1)
    services.import_rows(exempleville.pk, rows, by=whoever("dgs"), at=later)
    found = moves(facts_moved(exempleville.pk, since=at))
    assert len([m for m in found if "Passages outre" in str(m) or "Overrides" in str(m)]) == 1


def overridden(plan):
    case = plan["cases"][0]
    case["consultation"]["override"] = {
        "decided_on": "2026-11-20", "decided_by": "Alice Dupont", "reason": REASON,
        "until": "2026-12-31", "holds": True,
    }  # fmt: skip
    door = next(d for d in case["doors"] if d["door"] == "dialogue")
    door["state"] = "overridden"
    return plan


def test_the_page_of_the_case_and_the_board_never_show_it_as_open(keep, plan, alice, bruno):
    keep(overridden(plan))
    for client in (alice, bruno):
        page = words(client.get("/cas/c1"))
        assert "Alice Dupont" in page
        assert REASON in page
        assert 'class="porte outre"' in page
    assert 'class="porte outre"' in words(alice.get("/portefeuille"))
    found = alice.get("/portefeuille?portes=outre").context["count"]
    assert found == 1
    assert alice.get("/portefeuille?portes=ouvertes").context["count"] < 3


def test_only_who_may_decide_is_led_to_the_decision(planned, bruno):
    assert "/cas/c1/passer-outre" in words(planned.get("/cas/c1"))
    assert "/cas/c1/passer-outre" not in words(bruno.get("/cas/c1"))


def test_each_state_of_a_gate_has_a_sign_of_its_own():
    from gouvernail.apps.portfolio.presentation import TONES
    from gouvernail.common.templatetags.gouvernail_tags import gate_sign

    signs = {gate_sign(tone) for tone in TONES.values()}
    assert len(signs) == len(TONES) == 5
