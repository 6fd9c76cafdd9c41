"""An installation says what it is by its environment; what is wrong is said with the remedy."""

from __future__ import annotations

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
        ({"GOUVERNAIL_SECRET_KEY_FILE": "/nowhere/key"}, "/nowhere/key"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(given, word):
    with pytest.raises(EnvironmentRefused) as refused:
        read(given)
    assert word in words(refused.value.problems[0].text.fr)


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
