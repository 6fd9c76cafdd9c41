"""The calendar of social dialogue: its lines, its filters, its files, and a body's own calendar."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from icalendar import Calendar

from apps.conftest import words
from gouvernail.apps.dialogue import icalendar_file
from gouvernail.apps.dialogue.presentation import entries
from gouvernail_core.kernel import RefusedError

pytestmark = pytest.mark.usefixtures("in_french")

PAGE = "/consulter/calendrier"
ON = date(2026, 11, 23)


def sitting(**more):
    return {
        "body": "cst", "body_label": {"fr": "Comité social territorial (CST)", "en": "CST"},
        "on": "2027-02-11", "note": "", "convene_by": "2027-01-27", "papers_by": "2027-02-03",
        "reasons": [], "warnings": [], "cases": ["c1"], **more,
    }  # fmt: skip


def follow_up(**more):
    return {
        "kind": "written_answer", "kind_label": {"fr": "Écrire les suites", "en": "Answer"},
        "case": "c2", "body": "cst", "body_label": sitting()["body_label"], "first": None,
        "last": "2026-12-29", "done_on": None, "late": False, "reasons": [], **more,
    }  # fmt: skip


def dialogue(plan, *sittings, follow_ups=()):
    plan["dialogue"] = {"sittings": list(sittings), "follow_ups": list(follow_ups)}
    return plan


def test_a_sitting_of_the_staff_gives_three_days_in_order(plan):
    found = entries(dialogue(plan, sitting()))
    assert [(e.on, e.kind) for e in found] == [
        ("2027-01-27", "convoquer"), ("2027-02-03", "pieces"), ("2027-02-11", "seance"),
    ]  # fmt: skip


def test_a_last_day_already_over_is_no_longer_told_and_the_sitting_stays(plan):
    near = sitting(on="2026-12-03", convene_by="2026-11-18", papers_by="2026-11-25")
    assert [e.kind for e in entries(dialogue(plan, near))] == ["pieces", "seance"]


def test_an_assembly_has_no_last_day(plan):
    council = sitting(body="council", convene_by=None, papers_by=None)
    assert [e.kind for e in entries(dialogue(plan, council))] == ["seance"]


def test_the_page_shows_a_year_and_all_of_it_when_asked(keep, plan, alice):
    far = sitting(on="2027-11-23", convene_by="2027-11-08", papers_by="2027-11-15", cases=[])
    council = sitting(body="codir", on="2027-01-07", convene_by=None, papers_by=None, cases=[])
    keep(dialogue(plan, far, council))
    assert alice.get(PAGE).context["count"] == 2
    assert alice.get(f"{PAGE}?quand=tout").context["count"] == 3


def test_the_page_begins_with_what_is_late(keep, plan, alice):
    late = follow_up(last="2026-11-02", late=True)
    keep(dialogue(plan, sitting(), follow_ups=[late, follow_up()]))
    text = words(alice.get(PAGE))
    assert "Une date est passée" in text
    assert "date passée" in text
    assert "2 novembre 2026" in text


def test_what_is_done_is_said_with_its_day(keep, plan, alice):
    keep(dialogue(plan, follow_ups=[follow_up(done_on="2026-11-20")]))
    text = words(alice.get(PAGE))
    assert "fait le 20 nov. 2026" in text
    assert "Aucune date n’est connue" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 4), ("quoi=seance", 1), ("quoi=suites", 1), ("instance=cst", 4), ("cas=c2", 1),
        ("cas=c1&quoi=pieces", 1), ("quand=tout", 4), ("mot=convoquer", 1), ("mot=introuvable", 0),
        ("quoi=rien", 4),
    ],
)  # fmt: skip
def test_filters_keep_what_they_say_on_the_page_and_in_the_files(
    keep, plan, alice, query, expected
):
    keep(dialogue(plan, sitting(), follow_ups=[follow_up()]))
    assert alice.get(f"{PAGE}?{query}").context["count"] == expected
    sheet = alice.get(f"{PAGE}.csv?{query}").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(sheet), delimiter=";"))) == 1 + expected
    diary = Calendar.from_ical(alice.get(f"{PAGE}.ics?{query}").content)
    assert len(list(diary.walk("VEVENT"))) == expected


def test_the_diary_holds_whole_days_and_the_same_numbers_each_time(keep, plan, alice):
    keep(dialogue(plan, sitting(), follow_ups=[follow_up()]))
    answer = alice.get(f"{PAGE}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    first, again = (list(Calendar.from_ical(a.content).walk("VEVENT")) for a in (
        answer, alice.get(f"{PAGE}.ics"),
    ))  # fmt: skip
    held = first[-1]
    assert (held.decoded("dtstart"), held.decoded("dtend")) == (
        date(2027, 2, 11), date(2027, 2, 12),
    )  # fmt: skip
    assert "Comité social territorial" in str(held["summary"])
    assert plan["cases"][0]["title"] in str(held["description"])
    numbers = [str(event["uid"]) for event in first]
    assert len(set(numbers)) == 4
    assert numbers == [str(event["uid"]) for event in again]


def test_two_opinions_of_one_sitting_are_two_events_of_the_diary(keep, plan, alice):
    keep(dialogue(plan, follow_ups=[follow_up(case="c1"), follow_up(case="c2")]))
    diary = Calendar.from_ical(alice.get(f"{PAGE}.ics").content)
    assert len({str(event["uid"]) for event in diary.walk("VEVENT")}) == 2


def ics(*events, extra=""):
    told = "\r\n".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\n{e}\r\nEND:VEVENT" for n, e in enumerate(events)
    )
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{told}\r\nEND:VCALENDAR\r\n{extra}"
    return text.encode()


def test_a_calendar_gives_its_days_to_come_once_each_with_their_titles():
    found = icalendar_file.sittings_of(
        ics(
            "DTSTART;VALUE=DATE:20270318\r\nSUMMARY:CST  de\\, mars",
            "DTSTART:20270210T230000Z\r\nSUMMARY:CST de février",  # the 11th in Paris
            "DTSTART;VALUE=DATE:20270318\r\nSUMMARY:Doublon",
            "DTSTART;VALUE=DATE:20261122\r\nSUMMARY:Passée",
            "DTSTART;VALUE=DATE:20270401\r\nSTATUS:CANCELLED\r\nSUMMARY:Annulée",
            "SUMMARY:Sans date",
        ),
        on=ON,
    )
    assert found == [(date(2027, 2, 11), "CST de février"), (date(2027, 3, 18), "CST de, mars")]


def test_a_meeting_that_comes_back_gives_its_next_days():
    weekly = "DTSTART;TZID=Europe/Paris:20260106T090000\r\nRRULE:FREQ=WEEKLY;UNTIL=20270131T000000Z"
    found = icalendar_file.sittings_of(
        ics(f"{weekly}\r\nEXDATE;TZID=Europe/Paris:20261201T090000"), on=ON
    )
    days = [day for day, _title in found]
    assert days[:2] == [date(2026, 11, 24), date(2026, 12, 8)]
    assert all(day.isoweekday() == 2 for day in days)
    assert days[-1] == date(2027, 1, 26)
    for ever in ("DAILY", "SECONDLY"):
        rule = f"DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ={ever}"
        found = icalendar_file.sittings_of(ics(rule), on=ON)
        assert len(found) == (60 if ever == "DAILY" else 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ne se lit pas"), (b"%PDF-1.7", "ne se lit pas"), (b"\xff\xfe\x00", "ne se lit pas"),
        (ics("DTSTART:pas une date"), "ne se lit pas"),
        (ics("DTSTART;VALUE=DATE:20200101"), "aucune date à venir"), (ics(), "aucune date à venir"),
        (ics(*["DTSTART;VALUE=DATE:20270101"] * 501), "500 rendez-vous"),
        (b" " * (icalendar_file.LARGEST_BYTES + 1), "1 Mo"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_calendar_is_refused_in_a_sentence(content, said):
    with pytest.raises(RefusedError) as refused:
        icalendar_file.sittings_of(content, on=ON)
    assert said in words(str(refused.value))


def test_a_body_s_calendar_is_shown_then_added_and_twice_adds_nothing(alice, exempleville):
    from gouvernail.apps.facts.queries import rows_of

    before = rows_of(exempleville.pk)

    def send():
        file = io.BytesIO(ics("DTSTART;VALUE=DATE:20990318\r\nSUMMARY:Séance du CST"))
        file.name = "cst.ics"
        return alice.post(f"{PAGE}/importer", {"body": "cst", "calendar": file}, follow=True)

    review = send()
    assert "18 mars 2099" in words(review)
    assert rows_of(exempleville.pk) == before
    alice.post(review.wsgi_request.path)
    after = rows_of(exempleville.pk)
    added = [row for row in after["sittings"] if row["on"] == date(2099, 3, 18)]
    assert [(row["body"], row["note"]) for row in added] == [("cst", "Séance du CST")]
    assert len(after["sittings"]) == len(before["sittings"]) + 1
    assert {k: v for k, v in after.items() if k != "sittings"} == {
        k: v for k, v in before.items() if k != "sittings"
    }
    alice.post(send().wsgi_request.path)
    assert rows_of(exempleville.pk) == after


def test_a_bad_calendar_keeps_the_form_and_says_what_to_do(alice):
    file = io.BytesIO(b"%PDF-1.7")
    file.name = "cst.ics"
    answer = alice.post(f"{PAGE}/importer", {"body": "fs", "calendar": file})
    assert answer.status_code == 422
    assert "ne se lit pas comme un calendrier" in words(answer)
    assert '<option value="fs" selected' in answer.content.decode()
    missing = alice.post(f"{PAGE}/importer", {"body": "cst"})
    assert "Choisissez le fichier" in words(missing)
