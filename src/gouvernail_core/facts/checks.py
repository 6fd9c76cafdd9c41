"""What is wrong with rows, said where it is: sheet, row, column, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from gouvernail_core.facts.answers import read_answer
from gouvernail_core.facts.schema import Column, Kind, Row, Rows, Sheet, sheet, sheets
from gouvernail_core.facts.values import NotReadable, show
from gouvernail_core.kernel import Problem, Text
from gouvernail_core.knowledge.loader import load_rules
from gouvernail_core.knowledge.vendor import load_vendor_questions
from gouvernail_core.protection import DataClass, MatrixAnswer, ToolClass

#: A reason to override is a sentence: fewer characters say nothing that somebody could weigh.
SHORTEST_REASON = 30
#: What cannot be more than what, in the second readings.
COUNTED = (
    ("changed", "validated", "propositions changées sur", "proposals changed out of"),
    ("read_again", "validated", "propositions relues sur", "proposals read again out of"),
    ("wrong", "read_again", "erreurs pour un nombre relu de", "errors out of a number read of"),
)
#: The kinds of tool that send what they are given to somebody else's servers, out of our hands.
LEAVING = (ToolClass.T2, ToolClass.T3)
#: The key under which a reader may keep the line a row came from.
LINE = "_line"


def problem(
    where: Sheet, row: Row | None, column: Column | None, code: str, fr: str, en: str
) -> Problem:
    """Return a problem located by the French names of the workbook."""
    return Problem(
        code,
        Text(fr, en),
        sheet=where.label.fr,
        row=None if row is None else row.get(LINE),
        column=None if column is None else column.label.fr,
    )


def check(rows: Rows) -> tuple[Problem, ...]:
    """Return everything to correct before the facts can be used, in the order of the sheets."""
    found: list[Problem] = []
    for described in sheets():
        lines = rows.get(described.code, [])
        found += _missing_sheet(described, lines)
        found += _missing_values(described, lines)
        found += _duplicates(described, lines)
        found += _dangling_references(described, lines, rows)
    found += _stores(rows.get("stores", []))
    found += _flows(rows.get("flows", []))
    found += _scan_duties(rows.get("scan_duties", []))
    found += _hours(rows.get("protection_efforts", []))
    found += _requirements(rows.get("use_cases", []))
    found += _priorities(rows.get("priorities", []))
    found += _criteria(rows.get("criteria", []))
    found += _years(rows)
    found += _training(rows.get("training", []))
    found += _consultations(rows.get("consultations", []))
    found += _overrides(rows)
    found += _second_readings(rows)
    found += _answers(rows.get("legal_facts", []))
    found += _proofs(rows.get("proofs", []))
    found += _offer_answers(rows.get("offer_answers", []))
    found += _addresses(rows.get("use_cases", []))
    return tuple(found)


def notes(rows: Rows) -> tuple[Problem, ...]:
    """Return what is accepted and should be looked at twice by whoever answers for it."""
    return tuple(_let_out(rows.get("matrix", [])))


def _let_out(lines: list[Row]) -> Iterator[Problem]:
    """Yield the choices that let the most sensitive data, secrets among them, leave for a tool."""
    described = sheet("matrix")
    for row in lines:
        answer, tool = row.get("answer"), row.get("tool_class")
        if row.get("data_class") != DataClass.C4 or tool not in LEAVING or not answer:
            continue
        if answer != MatrixAnswer.NO:
            name = ToolClass(tool).label
            yield problem(
                described, row, described.column("answer"), "sensitive-let-out",
                "Accepté, et à confirmer par le délégué à la protection des données : ce choix "
                "laisse partir des données C4, dont les mots de passe et les clés, vers "
                f"« {name.fr} ». La règle par défaut est non.",
                "Accepted, and to be confirmed by the data protection officer: this choice lets C4 "
                f"data, passwords and keys among them, leave for “{name.en}”. The default is no.",
            )  # fmt: skip


def _missing_sheet(described: Sheet, lines: list[Row]) -> Iterator[Problem]:
    if described.required and not lines:
        yield problem(
            described, None, None, "sheet-empty",
            "Cette feuille est vide ; elle est nécessaire.",
            "This sheet is empty; it is needed.",
        )  # fmt: skip
    if described.code == "authority" and len(lines) > 1:
        yield problem(
            described, lines[1], None, "several-authorities",
            "Une seule collectivité par classeur.",
            "One authority a workbook.",
        )  # fmt: skip


def _missing_values(described: Sheet, lines: list[Row]) -> Iterator[Problem]:
    for row in lines:
        for column in described.columns:
            if column.required and row.get(column.code) in (None, "", []):
                yield problem(
                    described, row, column, "required",
                    "Cette case est vide ; elle est nécessaire.",
                    "This cell is empty; it is needed.",
                )  # fmt: skip


def _duplicates(described: Sheet, lines: list[Row]) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], Row] = {}
    for row in lines:
        key = tuple(row.get(code) for code in described.key)
        if all(part in (None, "") for part in key):
            continue
        first = seen.setdefault(key, row)
        if first is row:
            continue
        parts = [(row.get(code), described.column(code)) for code in described.key]
        shown = " · ".join(str(show(value, column)) for value, column in parts)
        shown_en = " · ".join(str(show(value, column, "en")) for value, column in parts)
        line = f" (déjà en ligne {first[LINE]})" if first.get(LINE) else ""
        line_en = f" (already on row {first[LINE]})" if first.get(LINE) else ""
        yield problem(
            described, row, described.column(described.key[-1]), "duplicate",
            f"« {shown} » est écrit deux fois{line}. Gardez une seule ligne.",
            f"“{shown_en}” is written twice{line_en}. Keep one row.",
        )  # fmt: skip


def _dangling_references(described: Sheet, lines: list[Row], rows: Rows) -> Iterator[Problem]:
    for column in described.columns:
        if column.kind not in (Kind.REF, Kind.REFS):
            continue
        target = sheet(column.target)
        known = {row.get(target.key[0]) for row in rows.get(target.code, [])}
        for row in lines:
            value = row.get(column.code)
            for code in value if isinstance(value, list) else [value]:
                if code and code not in known:
                    yield problem(
                        described, row, column, "unknown-reference",
                        f"« {code} » ne figure pas dans la feuille « {target.label.fr} ». "
                        "Ajoutez-le, ou corrigez le repère.",
                        f"“{code}” is not in the sheet “{target.label.en}”. Add it, or correct "
                        "the id.",
                    )  # fmt: skip


def _stores(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("stores")
    for row in lines:
        if row.get("keep_years") == 0:
            yield problem(
                described, row, described.column("keep_years"), "not-above-zero",
                "Une durée de conservation dépasse zéro : 0,5 pour six mois, ou rien si personne "
                "ne l’a fixée.",
                "A retention period is above zero: 0.5 for six months, or nothing when nobody has "
                "set it.",
            )  # fmt: skip
        if row.get("folder") and not stays_below(str(row["folder"])):
            yield problem(
                described, row, described.column("folder"), "folder-outside",
                f"« {row['folder']} » n’est pas un chemin sous le dossier ouvert à l’examen. "
                "Écrivez-le comme partages/commun : sans barre au début, sans « .. », avec des "
                "barres obliques.",
                f"“{row['folder']}” is not a path under the folder opened to the examination. "
                "Write it as shares/common: no slash at the start, no “..”, forward slashes.",
            )  # fmt: skip


def stays_below(folder: str) -> bool:
    """Return whether a relative path can only lead below the folder it starts from.

    >>> stays_below("partages/commun"), stays_below("../etc"), stays_below("/etc")
    (True, False, False)
    """
    parts = folder.split("/")
    return (
        "\\" not in folder
        and not re.match("[A-Za-z]:", folder)
        and not folder.startswith("~")
        and not any(part.strip() in ("", ".", "..") for part in parts)
    )


def _flows(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("flows")
    for row in lines:
        if row.get("giver") and row.get("giver") == row.get("receiver"):
            yield problem(
                described, row, described.column("receiver"), "flow-to-itself",
                f"« {row['giver']} » se donne à lui-même. Un flux va d’un service à un autre.",
                f"“{row['giver']}” gives to itself. A flow goes from one service to another.",
            )  # fmt: skip


def _scan_duties(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("scan_duties")
    for row in lines:
        if row.get("on") and row.get("done") is not True:
            yield problem(
                described, row, described.column("on"), "day-of-what-is-not-done",
                "Ce jour est celui où c’était fait. Répondez « oui », ou effacez le jour.",
                "This is the day it was done. Answer “yes”, or clear the day.",
            )  # fmt: skip


def _hours(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("protection_efforts")
    for row in lines:
        if row.get("hours") == 0:
            yield problem(
                described, row, described.column("hours"), "not-above-zero",
                "Un geste prend plus de zéro heure. Sans estimation, retirez la ligne : celle par "
                "défaut s’applique.",
                "An act takes more than zero hours. Without an estimate, remove the row: the "
                "default holds.",
            )  # fmt: skip


def _requirements(cases: list[Row]) -> Iterator[Problem]:
    described = sheet("use_cases")
    needs = {str(row.get("id")): [str(x) for x in row.get("requires") or []] for row in cases}
    lines = {str(row.get("id")): row for row in cases}
    for cycle in cycles(needs):
        shown = " → ".join(f"« {code} »" for code in (*cycle, cycle[0]))
        yield problem(
            described, lines.get(cycle[0]), described.column("requires"), "requirement-cycle",
            f"Ces cas se demandent l’un l’autre en boucle : {shown}. Retirez un maillon.",
            f"These cases require each other in a loop: {shown}. Remove one link.",
        )  # fmt: skip
    for row in cases:
        both = set(row.get("requires") or []) & set(row.get("excludes") or [])
        if both:
            yield problem(
                described, row, described.column("excludes"), "requires-and-excludes",
                f"Ce cas a besoin de « {min(both)} » et l’exclut. Choisissez l’un des deux.",
                f"This case requires “{min(both)}” and excludes it. Choose one.",
            )  # fmt: skip


def cycles(needs: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """Return one cycle for each group of entries that need each other, smallest id first.

    >>> cycles({"a": ["b"], "b": ["a"], "c": ["a"]})
    [('a', 'b')]
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in sorted(needs):
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, Iterator[str]]] = []
        if start in done:
            continue
        stack.append((start, iter(needs[start])))
        path.append(start)
        on_path.add(start)
        while stack:
            _, following = stack[-1]
            child = next(following, None)
            if child is None:
                done.add(path[-1])
                on_path.discard(path.pop())
                stack.pop()
            elif child in on_path:
                found.append(_smallest_first(path[path.index(child) :]))
            elif child in needs and child not in done:
                stack.append((child, iter(needs[child])))
                path.append(child)
                on_path.add(child)
    return list(dict.fromkeys(found))


def _smallest_first(cycle: list[str]) -> tuple[str, ...]:
    start = cycle.index(min(cycle))
    return tuple(cycle[start:] + cycle[:start])


def _priorities(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("priorities")
    by_actor: dict[str, list[Row]] = {}
    for row in lines:
        by_actor.setdefault(str(row.get("actor")), []).append(row)
        low, high = row.get("low"), row.get("high")
        if low is not None and high is not None and low > high:
            yield problem(
                described, row, described.column("high"), "bounds-crossed",
                f"« Au plus » ({high:g} %) est sous « Au moins » ({low:g} %).",
                f"“At most” ({high:g}%) is below “At least” ({low:g}%).",
            )  # fmt: skip
    for actor, own in by_actor.items():
        least = sum(row.get("low") or 0 for row in own)
        if least > 100:
            yield problem(
                described, own[0], described.column("low"), "bounds-above-100",
                f"Les minimums de « {actor} » totalisent {least:g} % ; 100 % au plus.",
                f"The minimums of “{actor}” add up to {least:g}%; 100% at most.",
            )  # fmt: skip


def _criteria(lines: list[Row]) -> Iterator[Problem]:
    weights = [row.get("weight") for row in lines if row.get("weight") is not None]
    if weights and not any(weights):
        described = sheet("criteria")
        yield problem(
            described, lines[0], described.column("weight"), "weights-all-zero",
            "Tous les poids de référence valent 0. Donnez-en au moins un, ou laissez-les vides.",
            "All reference weights are 0. Give at least one, or leave them empty.",
        )  # fmt: skip


def _years(rows: Rows) -> Iterator[Problem]:
    described = sheet("use_cases")
    years = len(rows.get("budgets", []))
    for row in rows.get("use_cases", []):
        for rank in (1, 2, 3):
            code = f"cost_year_{rank}"
            if row.get(code) and rank > years:
                yield problem(
                    described, row, described.column(code), "no-such-year",
                    f"La feuille « Budgets » ne compte que {years} année(s) : ajoutez l’année "
                    "qui manque.",
                    f"The sheet “Budgets” only has {years} year(s): add the missing year.",
                )  # fmt: skip


def _training(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("training")
    for row in lines:
        people, trained = row.get("people"), row.get("trained")
        if people is not None and trained is not None and trained > people:
            yield problem(
                described, row, described.column("trained"), "more-trained-than-people",
                f"{trained} personnes formées pour un groupe de {people}.",
                f"{trained} people trained in a group of {people}.",
            )  # fmt: skip


def _consultations(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("consultations")
    for row in lines:
        if row.get("opinion") and not row.get("opinion_on"):
            yield problem(
                described, row, described.column("opinion_on"), "opinion-without-date",
                "Un avis sans date ne vaut pas preuve. Indiquez le jour où il a été rendu.",
                "An opinion without a date proves nothing. Give the day it was delivered.",
            )  # fmt: skip
        if row.get("opinion") == "unanimous_unfavourable" and row.get("staff_for"):
            yield problem(
                described, row, described.column("staff_for"), "unanimous-with-votes-for",
                "Le vote est dit défavorable à l’unanimité et compte des voix pour. Corrigez le "
                "sens de l’avis ou les voix.",
                "The vote is said to be unanimously unfavourable and has votes in favour. Correct "
                "the opinion or the votes.",
            )  # fmt: skip
        for code in ("second_on", "followed_up_on"):
            if row.get(code) and row.get("opinion_on") and row[code] < row["opinion_on"]:
                yield problem(
                    described, row, described.column(code), "before-the-opinion",
                    "Ce jour précède celui de l’avis. Vérifiez les deux dates.",
                    "This day comes before that of the opinion. Check both dates.",
                )  # fmt: skip


def _answers(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("legal_facts")
    for row in lines:
        fact = str(row.get("fact") or "")
        if not fact:
            continue
        try:
            read_answer(fact, str(row.get("value") or ""))
        except NotReadable as wrong:
            column = described.column("fact" if wrong.code == "fact-name" else "value")
            yield problem(described, row, column, wrong.code, wrong.text.fr, wrong.text.en)


def _overrides(rows: Rows) -> Iterator[Problem]:
    described = sheet("overrides")
    role = {row.get("id"): row.get("role") for row in rows.get("people", [])}
    for row in rows.get("overrides", []):
        if len(" ".join(str(row.get("reason") or "").split())) < SHORTEST_REASON:
            yield problem(
                described, row, described.column("reason"), "reason-too-short",
                "Le motif sera lu par le comité social et par qui contrôlera : écrivez au moins "
                f"une phrase ({SHORTEST_REASON} caractères).",
                "The committee and whoever inspects will read the reason: write at least a "
                f"sentence ({SHORTEST_REASON} characters).",
            )  # fmt: skip
        if role.get(row.get("decided_by"), "dgs") != "dgs":
            yield problem(
                described, row, described.column("decided_by"), "override-by-another",
                "Seule la direction générale peut passer outre : indiquez une personne dont le "
                "rôle est « Direction générale ».",
                "Only the general director may override: name a person whose role is “General "
                "director”.",
            )  # fmt: skip
        decided, until = row.get("decided_on"), row.get("until")
        if decided and until and until < decided:
            yield problem(
                described, row, described.column("until"), "override-over-before",
                "La fin précède la décision. Corrigez l’une des deux dates.",
                "The end comes before the decision. Correct one of the two days.",
            )  # fmt: skip


def _second_readings(rows: Rows) -> Iterator[Problem]:
    described = sheet("second_readings")
    known = {(row.get("case"), row.get("act")) for row in rows.get("validations", [])}
    for row in rows.get("second_readings", []):
        if row.get("act") and (row.get("case"), row.get("act")) not in known:
            yield problem(
                described, row, described.column("act"), "unknown-validated-act",
                f"« {row['act']} » ne figure pour ce cas dans aucune ligne de « Validations ». "
                "Reprenez le même nom d’acte, ou ajoutez la ligne.",
                f"“{row['act']}” is in no row of “Validations” for this case. Write the act the "
                "same way, or add the row.",
            )  # fmt: skip
        for part, whole, said, said_en in COUNTED:
            few, many = row.get(part), row.get(whole)
            if few is not None and many is not None and few > many:
                yield problem(
                    described, row, described.column(part), "more-than-read",
                    f"{few} {said} {many}. Corrigez l’un des deux nombres.",
                    f"{few} {said_en} {many}. Correct one of the two figures.",
                )  # fmt: skip


def _proofs(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("proofs")
    known = {rule.code for rule in load_rules()}
    for row in lines:
        rule = str(row.get("rule") or "")
        if rule and rule not in known:
            near = get_close_matches(rule, known, n=1)
            fr = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
            en = f" Did you mean “{near[0]}”?" if near else ""
            yield problem(
                described, row, described.column("rule"), "unknown-rule",
                f"« {rule} » n’est pas le code d’une obligation.{fr}",
                f"“{rule}” is not the code of a duty.{en}",
            )  # fmt: skip
        if row.get("link") and not str(row["link"]).startswith("https://"):
            yield problem(
                described, row, described.column("link"), "not-an-address",
                "Une adresse commence par https://. Si la preuve est ailleurs, dites où dans "
                "« Où le vérifier ».",
                "An address starts with https://. If the proof is elsewhere, say where in “Where "
                "to check it”.",
            )  # fmt: skip
        yield from _days_of_a_proof(described, row)


def _offer_answers(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("offer_answers")
    known = {question.code for question in load_vendor_questions().questions}
    for row in lines:
        code = str(row.get("question") or "")
        if code and code not in known:
            listed = ", ".join(sorted(known))
            yield problem(
                described, row, described.column("question"), "unknown-question",
                f"« {code} » n’est pas une question posée aux éditeurs. Codes : {listed}.",
                f"“{code}” is not a question put to vendors. Codes: {listed}.",
            )  # fmt: skip


def _days_of_a_proof(described: Sheet, row: Row) -> Iterator[Problem]:
    """Yield the days of a proof that do not follow one another."""
    done = row.get("done_on")
    for code, fr, en in (
        ("expires_on", "Une preuve ne peut expirer avant d’être faite.",
         "A proof cannot expire before it is done."),
        ("checked_on", "Une preuve se vérifie une fois faite.",
         "A proof is checked once it is done."),
    ):  # fmt: skip
        day = row.get(code)
        if day is not None and (done is None or day < done):
            yield problem(described, row, described.column(code), "days-out-of-order", fr, en)
    if row.get("checked_by") and row["checked_by"] == row.get("owner"):
        yield problem(
            described, row, described.column("checked_by"), "checked-by-oneself",
            "Une preuve est vérifiée par une autre personne que celle qui s’en charge.",
            "A proof is checked by another person than the one in charge.",
        )  # fmt: skip


def _addresses(lines: list[Row]) -> Iterator[Problem]:
    described = sheet("use_cases")
    for row in lines:
        address = str(row.get("source_url") or "")
        if address and not address.startswith(("https://", "http://")):
            yield problem(
                described, row, described.column("source_url"), "not-an-address",
                "Une adresse commence par https:// ou http://.",
                "An address starts with https:// or http://.",
            )  # fmt: skip


def lines_of(rows: Iterable[Row]) -> list[Row]:
    """Return the rows without the line numbers a reader may have kept."""
    return [{k: v for k, v in row.items() if k != LINE} for row in rows]
