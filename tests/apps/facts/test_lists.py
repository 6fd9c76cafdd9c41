"""Lists sort, filter and leave with you."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse

from apps.conftest import small, words
from gouvernail.apps.facts import queries
from gouvernail.workbook import read_rows
from gouvernail_core.facts import digest


def page(client, code, **params):
    return words(client.get(reverse("facts:sheet", args=[code]), params))


def test_the_index_counts_each_sheet_in_one_query(alice, exempleville, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.counts(exempleville.pk)["use_cases"] == 2
    assert "Cas d’usage" in words(alice.get(reverse("facts:index")))


@pytest.mark.parametrize(("order", "first"), [("title", "repas"), ("-title", "courrier")])
def test_a_column_sorts_both_ways(alice, order, first):
    text = page(alice, "use_cases", tri=order)
    other = {"repas": "Tri du courrier", "courrier": "Prévision des repas"}[first]
    mine = {"repas": "Prévision des repas", "courrier": "Tri du courrier"}[first]
    assert text.index(mine) < text.index(other)


def test_a_word_filters_without_accents(alice):
    text = page(alice, "use_cases", mot="prevision")
    assert "Prévision des repas" in text
    assert "1 ligne sur 2" in text


def test_a_choice_filters(alice):
    assert "1 ligne sur 2" in page(alice, "people", role="dgs")


def test_an_unknown_sort_or_filter_is_harmless(alice):
    assert "2 lignes sur 2" in page(alice, "people", tri="nope", role="nope", x="y")


def test_a_fragment_is_the_part_of_the_page_it_replaces(alice, exempleville):
    url = reverse("facts:sheet", args=["people"])
    whole = words(alice.get(url, {"mot": "alice"}))
    part = words(alice.get(url, {"mot": "alice"}, headers={"hx-request": "true"}))
    assert "<html" not in part
    start = whole.index('<div id="resultats"')
    assert "".join(whole[start:].split()).startswith("".join(part.split()))


@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_the_whole_workbook_leaves_and_comes_back_the_same(alice, form):
    answer = alice.get(reverse("facts:workbook", args=[form]))
    assert answer["Content-Disposition"] == f'attachment; filename="exempleville.{form}"'
    read = read_rows(answer.content, name=f"x.{form}")
    assert read.problems == ()
    assert digest(read.rows) == digest(small())


@pytest.mark.parametrize("form", ["csv", "ods", "xlsx"])
def test_a_sheet_leaves_with_all_its_columns(alice, form):
    answer = alice.get(reverse("facts:export", args=["use_cases", form]))
    assert answer.status_code == 200
    if form == "csv":
        head, first = answer.content.decode("utf-8-sig").splitlines()[:2]
        assert len(head.split(";")) == len(queries.sheet_for("use_cases").columns)
        assert "trier" in first
    else:
        import python_calamine

        book = python_calamine.load_workbook(io.BytesIO(answer.content))
        assert len(book.get_sheet_by_index(0).to_python()) == 3


@pytest.mark.parametrize("path", ["/faits/rien/", "/faits/people/export.exe", "/faits/people/999/"])
def test_what_does_not_exist_is_not_found(alice, path):
    assert alice.get(path).status_code == 404


@pytest.mark.parametrize("code", ['x".html', "é\u202e", "a\r\nSet-Cookie: b=c", "a\\b"])
def test_the_code_of_an_authority_gives_no_order_to_the_browser(alice, exempleville, code):
    get = type(exempleville).objects.filter(pk=exempleville.pk)
    get.update(code=code)
    for path in ("/faits/classeur.ods", "/faits/services/export.csv", "/journal/export/csv"):
        said = alice.get(path)["Content-Disposition"]
        assert said.startswith("attachment; filename")
        assert not {"\r", "\n"} & set(said)
        assert '".html' not in said.replace('\\"', "")
