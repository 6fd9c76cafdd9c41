"""The board, the table, the filters and the files show the same cases."""

from __future__ import annotations

import csv
import io
import re

import pytest

from gouvernail.apps.portfolio import case_page, exploring, presentation

pytestmark = pytest.mark.usefixtures("in_french")


def shown(text: str) -> set[str]:
    return set(re.findall(r'href="/cas/([^"#]+)"', text))


def test_every_case_is_in_one_column_or_away(plan):
    plan["cases"][1]["stage"] = "stopped"
    cards = {case["id"]: presentation.card(case, "2027") for case in plan["cases"]}
    board = presentation.board(plan["cases"], cards, str)
    held = [card.case["id"] for column in board for card in column.cards]
    assert sorted(held) == ["c1", "c3"]
    assert board[0].label == "Explorer"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"c1", "c2", "c3"}),
        ("portes=fermee", {"c1"}),
        ("portes=attente", {"c1", "c3"}),
        ("portes=ouvertes", {"c2"}),
        ("personne=Sophie Delmas", {"c1", "c2"}),
        ("personne=Quelqu’un d’autre", {"c1", "c2", "c3"}),
        ("etape=consulter", {"c1"}),
        ("etape=sortis", set()),
        ("mot=REPAS", {"c2"}),
        ("mot=solidarites", {"c1"}),
        ("mot=introuvable", set()),
        ("portes=attente&personne=Éric Salmon", {"c3"}),
    ],
)
def test_filters_keep_what_they_say(planned, query, expected):
    text = planned.get(f"/portefeuille?{query}").content.decode()
    assert shown(text) == expected


def test_an_empty_result_offers_a_way_out(planned):
    text = planned.get("/portefeuille?mot=introuvable").content.decode()
    assert "Aucun cas ne répond à ces filtres" in text
    assert "Afficher tous les cas" in text


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("cas", ["c3", "c1", "c2"]), ("-cas", ["c2", "c1", "c3"]), ("cout", ["c2", "c3", "c1"]),
     ("-cout", ["c1", "c3", "c2"]), ("", ["c3", "c1", "c2"]), ("nimporte", ["c3", "c1", "c2"])],
)  # fmt: skip
def test_the_table_is_sorted_as_asked(plan, wanted, expected):
    rows = presentation.sorted_cases(plan["cases"], "2027", wanted)
    assert [row["id"] for row in rows] == expected


def many(plan, count):
    """Return a plan with `count` ideas besides its own three cases."""
    model = plan["cases"][2]
    idea = {"stage": "idea", "stage_label": {"fr": "Idée", "en": "Idea"}}
    plan["cases"] += [
        model | idea | {"id": f"i{n:03}", "title": f"Idée {n:03}"} for n in range(count)
    ]
    return plan


def test_a_column_of_many_cases_shows_twenty_and_leads_to_the_others(keep, plan, alice):
    keep(many(plan, 130))
    text = alice.get("/portefeuille").content.decode()
    column = text.split('class="quai"')[1].split("</section>")[0]
    assert len(shown(column)) == 20
    assert ">130<" in column
    assert "110 autres cas" in column
    href = re.search(r'href="([^"]+)#t-tab"', column)[1].replace("&amp;", "&")
    assert "etape=explorer" in href
    table = alice.get(href).content.decode().split('id="t-tab"')[1]
    assert len(shown(table)) == 100
    following = re.search(r'href="([^"]+page=2[^"]*)"', table)[1].replace("&amp;", "&")
    assert len(shown(alice.get(following).content.decode().split('id="t-tab"')[1])) == 30


def test_sorting_leads_back_to_the_first_page_and_the_file_holds_every_case(keep, plan, alice):
    keep(many(plan, 130))
    text = alice.get("/portefeuille?page=2").content.decode()
    assert 'href="/portefeuille?tri=cas"' in text
    sheet = alice.get("/portefeuille.csv?page=2").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(sheet), delimiter=";"))) == 1 + 133


def test_the_fiches_are_shown_a_hundred_at_a_time(keep, plan, alice):
    keep(many(plan, 130))
    assert len(shown(alice.get("/explorer").content.decode())) == 100
    assert len(shown(alice.get("/explorer?page=2").content.decode())) == 33


def test_headings_say_how_the_table_is_sorted(planned):
    text = planned.get("/portefeuille?tri=-cout").content.decode()
    assert text.count('aria-sort="descending"') == 1
    assert 'href="/portefeuille?tri=cout"' in text


def test_the_year_shown_is_the_first_with_a_cost_from_today(plan):
    assert presentation.cost_year(plan) == "2027"
    plan["on"] = "2028-01-04"
    assert presentation.cost_year(plan) == "2028"


def test_the_csv_holds_the_rows_of_the_page_in_their_order(planned):
    answer = planned.get("/portefeuille.csv?portes=attente&tri=-cout")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [
        "Comptes rendus d’entretien social", "Aide à la réponse au guichet",
    ]  # fmt: skip
    assert "attachment" in answer["Content-Disposition"]


def test_no_cell_of_any_file_becomes_a_formula(keep, plan, alice):
    from odfdo import Document
    from python_calamine import CalamineWorkbook

    plan["cases"][0]["title"] = "=HYPERLINK(1)"
    keep(plan)
    text = alice.get("/portefeuille.csv?tri=cas").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    workbook = CalamineWorkbook.from_filelike(
        io.BytesIO(alice.get("/portefeuille.xlsx?tri=cas").content)
    )
    assert workbook.get_sheet_by_index(0).to_python()[1][0] == "=HYPERLINK(1)"
    ods = Document(io.BytesIO(alice.get("/portefeuille.ods?tri=cas").content))
    cell = ods.body.get_table(0).get_cell((0, 1))
    assert cell.value == "=HYPERLINK(1)"
    assert not cell.formula


def test_an_unknown_form_of_file_does_not_exist(planned):
    assert planned.get("/portefeuille.exe").status_code == 404


def test_places_on_the_track_are_proportional(plan):
    for rating in plan["cases"][0]["ratings"]:
        track = case_page.track(rating)
        for view in track.views:
            if view.score is None:
                assert view.place == ""
            else:
                assert float(view.place[:-1]) == pytest.approx(2 + view.score * 24)
        given = [view.score for view in track.views if view.score is not None]
        assert float(track.span[:-1]) == pytest.approx(24 * (max(given) - min(given)))


def test_a_wide_gap_is_to_discuss(plan):
    tracks = {t.label: t for t in case_page.case_page(plan["cases"][0]).tracks}
    assert tracks["Adhésion des agents"].to_discuss
    assert not tracks["Soulagement des agents"].to_discuss


def test_duties_come_in_order_and_what_does_not_apply_is_apart(plan):
    page = case_page.case_page(plan["cases"][0])
    assert [item["outcome"] for item in page.duties] == ["blocking", "due", "due", "watch"]
    assert [item["rule"] for item in page.aside] == ["AIA-27"]


def test_the_case_says_who_owes_what_and_where_rules_come_from(planned):
    text = planned.get("/cas/c1").content.decode().replace("\u00a0", " ")
    assert "Nadia Benali (DRH)" in text
    assert "Code général de la fonction publique, art. L. 253-5" in text
    assert "de mémoire, à vérifier" in text
    assert "Trois agents craignent d’être enregistrés." in text
    assert "https://example.org/cas/12" in text


def test_a_fiche_is_complete_only_with_its_pair_its_ratings_and_its_work(plan):
    states = {f.case["id"]: f for f in map(exploring.fiche, plan["cases"])}
    assert states["c2"].complete
    assert not states["c1"].complete  # the staff have not rated everything
    assert states["c1"].rated_by == (True, True, False)
    assert states["c3"].unwritten == 2
    plan["cases"][1]["elu"] = None
    assert not exploring.fiche(plan["cases"][1]).complete


def test_uses_to_decide_come_first(planned):
    text = planned.get("/ia-deja-la").content.decode()
    assert text.index("Traduction au guichet") < text.index("Aide à la rédaction")
    assert "À décider" in text
    assert "Des données personnelles partent vers un outil public." in text
