"""One story along the whole way: hand in a workbook, read the answer, change a fact, see why."""

import io
import json
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.conftest import AT, member, words
from gouvernail.apps.facts import services as facts
from gouvernail.apps.facts.tables import of_authority
from gouvernail.apps.steering import queries
from gouvernail.common.actor import command
from gouvernail.steering_run import compute
from gouvernail.workbook import write_workbook
from gouvernail_core.facts import sheet

PAGES = (
    "home:week", "portfolio:board", "portfolio:existing_uses", "portfolio:explore",
    "selection:choose", "roadmap:roadmap", "obligations:duties", "protection:ranking",
)  # fmt: skip


def file_of(rows):
    stream = io.BytesIO()
    write_workbook(rows, stream, format="ods")
    return SimpleUploadedFile("classeur.ods", stream.getvalue())


def enter(authority_id, name, role):
    from django.apps import apps

    authority = apps.get_model("authority.Authority").objects.get(pk=authority_id)
    client = Client(headers={"accept-language": "fr"})
    client.force_login(member(authority, name, role))
    return client


def test_a_director_goes_from_a_workbook_to_a_plan_and_back(db, rows):
    authority = facts.open_authority(rows["authority"][0]["code"], by=command("test"), at=AT)
    alice = enter(authority, "alice", "dgs")

    # Before any plan, the page says where to begin.
    assert alice.get(reverse("home:week")).status_code == 200
    assert queries.latest_plan(authority) is None

    # The workbook is shown before anything is written, then imported.
    review = alice.post(reverse("facts:import"), {"workbook": file_of(rows)}, follow=True)
    assert of_authority(sheet("use_cases"), authority).count() == 0
    alice.post(review.wsgi_request.path)
    assert of_authority(sheet("use_cases"), authority).count() == 4

    # The whole way is run, its documents are written.
    alice.post(reverse("steering:ask"))
    plan = queries.latest_plan(authority)
    assert not plan.stale
    proposed = plan.plan["selection"]["recommended"]
    assert set(proposed) == {"repas", "entretiens", "deliberations"}

    # The page and the command line give the same answer to the same facts, on the same day.
    day = date.fromisoformat(plan.plan["on"])
    assert queries.whole_plan(plan) == json.loads(json.dumps(compute(rows, on=day)))

    # Every page reads the same plan.
    for name in PAGES:
        answer = alice.get(reverse(name))
        assert answer.status_code == 200, name
        assert b"_(" not in answer.content
    for case in plan.plan["cases"]:
        assert words(alice.get(reverse("portfolio:case", args=[case["id"]]))).count(case["title"])
    page = words(alice.get(reverse("roadmap:roadmap")))
    pdf = reverse("steering:document", args=[plan.id, "feuille-de-route.pdf"])
    assert pdf in page
    assert b"".join(alice.get(pdf).streaming_content).startswith(b"%PDF")

    # A stranger sees nothing of it.
    elsewhere = facts.open_authority("ailleurs", by=command("test"), at=AT)
    chloe = enter(elsewhere, "chloe", "dgs")
    assert chloe.get(pdf).status_code == 404
    assert "Prévision" not in words(chloe.get(reverse("portfolio:case", args=["repas"])))

    # A fact changes: the plan says it is out of date, and once computed again, what changed.
    budget = of_authority(sheet("budgets"), authority).get(year=2027)
    edit = reverse("facts:row", args=["budgets", budget.pk])
    poorer = {"year": "2027", "amount_eur": "30000", "version": "1"}
    assert alice.post(edit, poorer).status_code == 302
    assert queries.latest_plan(authority).stale
    alice.post(reverse("steering:ask"))
    after = queries.latest_plan(authority)
    assert not after.stale
    assert after.plan["selection"]["recommended"] != proposed or after.plan["selection"]["conflict"]
    assert "30 000" in words(alice.get(reverse("home:week")))
