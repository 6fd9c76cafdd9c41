"""A call that cannot be understood is answered in French, on stderr, with exit code 2."""

import re

import pytest

ENGLISH = re.compile(
    r"\b(usage:|error|missing|no such|invalid|unexpected|options?:|show this|required|default)\b",
    re.I,
)
COMMANDS = (
    "steer",
    "workbook",
    "obligations",
    "select",
    "schedule",
    "schema",
    "scan",
    "detect",
    "import",
    "access",
    "affiliate",
    "backup",
    "export",
    "network",
    "restore",
    "restore-authority",
    "demo",
    "serve",
    "worker",
    "migrate",
    "verify-journal",
    "rule-changes",
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["steer"], "Il manque ce que la commande attend : CLASSEUR."),
        (["steer", "a.ods"], "Il manque l’option --out."),
        (["steer", "a.ods", "--out"], "L’option « --out » attend une valeur."),
        (["steer", "a.ods", "--outt", "b"], "L’option « --outt » n’existe pas. Vouliez-vous dire"),
        (["-z"], "L’option « -z » n’existe pas."),
        (["demo", "--serve=1"], "L’option « --serve » se donne seule, sans valeur."),
        (["stear"], "La commande « stear » n’existe pas. Vouliez-vous dire « steer » ?"),
        (["zzzz"], "La commande « zzzz » n’existe pas."),
        (["migrate", "x", "y"], "Cette commande n’attend rien de plus ; en trop : x y."),
        (["demo", "--port", "99999"], '--port : la valeur "99999" doit être au plus 65535.'),
        (["demo", "--port", "abc"], '--port : attendu : un nombre entier ; trouvé : "abc".'),
    ],
)
def test_a_wrong_call_is_said_in_french(gouvernail, words, said):
    answer = gouvernail(*words)
    assert (answer.code, answer.out) == (2, "")
    plain = re.sub(r"[\u00a0\u202f]", " ", answer.err)
    assert said in plain
    assert not ENGLISH.search(plain)


def test_a_wrong_call_says_where_the_help_is(gouvernail):
    assert "gouvernail steer --help" in gouvernail("steer").err


def test_no_word_at_all_prints_the_help_and_exits_with_two(gouvernail):
    answer = gouvernail()
    assert answer.code == 2
    assert "steer" in answer.out
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_holds_no_english(gouvernail, command):
    answer = gouvernail(*([command] if command else []), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert "Usage" in answer.out
    assert not ENGLISH.search(answer.out.replace("\u00a0", " "))


def test_every_command_is_held_to_french(gouvernail):
    from gouvernail.cli.app import app

    names = {c.name or c.callback.__name__ for c in app.registered_commands}
    assert names == set(COMMANDS)
