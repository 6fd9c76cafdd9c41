"""Every JSON format the command line reads or writes, with its schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gouvernail.formats import obligations, plan, scan, schedule, selection
from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is for, and how to get its JSON Schema."""

    label: Text
    schema: Callable[[], dict[str, Any]]


FORMATS: dict[str, Format] = {
    "obligations": Format(
        Text("Faits d’un cas, lus par « gouvernail obligations »", "Facts of a case"),
        obligations.schema,
    ),
    "select": Format(
        Text("Problème de choix, lu par « gouvernail select »", "Selection problem"),
        selection.SelectionProblemDocument.model_json_schema,
    ),
    "select-result": Format(
        Text("Choix, écrit par « gouvernail select --json »", "Selection"),
        selection.SelectionDocument.model_json_schema,
    ),
    "schedule": Format(
        Text("Problème de calendrier, lu par « gouvernail schedule »", "Scheduling problem"),
        schedule.schema,
    ),
    "schedule-result": Format(
        Text("Calendrier, écrit par « gouvernail schedule --json »", "Schedule"),
        schedule.ScheduleOutput.model_json_schema,
    ),
    "scan-result": Format(
        Text("Examen de fichiers, écrit par « gouvernail scan --json »", "Examination of files"),
        scan.ScanDocument.model_json_schema,
    ),
    "detect-result": Format(
        Text("Repérages, écrits par « gouvernail detect --json »", "Findings in a text"),
        scan.DetectDocument.model_json_schema,
    ),
    "plan": Format(Text("Le plan : « steer --json » et plan.json", "The plan"), plan.schema),
}
