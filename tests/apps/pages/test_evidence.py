"""The evidence register: where each proof is, until when it holds, who opened it."""

from __future__ import annotations

import copy
import csv
import io
from datetime import UTC, date, datetime

import pytest

from apps.conftest import member, pk_of, words
from gouvernail.apps.accounts.models import Membership
from gouvernail.apps.facts.queries import record_for
from gouvernail.apps.facts.services import add_row, import_rows
from gouvernail.apps.journal.queries import latest
from gouvernail.apps.obligations import evidence
from gouvernail.steering_run import compute
from gouvernail_core.facts import sheet
from gouvernail_core.kernel import RefusedError

pytestmark = pytest.mark.usefixtures("in_french")

PAGE = "/preuves"
ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def row(**more):
    return {"case": "courrier", "rule": "RGPD-30", **more}


@pytest.fixture
def proved(exempleville, small_rows, someone, keep):
    """Return how to give the authority some proofs and the plan that goes with them."""

    def given(*proofs):
        rows = copy.deepcopy(small_rows) | {"proofs": [row(**each) for each in proofs]}
        rows["use_cases"][0]["stage"] = "trial"
        import_rows(exempleville.pk, rows, by=someone, at=AT)
        keep(compute(rows, on=ON))

    return given


def line_of(browser, rule="RGPD-30"):
    lines = browser.get(f"{PAGE}?cas=courrier&mot={rule}").context["page"].rows
    return next(line for line in lines if line.rule == rule)


@pytest.mark.parametrize(
    ("proof", "state"),
    [
        ({}, "missing"),
        ({"promised_on": date(2027, 1, 15)}, "promised"),
        ({"done_on": date(2026, 1, 5)}, "to_check"),
        ({"done_on": date(2026, 1, 5), "checked_on": date(2026, 1, 6)}, "checked"),
        ({"done_on": date(2026, 1, 5), "expires_on": date(2020, 1, 1)}, None),
    ],
)
def test_a_proof_stands_in_one_state(proved, alice, proof, state):
    if state is None:
        with pytest.raises(RefusedError, match="ne peut expirer avant"):
            proved(proof)
        return
    proved(proof)
    assert line_of(alice).state == state


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (date(2026, 11, 22), "expired"), (date(2026, 11, 23), "soon"),
        (date(2027, 1, 22), "soon"), (date(2027, 1, 23), "to_check"),
    ],
)  # fmt: skip
def test_a_proof_expires_the_morrow_of_its_last_day_and_is_announced_before(last, state):
    found = evidence._state({"done_on": date(2026, 1, 5), "expires_on": last}, ON)
    assert found == state


def test_every_due_duty_of_a_chosen_case_and_of_the_authority_stands_once(
    proved, alice, exempleville
):
    proved({})
    from gouvernail.apps.steering.queries import latest_plan, whole_plan

    plan = whole_plan(latest_plan(exempleville.pk))
    sources = [("", plan["obligations"]["authority"]["findings"])]
    sources += [
        (c["id"], c["obligations"]["findings"]) for c in plan["cases"] if c["id"] != "repas"
    ]
    due = {(c, f["rule"]) for c, fs in sources for f in fs if f["outcome"] in ("due", "blocking")}
    answer = alice.get(PAGE)
    shown = evidence.register(plan, exempleville.pk, on=ON)
    assert due <= {(line.case, line.rule) for line in shown}
    assert len(shown) == len({(line.case, line.rule) for line in shown})
    assert "repas" not in {line.case for line in shown}, "nobody has chosen it yet"
    assert answer.context["count"] == len(shown)


def test_another_person_checks_a_proof_and_the_journal_keeps_it(proved, exempleville, client_of):
    proved({"done_on": date(2026, 1, 5), "owner": "bruno"})
    pk = pk_of(exempleville, "proofs", rule="RGPD-30")
    user = member(exempleville, "alice", "dgs")
    Membership.objects.filter(user=user).update(person="alice")
    browser = client_of(user)
    version = record_for(sheet("proofs"), exempleville.pk, pk).version
    browser.post(f"{PAGE}/{pk}/verifier/", {"version": version})
    line = line_of(browser)
    assert (line.state, line.checked_by) == ("checked", "Alice Dupont")
    assert latest(exempleville.pk, limit=1)[0].act == "fact-changed"


def test_who_brought_a_proof_does_not_check_it(proved, exempleville, client_of):
    proved({"done_on": date(2026, 1, 5), "owner": "alice"})
    pk = pk_of(exempleville, "proofs", rule="RGPD-30")
    user = member(exempleville, "alice", "dgs")
    Membership.objects.filter(user=user).update(person="alice")
    browser = client_of(user)
    said = browser.post(f"{PAGE}/{pk}/verifier/", {"version": 1}, follow=True)
    assert "une autre personne la vérifie" in words(said)
    assert line_of(browser).state == "to_check"


def test_a_proof_that_nobody_brought_is_not_checked_by_who_may_have_written_it(
    proved, exempleville, client_of
):
    proved({"done_on": date(2026, 1, 5)})
    pk = pk_of(exempleville, "proofs", rule="RGPD-30")
    user = member(exempleville, "alice", "dgs")
    Membership.objects.filter(user=user).update(person="alice")
    browser = client_of(user)
    said = browser.post(f"{PAGE}/{pk}/verifier/", {"version": 1}, follow=True)
    assert "Dites d’abord qui a apporté cette preuve" in words(said)
    assert line_of(browser).state == "to_check"


@pytest.mark.parametrize("version", ["", "x", "99", "-1", "9" * 30])
def test_a_check_of_another_version_changes_nothing(proved, exempleville, client_of, version):
    proved({"done_on": date(2026, 1, 5), "owner": "bruno"})
    pk = pk_of(exempleville, "proofs", rule="RGPD-30")
    user = member(exempleville, "alice", "dgs")
    Membership.objects.filter(user=user).update(person="alice")
    browser = client_of(user)
    said = browser.post(f"{PAGE}/{pk}/verifier/", {"version": version}, follow=True)
    assert "Quelqu’un a modifié cette preuve" in words(said)
    assert line_of(browser).state == "to_check"


def test_who_reads_does_not_check_and_another_authority_has_no_such_proof(
    proved, exempleville, elu, chloe
):
    proved({"done_on": date(2026, 1, 5)})
    pk = pk_of(exempleville, "proofs", rule="RGPD-30")
    assert elu.post(f"{PAGE}/{pk}/verifier/", {"version": 1}).status_code == 403
    assert chloe.post(f"{PAGE}/{pk}/verifier/", {"version": 1}).status_code == 404


def test_a_link_opens_without_telling_where_one_comes_from_and_stands_whole_on_paper(proved, alice):
    proved({"done_on": date(2026, 1, 5), "link": "https://exemple.fr/preuve?n=4"})
    text = alice.get(PAGE).content.decode()
    link = 'href="https://exemple.fr/preuve?n=4" rel="noopener noreferrer"'
    assert f"{link}>https://exemple.fr/preuve?n=4</a>" in text


@pytest.mark.parametrize("link", ["http://exemple.fr", "javascript:alert(1)", "exemple.fr"])
def test_an_address_that_is_not_https_is_refused(proved, link):
    with pytest.raises(RefusedError, match="commence par https"):
        proved({"done_on": date(2026, 1, 5), "link": link})


def test_the_file_holds_the_lines_of_the_page_in_their_order(proved, alice):
    proved({"done_on": date(2026, 1, 5), "document": "Fiche n° 4"})
    shown = alice.get(f"{PAGE}?cas=courrier&tri=-quoi").context["page"].rows
    content = alice.get("/preuves.csv?cas=courrier&tri=-quoi").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert [line[1] for line in lines[1:]] == [line.rule for line in shown]
    assert any("Fiche n° 4" in line for line in lines)


def test_one_click_leads_from_a_duty_to_its_proof_filled_beforehand(proved, alice):
    proved({})
    line = line_of(alice, "RGPD-32")
    assert line.edit == "/faits/proofs/nouveau/?case=courrier&rule=RGPD-32"
    assert 'value="RGPD-32" selected' in alice.get(line.edit).content.decode()


def test_an_expired_proof_opens_its_duty_again(small_rows):
    rows = small_rows | {
        "proofs": [row(done_on=date(2025, 1, 5), expires_on=date(2026, 11, 22))],
    }
    later = compute(rows, on=ON)["cases"][0]["obligations"]["findings"]
    before = compute(rows, on=date(2026, 11, 22))["cases"][0]["obligations"]["findings"]
    found = [next(f for f in fs if f["rule"] == "RGPD-30") for fs in (before, later)]
    assert [(f["done_on"], f["expired_on"]) for f in found] == [
        ("2025-01-05", None), (None, "2026-11-22"),
    ]  # fmt: skip


def test_a_proof_about_to_expire_is_announced_in_the_week_of_who_brought_it(small_rows):
    rows = small_rows | {
        "proofs": [
            row(done_on=date(2026, 1, 5), expires_on=date(2026, 12, 31), owner="bruno"),
        ]
    }
    week = compute(rows, on=ON)["week"]
    found = [item for item in week if item["link"]["page"] == "evidence"]
    assert [(item["due"], item["who"]) for item in found] == [("2026-12-31", "Bruno Martin")]
    assert compute(rows, on=date(2026, 10, 1))["week"] != week


def test_adding_a_proof_checked_by_the_one_in_charge_is_refused(exempleville, someone):
    proof = row(done_on=date(2026, 1, 5), owner="bruno", checked_by="bruno")
    with pytest.raises(RefusedError, match="une autre personne"):
        add_row(exempleville.pk, sheet("proofs"), proof, by=someone, at=AT)
