"""A small authority whose answer can be worked out by hand."""

from datetime import date
from typing import Any

from gouvernail_core.facts import Facts, build
from gouvernail_core.steering import Steering, steer

TODAY = date(2026, 11, 23)
FIRST_CST = date(2027, 2, 11)


def case(code: str, cost: int, score: float | None, **more: Any) -> dict[str, Any]:
    """Return a candidate with a complete sheet, costing `cost` euros each year."""
    return {
        "id": code,
        "title": f"Cas {code}",
        "service": "accueil",
        "stage": "candidate",
        "problem": "p",
        "today": "t",
        "benefit": "b",
        "measure": "m",
        "simpler_way": "s",
        "elu": "elue",
        "director": "dir",
        "cost_year_1": cost,
        "cost_year_2": cost,
        "staff_days": 10,
        "_score": score,
        **more,
    }


def rows(*cases: dict[str, Any], **sheets: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of an authority of 550 agents with these cases; `sheets` replace others."""
    ratings = [
        {"case": c["id"], "criterion": "qualite", "elu": c["_score"], "director": c["_score"]}
        for c in cases
    ]
    plain = [{k: v for k, v in c.items() if k != "_score"} for c in cases]
    return {
        "authority": [
            {
                "code": "000000000",
                "name": "Exempleville",
                "kind": "commune",
                "population": 33100,
                "agents": 550,
                "new_body_installed_on": date(2027, 1, 28),
            }
        ],
        "people": [
            {"id": "elue", "name": "Une élue", "role": "elu"},
            {"id": "dir", "name": "Une directrice", "role": "director"},
            {"id": "drh", "name": "La DRH", "role": "drh"},
        ],
        "services": [{"id": "accueil", "name": "Accueil"}],
        "criteria": [{"id": "qualite", "label": "Qualité", "weight": 100}],
        "budgets": [{"year": 2027, "amount_eur": 30_000}, {"year": 2028, "amount_eur": 30_000}],
        "sittings": [
            {"body": "cst", "on": FIRST_CST},
            {"body": "cst", "on": date(2027, 6, 10)},
        ],
        "use_cases": plain,
        "ratings": ratings,
        **sheets,
    }


def facts(*cases: dict[str, Any], **sheets: list[dict[str, Any]]) -> Facts:
    """Return the checked facts of those rows."""
    return build(rows(*cases, **sheets))


def steered(*cases: dict[str, Any], **sheets: list[dict[str, Any]]) -> Steering:
    """Return the answer of the whole way for them, with few draws."""
    return steer(facts(*cases, **sheets), on=TODAY, samples=200, time_limit=20)
