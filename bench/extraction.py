"""The readers of files against the usual libraries: speed, and what they find of what is there.

    python bench/extraction.py

Fifty files of each kind are generated from one seed, with values planted in every place where a
clerk puts one. CPU seconds of one process (`time.process_time`), the median of five passes over
the fifty files; both readers of a kind take turns in each pass, so that a ratio is that of one
moment. A value is found when it comes out with its spaces as they were, line ends taken for
spaces. The usual libraries are read as their documentation shows: paragraphs, tables, headers and
footers of python-docx; rows of openpyxl in `read_only`; `extract_text` of pdfminer.six. Exits 1
when a target is missed.
"""

from __future__ import annotations

import io
import logging
import random
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

import docx  # noqa: E402
import openpyxl  # noqa: E402
import typst  # noqa: E402
import xlsxwriter  # noqa: E402
from pdfminer.high_level import extract_text  # noqa: E402

from gouvernail_scan.blocks import Block, Gap  # noqa: E402
from gouvernail_scan.extract import extract  # noqa: E402

FILES = 50
PASSES = 5
SEED = 1

Reader = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Made:
    """A file, and the values planted in it."""

    data: bytes
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is made, what it is usually read by, and what is aimed at."""

    name: str
    make: Callable[[random.Random], Made]
    usual: str
    read: Reader
    faster: float
    found: float


# --- What is planted --------------------------------------------------------------------------

_FIRST = "Éloïse Paul Anaïs Jérôme Zoé Gaëlle Benoît Chloé François Maëlys"
_LAST = "Fauxnom Feint Dupasréel Invente Semblant Factice Prétendu Leurre"
_WORDS = (
    "le conseil de la commune délibère sur une demande présentée par un usager du service social "
    "au titre de l’aide à domicile et la commission émet un avis après étude du dossier complet"
)


class _Planter:
    """Values drawn one after the other, and sentences that hold them."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.values: list[str] = []

    def _keep(self, value: str) -> str:
        self.values.append(value)
        return value

    def phone(self) -> str:
        """Return a telephone number of the range that Arcep keeps for fiction."""
        four = self._rng.randrange(10_000)
        return self._keep(f"06 39 98 {four // 100:02} {four % 100:02}")

    def mail(self) -> str:
        """Return an address that leads nowhere."""
        return self._keep(f"agent{self._rng.randrange(10**6)}@exemple.example")

    def person(self) -> str:
        """Return a name of nobody."""
        name = f"{self._rng.choice(_FIRST.split())} {self._rng.choice(_LAST.split())}"
        return self._keep(f"{name} {self._rng.randrange(10_000)}")

    def birth(self) -> date:
        """Return a date, planted as it is written in French."""
        day = date.fromordinal(self._rng.randrange(710_000, 735_000))
        self._keep(f"{day:%d/%m/%Y}")
        return day

    def words(self, count: int) -> str:
        """Return words without any value."""
        return " ".join(self._rng.choices(_WORDS.split(), k=count))

    def sentence(self) -> str:
        """Return a sentence that holds one value, or none."""
        value = self._rng.choice([self.phone, self.mail, self.person, lambda: ""])()
        return f"{self.words(12).capitalize()} {value} {self.words(12)}."


def made_docx(rng: random.Random) -> Made:
    """Return a letter of three pages: paragraphs of several runs, a table, header, footer."""
    planter = _Planter(rng)
    document = docx.Document()
    document.add_heading(planter.words(5), 1)
    for _ in range(60):
        paragraph = document.add_paragraph()
        # A run ends where a word is emphasised, where one was corrected, anywhere.
        words = planter.sentence().split(" ")
        while words:
            count = rng.randint(1, 8)
            paragraph.add_run(f"{' '.join(words[:count])} ").bold = rng.random() < 0.1
            del words[:count]
    table = document.add_table(rows=0, cols=3)
    for _ in range(15):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = planter.person(), planter.phone()
        cells[2].text = f"{planter.birth():%d/%m/%Y}"
    section = document.sections[0]
    section.header.paragraphs[0].text = f"Suivi par {planter.person()}"
    section.footer.paragraphs[0].text = planter.mail()
    out = io.BytesIO()
    document.save(out)
    return Made(out.getvalue(), tuple(planter.values))


def made_xlsx(rng: random.Random) -> Made:
    """Return a list of two hundred persons, with dates and amounts, and a hidden sheet."""
    planter = _Planter(rng)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Bénéficiaires")
    sheet.write_row(0, 0, ["Nom", "Né le", "Téléphone", "Courriel", "Montant", "Service"])
    for row in range(1, 201):
        sheet.write(row, 0, planter.person())
        born = planter.birth()
        sheet.write_datetime(row, 1, born, day)
        sheet.write(row, 2, planter.phone())
        sheet.write(row, 3, planter.mail())
        sheet.write_number(row, 4, rng.randrange(10**5) / 100)
        sheet.write(row, 5, rng.choice(_WORDS.split()))
    hidden = book.add_worksheet("Ancien")
    hidden.write(0, 0, planter.mail())
    hidden.hide()
    book.close()
    return Made(out.getvalue(), tuple(planter.values))


def made_pdf(rng: random.Random) -> Made:
    """Return two pages of justified text, whose lines cut values, and a table."""
    planter = _Planter(rng)
    lines = [planter.sentence().replace("@", "\\@") for _ in range(25)]
    cells = ", ".join(
        f"[{planter.person()}], [{planter.phone()}], [{planter.birth():%d/%m/%Y}]"
        for _ in range(20)
    )
    source = '#set text(lang: "fr")\n#set par(justify: true)\n' + "\n\n".join(lines)
    source += f"\n\n#table(columns: 3, {cells})\n"
    return Made(typst.compile(source.encode()), tuple(planter.values))


# --- Who reads --------------------------------------------------------------------------------


def ours(data: bytes) -> str:
    """Return the text that this project reads; a gap where all is readable is a failure."""
    parts = []
    for each in extract(io.BytesIO(data)):
        if isinstance(each, Gap):
            raise ValueError(each)
        parts.append(each.text.decode())
    return "".join(parts)


def by_python_docx(data: bytes) -> str:
    """Return the paragraphs, the cells, the headers and the footers of a document."""
    document = docx.Document(io.BytesIO(data))
    parts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        parts += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        parts += [each.text for each in section.header.paragraphs]
        parts += [each.text for each in section.footer.paragraphs]
    return "\n".join(parts)


def by_openpyxl(data: bytes) -> str:
    """Return the rows of all the sheets, dates as they are written in French."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    lines = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            lines.append(
                "\t".join(
                    f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
                    for cell in row
                    if cell is not None
                )
            )
    return "\n".join(lines)


def by_pdfminer(data: bytes) -> str:
    """Return the text of all the pages."""
    return extract_text(io.BytesIO(data))


KINDS = (
    Kind("docx", made_docx, "python-docx", by_python_docx, 15, 100),
    Kind("xlsx", made_xlsx, "openpyxl read_only", by_openpyxl, 5, 100),
    Kind("pdf", made_pdf, "pdfminer.six", by_pdfminer, 15, 99),
)


# --- What is measured -------------------------------------------------------------------------


def seconds(read: Reader, files: Iterable[Made]) -> float:
    """Return the CPU seconds of one pass over the files."""
    start = time.process_time()
    for each in files:
        read(each.data)
    return time.process_time() - start


def share_found(read: Reader, files: Iterable[Made]) -> float:
    """Return how many of the planted values come out, in percent."""
    planted = found = 0
    for each in files:
        text = " ".join(read(each.data).split())
        planted += len(each.values)
        found += sum(value in text for value in each.values)
    return 100 * found / planted


def cell_bomb() -> bytes:
    """Return a sheet of two cells that says it has seventeen thousand million."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = "".join(
        f'<row r="{row}"><c r="{place}{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for place, row, text in (("A", 1, "premier"), ("XFD", 1_048_576, "dernier"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", f"<workbook {space}/>")
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet {space}><dimension ref="A1:XFD1048576"/><sheetData>{cells}</sheetData>'
            "</worksheet>",
        )
    return out.getvalue()


def survives_cells() -> bool:
    """Return whether the two cells come out, in less than a second and a megabyte of text."""
    start = time.process_time()
    texts = [each.text for each in extract(io.BytesIO(cell_bomb())) if isinstance(each, Block)]
    text = b"".join(texts)
    return (
        text.split() == [b"premier", b"dernier"]
        and len(text) < 1 << 20
        and time.process_time() - start < 1
    )


def measured(kind: Kind) -> tuple[str, bool]:
    """Return the line of a kind, and whether it reaches its targets."""
    rng = random.Random(f"{SEED} {kind.name}")
    files = [kind.make(rng) for _ in range(FILES)]
    text = sum(len(ours(each.data).encode()) for each in files)
    passes = [(seconds(ours, files), seconds(kind.read, files)) for _ in range(PASSES)]
    mine = statistics.median(each for each, _ in passes)
    usual = statistics.median(each for _, each in passes)
    ratio = usual / mine
    here, there = share_found(ours, files), share_found(kind.read, files)
    line = (
        f"{kind.name:<5} {mine / FILES * 1000:>7.2f} {text / mine / 1e6:>7.1f} {here:>8.2f}   "
        f"{kind.usual:<19}{usual / FILES * 1000:>8.2f} {there:>8.2f} {ratio:>7.1f}"
        f"   {kind.faster:.0f}, {kind.found} %"
    )
    return line, ratio >= kind.faster and here >= kind.found


def main() -> int:
    """Print one table, and return 1 when a target is missed."""
    logging.disable(logging.WARNING)
    print(
        f"{FILES} files of each kind, medians of {PASSES} passes, CPU\n"
        f"{'':<5} {'ms/file':>7} {'MB/s':>7} {'found %':>8}   {'against':<19}{'ms/file':>8} "
        f"{'found %':>8} {'ratio':>7}   target"
    )
    reached = True
    for kind in KINDS:
        line, good = measured(kind)
        print(line, flush=True)
        reached &= good
    bomb = survives_cells()
    print(f"two cells that say they are 17·10⁹: {'two cells' if bomb else 'NOT survived'}")
    return int(not (reached and bomb))


if __name__ == "__main__":
    sys.exit(main())
