"""The files by which it is deployed agree with the settings, the commands and the guide."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess

import pytest
import yaml

from consistency.tree import ROOT
from gouvernail.cli.app import app

DEPLOY = ROOT / "deploy"
GUIDE = (ROOT / "docs" / "guides" / "installer.md").read_text(encoding="utf-8")
SAMPLE = (ROOT / ".env.sample").read_text(encoding="utf-8")
UNITS = sorted(DEPLOY.glob("*.service"))
#: Read by `migrate` where the application's role may not change tables.
OWNER = "GOUVERNAIL_DATABASE_OWNER_URL"
COMMANDS = {c.name or c.callback.__name__.strip("_") for c in app.registered_commands}


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def compose():
    return yaml.safe_load(read("compose.yml"))


def unit(file):
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str
    parsed.read(file, encoding="utf-8")
    return parsed


def test_every_setting_named_exists():
    shown = set(re.findall(r"^#(GOUVERNAIL_[A-Z_]+)=", SAMPLE, re.M))
    for file in DEPLOY.iterdir():
        named = set(re.findall(r"GOUVERNAIL_[A-Z_]+", file.read_text(encoding="utf-8")))
        assert named <= shown, file.name


def test_every_command_started_exists():
    for file in UNITS:
        program, command, *_ = shlex.split(unit(file)["Service"]["ExecStart"])
        assert program == "/usr/lib/gouvernail/bin/gouvernail"
        assert command in COMMANDS
    for service in compose()["services"].values():
        if "command" in service:
            assert service["command"][0] == "gouvernail"
            assert service["command"][1] in COMMANDS


@pytest.mark.parametrize("file", UNITS, ids=lambda f: f.name)
def test_a_unit_can_write_its_data_and_nothing_else(file):
    service = unit(file)["Service"]
    assert service["User"] == "gouvernail"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "gouvernail"
    for wish in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices"):
        assert service[wish] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert service["KillSignal"] == "SIGTERM"
    assert "GOUVERNAIL_SECRET" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", UNITS, ids=lambda f: f.name)
def test_systemd_itself_finds_nothing_to_say(file, tmp_path):
    """Where systemd is there; elsewhere the parsing above stands alone."""
    program = shutil.which("systemd-analyze")
    copy = tmp_path / file.name  # the program it starts is not installed on this machine
    text = file.read_text(encoding="utf-8")
    copy.write_text(
        text.replace("/usr/lib/gouvernail/bin/gouvernail", "/bin/true"), encoding="utf-8"
    )
    told = (
        subprocess.run([program, "verify", "--man=no", str(copy)], capture_output=True, text=True)
        if program
        else None
    )
    assert told is None or file.name not in told.stderr, told.stderr


def test_the_image_holds_no_secret_and_runs_as_nobody_in_particular():
    text = read("Dockerfile")
    last = text.rpartition("FROM ")[2]
    assert text.count("FROM ") == 2
    assert "USER gouvernail" in last
    assert "HEALTHCHECK" in last
    assert "/sante" in last
    assert "--require-hashes" in text
    assert not re.search(r"(SECRET|PASSWORD)", text)
    for copied in re.findall(r"^COPY ([^-].*) \S+$", text, re.M):
        for name in copied.split():
            assert (ROOT / name).exists(), name
            assert f"!{name}" in (ROOT / ".dockerignore").read_text("utf-8").splitlines()


def test_compose_gives_the_pages_the_role_that_owns_nothing():
    services = compose()["services"]
    for name in ("web", "worker"):
        given = services[name]["environment"]
        assert OWNER not in given
        assert "://gouvernail_app:" in given["GOUVERNAIL_DATABASE_URL"]
    assert "://gouvernail_owner:" in services["migrate"]["environment"][OWNER]
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert services["database"]["image"].startswith("postgres:15")


def test_compose_holds_no_password():
    for service in compose()["services"].values():
        for name, value in service["environment"].items():
            if "PASSWORD" in name or "SECRET" in name:
                assert re.fullmatch(r"\$\{[A-Z_]+:\?\}", value), name


def test_the_roles_cannot_pass_over_the_isolation():
    text = read("postgres-roles.sql")
    for role in ("gouvernail_owner", "gouvernail_app"):
        assert re.search(rf"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS", text)
    assert "OWNER gouvernail_owner" in text
    assert not re.search(r"PASSWORD '[^']", text)


def test_ports_and_folders_are_the_same_everywhere():
    for name in ("gouvernail-web.service", "Dockerfile", "compose.yml"):
        assert "8000" in read(name)
    for name in ("Dockerfile", "compose.yml", "gouvernail-web.service"):
        assert "/var/lib/gouvernail" in read(name)
    assert "--port 8000" in GUIDE
    for file in DEPLOY.iterdir():
        if not file.name.startswith("."):
            assert f"deploy/{file.name}" in GUIDE, file.name
