"""Three people: Alice directs, Bruno contributes, Chloé is from another authority."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gouvernail_core.kernel import Text
from gouvernail_core.knowledge.loader import rules_version

PLAN = Path(__file__).parents[1] / "fixtures" / "plan_small.json"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def platform(settings, tmp_path):
    """Compute in the same process, with a quick stub in place of the solvers."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.STEERING_RUN = "apps.conftest.quick_plan"
    settings.DOCUMENTS_WRITER = "apps.conftest.quick_documents"
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return settings


def quick_plan(rows: Any, *, on: Any, progress: Any = None) -> dict[str, Any]:
    """Return a small plan under the name of the authority whose rows are given."""
    if progress:
        progress(0.5, Text("à mi-chemin", "half-way"))
    written = PLAN.read_text(encoding="utf-8")
    plan = json.loads(written)
    name = rows["authority"][0]["name"]
    if name != "Ville d’Exempleville":  # every word of another authority is its own
        for number, case in enumerate(plan["cases"], start=1):
            written = written.replace(case["title"], f"Cas {number} de {name}")
            written = written.replace(f'"{case["id"]}"', f'"ailleurs-{number}"')
        plan = json.loads(written)
    named = {**plan["authority"], "name": name}
    version = rules_version()
    return {**plan, "on": on.isoformat(), "authority": named, "rules_version": version}


def quick_documents(plan: Any, out: Path, *, progress: Any = None) -> list[Path]:
    """Write one document."""
    written = out / "cas" / "fiche.pdf"
    written.parent.mkdir(parents=True)
    written.write_bytes(b"%PDF-")
    return [written]


@pytest.fixture
def at():
    """Return the moment of the tests' acts."""
    return AT


@pytest.fixture
def someone():
    """Return who writes when it does not matter who."""
    from gouvernail.common.actor import command

    return command("test")


@pytest.fixture
def small_rows():
    """Return the smallest workbook that can be used, with a little of everything that refers."""
    return small()


def small() -> dict[str, list[dict[str, Any]]]:
    """Return fresh rows."""
    return {
        "authority": [{"code": "exempleville", "name": "Ville d’Exempleville", "kind": "commune"}],
        "people": [
            {"id": "alice", "name": "Alice Dupont", "role": "dgs", "service": "accueil"},
            {"id": "bruno", "name": "Bruno Martin", "role": "director"},
        ],
        "services": [{"id": "accueil", "name": "Accueil", "head": "bruno", "agents": 12}],
        "stores": [{"id": "courriels", "name": "Messagerie", "service": "accueil", "data": ["RH"]}],
        "use_cases": [
            {
                "id": "courrier",
                "title": "Tri du courrier",
                "service": "accueil",
                "stores": ["courriels"],
                "tasks_lifted": ["trier", "relire"],
                "cost_year_1": 4000,
            },
            {"id": "repas", "title": "Prévision des repas", "requires": ["courrier"]},
        ],
        "criteria": [{"id": "qualite", "label": "Qualité", "weight": 30.5}],
        "ratings": [{"case": "courrier", "criterion": "qualite", "elu": 3.0}],
        "budgets": [{"year": 2027, "amount_eur": 60000}],
        "sittings": [{"body": "cst", "on": datetime(2027, 2, 11).date()}],
        "legal_facts": [{"case": "courrier", "fact": "use_case.personal_data", "value": "oui"}],
    }


@pytest.fixture
def exempleville(db, someone, at):
    """Return an authority with its facts."""
    return open_with(small(), someone, at)


def open_with(rows: Any, by: Any, at: Any) -> Any:
    """Return an authority that holds these rows."""
    from django.apps import apps

    from gouvernail.apps.facts import services

    pk = services.open_authority(rows["authority"][0]["code"], by=by, at=at)
    services.import_rows(pk, rows, by=by, at=at)
    return apps.get_model("authority.Authority").objects.get(pk=pk)


@pytest.fixture
def elsewhere(db, someone, at):
    """Return another authority, whose every word is its own."""
    rows = small()
    rows["authority"][0] |= {"code": "ailleurs", "name": "Commune d’Ailleurs"}
    rows["people"][0]["name"] = "Chloé Durand"
    rows["services"][0]["name"] = "Accueil d’Ailleurs"
    for case in rows["use_cases"]:
        case["title"] = f"{case['id'].title()} d’Ailleurs"
    return open_with(rows, someone, at)


def member(authority: Any, name: str, *roles: str) -> Any:
    """Return the account of somebody who is `roles` in `authority`."""
    from gouvernail.apps.accounts.services import add_member
    from gouvernail.common.actor import command

    return add_member(
        authority.pk, username=f"{name}@test", name=name.title(), roles=roles, by=command("test"),
        at=AT, password="pas à pas",
    ).user  # fmt: skip


@pytest.fixture
def alice(exempleville, client_of):
    """Return the browser of the general director."""
    return client_of(member(exempleville, "alice", "dgs"))


@pytest.fixture
def bruno(exempleville, client_of):
    """Return the browser of a head of service."""
    return client_of(member(exempleville, "bruno", "director"))


@pytest.fixture
def elu(exempleville, client_of):
    """Return the browser of an elected member, who reads."""
    return client_of(member(exempleville, "elsa", "elu"))


@pytest.fixture
def chloe(elsewhere, client_of):
    """Return the browser of the general director of another authority."""
    return client_of(member(elsewhere, "chloe", "dgs"))


@pytest.fixture
def client_of():
    """Return how to open a browser for an account."""
    from django.test import Client

    def opened(user: Any) -> Client:
        client = Client(headers={"accept-language": "fr"})
        client.force_login(user)
        return client

    return opened


def pk_of(authority: Any, of: str, **where: Any) -> int:
    """Return where a row is."""
    from gouvernail.apps.facts.tables import of_authority
    from gouvernail_core.facts import sheet

    return of_authority(sheet(of), authority.pk).get(**where).pk


def words(said: Any) -> str:
    """Return a page, or a sentence, with its no-break spaces made plain, to be searched."""
    text = said if isinstance(said, str) else said.content.decode()
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def filled(exempleville, elsewhere, someone, at, settings, tmp_path):
    """Return the ids of everything Alice's authority has; Chloé's has a plan of its own."""
    from gouvernail.apps.accounts.invitations import invite
    from gouvernail.apps.accounts.models import Delegation
    from gouvernail.apps.facts import services
    from gouvernail.apps.facts.tables import of_authority
    from gouvernail.apps.files.services import add_file
    from gouvernail.apps.steering.models import Result
    from gouvernail.apps.steering.services import run_now
    from gouvernail.common.inspection import inspect
    from gouvernail_core.facts import sheet, sheets

    settings.MEDIA_ROOT = tmp_path / "files"
    given = inspect(b"Exempleville", "Exempleville.txt", limit=100)
    file = add_file(exempleville.pk, given, sheet="services", row="accueil", by=someone, at=at)
    proof = {"case": "courrier", "rule": "RGPD-30", "document": "Exempleville"}
    services.add_row(exempleville.pk, sheet("proofs"), proof, by=someone, at=at)
    inventory = {
        "services": {"id": "exempleville", "name": "CCAS d’Exempleville"},
        "flows": {
            "id": "exempleville", "giver": "accueil", "receiver": "exempleville", "what": "Listes",
        },
        "matrix": {
            "data_class": "C2", "tool_class": "T1", "answer": "yes", "reason": "Exempleville",
        },
        "scan_duties": {"duty": "dpo", "done": True, "reference": "Exempleville"},
        "protection_efforts": {
            "store": "courriels", "act": "purge", "hours": 2.0, "note": "Exempleville",
        },
    }  # fmt: skip
    for code, row in inventory.items():
        services.add_row(exempleville.pk, sheet(code), row, by=someone, at=at)
    offer = {"id": "exempleville", "case": "courrier", "vendor": "Éditeur d’Exempleville"}
    services.add_row(exempleville.pk, sheet("offers"), offer, by=someone, at=at)
    # Before and after Chloé's: a query that forgets whose they are takes one of them.
    run_now(exempleville.pk, by=someone, at=at)
    run_now(elsewhere.pk, by=someone, at=at)
    run = run_now(exempleville.pk, by=someone, at=at)
    kept = services.keep_upload(
        exempleville.pk, name="Exempleville.ods", sha256="0" * 64, rows=small(), problems=(),
        by=someone, at=at,
    )  # fmt: skip
    rows = {
        s.code: of_authority(s, exempleville.pk).values_list("pk", flat=True).last() or 0
        for s in sheets()
    }
    giver, taker = (member(exempleville, name, "dgs") for name in ("aline", "amir"))
    invited = invite(
        exempleville.pk, name="Invitée d’Exempleville", roles=["elu"], by=someone, at=at
    )
    away = Delegation.objects.create(
        authority=exempleville, giver=giver, taker=taker, roles=["dgs"],
        starts_on=at, ends_on=at, created_at=at,
    )  # fmt: skip
    return {
        **messages_of(exempleville, giver, at),
        "run": run.id,
        "result": Result.objects.filter(authority=exempleville).latest("pk").pk,
        "upload": kept.pk,
        "rows": rows,
        "file": str(file.uid),
        "proof": rows["proofs"],
        "offer": rows["offers"],
        "member": giver.memberships.get().pk,
        "invitation": invited.invitation.pk,
        "delegation": away.pk,
    }


def messages_of(authority: Any, user: Any, at: Any) -> dict[str, int]:
    """Return the ids of a letter and of a message of this authority, which name it."""
    from gouvernail.apps.messaging.letters import notice
    from gouvernail.apps.messaging.models import Notice
    from gouvernail.apps.messaging.notices import notify
    from gouvernail.apps.messaging.services import Recipient, queue

    place = str(authority)
    letter = queue(
        "notice", Recipient("aline@test.example", place),
        lambda: notice(place, place=place, link="/", name=place), key="filled", at=at,
        authority_id=authority.pk,
    )  # fmt: skip
    words = {"name": place}
    notify("invitation-accepted", user.pk, authority_id=authority.pk, at=at, words=words)
    return {"letter": letter.pk, "notice": Notice.objects.filter(user=user).latest("pk").pk}
