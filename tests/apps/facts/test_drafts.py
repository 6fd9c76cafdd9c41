"""A closed tab loses nothing: what is typed is kept, proposed again, and seen by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.conftest import member, pk_of, words
from gouvernail.apps.facts import drafts, queries
from gouvernail.apps.facts.models import Draft
from gouvernail.apps.journal.models import Entry
from gouvernail_core.facts import sheet

TYPED = {"id": "accueil", "name": "Accueil du public", "head": "bruno", "agents": "quatorze"}


@pytest.fixture
def place(exempleville):
    """Return the row's number and its three addresses."""
    pk = pk_of(exempleville, "services", code="accueil")
    return {
        "pk": pk,
        "row": reverse("facts:row", args=["services", pk]),
        "keep": reverse("facts:keep_draft", args=["services", pk]),
        "forget": reverse("facts:forget_draft", args=["services", pk]),
    }


def type_in(browser, place, **more):
    return browser.post(
        place["keep"], {**TYPED, "version": "1", **more}, headers={"HX-Request": "true"}
    )


def test_what_is_typed_is_kept_and_nothing_else_moves(bruno, exempleville, place):
    facts, entries = queries.rows_of(exempleville.pk), Entry.objects.count()
    answer = type_in(bruno, place)
    assert answer.status_code == 200
    assert "Brouillon gardé à" in words(answer)
    assert "<html" not in words(answer)
    assert Draft.objects.get().values["agents"] == ["quatorze"]
    assert "csrfmiddlewaretoken" not in Draft.objects.get().values
    assert queries.rows_of(exempleville.pk) == facts
    assert Entry.objects.count() == entries


def test_a_draft_is_proposed_then_taken_up_as_it_was_typed(bruno, place):
    type_in(bruno, place)
    page = words(bruno.get(place["row"]))
    assert "Vous aviez commencé" in page
    assert 'value="quatorze"' not in page
    again = words(bruno.get(place["row"], {"brouillon": "1"}))
    assert 'value="quatorze"' in again
    assert 'value="Accueil du public"' in again
    assert "Vous aviez commencé" not in again


def test_typing_does_not_write_over_a_draft_not_yet_chosen(bruno, place):
    type_in(bruno, place)
    assert "hx-post" not in words(bruno.get(place["row"])).split("<form class")[1]
    assert place["keep"] in words(bruno.get(place["row"], {"brouillon": "1"}))


def test_saving_forgets_the_draft(bruno, place):
    type_in(bruno, place)
    answer = bruno.post(place["row"], {**TYPED, "agents": "14", "version": "1"})
    assert answer.status_code == 302
    assert not Draft.objects.exists()


def test_a_refused_save_keeps_the_draft(bruno, place):
    type_in(bruno, place)
    assert bruno.post(place["row"], {**TYPED, "version": "1"}).status_code == 422
    assert Draft.objects.exists()


def test_a_draft_is_forgotten_when_asked(bruno, place):
    type_in(bruno, place)
    assert bruno.post(place["forget"]).status_code == 302
    assert not Draft.objects.exists()
    assert "Vous aviez commencé" not in words(bruno.get(place["row"]))


def test_a_new_row_is_drafted_too_without_script(bruno, exempleville):
    keep = reverse("facts:keep_draft", args=["services", 0])
    add = reverse("facts:add", args=["services"])
    assert f'formaction="{keep}"' in words(bruno.get(add))
    answer = bruno.post(keep, {"name": "Médiathèque"}, follow=True)
    assert "Gardé comme brouillon" in words(answer)
    assert 'value="Médiathèque"' in words(bruno.get(add, {"brouillon": "1"}))
    assert bruno.post(add, {"id": "media", "name": "Médiathèque"}).status_code == 302
    assert not Draft.objects.exists()


def test_several_values_of_one_field_are_all_kept(bruno, exempleville):
    keep = reverse("facts:keep_draft", args=["stores", 0])
    bruno.post(keep, {"name": "Partage", "data": ["RH", "santé"]})
    page = words(bruno.get(reverse("facts:add", args=["stores"]), {"brouillon": "1"}))
    assert "RH" in page
    assert "santé" in page
    assert Draft.objects.get().values["data"] == ["RH", "santé"]


def test_a_draft_older_than_the_row_says_so_and_shows_both(alice, bruno, exempleville, place):
    type_in(bruno, place, agents="30")
    moved = {**TYPED, "name": "Accueil", "agents": "20", "version": "1"}
    assert alice.post(place["row"], moved).status_code == 302
    assert "La ligne a changé depuis" in words(bruno.get(place["row"]))
    page = words(bruno.get(place["row"], {"brouillon": "1"}))
    assert "Ce qui diffère" in page
    assert 'value="30"' in page
    assert 'name="version" value="2"' in page
    answer = bruno.post(place["row"], {**TYPED, "agents": "30", "version": "2"})
    assert answer.status_code == 302
    assert queries.rows_of(exempleville.pk)["services"][0]["agents"] == 30


def test_nobody_else_reads_a_draft(alice, bruno, chloe, client_of, exempleville, place):
    type_in(bruno, place, name="Ce que Bruno seul lit")
    for browser in (alice, client_of(member(exempleville, "dora", "director"))):
        for query in ({}, {"brouillon": "1"}):
            page = words(browser.get(place["row"], query))
            assert "Ce que Bruno seul lit" not in page
            assert "Vous aviez commencé" not in page
        browser.post(place["forget"])
    assert chloe.post(place["keep"], TYPED).status_code == 404
    assert chloe.post(place["forget"]).status_code == 404
    assert Draft.objects.get().values["name"] == ["Ce que Bruno seul lit"]


def test_one_draft_a_person_and_a_form(alice, bruno, place):
    for name in ("un", "deux"):
        type_in(bruno, place, name=name)
    type_in(alice, place, name="trois")
    kept = {draft.user.name: draft.values["name"] for draft in Draft.objects.all()}
    assert kept == {"Bruno": ["deux"], "Alice": ["trois"]}


def test_who_only_reads_drafts_nothing(elu, place):
    assert type_in(elu, place).status_code == 403
    assert "hx-post" not in words(elu.get(place["row"])).split("<form class")[1]


def test_a_draft_too_long_is_refused_in_words_and_the_former_one_stays(bruno, place):
    type_in(bruno, place)
    answer = type_in(bruno, place, name="x" * drafts.LONGEST)
    assert "trop long" in words(answer)
    assert Draft.objects.get().values["name"] == ["Accueil du public"]


def test_a_sign_that_no_database_holds_is_left_out(bruno, place):
    type_in(bruno, place, name="a\x00b")
    assert Draft.objects.get().values["name"] == ["ab"]


def test_a_draft_is_forgotten_after_thirty_days_and_not_before(exempleville, bruno, place):
    type_in(bruno, place)
    now = timezone.now()
    assert drafts.forget_old(at=now + timedelta(days=29)) == 0
    assert drafts.forget_old(at=now + timedelta(days=31)) == 1


def test_a_program_drafts_nothing(exempleville, at):
    kept = drafts.keep(exempleville.pk, None, sheet("services"), 0, {}, version=0, at=at)
    assert kept is None
    assert not Draft.objects.exists()
