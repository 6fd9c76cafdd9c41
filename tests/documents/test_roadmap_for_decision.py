"""What a document that asks for a decision says: proposed, done, by whom, on what it rests."""

from datetime import date, timedelta

import pytest

from documents.reading import pages_of, words_of
from gouvernail.documents import blocks as b
from gouvernail.documents import roadmap_document
from gouvernail.documents.roadmap_sections import summary
from gouvernail.documents.roadmap_sections.choice import choice
from gouvernail.documents.roadmap_sections.dates import DAYS_AHEAD, coming
from gouvernail.documents.roadmap_sections.law import dated_duties, law, shown_findings
from gouvernail.documents.typst_out import pdf
from gouvernail.documents.voice import Voice, people_named

FR, EN = Voice("fr"), Voice("en")


def _table(blocks, caption):
    return next(x for x in blocks if isinstance(x, b.Table) and x.caption.startswith(caption))


def test_a_case_before_the_decision_is_proposed_and_one_after_is_under_way(plan):
    plan["cases"][0]["stage"], plan["cases"][1]["stage"] = "trial", "candidate"
    text = words_of(roadmap_document(plan))
    first, second = plan["cases"][0]["title"], plan["cases"][1]["title"]
    assert f"{first} (déjà engagé)" in text
    assert f"{second} (proposé)" in text
    assert f"retenir «\u202f{second}\u202f» et approuver" in text
    assert "cas retenus" not in text


@pytest.mark.parametrize("stage", ["chosen", "consulting", "trial", "pilot", "general"])
def test_asks_to_choose_nothing_that_is_already_decided(plan, stage):
    for case in plan["cases"]:
        case["stage"] = stage
    text = words_of(roadmap_document(plan))
    assert "Décision demandée" in text
    assert "retenir «" not in text


def test_a_duty_with_its_proof_is_done_and_not_counted_as_to_do(plan):
    case = plan["cases"][1]
    findings = shown_findings(case["obligations"])
    due = next(f for f in findings if f["outcome"] == "due")
    before = _counts(plan, case)
    due["done_on"] = "2026-10-30"
    after = _counts(plan, case)
    assert (after[0], after[1]) == (before[0] - 1, before[1] + 1)
    assert "Fait le 30\u00a0oct. 2026" in words_of(roadmap_document(plan))
    assert shown_findings(case["obligations"])[-1] is due
    assert due["title"]["fr"] not in {
        what for _, what, of, _ in dated_duties(FR, plan) if of == case["title"]
    }


def _counts(plan, case):
    row = next(
        row
        for row in _table(law(FR, plan), "Ce qui reste").rows
        if b.plain(row[0]) == case["title"]
    )
    return [int(b.plain(cell)) for cell in row[1:]]


def test_a_share_is_whole_only_when_it_is_proven(plan):
    known = {"proven": True, "status": "core", "recommended": True}
    plan["selection"]["cases"] = [
        {"id": "a", "title": "A", "acceptability": 1.0, **known},
        {"id": "b", "title": "B", "acceptability": 0.4, **known, "status": "borderline"},
    ]
    plan["selection"]["actors"] = [
        {"name": "Un", "acceptability": {"a": 1.0, "b": 1.0}},
        {"name": "Deux", "acceptability": {"a": 1.0, "b": 0.0}},
    ]
    rows = _table(choice(FR, plan), "Part des pondérations de chacun").rows
    cells = [[b.plain(cell) for cell in row[1:]] for row in rows[:2]]
    assert cells == [
        ["100\u202f%", "100\u202f%"],
        ["plus de 99\u202f%", "moins de 1\u202f%"],
    ]


def test_says_on_what_a_proof_rests(plan):
    case = plan["selection"]["cases"][0]
    case |= {
        "proven": True,
        "status": "core",
        "proof": {"fr": "Prouvé pour tous.", "en": "Proven."},
    }
    text = words_of(roadmap_document(plan))
    assert "Prouvé pour tous, avec les notes, les limites et les budgets d’aujourd’hui." in text


def test_candidates_out_of_the_proposal_say_when_they_would_enter_and_why_not(plan):
    case = plan["cases"][2]
    case["doors"] = [{"door": "budget", "state": "waiting", "text": {"fr": "Hors.", "en": "Out."}}]
    plan["selection"]["cases"].append(
        {
            "id": case["id"],
            "title": case["title"],
            "acceptability": 0.1,
            "recommended": False,
            "drop_out": {"fr": "N’entrerait que si.", "en": "Only if."},
        }
    )
    text = words_of(roadmap_document(plan))
    told = text[text.index("Ce qui n’est pas proposé, et pourquoi") :]
    assert f"{case['title']}\u00a0: N’entrerait que si. Hors." in told


def test_dates_to_come_are_in_order_once_each_and_within_the_days(plan):
    first = date.fromisoformat(plan["on"])
    soon = (first + timedelta(days=10)).isoformat()
    late = (first + timedelta(days=DAYS_AHEAD + 1)).isoformat()
    line = {
        "kind": "deadline",
        "title": {"fr": "Rendre", "en": "Give"},
        "who": "Anne Roy",
        "link": {"page": "case", "id": plan["cases"][0]["id"]},
    }
    plan["week"] = [line | {"due": day} for day in (soon, soon, late)]
    found = coming(FR, plan)
    assert [c.day for c in found] == sorted(c.day for c in found)
    assert len({(c.day, c.what) for c in found}) == len(found)
    mine = [c for c in found if c.what == "Rendre"]
    assert [(c.day, c.cases, c.who) for c in mine] == [
        (soon, (plan["cases"][0]["title"],), ("Anne Roy",))
    ]


@pytest.mark.parametrize("copies", [1, 6])
def test_what_is_called_one_page_holds_on_one_page(plan, copies):
    plan["authority"]["ambition"] = "Rendre du temps aux agents. " * 20
    for case in plan["cases"]:
        case["summary"] = "Une phrase assez longue pour tenir deux lignes de texte. " * 8
    plan["cases"] = [
        case | {"id": f"{case['id']}{n}", "title": f"{case['title']} {n}"}
        for n in range(copies)
        for case in plan["cases"]
    ]
    _cover, first, second, *_ = pages_of(pdf(roadmap_document(plan)))
    assert "En une page" in first
    assert "Les prochaines dates" in second
    last = b.plain(
        next(x for x in reversed(summary.summary(FR, plan)) if isinstance(x, b.Bullets)).items[-1]
    )
    assert last.split()[-1] in first


def test_each_name_is_said_once():
    owners = ["Julien Ferrand ou Éric Salmon", "Julien Ferrand", "Karim Haddad"]
    assert people_named(FR, owners) == "Julien Ferrand, Éric Salmon et Karim Haddad"
    assert people_named(EN, owners[:1]) == "Julien Ferrand or Éric Salmon"


def test_a_period_of_one_day_is_a_day():
    assert FR.period("2027-02-11", "2027-02-11") == "le 11\u00a0février 2027"
    assert EN.period("2027-02-11", "2027-02-12") == (
        "from 11\u00a0February 2027 to 12\u00a0February 2027"
    )


def test_last_days_are_at_the_latest(plan):
    text = words_of(roadmap_document(plan))
    assert "Dossier au plus tard le" in text
    assert "Dossier avant le" not in text


def test_english_has_no_french_spacing_around_signs_and_in_numbers():
    text = {"fr": "", "en": "Estimated on 10\u202f000 draws\u00a0: 3\u202f%\u202f; done"}
    assert EN.text(text) == "Estimated on 10,000 draws: 3%; done"


def test_a_promise_does_not_hide_since_when_the_rule_applies(plan):
    findings = shown_findings(plan["cases"][1]["obligations"])
    findings[0] |= {"applies_from": "2026-08-02", "promised_on": "2027-01-15"}
    text = words_of(roadmap_document(plan))
    assert "depuis le 2\u00a0août 2026, attendu le 15\u00a0janv. 2027" in text
