"""The engines alone: one JSON document in, one answer out, in JSON or in sentences."""

from __future__ import annotations

import typer

from gouvernail.cli.console import day, say, tell, tell_json
from gouvernail.cli.inputs import read_json, refuse


def assess_file(name: str, *, on: str | None, as_json: bool) -> None:
    """Print what the law asks for the facts of a file."""
    from gouvernail.formats import obligations as contract
    from gouvernail_core.obligations import assess
    from gouvernail_core.steering.said import OUTCOME_LABELS

    situation = contract.read(read_json(name))
    assessment = assess(situation, on=day(on))
    if as_json:
        tell_json(contract.to_json(assessment))
        return
    tell(f"Règles {assessment.rules_version}, au {assessment.on:%d/%m/%Y}")
    for finding in assessment.findings:
        if finding.outcome == "not_applicable":
            continue
        tell(f"\n{OUTCOME_LABELS[finding.outcome].fr} : {finding.title.fr} ({finding.rule})")
        for reason in finding.reasons:
            tell(f"  - {reason.text.fr}")
        if finding.missing:
            tell(f"  Il manque : {', '.join(finding.missing)}")
    for question in assessment.questions[:5]:
        tell(f"\nQuestion qui décide de {question.decides} obligation(s) : {question.text.fr}")


def select_file(name: str, *, as_json: bool) -> None:
    """Print the robust portfolio of a problem; exit with 1 when nothing fits, and say why."""
    from gouvernail.formats import selection as contract
    from gouvernail_core.selection import solve, words

    problem = contract.read_problem(read_json(name))
    found = solve(problem)
    if as_json:
        tell_json(contract.to_json(found))
    elif not found.conflict:
        tell(f"Portefeuille recommandé : {', '.join(found.recommended)}")
        if found.regret is not None:
            tell(words.regret_sentence(found.regret).fr)
        for case in sorted(found.cases, key=lambda c: -c.acceptability):
            tell(f"- {case.id} : {words.acceptability_sentence(case).fr}")
    if found.conflict:
        say("Rien ne tient avec toutes ces limites à la fois. Desserrez l’une d’elles :")
        for item in found.conflict:
            say(f"- {item.text.fr}")
        raise typer.Exit(1)


def schedule_file(name: str, *, as_json: bool) -> None:
    """Print the roadmap of a problem; exit with 1 when no calendar holds, and say why."""
    from gouvernail.formats import schedule as contract
    from gouvernail_core.roadmap import schedule

    problem = contract.to_problem(read_json(name))
    plan = schedule(problem)
    if as_json:
        tell_json(contract.to_json(plan))
    elif plan.starts:
        for task, start in sorted(plan.starts.items(), key=lambda pair: (pair[1], pair[0])):
            tell(f"{start:>5}  {task}")
        proof = "prouvé" if plan.proven else f"à {100 * (plan.gap or 0):.1f} % de l’idéal au plus"
        tell(f"Objectif {plan.objective:g}, {proof}.")
        for binding in plan.binding:
            tell(f"- {binding.text.fr}")
    if not plan.starts and problem.tasks:
        say("Aucun calendrier ne tient. Desserrez l’une de ces exigences :")
        for item in plan.conflict:
            say(f"- {item.text.fr}")
        raise typer.Exit(1)


def print_schema(name: str | None) -> None:
    """Print the JSON Schema of a format, or the list of the formats."""
    from gouvernail.formats.catalogue import FORMATS

    if name is None:
        for code, described in FORMATS.items():
            tell(f"{code:<20} {described.label.fr}")
        return
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        refuse(
            "no-such-format",
            f"Le format « {name} » n’existe pas. Formats : {known}.",
            f"There is no format “{name}”. Formats: {known}.",
        )
    tell_json(FORMATS[name].schema())
