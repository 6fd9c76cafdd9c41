"""The tutorial is played: each of its shell commands is run, in order, in an empty folder."""

import re
import shlex
import subprocess
import sys
import zipfile

from consistency.tree import ROOT

TUTORIAL = ROOT / "docs" / "tutoriels" / "du-classeur-a-la-feuille-de-route.md"


def test_every_command_of_the_tutorial_runs_and_gives_what_it_says(tmp_path):
    text = TUTORIAL.read_text(encoding="utf-8")
    commands = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
                for line in block.splitlines() if line.strip()]  # fmt: skip
    assert len(commands) == 3
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "gouvernail"
        done = subprocess.run(
            [sys.executable, "-m", "gouvernail", *words[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    said = re.findall(r"`(feuille/[\w.-]+)`", text)
    assert len(said) == 3
    assert all((tmp_path / name).is_file() for name in said)


def test_the_refusal_the_tutorial_shows_is_the_one_given(tmp_path):
    """The amount of the sixth case (line 7, after the header) is written in words."""
    from gouvernail.demo.example import example_rows
    from gouvernail.workbook.write import write_workbook

    rows = example_rows()
    rows["use_cases"][5]["cost_year_1"] = 999001
    sound, faulty = tmp_path / "sound.ods", tmp_path / "faulty.ods"
    write_workbook(rows, sound)
    figure = re.compile(r'office:value-type="float" office:value="999001"><text:p>999001<')
    with zipfile.ZipFile(sound) as read, zipfile.ZipFile(faulty, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            if name == "content.xml":
                word = 'office:value-type="string"><text:p>douze mille<'
                text, count = figure.subn(word, content.decode())
                assert count == 1
                content = text.encode()
            written.writestr(name, content)
    done = subprocess.run(
        [sys.executable, "-m", "gouvernail", "steer", str(faulty), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()
    assert done.stderr.strip() in TUTORIAL.read_text(encoding="utf-8")


def test_the_number_of_sheets_is_the_one_of_the_workbook():
    from gouvernail_core.facts import sheets

    assert len(sheets()) == 25
    assert "vingt-cinq feuilles" in TUTORIAL.read_text(encoding="utf-8")
