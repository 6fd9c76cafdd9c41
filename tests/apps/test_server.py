"""What the command line asks of the platform."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from apps.conftest import small, words
from gouvernail import server
from gouvernail.apps.accounts.models import Membership
from gouvernail.apps.facts.queries import rows_of
from gouvernail.apps.journal.models import Entry
from gouvernail_core.kernel import RefusedError


def test_an_import_says_what_moves_sheet_by_sheet(exempleville):
    rows = small()
    rows["services"].append({"id": "ccas", "name": "CCAS"})
    assert server.import_rows("exempleville", rows, dry_run=False) == ["Services : 1 ajoutée(s)"]
    [said] = server.import_rows("exempleville", rows, dry_run=False)
    assert words(said) == "Rien à changer : les faits sont déjà ceux du classeur."


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_writes_nothing_not_even_the_authority():
    from django.apps import apps

    said = server.import_rows("exempleville", small(), dry_run=True)
    assert "Personnes : 2 ajoutée(s)" in said
    assert not apps.get_model("authority.Authority").objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_refused_import_opens_no_authority():
    from django.apps import apps

    with pytest.raises(RefusedError):
        server.import_rows("x", {**small(), "use_cases": []}, dry_run=False)
    assert not apps.get_model("authority.Authority").objects.exists()


def test_a_demonstration_lets_one_be_one_person_of_each_role(exempleville, someone, at):
    people = [
        *rows_of(exempleville.pk)["people"],
        {"id": "second", "name": "Second", "role": "director"},
        {"id": "drh", "name": "Nadia", "role": "drh"},
    ]
    said = server._add_people(exempleville.pk, people, by=someone, at=at)
    assert [line.split(",")[0] for line in said] == ["Alice Dupont", "Bruno Martin", "Nadia"]
    assert {tuple(m.roles) for m in Membership.objects.all()} == {("dgs",), ("director",), ("drh",)}


def test_a_demonstration_without_people_has_a_director(exempleville, someone, at):
    assert server._add_people(exempleville.pk, [], by=someone, at=at) == (
        "Direction générale, direction générale",
    )


def test_a_tick_sees_to_lost_runs_and_changes_nothing_else(db):
    assert set(server.tick().values()) == {0}


def test_somebody_is_given_access_with_a_password_said_once(client, exempleville):
    given = {"username": "Alice@exempleville.fr", "name": "Alice", "roles": ["dgs"]}
    password = server.add_person("exempleville", **given)
    assert len(password) >= 12
    typed = {"username": "alice@exempleville.fr", "password": password}
    assert client.post("/compte/connexion", typed).status_code == 302
    assert server.add_person("exempleville", **{**given, "roles": ["elu"]}) == ""
    assert [m.roles for m in Membership.objects.all()] == [["elu"]]


def test_a_role_that_does_not_exist_is_said_with_those_that_do(db):
    with pytest.raises(RefusedError) as refused:
        server.add_person("x", username="a", name="A", roles=["roi"])
    assert "« roi » n’existe pas" in words(refused.value.problems[0].text.fr)


def test_a_taken_port_is_said_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RefusedError) as refused:
            server._check_port(port)
    assert f"Le port {port} est déjà pris" in words(refused.value.problems[0].text.fr)


def free_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def wait_for(url):
    for _ in range(300):
        try:
            with urlopen(url, timeout=5) as answer:
                return json.load(answer)
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture
def demo(tmp_path):
    """Serve an empty demonstration; give its process, its port and its children."""
    port = free_port()
    given = {"GOUVERNAIL_DEMO": "1", "GOUVERNAIL_DATA": str(tmp_path), "GOUVERNAIL_HTTPS": "0"}
    given["DJANGO_SETTINGS_MODULE"] = "gouvernail.settings"
    code = (
        "from gouvernail import server; server.setup(); server.migrate(); "
        f"server.serve_demo({port})"
    )
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, **given})
    wait_for(f"http://127.0.0.1:{port}/sante")
    children = subprocess.run(
        ["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    yield process, children
    process.kill()
    process.wait()


def gone(children):
    for _ in range(150):
        if not any(os.path.exists(f"/proc/{child}") for child in children):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_pages_and_the_worker_end_with_the_demonstration(demo, how):
    process, children = demo
    assert len(children) == 2
    process.send_signal(how)
    process.wait(timeout=20)
    assert gone(children)
