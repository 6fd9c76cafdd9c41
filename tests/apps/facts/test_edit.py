"""Every fact can be changed on screen; nothing typed is ever lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.conftest import pk_of, small, words
from gouvernail.apps.facts import queries, services
from gouvernail.apps.journal.models import Entry
from gouvernail_core.facts import sheet, sheets


def row_url(authority, of, **where):
    return reverse("facts:row", args=[of, pk_of(authority, of, **where)])


def rows(authority, code):
    return queries.rows_of(authority.pk)[code]


def service(**changes):
    return {"id": "accueil", "name": "Accueil", "head": "bruno", "agents": "12", **changes}


@pytest.mark.parametrize("described", sheets(), ids=lambda s: s.code)
def test_every_sheet_has_its_list_and_its_form(alice, exempleville, described):
    page = alice.get(reverse("facts:sheet", args=[described.code]), follow=True)
    assert page.status_code == 200
    if described.code != "authority":
        form = alice.get(reverse("facts:add", args=[described.code]))
        assert form.status_code == 200
        for column in described.columns:
            assert f'name="{column.code}"' in words(form) or column.kind in {
                "refs",
                "choices",
            }


def test_a_change_is_saved_and_journaled(bruno, exempleville):
    url = row_url(exempleville, "services", code="accueil")
    answer = bruno.post(url, service(agents="14", version="1"))
    assert answer.status_code == 302
    assert rows(exempleville, "services")[0]["agents"] == 14
    entry = Entry.objects.first()
    assert (entry.act, entry.actor_name) == ("fact-changed", "Bruno")
    assert (entry.before, entry.after) == ({"agents": 12}, {"agents": 14})


def test_saving_without_a_change_writes_nothing(bruno, exempleville):
    entries = Entry.objects.count()
    url = row_url(exempleville, "services", code="accueil")
    assert bruno.post(url, service(version="1")).status_code == 302
    assert Entry.objects.count() == entries


def test_a_fault_is_said_at_the_field_and_above_and_what_was_typed_stays(bruno, exempleville):
    url = row_url(exempleville, "services", code="accueil")
    answer = bruno.post(url, service(agents="quatorze", name="", version="1"))
    page = words(answer)
    assert answer.status_code == 422
    assert 'value="quatorze"' in page
    assert page.count("« quatorze » n’est pas un nombre") == 2
    assert 'id="f-agents-e"' in page
    assert 'aria-invalid="true"' in page
    assert rows(exempleville, "services")[0]["agents"] == 12


def test_a_row_that_breaks_another_is_refused_with_the_place(bruno, exempleville):
    url = reverse("facts:add", args=["services"])
    answer = bruno.post(url, {"id": "accueil", "name": "Un autre accueil"})
    assert answer.status_code == 422
    assert "« accueil » est écrit deux fois" in words(answer)
    assert len(rows(exempleville, "services")) == 1


def test_a_row_is_added_with_all_its_kinds(bruno, exempleville):
    answer = bruno.post(
        reverse("facts:add", args=["stores"]),
        {
            "id": "partage",
            "name": "Partage",
            "service": "accueil",
            "kind": "share",
            "data": ["RH", "santé"],
            "personal": "oui",
            "examined": "?",
            "readers": "1 200",
        },
    )
    assert answer.status_code == 302
    stored = rows(exempleville, "stores")[-1]
    assert (stored["data"], stored["personal"], stored["examined"]) == (["RH", "santé"], True, None)
    assert (stored["readers"], stored["hosting"], stored["kind"]) == (1200, None, "share")


def test_a_store_says_who_opens_it_and_what_it_is_good_for(bruno, exempleville):
    url = row_url(exempleville, "stores", code="courriels")
    given = {
        "id": "courriels", "name": "Messagerie", "version": "1", "access": "team",
        "public_link": "non", "keep_years": "0,5", "better_used_by": ["accueil"],
        "carriers": "responsable du guichet\nagents d’accueil", "folder": "boites/accueil",
    }  # fmt: skip
    assert bruno.post(url, given).status_code == 302
    stored = rows(exempleville, "stores")[0]
    assert (stored["access"], stored["public_link"], stored["encrypted"]) == ("team", False, None)
    assert (stored["keep_years"], stored["better_used_by"]) == (0.5, ["accueil"])
    assert stored["carriers"] == ["responsable du guichet", "agents d’accueil"]
    assert stored["folder"] == "boites/accueil"
    refused = bruno.post(url, {**given, "version": "2", "folder": "../paie"})
    assert refused.status_code == 422
    assert "n’est pas un chemin sous le dossier ouvert à l’examen" in words(refused)
    assert rows(exempleville, "stores")[0]["folder"] == "boites/accueil"


def test_a_choice_that_lets_the_most_sensitive_data_out_is_kept_and_told(bruno, exempleville):
    url = reverse("facts:add", args=["matrix"])
    given = {"data_class": "C2", "tool_class": "T1", "answer": "yes", "reason": "Sous contrat"}
    assert "à confirmer" not in words(bruno.post(url, given, follow=True))
    given |= {"data_class": "C4", "tool_class": "T2"}
    assert "à confirmer par le délégué" in words(bruno.post(url, given, follow=True))
    change = row_url(exempleville, "matrix", data_class="C4")
    page = words(bruno.post(change, {**given, "answer": "if_masked", "version": "1"}, follow=True))
    assert "à confirmer par le délégué" in page
    given |= {"answer": "no", "version": "2"}
    assert "à confirmer" not in words(bruno.post(change, given, follow=True))
    assert [r["answer"] for r in rows(exempleville, "matrix")] == ["yes", "no"]


def test_the_same_pair_is_answered_once(bruno, exempleville):
    url = reverse("facts:add", args=["matrix"])
    given = {"data_class": "C2", "tool_class": "T1", "answer": "yes", "reason": "Sous contrat"}
    assert bruno.post(url, given).status_code == 302
    refused = bruno.post(url, {**given, "answer": "no"})
    assert refused.status_code == 422
    assert "hébergeur sous contrat, Union » est écrit deux fois" in words(refused)


def test_renaming_a_row_renames_what_refers_to_it(bruno, exempleville):
    url = row_url(exempleville, "services", code="accueil")
    assert bruno.post(url, service(id="guichet", version="1")).status_code == 302
    assert rows(exempleville, "people")[0]["service"] == "guichet"
    assert rows(exempleville, "use_cases")[0]["service"] == "guichet"
    assert queries.counts(exempleville.pk)["services"] == 1


def test_renaming_a_case_renames_it_in_lists_and_in_keys(bruno, exempleville):
    url = row_url(exempleville, "use_cases", code="courrier")
    given = {"id": "tri", "title": "Tri du courrier", "service": "accueil", "version": "1"}
    given |= {"stores": ["courriels"], "tasks_lifted": "trier\nrelire", "cost_year_1": "4000"}
    assert bruno.post(url, given).status_code == 302
    assert rows(exempleville, "use_cases")[1]["requires"] == ["tri"]
    assert [r["case"] for r in rows(exempleville, "ratings")] == ["tri"]


def test_two_people_who_change_the_same_row_see_both_versions(alice, bruno, exempleville):
    url = row_url(exempleville, "services", code="accueil")
    assert alice.post(url, service(agents="20", version="1")).status_code == 302
    answer = bruno.post(url, service(agents="30", version="1"))
    page = words(answer)
    assert answer.status_code == 409
    assert rows(exempleville, "services")[0]["agents"] == 20
    assert 'value="30"' in page
    assert 'name="version" value="2"' in page
    assert bruno.post(url, service(agents="30", version="2")).status_code == 302
    assert rows(exempleville, "services")[0]["agents"] == 30


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_form_without_its_version_never_overwrites(bruno, exempleville, version):
    url = row_url(exempleville, "services", code="accueil")
    assert bruno.post(url, service(agents="30", version=version)).status_code == 409
    assert rows(exempleville, "services")[0]["agents"] == 12


def test_what_is_typed_on_a_row_removed_meanwhile_can_be_added_again(alice, bruno, exempleville):
    url = row_url(exempleville, "sittings", body="cst")
    alone = reverse("facts:remove", args=["sittings", pk_of(exempleville, "sittings", body="cst")])
    assert alice.post(alone, {"version": "1"}).status_code == 302
    typed = {"body": "cst", "on": "2027-03-04", "note": "Salle du conseil"}
    answer = bruno.post(url, {**typed, "version": "1"})
    assert answer.status_code == 409
    assert "Salle du conseil" in words(answer)
    assert "retiré cette ligne" in words(answer)
    again = reverse("facts:add", args=["sittings"])
    assert f'action="{again}"' in words(answer)
    assert rows(exempleville, "sittings") == []
    assert bruno.post(again, typed).status_code == 302
    assert rows(exempleville, "sittings")[0]["note"] == "Salle du conseil"


def test_a_row_changed_meanwhile_is_not_removed_unread(alice, bruno, exempleville):
    url = row_url(exempleville, "sittings", body="cst")
    alone = reverse("facts:remove", args=["sittings", pk_of(exempleville, "sittings", body="cst")])
    moved = {"body": "cst", "on": "2027-02-18", "version": "1"}
    assert alice.post(url, moved).status_code == 302
    assert bruno.post(alone, {"version": "1"}).status_code == 422
    assert rows(exempleville, "sittings")[0]["on"].isoformat() == "2027-02-18"


def test_an_import_meanwhile_is_seen_by_whoever_was_typing(bruno, exempleville, someone, at):
    url = row_url(exempleville, "services", code="accueil")
    given = small()
    given["services"][0]["agents"] = 40
    services.import_rows(exempleville.pk, given, by=someone, at=at)
    answer = bruno.post(url, service(agents="30", version="1"))
    assert answer.status_code == 409
    assert "40" in words(answer)
    assert rows(exempleville, "services")[0]["agents"] == 40


def test_a_row_others_refer_to_is_not_removed(bruno, exempleville):
    pk = pk_of(exempleville, "services", code="accueil")
    answer = bruno.post(reverse("facts:remove", args=["services", pk]), {"version": "1"})
    assert answer.status_code == 422
    assert "« accueil » ne figure pas dans la feuille" in words(answer)
    assert len(rows(exempleville, "services")) == 1


def test_the_authority_itself_is_changed_but_never_removed(alice, exempleville):
    url = reverse("facts:row", args=["authority", exempleville.pk])
    given = {"code": "exempleville", "name": "Exempleville", "kind": "commune"}
    given |= {"population": "12 400", "version": str(exempleville.version)}
    assert alice.post(url, given).status_code == 302
    assert rows(exempleville, "authority")[0]["population"] == 12400
    removal = reverse("facts:remove", args=["authority", exempleville.pk])
    assert alice.post(removal, {"version": "2"}).status_code == 404


def test_an_answer_of_the_law_is_asked_in_its_own_words(bruno, exempleville):
    page = bruno.get(row_url(exempleville, "legal_facts", fact="use_case.personal_data"))
    text = words(page)
    assert 'type="radio"' in text
    assert 'value="oui" checked' in text


@pytest.mark.parametrize(
    ("fact", "typed", "stored"),
    [
        ("use_case.personal_data", "non", "non"),
        ("use_case.personal_data", "?", "?"),
        ("use_case.data", ["santé", "RH"], "santé, RH"),
        ("use_case.data", "santé, RH", "santé, RH"),
    ],
)
def test_an_answer_of_the_law_is_kept_as_a_workbook_writes_it(
    bruno, exempleville, fact, typed, stored
):
    url = reverse("facts:add", args=["legal_facts"])
    answer = bruno.post(url, {"case": "repas", "fact": fact, "value": typed})
    assert answer.status_code == 302
    assert rows(exempleville, "legal_facts")[-1]["value"] == stored


def test_a_link_may_propose_a_row_to_fill(bruno, exempleville):
    url = reverse("facts:add", args=["legal_facts"])
    page = words(bruno.get(f"{url}?case=repas&fact=use_case.profiling"))
    assert 'value="repas" selected' in page
    assert 'value="use_case.profiling" selected' in page


def test_who_only_reads_sees_the_row_and_cannot_write(elu, exempleville):
    url = row_url(exempleville, "services", code="accueil")
    page = words(elu.get(url))
    assert 'value="Accueil"' in page
    assert 'class="bouton" type="submit"' not in page
    assert elu.post(url, service(agents="30", version="1")).status_code == 403
    assert rows(exempleville, "services")[0]["agents"] == 12


def test_names_written_with_signs_are_shown_as_text(bruno, exempleville):
    url = row_url(exempleville, "services", code="accueil")
    bruno.post(url, service(name="<script>alert(1)</script>", version="1"))
    page = words(bruno.get(reverse("facts:sheet", args=["services"])))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_label_of_a_list_is_a_name_not_a_code():
    assert queries.name_column(sheet("services")).code == "name"
    assert queries.name_column(sheet("use_cases")).code == "title"


def test_the_official_list_fills_the_form_of_the_authority(alice, exempleville):
    url = reverse("facts:directory")
    page = alice.get(url, {"mot": "romans-sur-is"})
    link = page.context["found"][0].href
    assert page.context["found"][0].name == "Romans-sur-Isère"
    filled = words(alice.get(link))
    assert 'value="Romans-sur-Isère"' in filled
    assert 'value="commune" selected' in filled
    part = words(alice.get(url, {"mot": "romans"}, headers={"hx-request": "true"}))
    assert "<html" not in part
    assert 'id="annuaire-resultats"' in part


def test_the_official_list_says_when_it_finds_nothing(alice):
    page = words(alice.get(reverse("facts:directory"), {"mot": "zzzzz"}))
    assert "Aucune collectivité ne répond à ce mot" in page


def test_a_number_too_large_is_refused_even_when_somebody_wrote_meanwhile(bruno, exempleville):
    url = row_url(exempleville, "services", code="accueil")
    bruno.post(url, service(agents="14", version="1"))
    answer = bruno.post(url, service(agents="9" * 30, version="1"))
    assert answer.status_code == 422
