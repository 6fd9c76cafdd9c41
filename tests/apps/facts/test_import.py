"""A workbook becomes facts: once, wholly, or not at all."""

from __future__ import annotations

import pytest

from apps.conftest import small
from gouvernail.apps.facts import queries, services
from gouvernail.apps.facts.models import Upload
from gouvernail.apps.journal.models import Entry
from gouvernail.demo.example import example_rows
from gouvernail_core.facts import digest, sheets
from gouvernail_core.kernel import RefusedError


def import_(authority, rows, someone, at, **options):
    return services.import_rows(authority.pk, rows, by=someone, at=at, **options)


def test_what_is_read_back_is_what_was_imported(exempleville):
    assert digest(queries.rows_of(exempleville.pk)) == digest(small())


def test_the_example_reads_back_the_same(db, someone, at):
    pk = services.open_authority("val-de-brenne", by=someone, at=at)
    services.import_rows(pk, example_rows(), by=someone, at=at)
    assert digest(queries.rows_of(pk)) == digest(example_rows())


def test_importing_twice_changes_nothing_the_second_time(exempleville, someone, at):
    before = {s.code: queries.records_of(s, exempleville.pk) for s in sheets()}
    moved = import_(exempleville, small(), someone, at)
    assert not any(difference.moves for difference in moved)
    assert before == {s.code: queries.records_of(s, exempleville.pk) for s in sheets()}


def test_a_row_with_the_same_key_is_changed_in_place(exempleville, someone, at):
    rows = small()
    rows["services"][0]["agents"] = 14
    moved = {d.sheet.code: d for d in import_(exempleville, rows, someone, at)}
    [change] = moved["services"].changed
    assert change.cells == [("agents", 12, 14)]
    assert [s["agents"] for s in queries.rows_of(exempleville.pk)["services"]] == [14]


def test_rows_the_workbook_no_longer_has_stay_unless_asked(exempleville, someone, at):
    rows = small()
    rows["use_cases"].pop()
    import_(exempleville, rows, someone, at)
    assert len(queries.rows_of(exempleville.pk)["use_cases"]) == 2
    moved = import_(exempleville, rows, someone, at, remove=True)
    assert len(queries.rows_of(exempleville.pk)["use_cases"]) == 1
    assert sum(len(d.absent) for d in moved) == 1


def test_the_preview_names_absent_rows_and_writes_nothing(exempleville, someone):
    rows = small()
    rows["use_cases"].pop()
    found, problems = services.preview(exempleville.pk, rows, remove=False, by=someone)
    assert problems == ()
    assert [d.absent[0]["id"] for d in found if d.absent] == ["repas"]
    assert len(queries.rows_of(exempleville.pk)["use_cases"]) == 2


def test_a_refused_workbook_writes_nothing_at_all(exempleville, someone, at):
    rows = small()
    rows["services"][0]["agents"] = 99
    rows["people"].append({"id": "carole", "name": "Carole", "role": "agent", "service": "nulle"})
    entries = Entry.objects.count()
    with pytest.raises(RefusedError) as refused:
        import_(exempleville, rows, someone, at)
    assert [p.code for p in refused.value.problems] == ["unknown-reference"]
    assert digest(queries.rows_of(exempleville.pk)) == digest(small())
    assert Entry.objects.count() == entries


@pytest.mark.django_db(transaction=True)
def test_a_fault_in_the_middle_leaves_no_half_import(someone, at, monkeypatch):
    pk = services.open_authority("exempleville", by=someone, at=at)

    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(services, "record", broken)
    with pytest.raises(RuntimeError):
        services.import_rows(pk, small(), by=someone, at=at)
    assert queries.rows_of(pk)["services"] == []


def test_refuses_the_workbook_of_another_authority(exempleville, someone, at):
    rows = small()
    rows["authority"][0]["code"] = "autre-ville"
    with pytest.raises(RefusedError) as refused:
        import_(exempleville, rows, someone, at)
    assert [p.code for p in refused.value.problems] == ["another-authority"]


def test_a_new_space_takes_the_code_of_its_first_workbook(db, someone, at):
    pk = services.open_authority("provisoire", by=someone, at=at)
    services.import_rows(pk, small(), by=someone, at=at)
    assert queries.rows_of(pk)["authority"][0]["code"] == "exempleville"


def test_refuses_the_code_somebody_else_has(exempleville, someone, at):
    pk = services.open_authority("provisoire", by=someone, at=at)
    with pytest.raises(RefusedError) as refused:
        services.import_rows(pk, small(), by=someone, at=at)
    assert [p.code for p in refused.value.problems] == ["another-authority"]


@pytest.mark.parametrize(
    ("sheet", "column", "value"),
    [
        ("services", "agents", 10**19),
        ("services", "name", "a\x00b"),
        ("priorities", "actor", "x" * 201),
    ],
)
def test_says_what_no_database_can_keep(exempleville, someone, at, sheet, column, value):
    rows = small()
    rows.setdefault(sheet, [{"criterion": "qualite", "actor": "", "rank": 1}])
    rows[sheet][0][column] = value
    with pytest.raises(RefusedError) as refused:
        import_(exempleville, rows, someone, at)
    assert "not-storable" in {p.code for p in refused.value.problems}


def test_the_journal_tells_what_moved_in_one_entry(exempleville, someone, at):
    rows = small()
    rows["services"][0]["agents"] = 14
    import_(exempleville, rows, someone, at, name="classeur.ods")
    entry = Entry.objects.first()
    assert (entry.act, entry.subject) == ("workbook-imported", "classeur.ods")
    [told] = entry.after["sheets"]
    assert told["sheet"] == "services"
    assert told["changed"] == [
        {"key": ["accueil"], "before": {"agents": 12}, "after": {"agents": 14}}
    ]


def test_a_kept_workbook_is_imported_once_and_then_forgotten(exempleville, someone, at):
    rows = small()
    rows["services"][0]["agents"] = 14
    kept = services.keep_upload(
        exempleville.pk, name="c.ods", sha256="0" * 64, rows=rows, problems=(), by=someone, at=at
    )
    assert queries.rows_of(exempleville.pk)["services"][0]["agents"] == 12
    services.import_upload(kept, remove=False, by=someone, at=at)
    assert queries.rows_of(exempleville.pk)["services"][0]["agents"] == 14
    assert Upload.objects.get(pk=kept.pk).rows == {}
