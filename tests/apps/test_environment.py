"""An installation says what it is by its environment; what is wrong is said with the remedy."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from apps.conftest import words
from gouvernail.environment import DATABASE, DEMO_DATABASE, EnvironmentRefused, postgres, read

SECRET = {"GOUVERNAIL_SECRET_KEY": "s" * 50, "GOUVERNAIL_JOURNAL_KEY": "j" * 50}


def test_nothing_said_is_a_closed_production(tmp_path):
    found = read({"GOUVERNAIL_DATA": str(tmp_path)})
    assert (found.debug, found.demo, found.https) == (False, False, True)
    assert found.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert found.database["NAME"] == str(tmp_path / DATABASE)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("key", ["", "short"])
def test_a_production_needs_a_secret_and_says_how_to_make_one(key):
    for name in SECRET:
        [sentence] = read(SECRET | {name: key}).lacking()
        assert sentence.fr.startswith(name)
        assert "secrets.token_urlsafe" in sentence.fr
    assert read(SECRET).lacking() == []


def test_a_secret_may_come_from_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("k" * 40 + "\n")
    assert read({"GOUVERNAIL_SECRET_KEY_FILE": str(file)}).secret_key == "k" * 40


def test_a_demonstration_makes_its_own_secret_once_for_itself_alone(tmp_path):
    given = {"GOUVERNAIL_DEMO": "1", "GOUVERNAIL_DATA": str(tmp_path)}
    first = read(given)
    assert first.lacking() == []
    assert read(given).secret_key == first.secret_key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "journal-key").stat().st_mode & 0o077 == 0
    assert first.journal_key != first.secret_key
    assert first.https is False


def test_a_demonstration_never_writes_in_the_database_of_a_real_one(tmp_path):
    given = {"GOUVERNAIL_DEMO": "1", "GOUVERNAIL_DATA": str(tmp_path)}
    assert read(given).database["NAME"] == str(tmp_path / DEMO_DATABASE)
    assert DEMO_DATABASE != DATABASE


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"GOUVERNAIL_DEBUG": "peut-être"}, "GOUVERNAIL_DEBUG vaut « peut-être »"),
        ({"GOUVERNAIL_LANGUAGE": "de"}, "écrivez fr"),
        ({"GOUVERNAIL_DATABASE_URL": "mysql://x/y"}, "PostgreSQL"),
        ({"GOUVERNAIL_DATABASE_URL": "postgresql://host"}, "PostgreSQL"),
        (
            {
                "GOUVERNAIL_DATABASE_URL": "postgresql://gv@h/a",
                "GOUVERNAIL_DATABASE_OWNER_URL": "postgresql://gv@h/a",
            },
            "avec un autre rôle",
        ),
        ({"GOUVERNAIL_DATABASE_OWNER_URL": "postgresql://owner@h/a"}, "la même base"),
        ({"GOUVERNAIL_SECRET_KEY_FILE": "/nowhere/key"}, "/nowhere/key"),
        ({"GOUVERNAIL_SECRETKEY": "x"}, "le plus proche est GOUVERNAIL_SECRET_KEY"),
        ({"GOUVERNAIL_FILE_LIMIT_MB": "0"}, "écrivez un nombre entier de 1 à 200"),
        ({"GOUVERNAIL_FILE_QUOTA_MB": "beaucoup"}, "un nombre entier"),
        ({"GOUVERNAIL_TRUSTED_PROXIES": "-1"}, "de 0 à 5"),
        ({"GOUVERNAIL_LOG": "xml"}, "json, text"),
        ({"GOUVERNAIL_LOG_LEVEL": "BRUYANT"}, "DEBUG, INFO"),
        ({"GOUVERNAIL_HSTS": "toujours"}, "host, subdomains, preload"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(given, word):
    with pytest.raises(EnvironmentRefused) as refused:
        read(given)
    assert word in words(refused.value.problems[0].text.fr)


def test_a_role_that_owns_the_tables_leaves_serving_to_another():
    given = {
        "GOUVERNAIL_DATABASE_URL": "postgresql://app@h/plan",
        "GOUVERNAIL_DATABASE_OWNER_URL": "postgresql://owner@h/plan",
    }
    found = read(given)
    assert found.serving_role == found.database["USER"] == "app"
    assert found.owner_database["USER"] == "owner"
    assert read({"GOUVERNAIL_DATABASE_URL": given["GOUVERNAIL_DATABASE_URL"]}).serving_role == ""


def test_every_setting_shown_is_known():
    sample = (Path(__file__).parents[2] / ".env.sample").read_text(encoding="utf-8")
    for name in re.findall(r"^#(GOUVERNAIL_[A-Z_]+)=", sample, re.M):
        if not name.startswith(("GOUVERNAIL_DATABASE", "GOUVERNAIL_SECRET")):
            assert read({name: "", **SECRET}).secret_key
    every = {"GOUVERNAIL_SECRET_KEY_FILE": "", "GOUVERNAIL_DATABASE_URL": "", **SECRET}
    assert read(every).secret_key == SECRET["GOUVERNAIL_SECRET_KEY"]


def checked(tmp_path, **given):
    """Return what Django says of an installation, in a process of its own."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("GOUVERNAIL_", "DJANGO_"))}
    said = {"GOUVERNAIL_SECRET_KEY": secrets.token_urlsafe(50), "GOUVERNAIL_DATA": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={**kept, **said, "DJANGO_SETTINGS_MODULE": "gouvernail.settings", **given},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("hsts", ["subdomains", "preload"])
def test_a_production_behind_a_relay_has_nothing_to_be_warned_of(tmp_path, hsts):
    (tmp_path / "static").mkdir()
    found = checked(tmp_path, GOUVERNAIL_TRUSTED_PROXIES="1", GOUVERNAIL_HSTS=hsts)
    assert found.returncode == 0, found.stderr


def test_an_installation_in_the_clear_is_warned_of(tmp_path):
    (tmp_path / "static").mkdir()
    found = checked(tmp_path, GOUVERNAIL_HTTPS="0")
    assert "security.W004" in found.stderr
    assert found.returncode == 1


def test_the_address_of_a_database_is_taken_apart():
    found = postgres("postgresql://gv:m%40t@db.example:5433/plan?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("gv", "m@t", "db.example")
    assert (found["PORT"], found["NAME"]) == ("5433", "plan")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_lists_are_separated_by_commas():
    given = {"GOUVERNAIL_ALLOWED_HOSTS": "ia.exempleville.fr, localhost"}
    assert read(given).allowed_hosts == ("ia.exempleville.fr", "localhost")


def test_the_embedded_database_lets_several_write(tmp_path):
    options = read({"GOUVERNAIL_DATA": str(tmp_path)}).database["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


@pytest.mark.parametrize(
    ("url", "read_as"),
    [
        ("smtp://courriel.example", ("courriel.example", 25, "", "", "")),
        (
            "smtp+starttls://nom%40ici:m%2Fp%3A@courriel.example",
            ("courriel.example", 587, "nom@ici", "m/p:", "starttls"),
        ),
        ("smtps://n:p@[::1]:4650/", ("::1", 4650, "n", "p", "ssl")),
    ],
)
def test_the_address_of_a_mail_server_is_taken_apart(url, read_as):
    mail = read({"GOUVERNAIL_EMAIL_URL": url}).mail
    assert (mail.host, mail.port, mail.user, mail.password, mail.tls) == read_as
    assert "password" not in repr(mail)


@pytest.mark.parametrize(
    "url", ["courriel.example:25", "imap://n:secret@x", "smtp://:99999", "smtp://n:secret@x:abc"]
)
def test_a_mail_server_that_cannot_be_read_is_refused_without_its_password(url):
    with pytest.raises(EnvironmentRefused) as refused:
        read({"GOUVERNAIL_EMAIL_URL": url})
    said = refused.value.problems[0].text.fr
    assert "smtp+starttls://" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "given",
    [
        {"GOUVERNAIL_EMAIL_FROM": "personne"},
        {"GOUVERNAIL_EMAIL_FROM": "a@b.example\nBcc: c@d.example"},
        {"GOUVERNAIL_ADDRESS": "gouvernail.example"},
        {"GOUVERNAIL_ADDRESS": "ftp://gouvernail.example"},
    ],
)
def test_a_sender_or_an_address_that_is_none_is_refused(given):
    with pytest.raises(EnvironmentRefused):
        read(given)


def test_letters_lead_to_the_platform_by_its_first_name():
    hosts = {"GOUVERNAIL_ALLOWED_HOSTS": "*, .ia.exempleville.fr"}
    found = read(hosts)
    assert (found.address, found.mail_from) == (
        "https://ia.exempleville.fr", "Gouvernail <gouvernail@ia.exempleville.fr>",
    )  # fmt: skip
    assert read(hosts | {"GOUVERNAIL_ADDRESS": "http://ia.local/"}).address == "http://ia.local"
