"""Texts, tables, dumps, JSON and markup: told by their bytes, read whole, in any encoding."""

from __future__ import annotations

import csv
import io
import json
import random
import tracemalloc

import pytest

from gouvernail_scan.blocks import BLOCK_BYTES, Block
from gouvernail_scan.extract import extract
from gouvernail_scan.extract.formats import Format, sniff_head
from gouvernail_scan.extract.plain import DECIDED_ON
from scan.extract.making import PLANTED, docx, found, gaps, missing, paragraph, said

FRENCH = "Né le 1er avril à Évry, élève de l’école — 12 € le repas.\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_a_text_is_read_whatever_its_encoding(encoding: str) -> None:
    for text in (FRENCH, FRENCH * 40_000):
        items = found(text.encode(encoding))
        assert said(items) == text
        assert not gaps(items)


def test_accents_that_another_program_broke_are_mended() -> None:
    broken = FRENCH.encode().decode("cp1252")
    assert said(found(broken.encode())) == FRENCH
    few = "Ã quoi bon ?\n"
    assert said(found(few.encode())) == few


def test_a_broken_byte_does_not_turn_the_other_accents() -> None:
    data = FRENCH.encode() * 3 + b"\xe9\n"
    assert said(found(data)) == FRENCH * 3 + "é\n"


def test_bytes_tell_the_format_and_names_do_not() -> None:
    items = found(FRENCH.encode(), "notes.docx")
    assert said(items) == FRENCH
    assert not gaps(items)
    assert said(found(docx(paragraph(PLANTED[0])), "notes.txt")) == PLANTED[0] + "\n"
    assert gaps(found(bytes(range(256)) * 8, "notes.txt")) == [("unknown_format", "")]
    assert found(b"", "notes.pdf") == []


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"Nom;Pr\xc3\xa9nom\nFaux;Paul\nFeint;Anne\n", Format.CSV),
        (b"INSERT INTO t VALUES (1);\n", Format.SQL),
        (b'{"nom": "Faux"}', Format.JSON),
        (b"<!doctype html><p>x", Format.HTML),
        (b"<?xml version='1.0'?><a/>", Format.XML),
        (b"From: a@b.c\nTo: d@e.f\n\nx", Format.MAIL),
        (b"From a@b.c Mon Jan 1\nFrom: x\n\n", Format.MBOX),
        (b"%PDF-1.7\n", Format.PDF),
        (b"Note : %PDF-1.7 est un format.\n", Format.TEXT),
        (b"\xff\xd8\xff\xe0", Format.IMAGE),
    ],
)
def test_formats_are_told_by_their_first_bytes(head: bytes, expected: Format) -> None:
    assert sniff_head(head) is expected


def test_a_table_is_read_as_the_standard_library_reads_it() -> None:
    rng = random.Random(3)
    values = [*PLANTED, 'guillemet "', "point; virgule", "deux\nlignes", "", "x"]
    rows = [["Nom", "Né le", "Courriel"]]
    rows += [[rng.choice(values) for _ in range(3)] for _ in range(20_000)]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    for encoding in ("utf-8", "cp1252"):
        items = found(out.getvalue().encode(encoding))
        blocks = [each for each in items if isinstance(each, Block) and each.columns]
        assert {each.columns for each in blocks} == {("Nom", "Né le", "Courriel")}
        lines = b"".join(each.text for each in blocks).decode().split("\n")[:-1]
        expected = [[" ".join(cell.split("\n")) for cell in row] for row in rows[1:]]
        assert [line.split("\t") for line in lines] == expected


def test_a_table_is_cut_between_its_rows() -> None:
    text = "Nom;Né le\n" + "".join(f"Faux{n};01/04/1985\n" for n in range(100_000))
    blocks = [each for each in found(text.encode()) if isinstance(each, Block) and each.columns]
    assert len(blocks) > 1
    for each in blocks:
        assert len(each.text) <= BLOCK_BYTES
        assert each.text.startswith(b"Faux")
        assert each.text.endswith(b"\t01/04/1985\n")
        assert not each.continues


def test_a_quote_that_nobody_closes_hides_nothing() -> None:
    text = 'Nom;Né le\n"Faux;01/04/1985\n' + "".join(f"n{n};x\n" for n in range(50_000))
    assert not missing(said(found(text.encode())), ("Faux;01/04/1985", "n49999"))


def test_a_dump_gives_rows_under_the_columns_of_its_tables() -> None:
    dump = (
        "CREATE TABLE agents (\n  id int,\n  nom text,\n  PRIMARY KEY (id)\n);\n"
        "INSERT INTO agents VALUES (1,'L''Éloïse'),(2,'a\\'b, (c)');\n"
        "COPY public.paie (nom, iban) FROM stdin;\nFaux\tFR76 3000\nFeint\t\\N\n\\.\n"
        "-- fin 06 39 98 12 34\n"
    )
    items = found(dump.encode(), "base.sql")
    tables = {
        each.place: (each.columns, each.text.decode())
        for each in items
        if isinstance(each, Block) and each.columns
    }
    assert tables == {
        "table agents": (("id", "nom"), "1\tL'Éloïse\n2\ta'b, (c)\n"),
        "table public.paie": (("nom", "iban"), "Faux\tFR76 3000\nFeint\t\n"),
    }
    assert "06 39 98 12 34" in said(items)


def test_json_gives_each_value_after_its_key_even_when_escaped_or_long() -> None:
    record = {"nom": PLANTED[0], "nir": 285046912345612, "tel": [PLANTED[1], PLANTED[2]]}
    text = said(found(json.dumps([record]).encode()))
    assert not missing(text, (f"nom: {PLANTED[0]}", "nir: 285046912345612", f"tel: {PLANTED[1]}"))
    lines = "\n".join(json.dumps(record) for _ in range(80_000))
    assert said(found(lines.encode())).count(PLANTED[0]) == 80_000
    long = json.dumps([record] * 80_000)
    assert said(found(long.encode())).count(PLANTED[0]) == 80_000


def test_json_of_a_hundred_thousand_levels_is_read_as_a_text() -> None:
    data = b"[" * 100_000 + b'"06 39 98 12 34"' + b"]" * 100_000
    assert "06 39 98 12 34" in said(found(data))


def test_pages_of_markup_lose_their_tags_and_not_their_words() -> None:
    page = (
        "<html><head><title>Dossier</title><script>var x = '<p>';</script></head><body>"
        "<p>06&nbsp;39 <b>98</b> 12 34</p><a href='mailto:a@exemple.example'>x</a>"
        "<img alt='Éloïse'><!-- caché --><table><tr><td>Né le<td>01/04/1985</table>"
    )
    text = said(found(page.encode()))
    assert not missing(
        text.replace("\xa0", " "),
        ("Dossier", "06 39 98 12 34", "a@exemple.example", "Éloïse", "caché", "Né le\t01/04/1985"),
    )
    assert "var x" not in text


def test_what_a_document_type_declares_is_read_and_not_expanded() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY a0 '06 39 98 12 34'>" + "".join(
        f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
    )
    data = f"<?xml version='1.0'?>{bomb}]><a>&a11;</a>".encode()
    text = said(found(data))
    assert "06 39 98 12 34" in text
    assert len(text) < len(data) + 100


def test_one_line_of_many_megabytes_is_cut_in_blocks_that_follow_on() -> None:
    words = b"mot " * (6 << 20)
    tracemalloc.start()
    sizes = []
    for each in extract(io.BytesIO(words)):
        assert isinstance(each, Block)
        assert each.continues == bool(sizes)
        sizes.append(len(each.text))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(sizes) == len(words)
    assert max(sizes) <= BLOCK_BYTES
    assert peak < 16 << 20


def test_a_character_cut_by_a_chunk_is_one_character() -> None:
    for shift in range(4):
        text = "a" * (DECIDED_ON - shift) + "€" * 300_000 + "é"
        assert said(found(text.encode())) == text
    text = "a" * (DECIDED_ON - 1) + "€"
    assert said(found(text.encode()[:-1])) == text[:-1] + "â‚"
    assert said(found(b"a" * (DECIDED_ON - 1) + b"\xe9")) == "a" * (DECIDED_ON - 1) + "é"
