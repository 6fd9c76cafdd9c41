"""Bad input: each fault gets its own sentence, with the place and what to do; nothing breaks."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from gouvernail.workbook import all_problems, files, read_rows
from gouvernail_core.facts import build
from gouvernail_core.kernel import RefusedError
from gouvernail_core.selection import Case, Problem, Weighting, solve
from workbook.making import (
    FORMATS,
    at,
    base_rows,
    example,
    part_of,
    put,
    with_part,
    write_grids,
    written,
)

EACH_FORMAT = pytest.mark.parametrize("kind", FORMATS)


def only(content, **options):
    """The one problem found in a file."""
    problems = all_problems(read_rows(content, **options))
    assert len(problems) == 1, [problem.sentence() for problem in problems]
    return problems[0]


def codes(content):
    return {problem.code for problem in all_problems(read_rows(content))}


# ------------------------------------------------------------------------ not a workbook at all


def test_says_that_an_empty_file_is_empty():
    problem = only(b"", name="classeur.ods")
    assert problem.code == "empty-file"
    assert "classeur.ods" in problem.sentence()
    assert problem.text.en == "“classeur.ods”: This file is empty."


@EACH_FORMAT
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_says_that_a_truncated_file_is_incomplete(kind, share):
    content = example(kind)
    problem = only(content[: int(len(content) * share)])
    assert problem.code == "damaged-file"
    assert "incomplet" in problem.text.fr


@EACH_FORMAT
def test_says_that_a_file_with_flipped_bytes_is_damaged(kind):
    content = bytearray(example(kind))
    middle = len(content) // 2
    for place in range(middle, middle + 400):
        content[place] ^= 0xFF
    assert codes(bytes(content)) == {"damaged-file"}


def compound_file(*, stream: str) -> bytes:
    """The start of an OLE2 file whose directory names one stream ([MS-CFB] §2.6)."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    entry = stream.encode("utf-16-le").ljust(64, b"\x00") + struct.pack("<H", 2 * len(stream) + 2)
    return header + entry.ljust(512, b"\x00")


def test_says_that_an_xlsx_is_protected_by_a_password():
    problem = only(compound_file(stream="EncryptedPackage"))
    assert problem.code == "password"
    assert "mot de passe" in problem.text.fr


def test_says_that_an_ods_is_protected_by_a_password():
    def encrypt(manifest: bytes) -> bytes:
        entry = b'media-type="text/xml"><manifest:encryption-data manifest:checksum="x"/>'
        return manifest.replace(b'media-type="text/xml"/>', entry + b"</manifest:file-entry>")

    content = with_part(example("ods"), "META-INF/manifest.xml", encrypt)
    assert only(content).code == "password"


def test_says_that_an_old_xls_must_be_saved_again():
    problem = only(compound_file(stream="Workbook"))
    assert problem.code == "not-a-workbook"
    assert "XLS" in problem.text.fr


def archive(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, data in parts.items():
            target.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 \x00", "un PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(40), "une image PNG", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0" + bytes(40), "une image JPEG", id="jpeg"),
        pytest.param("id;titre\nrepas;Prévision".encode(), "CSV", id="csv"),
        pytest.param(b"<!doctype html><html></html>", "une page web", id="html"),
        pytest.param(bytes(range(256)) * 4, "n’est pas un classeur", id="noise"),
        pytest.param(archive(word__document_dot_xml=b"<x/>"), "Word", id="docx"),
        pytest.param(archive(notes_dot_txt=b"x"), "archive ZIP", id="zip"),
        pytest.param(archive(xl__workbook_dot_bin=b"x"), "XLSB", id="xlsb"),
        pytest.param(
            archive(mimetype=b"application/vnd.oasis.opendocument.text"),
            "pas un classeur",
            id="odt",
        ),
    ],
)
def test_says_what_the_file_is_when_it_is_not_a_workbook(content, word):
    problem = only(content)
    assert problem.code == "not-a-workbook"
    assert word in problem.text.fr
    assert "ODS" in problem.text.fr


def test_says_that_there_is_no_such_file(tmp_path):
    assert only(tmp_path / "absent.ods").code == "no-such-file"
    assert only(tmp_path).code == "unreadable-file"


# ------------------------------------------------------------------------ too large


def test_refuses_a_file_of_200_megabytes_at_once_without_reading_it(tmp_path):
    path = tmp_path / "enorme.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(200_000_000)
    begun = time.perf_counter()
    problem = only(path)
    assert time.perf_counter() - begun < 0.5
    assert problem.code == "file-too-large"
    assert "200 Mo" in problem.text.fr


@EACH_FORMAT
def test_refuses_a_bomb_before_unpacking_it(kind, monkeypatch):
    # The true limit is 200 MB; a tenth of it shows the same and is made ten times faster.
    monkeypatch.setattr(files, "LARGEST_CONTENT", 20_000_000)
    part = "content.xml" if kind == "ods" else "xl/worksheets/sheet1.xml"
    content = with_part(example(kind), part, lambda _: b" " * 30_000_000)
    assert len(content) < 200_000
    assert only(content).code == "content-too-large"


@EACH_FORMAT
def test_refuses_a_stray_value_a_million_rows_below(kind):
    if kind == "xlsx":
        content = with_part(
            example(kind),
            "xl/worksheets/sheet3.xml",
            lambda xml: xml.replace(
                b"</sheetData>",
                b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            ),
        )
    else:
        row = b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        row += b'</table:table-row><table:table-row><table:table-cell office:value-type="float" '
        row += b'office:value="1"/></table:table-row></table:table>'
        content = with_part(
            example(kind),
            "content.xml",
            lambda xml: xml.replace(b"</table:table>", row, 3),
        )
    problem = only(content)
    assert problem.code == "too-many-rows"
    assert problem.sheet


def test_refuses_one_value_repeated_over_millions_of_cells():
    cell = b'<table:table-cell table:number-columns-repeated="16384" office:value-type="float" '
    row = b'<table:table-row table:number-rows-repeated="9000">' + cell + b'office:value="1"/>'
    content = with_part(
        example("ods"),
        "content.xml",
        lambda xml: xml.replace(b"</table:table>", row + b"</table:table-row></table:table>", 1),
    )
    assert only(content).code == "too-many-columns"


@EACH_FORMAT
@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>',
    ],
)
def test_refuses_entities_that_unfold_or_lead_elsewhere(kind, declared):
    part = "content.xml" if kind == "ods" else "xl/workbook.xml"
    content = with_part(example(kind), part, lambda xml: xml.replace(b"?>", b"?>" + declared, 1))
    assert only(content).code == "damaged-file"


@pytest.mark.slow
@EACH_FORMAT
def test_reads_two_thousand_cases(kind):
    rows = base_rows()
    rows["use_cases"] += [
        {**rows["use_cases"][0], "id": f"cas-{n}", "title": f"Cas {n}"} for n in range(1_991)
    ]
    content = written(rows, kind)
    begun = time.process_time()
    read = read_rows(content)
    assert time.process_time() - begun < 10
    assert all_problems(read) == ()
    assert len(read.rows["use_cases"]) == 2_000


# ------------------------------------------------------------------------ sheets and columns


@EACH_FORMAT
def test_says_which_needed_sheet_is_missing_and_which_one_looks_like_it(kind):
    def rename(grids):
        grids["Cas d'usages"] = grids.pop("Cas d’usage")

    problems = [
        p for p in all_problems(read_rows(example(kind, rename))) if p.code == "sheet-missing"
    ]
    assert [p.sheet for p in problems] == ["Cas d’usage"]
    assert "Cas d'usages" in problems[0].text.fr


@EACH_FORMAT
def test_says_which_needed_sheet_is_missing_and_what_was_there(kind):
    content = write_grids({"Feuil1": [["Bonjour"]], "Feuil2": [[None]]}, kind)
    read = read_rows(content)
    assert {(p.code, p.sheet) for p in read.problems} == {
        ("sheet-missing", "Collectivité"),
        ("sheet-missing", "Cas d’usage"),
    }
    assert "Feuil1" in read.problems[0].text.fr
    assert {note.sheet for note in read.notes} == {"Feuil1", "Feuil2"}


@EACH_FORMAT
def test_an_optional_sheet_under_another_name_is_not_lost_in_silence(kind):
    def rename(grids):
        grids["Budjets"] = grids.pop("Budgets")

    problems = read_rows(example(kind, rename)).problems
    assert [(p.code, p.sheet) for p in problems] == [("sheet-missing", "Budgets")]
    assert "Budjets" in problems[0].text.fr


@EACH_FORMAT
def test_reads_sheets_and_columns_in_any_order_case_or_language(kind):
    def shuffle(grids):
        grids["  MOYENS "] = [list(reversed(row)) for row in grids.pop("Moyens")]
        grids["Use cases"] = grids.pop("Cas d’usage")
        grids["budgets"] = [["AMOUNT_EUR", "annee"], [70000, 2027], [40000, 2028], [40000, 2029]]
        del grids["Budgets"]

    read = read_rows(example(kind, shuffle))
    assert all_problems(read) == ()
    assert build(read.rows).digest == build(base_rows()).digest


@EACH_FORMAT
def test_says_which_column_is_missing_and_which_one_looks_like_it(kind):
    def rename(grids):
        grid, place = at(grids, "Cas d’usage", "Titre", 1)
        grid[0][place] = "Titres du cas"
        grid, place = at(grids, "Budgets", "Enveloppe", 1)
        grid[0][place] = "Envelope"
        grid, place = at(grids, "Moyens", "Quantité", 1)
        grid[0][place] = "N°"

    found = {(p.code, p.sheet, p.column): p for p in read_rows(example(kind, rename)).problems}
    assert ("column-missing", "Moyens", "Quantité") in found
    assert "N°" in found["column-missing", "Moyens", "Quantité"].text.fr
    title = next(p for (_, _, column), p in found.items() if column == "Titre")
    assert title.code in ("column-renamed", "column-missing")
    assert "Titres du cas" in title.text.fr


@EACH_FORMAT
def test_the_english_name_of_a_column_is_not_a_fault(kind):
    def translate(grids):
        grid, place = at(grids, "Budgets", "Enveloppe", 1)
        grid[0][place] = "Envelope (€ TTC)"

    assert all_problems(read_rows(example(kind, translate))) == ()


@EACH_FORMAT
def test_says_that_a_column_or_a_sheet_is_there_twice(kind):
    def double(grids):
        for row in grids["Budgets"]:
            row.append(row[1])
        grids["  Budgets"] = [["Année", "Enveloppe"], [2030, 1]]

    found = read_rows(example(kind, double)).problems
    assert {p.code for p in found} == {"column-twice", "sheet-twice"}


@EACH_FORMAT
def test_notes_a_column_and_a_sheet_that_are_not_of_the_workbook(kind):
    def add(grids):
        grids["Budgets"][0].append("Mon calcul")
        grids["Budgets"][1].append("à revoir")
        grids["Brouillon"] = [["tout et rien"]]

    read = read_rows(example(kind, add))
    assert all_problems(read) == ()
    assert {(n.code, n.sheet, n.column) for n in read.notes} == {
        ("column-not-read", "Budgets", "Mon calcul"),
        ("sheet-not-read", "Brouillon", None),
    }


@EACH_FORMAT
def test_says_that_a_sheet_has_no_header_left(kind):
    def cut(grids):
        del grids["Personnes"][0]

    assert ("no-header", "Personnes") in {
        (p.code, p.sheet) for p in read_rows(example(kind, cut)).problems
    }


@EACH_FORMAT
def test_finds_the_header_under_a_title(kind):
    def title(grids):
        grids["Budgets"][:0] = [["Nos budgets, votés en mars"], []]

    read = read_rows(example(kind, title))
    assert all_problems(read) == ()
    assert [row["_line"] for row in read.rows["budgets"]] == [4, 5, 6]


# ------------------------------------------------------------------------ cells


@EACH_FORMAT
@pytest.mark.parametrize(
    ("title", "column", "row", "value", "code", "words"),
    [
        pytest.param("Budgets", "Enveloppe", 2, "beaucoup", "not-a-number", "chiffres", id="text"),
        pytest.param("Budgets", "Enveloppe", 3, -1, "too-low", "négatif", id="negative"),
        pytest.param("Budgets", "Année", 2, 2027.5, "not-whole", "entier", id="half-a-year"),
        pytest.param("Séances", "Date", 4, "31/02/2027", "not-a-date", "calendrier", id="31-feb"),
        pytest.param("Séances", "Date", 4, 45000, "not-a-date", "calendrier", id="serial"),
        pytest.param("Notes", "Élu", 2, 5, "too-high", "dépasse", id="above-four"),
        pytest.param("Personnes", "Rôle", 3, "Roi", "not-a-choice", "Choisissez", id="choice"),
        pytest.param("Gisements", "Examiné", 2, "peut-être", "not-yes-or-no", "oui", id="ternary"),
        pytest.param("Services", "Repère", 2, "deux mots", "code", "espace", id="code"),
        pytest.param("Cas d’usage", "Problème", 2, "a" * 5_001, "too-long", "5000", id="long"),
    ],
)  # fmt: skip
def test_locates_a_cell_that_cannot_be_read(kind, title, column, row, value, code, words):
    problem = read_rows(example(kind, put(title, column, row, value))).problems[0]
    assert (problem.code, problem.sheet, problem.row) == (code, title, row)
    assert problem.column == column
    assert words in problem.text.fr
    assert problem.sentence().startswith(f"Feuille « {title} », ligne {row}, colonne")


@EACH_FORMAT
def test_a_cell_that_cannot_be_read_is_not_said_to_be_empty_as_well(kind):
    assert only(example(kind, put("Budgets", "Enveloppe", 2, "beaucoup"))).code == "not-a-number"


@EACH_FORMAT
def test_says_every_problem_and_not_only_the_first(kind):
    def spoil(grids):
        put("Budgets", "Enveloppe", 2, "beaucoup")(grids)
        put("Séances", "Date", 3, "hier")(grids)
        put("Cas d’usage", "Direction", 4, "personne")(grids)

    assert codes(example(kind, spoil)) == {"not-a-number", "not-a-date", "unknown-reference"}


@EACH_FORMAT
def test_a_text_that_starts_with_an_equal_sign_stays_a_text(kind):
    formula = '=HYPERLINK("http://exemple.invalid";"cliquez")'
    rows = base_rows()
    rows["use_cases"][0]["problem"] = formula
    rows["use_cases"][1]["title"] = "=1+1"
    rows["use_cases"][2]["benefit"] = "@SUM(A1)"
    rows["use_cases"][3]["benefit"] = "+33 1 99 00 00 00"
    content = written(rows, kind)
    read = read_rows(content)
    assert all_problems(read) == ()
    cases = read.rows["use_cases"]
    assert [cases[0]["problem"], cases[1]["title"]] == [formula, "=1+1"]
    assert [cases[2]["benefit"], cases[3]["benefit"]] == ["@SUM(A1)", "+33 1 99 00 00 00"]
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for name in opened.namelist():
            assert b"<f>" not in opened.read(name)
            assert b"table:formula" not in opened.read(name)


def formula_cell(kind: str, *, shown: str | None, error: bool = False) -> bytes:
    """The example, the envelope of 2027 being a formula that shows `shown`."""
    if kind == "ods":
        value = (
            "" if shown is None or error else f' office:value-type="float" office:value="{shown}"'
        )
        words = "" if shown is None else f"<text:p>{shown}</text:p>"
        error_type = ' office:value-type="string" office:string-value=""' if error else ""
        cell = (
            f'<table:table-cell table:formula="of:=1"{value}{error_type}>{words}</table:table-cell>'
        )
        return with_part(
            example(kind, put("Budgets", "Enveloppe", 2, "ICI")), "content.xml",
            lambda xml: replace_cell(xml, cell),
        )  # fmt: skip
    typed = ' t="e"' if error else ""
    value = "" if shown is None else f"<v>{shown}</v>"
    content = example(kind, put("Budgets", "Enveloppe", 2, 987654))
    part = part_of("budgets")
    return with_part(
        content, part,
        lambda xml: xml.replace(
            b'<c r="B2" s="2"><v>987654</v></c>',
            f'<c r="B2"{typed}><f>1</f>{value}</c>'.encode(),
        ) if b'<c r="B2" s="2"><v>987654</v></c>' in xml else unexpected(xml),
    )  # fmt: skip


def replace_cell(xml: bytes, cell: str) -> bytes:
    before, _, after = xml.partition(b"<text:p>ICI</text:p></table:table-cell>")
    assert after
    return before[: before.rindex(b"<table:table-cell")] + cell.encode() + after


def unexpected(xml: bytes) -> bytes:
    raise AssertionError(xml[xml.find(b"987654") - 80 :][:160])


@EACH_FORMAT
def test_reads_the_value_a_formula_last_gave(kind):
    read = read_rows(formula_cell(kind, shown="70000"))
    assert all_problems(read) == ()
    assert read.rows["budgets"][0]["amount_eur"] == 70_000


@EACH_FORMAT
def test_says_that_a_formula_was_never_computed(kind):
    problem = only(formula_cell(kind, shown=None))
    assert (problem.code, problem.row, problem.column) == ("formula-not-computed", 2, "Enveloppe")


@EACH_FORMAT
def test_says_that_a_formula_gives_an_error(kind):
    problem = only(formula_cell(kind, shown="#DIV/0!", error=True))
    assert (problem.code, problem.row, problem.column) == ("formula-error", 2, "Enveloppe")


# ------------------------------------------------------------------------ coherence


@EACH_FORMAT
def test_says_that_a_case_has_the_id_of_another(kind):
    problem = next(
        p
        for p in all_problems(read_rows(example(kind, put("Cas d’usage", "Repère", 4, "repas"))))
        if p.code == "duplicate"
    )
    assert (problem.sheet, problem.row, problem.column) == ("Cas d’usage", 4, "Repère")
    assert "déjà en ligne 2" in problem.text.fr


@EACH_FORMAT
def test_says_that_a_reference_names_nobody(kind):
    problem = only(example(kind, put("Cas d’usage", "Direction", 3, "m.personne")))
    assert (problem.code, problem.row, problem.column) == ("unknown-reference", 3, "Direction")
    assert "m.personne" in problem.text.fr
    assert "Personnes" in problem.text.fr


@EACH_FORMAT
def test_says_which_cases_require_each_other_in_a_loop(kind):
    def loop(grids):
        put("Cas d’usage", "A besoin de", 2, "guichet")(grids)
        put("Cas d’usage", "A besoin de", 4, "voirie")(grids)
        put("Cas d’usage", "A besoin de", 6, "repas")(grids)

    problem = only(example(kind, loop))
    assert problem.code == "requirement-cycle"
    for case in ("repas", "guichet", "voirie"):
        assert case in problem.text.fr


@EACH_FORMAT
def test_says_that_bounds_contradict_each_other(kind):
    def cross(grids):
        put("Priorités", "Au moins", 2, 60)(grids)

    problem = only(example(kind, cross))
    assert problem.code in ("bounds-crossed", "bounds-above-100")
    assert problem.sheet == "Priorités"


def test_says_that_a_ranking_contradicts_its_bounds():
    contradictory = Weighting(ranking=(("quality",), ("relief",)), bounds={"quality": (0.0, 0.3)})
    problem = Problem(
        ("quality", "relief"), (Case("a", {}), Case("b", {})), weightings={"DGS": contradictory}
    )
    with pytest.raises(RefusedError) as refused:
        solve(problem)
    assert "DGS" in refused.value.problems[0].sentence()


def test_says_which_limits_nothing_can_meet():
    cases = tuple(Case(name, {}, {"budget_2027": 50_000.0}) for name in "abc")
    problem = Problem(("quality",), cases, limits={"budget_2027": 60_000.0}, cardinality=(2, 3))
    conflict = solve(problem).conflict
    assert conflict
