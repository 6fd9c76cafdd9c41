"""Nothing is replaced here: the real solvers, the real documents, through HTTP."""

import pytest

from gouvernail.demo.example import example_rows

KEPT = {"repas", "entretiens", "deliberations", "candidatures"}


@pytest.fixture(autouse=True)
def same_process(settings, tmp_path):
    """Run what the worker would run at once, in a data folder of one's own."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.DOCUMENTS_DIR = tmp_path / "documents"


@pytest.fixture
def rows():
    """Return the example with four of its cases: quick, and still a whole way."""
    rows = {sheet: [dict(row) for row in lines] for sheet, lines in example_rows().items()}
    rows["use_cases"] = [row for row in rows["use_cases"] if row["id"] in KEPT]
    for sheet in ("ratings", "legal_facts", "consultations", "proofs"):
        rows[sheet] = [r for r in rows[sheet] if not r.get("case") or r["case"] in KEPT]
    rows["offers"] = rows["offer_answers"] = []
    rows["existing_uses"] = [{**r, "case": ""} for r in rows["existing_uses"]]
    return rows
