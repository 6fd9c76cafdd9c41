"""The OpenAPI document is that of the operations, and what answers is what it says."""

from __future__ import annotations

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from apps.api.conftest import key_of
from apps.conftest import AT, member, small
from gouvernail import api as whole
from gouvernail.api_urls import api

DOCUMENT = whole.document(api)
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
HELD = (
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)


def test_the_published_document_is_that_of_the_operations():
    import openapi

    assert openapi.FILE.read_text(encoding="utf-8") == openapi.wanted(), "run bin/openapi.py"


def test_the_document_is_given_to_anybody_and_the_page_explains_it(client, db):
    told = client.get("/api/v1/openapi.json").json()
    assert told["info"]["title"] == "Gouvernail"
    page = client.get("/api/v1/", headers={"accept-language": "fr"}).content.decode()
    assert "/api/v1/facts/{code}" in page
    assert "Modifier les faits" in page


@pytest.fixture(scope="module")
def plan():
    """Return a plan as it is truly computed."""
    from gouvernail.steering_run import compute

    return json.loads(json.dumps(compute(small(), on=AT.date())))


@pytest.fixture
def one_connection():
    """Keep the connection of the test between two calls, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def key(exempleville, filled, plan, one_connection):
    """Return a key to an authority that has everything, and a true plan."""
    from gouvernail.apps.steering.services import keep_plan

    keep_plan(exempleville.pk, plan, facts_digest=exempleville.facts_digest, at=AT)
    return key_of(member(exempleville, "alice", "dgs"), authority=exempleville)


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(
    max_examples=6, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_what_answers_is_what_the_document_says(case, key):
    from gouvernail.wsgi import application

    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {key}"}
    answer = case.call(app=application)
    case.validate_response(answer, checks=HELD)
