"""Links lead somewhere, commands shown exist, requirements and settings agree."""

from __future__ import annotations

import re
import subprocess
import tomllib
from urllib.parse import unquote

import yaml

from consistency.tree import ROOT, name_of, tracked_files

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
TARGET = re.compile(r"^([a-z][a-z-]*):(.*)$", re.M)


def documents():
    return [file for file in tracked_files() if file.suffix == ".md"]


def anchors(text):
    """Return the anchors that forges give to headings: lower case, words joined by hyphens."""
    titles = re.findall(r"^#+\s+(.*?)\s*$", FENCE.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def makefile_targets():
    """Return what follows the colon of each target a person may call."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return dict(TARGET.findall(text))


def test_links_between_documents_lead_somewhere():
    broken = []
    for file in documents():
        text = FENCE.sub("", file.read_text(encoding="utf-8"))
        for groups in LINK.findall(text):
            address = next(filter(None, groups))
            if re.match(r"[a-z]+:", address):
                continue
            path, _, anchor = unquote(address).partition("#")
            target = (file.parent / path) if path else file
            if not target.exists():
                broken.append(f"{name_of(file)} → {address}")
            elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text()):
                broken.append(f"{name_of(file)} → {address} (no such heading)")
    assert broken == []


def test_every_decision_is_in_the_index_with_its_title():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for file in sorted((ROOT / "docs" / "adr").glob("*.md")):
        title = file.read_text(encoding="utf-8").splitlines()[0].split(". ", 1)[1]
        assert f"[{title}](adr/{file.name})" in index, file.name


def test_every_decision_says_context_decision_and_consequences():
    for file in sorted((ROOT / "docs" / "adr").glob("*.md")):
        headings = re.findall(r"^## (.*)$", file.read_text(encoding="utf-8"), re.M)
        assert headings == ["Context", "Decision", "Consequences"], file.name


def test_every_gesture_of_the_makefile_says_what_it_does():
    silent = [name for name, rest in makefile_targets().items() if " ## " not in f" {rest}"]
    assert silent == []


def test_bare_make_lists_every_gesture():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^ +make ([a-z-]+)", listed, re.M)) == set(makefile_targets())


def test_gestures_stay_short():
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").split("\n\n")
    long = [
        block for block in lines if sum(line.startswith("\t") for line in block.split("\n")) > 5
    ]
    assert long == []


def test_documents_name_only_gestures_that_exist():
    unknown = []
    for file in documents():
        for name in re.findall(r"`make ([a-z-]+)", file.read_text(encoding="utf-8")):
            if name not in makefile_targets():
                unknown.append(f"{name_of(file)}: make {name}")
    assert unknown == []


def test_what_we_declare_is_what_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    shipped = [*project["dependencies"], *extras["web"]]
    everything = shipped + [each for extra in extras.values() for each in extra]

    def missing(wanted, file):
        pinned = (ROOT / file).read_text(encoding="utf-8")
        names = [re.match(r"[\w-]+", line)[0].lower().replace("_", "-") for line in wanted]
        return [n for n in names if not re.search(rf"^{n}(\[.*?\])?==", pinned, re.M)]

    assert missing(shipped, "requirements.txt") == []
    assert missing(everything, "requirements-dev.txt") == []


def test_tests_install_the_very_versions_of_production():
    pin = re.compile(r"^(\S+==[^ \\]+)", re.M)
    production = set(pin.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")))
    tests = set(pin.findall((ROOT / "requirements-dev.txt").read_text(encoding="utf-8")))
    assert production
    assert production <= tests


def test_public_code_card_says_what_the_project_says():
    card = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert card["softwareVersion"] == project["version"]
    assert card["legal"]["license"] == project["license"]
    for language in ("fr", "en"):
        description = card["description"][language]
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


def test_licence_is_the_whole_text():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"^(\d+)\.", text, re.M) == [str(n) for n in range(1, 16)]
    assert "Appendix" in text


def test_changelog_opens_with_what_is_not_published_yet():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.M)[0] == "Non publié"
