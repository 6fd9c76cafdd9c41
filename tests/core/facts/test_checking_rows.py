"""Each thing that does not hold together is said, once, where it is."""

from __future__ import annotations

import posixpath
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail_core.facts import LINE, build, check, notes
from gouvernail_core.facts.checks import cycles, stays_below
from gouvernail_core.kernel import RefusedError, Ternary
from gouvernail_core.protection import (
    Access,
    ActEffort,
    DataClass,
    DataFlow,
    DataStore,
    FlowMeans,
    MatrixAnswer,
    MatrixChoice,
    ProtectiveAct,
    ScanDuty,
    ScanDutyAnswer,
    ToolClass,
)

SMALL = {
    "authority": [{"code": "essai", "name": "Ville d’Essai", "kind": "commune"}],
    "people": [{"id": "p1", "name": "Une Personne", "role": "elu"}],
    "services": [{"id": "s1", "name": "Accueil"}],
    "stores": [{"id": "d1", "name": "Partage"}],
    "use_cases": [
        {"id": "a", "title": "Un", "requires": [], "excludes": []},
        {"id": "b", "title": "Deux", "requires": [], "excludes": []},
        {"id": "c", "title": "Trois", "requires": [], "excludes": []},
    ],
    "criteria": [{"id": "q", "label": "Qualité", "weight": 60}, {"id": "s", "label": "Soin"}],
    "budgets": [{"year": 2027, "amount_eur": 70_000}],
}


def changed(**sheets):
    rows = deepcopy(SMALL)
    for code, lines in sheets.items():
        rows[code] = lines
    for lines in rows.values():
        for number, row in enumerate(lines, start=2):
            row.setdefault(LINE, number)
    return rows


def case(rows, **values):
    """The rows with these values written in the first case."""
    rows["use_cases"][0].update(values)
    return rows


def chosen(**values):
    """One choice of the authority’s own, with these values."""
    usual = {"data_class": "C2", "tool_class": "T1", "answer": "yes", "reason": "Sous contrat"}
    return {**usual, **values}


def test_small_rows_hold_together():
    assert check(changed()) == ()


@pytest.mark.parametrize(
    ("rows", "code", "sheet", "row", "column", "words"),
    [
        pytest.param(
            changed(authority=[]), "sheet-empty", "Collectivité", None, None, "nécessaire",
            id="no-authority",
        ),
        pytest.param(
            changed(use_cases=[]), "sheet-empty", "Cas d’usage", None, None, "nécessaire",
            id="no-case",
        ),
        pytest.param(
            changed(authority=[
                {"code": "x", "name": "X", "kind": "commune"},
                {"code": "y", "name": "Y", "kind": "commune"},
            ]),
            "several-authorities", "Collectivité", 3, None, "Une seule", id="two-authorities",
        ),
        pytest.param(
            case(changed(), title=""), "required", "Cas d’usage", 2, "Titre", "nécessaire",
            id="empty-title",
        ),
        pytest.param(
            case(changed(), id="b"), "duplicate", "Cas d’usage", 3, "Repère", "déjà en ligne 2",
            id="same-id-twice",
        ),
        pytest.param(
            changed(budgets=[
                {"year": 2027, "amount_eur": 1}, {"year": 2027, "amount_eur": 2},
            ]),
            "duplicate", "Budgets", 3, "Année", "2027", id="same-year-twice",
        ),
        pytest.param(
            case(changed(), elu="personne"), "unknown-reference", "Cas d’usage", 2,
            "Élu ou élue", "« Personnes »", id="nobody",
        ),
        pytest.param(
            case(changed(), stores=["d1", "d2"]), "unknown-reference", "Cas d’usage", 2,
            "Gisements lus", "« d2 »", id="unknown-store",
        ),
        pytest.param(
            case(changed(), requires=["a"]), "requirement-cycle", "Cas d’usage", 2,
            "A besoin de", "boucle", id="needs-itself",
        ),
        pytest.param(
            case(changed(), requires=["b"], excludes=["b"]), "requires-and-excludes",
            "Cas d’usage", 2, "Exclut", "« b »", id="needs-and-excludes",
        ),
        pytest.param(
            case(changed(), cost_year_2=5), "no-such-year", "Cas d’usage", 2, "Coût, année 2",
            "« Budgets »", id="year-without-budget",
        ),
        pytest.param(
            changed(priorities=[{"actor": "DGS", "criterion": "q", "low": 50, "high": 40}]),
            "bounds-crossed", "Priorités", 2, "Au plus", "40", id="bounds-crossed",
        ),
        pytest.param(
            changed(priorities=[
                {"actor": "DGS", "criterion": "q", "low": 60},
                {"actor": "DGS", "criterion": "s", "low": 41},
            ]),
            "bounds-above-100", "Priorités", 2, "Au moins", "101", id="minimums-above-100",
        ),
        pytest.param(
            changed(criteria=[{"id": "q", "label": "Qualité", "weight": 0}]),
            "weights-all-zero", "Critères", 2, "Poids de référence", "0", id="no-weight",
        ),
        pytest.param(
            changed(training=[{"id": "g", "label": "Groupe", "people": 9, "trained": 10}]),
            "more-trained-than-people", "Formation", 2, "Déjà formées", "10", id="trained",
        ),
        pytest.param(
            changed(consultations=[{"case": "a", "body": "cst", "opinion": "favourable"}]),
            "opinion-without-date", "Dialogue", 2, "Avis le", "date", id="opinion",
        ),
        pytest.param(
            changed(proofs=[{"case": "a", "rule": "RGPD-3"}]), "unknown-rule", "Preuves", 2,
            "Obligation", "RGPD-3", id="unknown-duty",
        ),
        pytest.param(
            changed(stores=[{"id": "d1", "name": "Partage", "better_used_by": ["s1", "s2"]}]),
            "unknown-reference", "Gisements", 2, "Utile aussi à", "« s2 »", id="useful-to-nobody",
        ),
        pytest.param(
            changed(stores=[{"id": "d1", "name": "Partage", "keep_years": 0.0}]),
            "not-above-zero", "Gisements", 2, "Durée de conservation", "six mois", id="kept-zero",
        ),
        pytest.param(
            changed(stores=[{"id": "d1", "name": "Partage", "folder": "commun/../rh"}]),
            "folder-outside", "Gisements", 2, "Dossier à examiner", "« commun/../rh »",
            id="folder-that-climbs",
        ),
        pytest.param(
            changed(flows=[{"id": "f", "giver": "s1", "receiver": "s2", "what": "Listes"}]),
            "unknown-reference", "Flux entre services", 2, "Vers", "« Services »",
            id="flow-to-an-unknown-service",
        ),
        pytest.param(
            changed(flows=[{"id": "f", "giver": "s1", "receiver": "s1", "what": "Listes"}]),
            "flow-to-itself", "Flux entre services", 2, "Vers", "« s1 »", id="flow-to-itself",
        ),
        pytest.param(
            changed(matrix=[chosen(), chosen(answer="no")]), "duplicate",
            "Choix données et outils", 3, "Classe d’outil",
            "« C2 · personnelle ordinaire · T1 · hébergeur sous contrat, Union » est écrit deux "
            "fois (déjà en ligne 2)", id="same-pair-twice",
        ),
        pytest.param(
            changed(matrix=[chosen(reason="")]), "required", "Choix données et outils", 2, "Motif",
            "nécessaire", id="choice-without-a-reason",
        ),
        pytest.param(
            changed(scan_duties=[{"duty": "dpo", "done": True}, {"duty": "dpo", "done": None}]),
            "duplicate", "Avant l’examen des fichiers", 3, "Exigence",
            "Le délégué à la protection des données a été associé", id="same-duty-twice",
        ),
        pytest.param(
            changed(scan_duties=[{"duty": "dpo", "done": False, "on": date(2026, 10, 8)}]),
            "day-of-what-is-not-done", "Avant l’examen des fichiers", 2, "Fait le",
            "effacez le jour",
            id="a-day-but-not-done",
        ),
        pytest.param(
            changed(protection_efforts=[{"store": "d1", "act": "purge", "hours": 0.0}]),
            "not-above-zero", "Heures de protection", 2, "Heures", "zéro heure", id="no-hour",
        ),
        pytest.param(
            changed(protection_efforts=[{"store": "d2", "act": "purge", "hours": 3.0}]),
            "unknown-reference", "Heures de protection", 2, "Gisement", "« d2 »",
            id="hours-on-an-unknown-store",
        ),
    ],
)  # fmt: skip
def test_says_what_does_not_hold_together(rows, code, sheet, row, column, words):
    found = check(rows)
    assert [problem.code for problem in found] == [code]
    problem = found[0]
    assert (problem.sheet, problem.row, problem.column) == (sheet, row, column)
    assert words in problem.text.fr
    assert problem.text.en
    with pytest.raises(RefusedError) as refused:
        build(rows)
    assert refused.value.problems == found


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        pytest.param(
            changed(training=[{"id": "g", "label": "G", "people": 9, "trained": 9}]),
            "all of the group is trained", id="all-trained",
        ),
        pytest.param(
            changed(priorities=[
                {"actor": "DGS", "criterion": "q", "low": 60},
                {"actor": "DGS", "criterion": "s", "low": 40},
            ]),
            "the minimums make exactly 100", id="exactly-100",
        ),
        pytest.param(
            changed(priorities=[{"actor": "DGS", "criterion": "q", "low": 40, "high": 40}]),
            "a weight may be fixed", id="fixed-weight",
        ),
        pytest.param(case(changed(), cost_year_1=5), "the only year", id="last-year"),
        pytest.param(
            changed(criteria=[{"id": "q", "label": "Q"}]), "weights may all be blank", id="blank",
        ),
        pytest.param(case(changed(), requires=["b"]), "b needs nothing", id="no-cycle"),
    ],
)  # fmt: skip
def test_what_stands_at_the_limit_is_accepted(rows, why):
    assert check(rows) == (), why


def test_an_answer_that_does_not_fit_its_question_is_said_on_its_line():
    facts = [
        {"case": "a", "fact": "use_case.personal_data", "value": "oui"},
        {"case": "a", "fact": "use_case.profiling", "value": "peut-être"},
        {"case": "a", "fact": "use_case.inconnu", "value": "oui"},
        {"case": "b", "fact": "use_case.profiling", "value": "?"},
    ]
    found = check(changed(legal_facts=facts))
    assert [(p.sheet, p.row) for p in found] == [("Faits de droit", 3), ("Faits de droit", 4)]
    assert [p.column for p in found] == ["Réponse", "Fait"]


def test_everything_is_said_at_once():
    rows = case(changed(budgets=[]), title="", elu="x", requires=["a"], cost_year_1=3)
    assert {p.code for p in check(rows)} == {
        "required", "unknown-reference", "requirement-cycle", "no-such-year",
    }  # fmt: skip


def naive_on_a_cycle(needs):
    """The entries that can come back to themselves, by walking every path."""

    def reaches(start, here, seen):
        return any(
            step == start or (step not in seen and reaches(start, step, seen | {step}))
            for step in needs.get(here, [])
        )

    return {one for one in needs if reaches(one, one, {one})}


@pytest.mark.parametrize(
    "needs",
    [
        {},
        {"a": ["b"], "b": []},
        {"a": ["a"]},
        {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]},
        {"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]},
        {"a": ["unknown"], "b": ["a"]},
    ],
    ids=["none", "chain", "itself", "three", "two-loops", "dangling"],
)
def test_a_loop_is_found_when_and_only_when_there_is_one(needs):
    found = cycles(needs)
    for cycle in found:
        following = [*cycle[1:], cycle[0]]
        assert all(after in needs[one] for one, after in zip(cycle, following, strict=True))
    on_a_cycle = naive_on_a_cycle(needs)
    assert bool(found) == bool(on_a_cycle)
    assert {one for cycle in found for one in cycle} <= on_a_cycle


def test_a_very_long_chain_or_loop_is_walked_without_trouble():
    chain = {str(n): [str(n + 1)] for n in range(3_000)}
    assert cycles(chain) == []
    assert [len(cycle) for cycle in cycles(chain | {"3000": ["0"]})] == [3_001]


def test_building_gives_the_year_of_each_cost_and_the_usual_length_of_a_wave():
    rows = case(
        changed(
            budgets=[{"year": 2028, "amount_eur": 2}, {"year": 2027, "amount_eur": 1}],
            training=[{"id": "g", "label": "G"}],
        ),
        cost_year_1=10, cost_year_2=0,
    )  # fmt: skip
    facts = build(rows)
    assert facts.case("a").costs_eur == {2027: 10, 2028: 0}
    assert facts.case("b").costs_eur == {}
    assert [budget.year for budget in facts.budgets] == [2027, 2028]
    assert facts.training[0].weeks == 3


def test_the_same_facts_have_the_same_digest_whatever_their_order_and_lines():
    rows = changed()
    moved = deepcopy(rows)
    moved["use_cases"].reverse()
    for row in moved["use_cases"]:
        row[LINE] += 40
        row["summary"] = ""
    assert build(rows).digest == build(moved).digest


def test_one_fact_that_moves_changes_the_digest():
    rows = changed()
    assert build(rows).digest != build(case(deepcopy(rows), mandate_on=date(2026, 6, 12))).digest


def test_letting_the_most_sensitive_data_leave_is_accepted_and_told():
    every = [
        chosen(data_class=data.value, tool_class=tool.value, answer=answer.value)
        for data in DataClass
        for tool in ToolClass
        for answer in MatrixAnswer
    ]
    told = {
        (row["data_class"], row["tool_class"], row["answer"])
        for row in every
        if notes(changed(matrix=[row]))
    }
    out = {(tool, answer) for tool in ("T2", "T3") for answer in ("yes", "if_masked", "after_aipd")}
    assert told == {("C4", tool, answer) for tool, answer in out}
    assert all(check(changed(matrix=[row])) == () for row in every)


def test_what_is_told_of_a_choice_says_where_it_is_and_which_tool():
    (told,) = notes(changed(matrix=[chosen(), chosen(data_class="C4", tool_class="T3")]))
    assert (told.sheet, told.row, told.column) == ("Choix données et outils", 3, "Réponse")
    assert "« T3 · outil grand public »" in told.text.fr
    assert told.text.en


@pytest.mark.parametrize(
    "folder",
    ["..", "../rh", "rh/..", "rh/../..", "/etc", "//serveur/rh", "C:/rh", "c:rh", "~/rh", "~root",
     "rh\\..\\paie", "\\\\serveur\\rh", "rh//paie", "./rh", "rh/.", "rh/", " ", "rh/ .. /x"],
)  # fmt: skip
def test_a_folder_that_could_lead_elsewhere_is_refused(folder):
    assert not stays_below(folder)


@given(st.lists(st.sampled_from(["..", ".", "", "rh", "paie", "..."]), min_size=1, max_size=6))
def test_a_folder_that_is_accepted_stays_below_its_root(parts):
    folder = "/".join(parts)
    if stays_below(folder):
        assert posixpath.normpath(posixpath.join("/root", folder)) == f"/root/{folder}"


def test_each_new_sheet_becomes_what_the_way_computes_on():
    facts = build(
        changed(
            services=[{"id": "s1", "name": "Accueil"}, {"id": "s2", "name": "CCAS"}],
            stores=[
                {
                    "id": "d1", "name": "Partage", "access": "everyone", "public_link": False,
                    "keep_years": 0.5, "open_data": True, "better_used_by": ["s2"],
                    "carriers": ["secrétaire"], "folder": "partages/d1",
                },
                {"id": "d2", "name": "Papier"},
            ],
            flows=[
                {
                    "id": "f", "giver": "s1", "receiver": "s2", "what": "Listes", "means": "email",
                    "store": "d1", "carrier": "Secrétaire", "personal": True,
                },
                {"id": "g", "giver": "s2", "receiver": "s1", "what": "Retours"},
            ],
            matrix=[chosen(decided_on=date(2026, 11, 12))],
            scan_duties=[{"duty": "dpo", "done": True, "on": date(2026, 10, 20)}],
            protection_efforts=[{"store": "d1", "act": "purge", "hours": 2.5}],
        )
    )  # fmt: skip
    known, bare = facts.stores
    assert (known.access, known.public_link, known.encrypted) == (
        Access.EVERYONE, Ternary.NO, Ternary.UNKNOWN,
    )  # fmt: skip
    assert (known.keep_years, known.better_used_by, known.carriers, known.folder) == (
        0.5, ("s2",), ("secrétaire",), "partages/d1",
    )  # fmt: skip
    assert bare == DataStore("d2", "Papier")
    assert facts.flows == (
        DataFlow("f", "s1", "s2", "Listes", FlowMeans.EMAIL, "d1", "Secrétaire", Ternary.YES),
        DataFlow("g", "s2", "s1", "Retours"),
    )
    assert facts.matrix == (
        MatrixChoice(
            DataClass.C2, ToolClass.T1, MatrixAnswer.YES, "Sous contrat", date(2026, 11, 12)
        ),
    )
    assert facts.scan_duties == (ScanDutyAnswer(ScanDuty.DPO, Ternary.YES, date(2026, 10, 20)),)
    assert facts.efforts == (ActEffort("d1", ProtectiveAct.PURGE, 2.5),)
