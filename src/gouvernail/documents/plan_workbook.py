"""The plan as a workbook: numbers are numbers, dates are dates, and no text is ever a formula."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from gouvernail.documents.clean import readable
from gouvernail.documents.parts import (
    Plan,
    case_titles,
    chosen_cases,
    committed,
    identity,
    missing_words,
    years_of,
)
from gouvernail.documents.voice import Voice, as_date, people_named

Kind = Literal["text", "number", "money", "date", "percent"]
Cell = str | int | float | date | None
#: A spreadsheet refuses longer texts in a cell (32,767 signs in Excel).
LONGEST_CELL = 32_000
_WIDTHS = {"text": 34, "number": 12, "money": 14, "date": 13, "percent": 10}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its columns (label, kind), its rows."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(plan: Plan, *, language: str = "fr") -> tuple[Sheet, ...]:
    """Return the sheets of the plan, in the order of the roadmap."""
    v = Voice(language)
    makers: Sequence[Callable[[Voice, Plan], Sheet]] = (
        _about,
        _portfolio,
        _tasks,
        _budget,
        _sittings,
        _obligations,
        _uses,
        _stores,
        _training,
    )
    return tuple(maker(v, plan) for maker in makers)


def ods(plan: Plan, *, language: str = "fr") -> bytes:
    """Return the workbook for LibreOffice."""
    from odfdo import Column, Element, Table
    from odfdo import Document as OdfDocument

    book: Any = OdfDocument("spreadsheet")
    book.body.clear()
    styles = book.get_part("content.xml").get_element("//office:automatic-styles")
    for style in _ODS_STYLES:
        styles.append(Element.from_tag(style))
    for sheet in sheets(plan, language=language):
        table = Table(sheet.name)
        for _, kind in sheet.columns:
            table.append_column(Column(style=f"w-{kind}"))
        table.append_row(_odf_row([label for label, _ in sheet.columns], sheet, header=True))
        for row in sheet.rows:
            table.append_row(_odf_row(row, sheet))
        book.body.append(table)
    day = as_date(plan["on"]) or date(1970, 1, 1)
    made_on = datetime(day.year, day.month, day.day, tzinfo=UTC)
    book.meta.creation_date = made_on
    book.meta.date = made_on
    book.meta.language = "en-GB" if language.startswith("en") else "fr-FR"
    book.meta.title = (plan.get("authority") or {}).get("name") or "Gouvernail"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


_CELL = '<style:style style:name="c-{kind}" style:family="table-cell"{data}>{look}</style:style>'
_TOP = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>'
_HEAD = (
    '<style:table-cell-properties fo:background-color="#f2efe8" fo:wrap-option="wrap" '
    'fo:border-bottom="1pt solid #10263a"/><style:text-properties fo:font-weight="bold"/>'
)
#: Data styles first: a cell style names the one it uses.
_ODS_STYLES = (
    '<number:date-style style:name="n-date"><number:day number:style="long"/>'
    "<number:text>/</number:text>"
    '<number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>',
    '<number:number-style style:name="n-money"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1" number:grouping="true"/><number:text> €</number:text>'
    "</number:number-style>",
    '<number:number-style style:name="n-number"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1"/></number:number-style>',
    '<number:percentage-style style:name="n-percent"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1"/><number:text> %</number:text></number:percentage-style>',
    *(
        f'<style:style style:name="w-{kind}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 0.19:.1f}cm"/></style:style>'
        for kind, width in _WIDTHS.items()
    ),
    *(
        _CELL.format(kind=kind, data=f' style:data-style-name="n-{kind}"', look=_TOP)
        for kind in ("date", "money", "number", "percent")
    ),
    _CELL.format(kind="text", data="", look=_TOP),
    _CELL.format(kind="head", data="", look=_HEAD),
)


def _odf_row(values: Sequence[Cell], sheet: Sheet, *, header: bool = False) -> Any:
    from odfdo import Cell as OdfCell
    from odfdo import Row

    row = Row()
    for (_, kind), value in zip(sheet.columns, values, strict=True):
        look = f"c-{'head' if header else kind}"
        if value is None:
            row.append_cell(OdfCell(style=look))
        elif isinstance(value, str):
            text = look if header or kind == "text" else "c-text"
            row.append_cell(OdfCell(_text(value), cell_type="string", style=text))
        elif isinstance(value, date):
            row.append_cell(OdfCell(value, cell_type="date", style=look))
        elif kind == "percent":
            row.append_cell(OdfCell(float(value), cell_type="percentage", style=look))
        else:
            row.append_cell(OdfCell(float(value), cell_type="float", style=look))
    return row


def xlsx(plan: Plan, *, language: str = "fr") -> bytes:
    """Return the workbook for Excel."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    formats = {
        "header": book.add_format({"bold": True, "bg_color": "#f2efe8", "bottom": 1}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "money": book.add_format({"num_format": '#,##0 "€"', "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"}),
        "percent": book.add_format({"num_format": "0%", "valign": "top"}),
    }
    for sheet in sheets(plan, language=language):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 1)
        for column, (label, kind) in enumerate(sheet.columns):
            page.set_column(column, column, _WIDTHS[kind])
            page.write_string(0, column, label, formats["header"])
            for line, row in enumerate(sheet.rows, start=1):
                _write_xlsx(page, line, column, row[column], formats[kind], formats["text"])
    book.close()
    return target.getvalue()


def _write_xlsx(page: Any, line: int, column: int, value: Cell, look: Any, text: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        page.write_string(line, column, _text(value), text)
    elif isinstance(value, date):
        page.write_datetime(line, column, value, look)
    else:
        page.write_number(line, column, value, look)


def _text(value: Any) -> str:
    return readable(str(value))[:LONGEST_CELL]


def _about(v: Voice, plan: Plan) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (v.say("Collectivité", "Authority"), (plan.get("authority") or {}).get("name"))
    ]
    rows += [(label, value) for label, value in identity(v, plan)[1:]]
    rows[2] = (rows[2][0], str(plan.get("facts_digest") or ""))
    rows.append((v.say("Graine", "Seed"), plan.get("seed")))
    columns: tuple[tuple[str, Kind], ...] = (
        (v.say("Ce document", "This document"), "text"),
        (v.say("Valeur", "Value"), "text"),
    )
    return Sheet(v.say("À lire", "Read me"), columns, tuple(rows))


def _portfolio(v: Voice, plan: Plan) -> Sheet:
    years = years_of(plan)
    columns: tuple[tuple[str, Kind], ...] = (
        (v.word("case"), "text"),
        (v.word("service"), "text"),
        (v.word("stage"), "text"),
        (v.say("Proposé", "Proposed"), "text"),
        (v.say("Déjà engagé", "Already under way"), "text"),
        (v.word("elu"), "text"),
        (v.word("director"), "text"),
        (v.say("Agents concernés", "Staff concerned"), "number"),
        (v.word("staff_days"), "number"),
        *((str(year), "money") for year in years),
        (v.say("Coût total", "Total cost"), "money"),
        (v.say("Ce qui manque", "What is missing"), "text"),
    )
    rows = tuple(
        (
            case["title"],
            (case.get("service") or {}).get("name"),
            v.text(case.get("stage_label")),
            v.word("yes" if case.get("chosen") else "no"),
            v.word("yes" if committed(case) else "no"),
            case.get("elu"),
            case.get("director"),
            case.get("agents_affected"),
            case.get("staff_days"),
            *((case.get("costs_eur") or {}).get(str(year)) for year in years),
            case.get("cost_total_eur"),
            missing_words(v, (case.get("next") or {}).get("missing") or []) or None,
        )
        for case in plan.get("cases") or []
    )
    return Sheet(v.say("Portefeuille", "Portfolio"), columns, rows)


def _tasks(v: Voice, plan: Plan) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        (v.word("case"), "text"),
        (v.word("task"), "text"),
        (v.say("Nature", "Kind"), "text"),
        (v.word("start"), "date"),
        (v.word("end"), "date"),
        (v.say("Semaines", "Weeks"), "number"),
        (v.word("who"), "text"),
        (v.say("Achat", "Purchase"), "money"),
        (v.say("Chaîne critique", "Critical"), "text"),
    )
    tasks = (plan.get("roadmap") or {}).get("tasks") or []
    rows = tuple(
        (
            task.get("case_title"),
            v.text(task.get("label")),
            v.known(f"task_{task['kind']}", task["kind"]),
            as_date(task.get("start")),
            as_date(task.get("end")),
            task.get("weeks"),
            task.get("who"),
            task.get("cost_eur") or None,
            v.word("yes" if task.get("critical") else "no"),
        )
        for task in sorted(tasks, key=lambda t: (t["start"], t["end"], t["id"]))
    )
    return Sheet(v.say("Tâches", "Tasks"), columns, rows)


def _budget(v: Voice, plan: Plan) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        (v.word("year"), "number"),
        (v.word("case"), "text"),
        (v.word("planned"), "money"),
    )
    titles = case_titles(plan)
    rows: list[tuple[Cell, ...]] = []
    for year in (plan.get("roadmap") or {}).get("budget") or []:
        for case, amount in (year.get("cases") or {}).items():
            rows.append((year["year"], titles.get(case, case), amount))
        rows.append((year["year"], v.say("Total prévu", "Planned total"), year.get("planned_eur")))
        rows.append((year["year"], v.word("envelope"), year.get("envelope_eur")))
    return Sheet(v.word("door_budget"), columns, tuple(rows))


def _sittings(v: Voice, plan: Plan) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        (v.say("Séance", "Sitting"), "date"),
        (v.say("Instance", "Body"), "text"),
        (v.say("Convoquer au plus tard le", "Convene at the latest on"), "date"),
        (v.say("Dossier au plus tard le", "Papers at the latest on"), "date"),
        (v.say("Cas", "Cases"), "text"),
        (v.say("À savoir", "To know"), "text"),
    )
    titles = case_titles(plan)
    rows = tuple(
        (
            as_date(sitting.get("on")),
            v.text(sitting.get("body_label")),
            as_date(sitting["convene_by"]) if sitting.get("convene_by") else None,
            as_date(sitting["papers_by"]) if sitting.get("papers_by") else None,
            v.series(titles.get(case, case) for case in sitting.get("cases") or []) or None,
            " ".join(v.text(w.get("text")) for w in sitting.get("warnings") or []) or None,
        )
        for sitting in (plan.get("dialogue") or {}).get("sittings") or []
    )
    return Sheet(v.say("Séances", "Sittings"), columns, rows)


def _obligations(v: Voice, plan: Plan) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        (v.say("Concerne", "Concerns"), "text"),
        (v.say("Règle", "Rule"), "text"),
        (v.word("obligation"), "text"),
        (v.say("Conclusion", "Outcome"), "text"),
        (v.word("from"), "date"),
        (v.say("Fait le", "Done on"), "date"),
        (v.say("Promis pour le", "Promised for"), "date"),
        (v.say("Par", "By"), "text"),
        (v.word("who"), "text"),
        (v.word("evidence"), "text"),
        (v.say("Sources", "Sources"), "text"),
        (v.say("Réponses attendues", "Answers awaited"), "text"),
    )
    authority = (plan.get("obligations") or {}).get("authority") or {}
    subjects = [(v.say("La collectivité", "The authority"), authority)]
    subjects += [(c["title"], c.get("obligations") or {}) for c in chosen_cases(plan)]
    rows = tuple(
        (
            name,
            finding.get("rule"),
            v.text(finding.get("title")),
            v.word("outcome_done")
            if finding.get("done_on")
            else v.text(finding.get("outcome_label")),
            as_date(finding["applies_from"]) if finding.get("applies_from") else None,
            as_date(finding.get("done_on")),
            as_date(finding.get("promised_on")),
            people_named(v, [finding.get("owner")]) or None,
            v.series(v.text(w) for w in finding.get("who") or []) or None,
            v.series(v.text(e) for e in finding.get("evidence") or []) or None,
            " | ".join(_source(v, s) for s in finding.get("sources") or []) or None,
            " ".join(v.text(m["question"]) for m in finding.get("missing") or []) or None,
        )
        for name, answer in subjects
        for finding in answer.get("findings") or []
    )
    return Sheet(v.say("Obligations", "Obligations"), columns, rows)


def _source(v: Voice, source: dict[str, Any]) -> str:
    how = v.text(source.get("provenance_label"))
    return f"{source['text']} ({how})" if how else source["text"]


def _uses(v: Voice, plan: Plan) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        (v.say("Usage", "Use"), "text"),
        (v.say("Outil", "Tool"), "text"),
        (v.word("service"), "text"),
        (v.say("Agents", "Staff"), "number"),
        (v.say("Vu le", "Seen on"), "date"),
        (v.say("Décidé", "Decided"), "text"),
        (v.say("Conseillé", "Advised"), "text"),
    )
    rows = tuple(
        (
            use["name"],
            use.get("tool"),
            use.get("service"),
            use.get("users"),
            as_date(use["seen_on"]) if use.get("seen_on") else None,
            v.text(use.get("verdict_label")) or None,
            v.text(use.get("advice_label")) or None,
        )
        for use in plan.get("existing_uses") or []
    )
    return Sheet(v.say("IA déjà là", "AI already there"), columns, rows)


def _stores(v: Voice, plan: Plan) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        (v.say("Rang", "Rank"), "number"),
        (v.say("Gisement", "Store"), "text"),
        (v.word("service"), "text"),
        (v.say("Classe", "Class"), "text"),
        (v.say("Examiné", "Examined"), "text"),
        (v.say("Lecteurs", "Readers"), "number"),
        (v.say("Documents", "Documents"), "number"),
    )
    rows = tuple(
        (
            store.get("rank"),
            store["name"],
            store.get("service"),
            store.get("class"),
            v.known(str(store.get("examined") or "unknown")),
            store.get("readers"),
            store.get("documents"),
        )
        for store in plan.get("protect_first") or []
    )
    return Sheet(v.say("À protéger", "To protect"), columns, rows)


def _training(v: Voice, plan: Plan) -> Sheet:
    columns: tuple[tuple[str, Kind], ...] = (
        (v.say("Groupe", "Group"), "text"),
        (v.say("À former", "To train"), "number"),
        (v.say("Formés", "Trained"), "number"),
        (v.say("Part", "Share"), "percent"),
        (v.say("Par", "By"), "text"),
    )
    rows = tuple(
        (
            v.text(g.get("label")),
            g.get("people"),
            g.get("trained"),
            g.get("share"),
            g.get("channel"),
        )
        for g in plan.get("training") or []
    )
    return Sheet(v.say("Formation", "Training"), columns, rows)
