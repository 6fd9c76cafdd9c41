"""Who validates: the map, its filters and files, the card, and what is told to one person alone."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from apps.api.conftest import Program, key_of
from apps.conftest import AT, member, words
from gouvernail.apps.accounts.models import Membership
from gouvernail.apps.facts import services
from gouvernail.common.actor import command
from gouvernail_core.facts import sheet

pytestmark = pytest.mark.usefixtures("in_french")

PAGE = "/validation"
ALONE = "for you, who validate", "pour vous, qui validez"


@pytest.fixture
def acts(exempleville, at, someone):
    """Return how to write a row of the sheets."""

    def written(of, **row):
        services.add_row(exempleville.pk, sheet(of), row, by=someone, at=at)

    return written


@pytest.fixture
def mapped(keep, plan, alice, acts):
    """Return Alice's browser: one act two people validate, one nobody does yet."""
    plan["cases"][0]["id"] = "courrier"
    plan["cases"][1]["obligations"]["findings"].append(
        {**plan["cases"][0]["obligations"]["findings"][0], "rule": "VAL-NEUTRE", "outcome": "due"}
    )
    keep(plan)
    acts(
        "validations", case="courrier", act="Réponse", validators=["alice", "bruno"],
        legal_basis="Arrêté n° 4", look_at=["la demande"], sample_percent=10.0,
    )  # fmt: skip
    acts(
        "second_readings", case="courrier", act="Réponse", on=date(2026, 10, 31),
        validated=40, changed=10, read_again=4, wrong=1,
    )  # fmt: skip
    return alice


def flagged(acts, *validators):
    acts("validations", case="courrier", act="Tri", validators=list(validators))
    acts(
        "second_readings", case="courrier", act="Tri", on=date(2026, 10, 31),
        validated=40, changed=0, read_again=0, wrong=0,
    )  # fmt: skip


def test_the_map_says_who_under_which_text_and_what_was_looked_at(mapped):
    page = words(mapped.get(PAGE))
    for word in ("Alice Dupont, Bruno Martin", "Arrêté n° 4", "la demande", "25 %", "4"):
        assert word in page


def test_a_case_that_asks_for_a_validator_comes_with_its_duty(mapped):
    found = mapped.get(f"{PAGE}?etat=a-designer").context["page"].rows
    assert [line.case for line in found] == ["c2"]
    assert "#VAL-NEUTRE" in words(mapped.get(PAGE))


def test_the_filters_the_order_and_the_file_agree(mapped):
    assert mapped.get(f"{PAGE}?mot=demande").context["count"] == 1
    assert mapped.get(f"{PAGE}?cas=courrier").context["count"] == 1
    shown = [line.title for line in mapped.get(f"{PAGE}?tri=-cas").context["page"].rows]
    assert shown == sorted(shown, key=str.casefold, reverse=True)
    file = mapped.get(f"{PAGE}.csv?mot=demande").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file), delimiter=";"))
    assert len(rows) == 2
    assert "Réponse" in rows[1]


def test_another_authority_sees_nothing_of_it(mapped, chloe):
    page = words(chloe.get(PAGE))
    assert "Arrêté n° 4" not in page


def test_an_agent_reads_their_own_page_and_not_the_map(mapped, exempleville, client_of):
    agent = client_of(member(exempleville, "anna", "agent"))
    assert agent.get(PAGE).status_code == 403
    assert agent.get(f"{PAGE}/cinq-reflexes.pdf").status_code == 200


@pytest.mark.parametrize(("form", "starts"), [("pdf", b"%PDF-"), ("odt", b"PK")])
def test_the_card_is_given_to_print_and_to_change(mapped, form, starts):
    assert mapped.get(f"{PAGE}/cinq-reflexes.{form}").content.startswith(starts)
    assert mapped.get(f"{PAGE}/cinq-reflexes.exe").status_code == 404


def test_that_nothing_shows_a_reading_is_told_to_who_validates_and_to_nobody_else(
    keep, plan, alice, exempleville, acts, client_of
):
    keep(plan)
    flagged(acts, "bruno")
    validator, other = member(exempleville, "bruno", "agent"), member(exempleville, "ines", "agent")
    Membership.objects.filter(user=validator).update(person="bruno")
    Membership.objects.filter(user__username="alice@test").update(person="alice")
    told = client_of(validator).get("/pour-moi/")
    assert len(told.context["own_periods"]) == 1
    assert "Tri" in words(told)
    assert client_of(other).get("/pour-moi/").context["own_periods"] == ()
    for path in ("/", PAGE, f"{PAGE}.csv", "/pour-moi/"):
        page = words(alice.get(path)).casefold()
        assert not any(word in page for word in ALONE), path


def test_a_validator_who_reads_the_week_is_told_there(keep, plan, exempleville, acts, client_of):
    keep(plan)
    flagged(acts, "bruno")
    user = member(exempleville, "bruno", "director")
    Membership.objects.filter(user=user).update(person="bruno")
    assert len(client_of(user).get("/").context["own_periods"]) == 1


def test_the_rate_of_a_person_alone_is_shown_to_nobody(keep, plan, alice, acts, exempleville):
    keep(plan)
    acts("validations", case="courrier", act="Tri", validators=["bruno"])
    acts(
        "second_readings", case="courrier", act="Tri", on=date(2026, 10, 31),
        validated=40, changed=10,
    )  # fmt: skip
    [line] = [each for each in alice.get(PAGE).context["page"].rows if each.act == "Tri"]
    assert "25" not in line.changed
    program = Program(key_of(member(exempleville, "prog", "dgs"), authority=exempleville))
    [told] = [a for a in program("get", "validation").json()["acts"] if a["act"] == "Tri"]
    assert (told["changed"]["of"], told["changed"]["share"]) == (None, None)


def test_a_program_reads_the_same_map(mapped, exempleville):
    program = Program(key_of(member(exempleville, "prog", "dgs"), authority=exempleville))
    acts = {each["case"]: each for each in program("get", "validation").json()["acts"]}
    assert acts["courrier"]["changed"]["share"] == 0.25
    assert acts["c2"]["asked"] == "yes"
    assert acts["c2"]["validators"] == []


@pytest.mark.parametrize(
    ("more", "code"),
    [({"act": "Autre"}, "unknown-validated-act"), ({"changed": 41}, "more-than-read"),
     ({"wrong": 9}, "more-than-read")],
)  # fmt: skip
def test_figures_that_cannot_be_are_refused(mapped, acts, more, code):
    from gouvernail_core.kernel import RefusedError

    row = {
        "case": "courrier", "act": "Réponse", "on": date(2026, 11, 30), "validated": 40,
        "changed": 1, "read_again": 4, "wrong": 1, **more,
    }  # fmt: skip
    with pytest.raises(RefusedError) as refused:
        acts("second_readings", **row)
    assert [p.code for p in refused.value.problems] == [code]


def test_the_sheets_take_files_of_commands_as_any_fact(exempleville):
    rows = [{"case": "courrier", "act": "Tri", "validators": ["bruno"], "look_at": ["a"]}]
    from apps.conftest import small

    services.import_rows(
        exempleville.pk, {**small(), "validations": rows}, by=command("test"), at=AT
    )


def test_the_page_of_a_case_asks_for_who_is_missing_and_names_the_acts(mapped):
    assert mapped.get("/cas/c2").context["validation"] == ("yes", ())
    assert "Personne ne l’est encore" in words(mapped.get("/cas/c2"))
    assert mapped.get("/cas/courrier").context["validation"][1] == (("Réponse", True),)
