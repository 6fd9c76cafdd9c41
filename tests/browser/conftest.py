"""Alice at her screen: a real browser, a real server, an authority with a plan or without."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apps.conftest import AT, PLAN, member, open_with, small
from gouvernail_core.knowledge.loader import rules_version

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
#: WCAG 2.2 AA, and what experience recommends besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = (
    "/",
    "/portefeuille",
    "/cas/c1",
    "/cas/courrier/questions?tout=1",
    "/choisir",
    "/feuille-de-route",
    "/consulter",
    "/consulter/calendrier",
    "/cas/courrier/offres",
    "/papiers",
    "/preuves",
    "/validation",
    "/ia-deja-la",
    "/proteger",
    "/proteger/flux",
    "/proteger/examen",
    "/explorer",
    "/changements",
    "/messages/",
    "/messages/preferences/",
    "/administration/courrier/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here: it needs Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def base_url() -> None:
    """Return no base address: the plugin's own fixture is written in a way pytest deprecates."""
    return None


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Read French, on the screen of an office, without animations."""
    return {
        **browser_context_args,
        "locale": "fr-FR",
        "viewport": {"width": 1440, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def example_plan() -> dict[str, Any]:
    """Return the plan of the tests."""
    return json.loads(PLAN.read_text(encoding="utf-8")) | {"rules_version": rules_version()}


@pytest.fixture
def authority(live_server: Any) -> Any:
    """Return an authority with its facts, seen by the server's thread."""
    from gouvernail.common.actor import command

    rows = small()
    rows["authority"][0] |= {"population": 33100, "agents": 550}
    return open_with(rows, command("test"), AT)


@pytest.fixture
def keep(authority: Any) -> Any:
    """Return how to keep a plan for the authority."""
    from gouvernail.apps.steering.services import keep_plan

    def kept(plan: dict[str, Any], *, stale: bool = False) -> Any:
        return keep_plan(
            authority.pk,
            plan,
            facts_digest="moved since" if stale else authority.facts_digest,
            at=AT,
            documents=["feuille-de-route.pdf", "feuille-de-route.odt", "plan.ods"],
        )

    return kept


@pytest.fixture
def sign_in(live_server: Any, authority: Any) -> Any:
    """Return how to give a browser Alice's session."""
    user = member(authority, "alice", "dgs")
    return lambda context: let_in(context, live_server, user)


def let_in(context: Any, live_server: Any, user: Any) -> None:
    """Give a browser somebody's session."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])


@pytest.fixture
def screen(page: Any, context: Any, live_server: Any, sign_in: Any, keep: Any, example_plan: Any):
    """Return Alice's page; at the end, the console must have stayed silent."""
    keep(example_plan)
    sign_in(context)
    page.base = live_server.url
    heard = listen(page)
    yield page
    assert heard == []


def listen(page: Any) -> list[str]:
    """Return the list that will hold what the console says, policy violations included."""
    heard: list[str] = []
    page.on("console", lambda m: heard.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def violations(page: Any) -> list[str]:
    """Return what axe-core finds, one line each; run under the page's own strict policy."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.map(v =>"
        " `${v.id}: ${v.nodes[0].target} ${v.nodes[0].html.slice(0, 160)}`))",
        RULES,
    )
    return list(found)


def overflow(page: Any) -> int:
    """Return by how many pixels the page is wider than the window."""
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(script))
