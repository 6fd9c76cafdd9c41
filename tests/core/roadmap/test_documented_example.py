"""The example of docs/algorithms/feuille-de-route.md says what the schedule says."""

import json
import re
from pathlib import Path

from gouvernail.formats.schedule import to_json, to_problem
from gouvernail_core.roadmap import schedule

CHAPTER = Path(__file__).parents[3] / "docs" / "algorithms" / "feuille-de-route.md"


def test_the_example_of_the_chapter_is_what_the_schedule_answers() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    problem, told = map(json.loads, re.findall(r"```json\n(.*?)```", text, re.S))
    plan = to_json(schedule(to_problem(problem)))
    assert {name: plan[name] for name in told} == told
    reasons = re.search(r"Ce qui retient :\n\n(.*?)\n\n", text, re.S)
    assert reasons is not None
    assert [f"- {item['text']}" for item in plan["binding"]] == reasons[1].split("\n")
