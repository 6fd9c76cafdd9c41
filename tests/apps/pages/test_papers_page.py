"""The papers are offered one at a time: the one to sign now, the next, those done."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from apps.conftest import words
from gouvernail.demo.example import example_rows
from gouvernail.documents.papers import PAPERS, Need
from gouvernail.steering_run import compute

pytestmark = pytest.mark.usefixtures("in_french")

PAGE = "/papiers"


@pytest.fixture(scope="module")
def computed():
    """Return the plan of the example, computed once."""
    return compute(example_rows(), on=date(2026, 11, 23))


@pytest.fixture
def plan(computed):
    return copy.deepcopy(computed)


def asked(page):
    return [line for line in (page.now, *page.after, *page.then) if line]


def test_one_paper_is_shown_whole_the_others_wait_in_a_list(planned):
    answer = planned.get(PAGE)
    page = answer.context["page"]
    assert page.now is not None
    text = words(answer)
    assert "Reste à compléter" in text
    assert "Signée par" in text
    assert "Pourquoi ?" in text
    assert page.now.blanks > 0


def test_every_paper_of_every_proposed_case_stands_once(planned, plan):
    page = planned.get(PAGE).context["page"]
    lines = [*asked(page), *page.later, *page.done, *page.aside]
    chosen = sum(case["chosen"] for case in plan["cases"])
    of_cases = sum(paper.about_case for paper in PAPERS)
    assert len(lines) == of_cases * chosen + len(PAPERS) - of_cases
    assert len({(line.code, line.case) for line in lines}) == len(lines)


def test_a_paper_with_a_last_day_comes_before_one_without(planned):
    lines = [line for line in asked(planned.get(PAGE).context["page"]) if line.need == Need.DUE]
    dated = [bool(line.by) for line in lines]
    assert dated == sorted(dated, reverse=True)


def test_one_case_alone_when_asked(planned):
    page = planned.get(f"{PAGE}?cas=guichet").context["page"]
    assert {line.case for line in asked(page)} == {"guichet"}
    page = planned.get(f"{PAGE}?cas=collectivite").context["page"]
    assert {line.case for line in (*asked(page), *page.later, *page.done, *page.aside)} == {""}


def test_a_paper_whose_duty_is_done_asks_for_nothing(keep, plan, alice):
    for case in plan["cases"]:
        case["consultation"]["opinion_on"] = "2026-11-02"
        for finding in case["obligations"]["findings"]:
            finding["done_on"] = "2026-11-02"
            if finding["rule"] == "CP-CLAUSES":
                finding["outcome"] = "not_applicable"
    keep(plan)
    page = alice.get(f"{PAGE}?cas=guichet").context["page"]
    assert asked(page) == []
    assert page.done
    assert "Rien à signer" in words(alice.get(f"{PAGE}?cas=guichet"))


def test_a_file_that_the_plan_wrote_is_offered_in_its_three_forms(keep, plan, alice, exempleville):
    from gouvernail.apps.steering.models import Result

    keep(plan)
    line = alice.get(PAGE).context["page"].now
    folder = f"cas/{line.case}" if line.case else "pieces"
    names = [f"{folder}/{line.code}.{form}" for form in ("pdf", "odt", "docx")]
    Result.objects.filter(authority=exempleville).update(documents=names)
    assert [form.label for form in alice.get(PAGE).context["page"].now.forms] == [
        "PDF", "ODT", "DOCX",
    ]  # fmt: skip


def test_who_signs_is_led_to_the_proof_and_who_reads_is_not(planned, elu):
    assert "/faits/proofs/nouveau/?case=" in planned.get(f"{PAGE}?cas=guichet").content.decode()
    assert "/faits/proofs/nouveau/" not in elu.get(PAGE).content.decode()


def test_the_case_of_another_authority_has_no_paper_here(chloe, keep, plan):
    keep(plan)
    assert "entretien social" not in words(chloe.get(PAGE))
