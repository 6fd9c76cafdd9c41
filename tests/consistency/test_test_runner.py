"""`bin/test` forgets no test, and counts honestly."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.machinery import SourceFileLoader

import pytest

import junit
from consistency.tree import ROOT


@pytest.fixture(scope="module")
def runner():
    loader = SourceFileLoader("bin_test", str(ROOT / "bin" / "test"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("bin_test", loader))
    sys.modules["bin_test"] = module  # dataclasses look their module up
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


def test_every_folder_of_tests_belongs_to_a_part(runner):
    listed = {folder for part in runner.PARTS for folder in part.folders}
    holding = {f"tests/{f.relative_to(ROOT / 'tests').parts[0]}" for f in runner_files()}
    assert holding <= listed


def runner_files():
    return (ROOT / "tests").rglob("test_*.py")


def test_a_folder_without_tests_is_a_failure(runner, monkeypatch, tmp_path):
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    (tmp_path / "tests" / "flow").mkdir(parents=True)
    part = runner.Part("x", ("tests/flow", "tests/absent"))
    assert part.existing() == ["tests/flow"]
    assert part.empty() == ["tests/flow"]
    (tmp_path / "tests" / "flow" / "test_a.py").touch()
    assert part.empty() == []


@pytest.mark.parametrize(
    ("command", "failures"),
    [
        (["true"], 0),
        (["sh", "-c", "exit 5"], 1),  # no test was collected
        (["sh", "-c", "kill -9 $$"], 1),  # it died without a report
    ],
)
def test_a_part_that_fails_without_a_report_counts_as_one(runner, tmp_path, command, failures):
    runner.REPORTS = tmp_path
    assert len(runner.call("x", command).failures) == failures


def test_counts_what_a_report_says(tmp_path):
    file = tmp_path / "report.xml"
    file.write_text(
        '<testsuites><testsuite><testcase classname="a" name="passes"/>'
        '<testcase classname="a" name="speaks"><system-out>…</system-out></testcase>'
        '<testcase classname="a" name="fails"><failure/></testcase>'
        '<testcase classname="a" name="breaks"><error/></testcase>'
        '<testcase classname="a" name="skips"><skipped/></testcase></testsuite></testsuites>',
        encoding="utf-8",
    )
    assert junit.read(file) == junit.Count(2, ("a::fails", "a::breaks", "a::skips"))


def test_reads_the_reports_of_the_checks_as_it_writes_them(tmp_path):
    file = tmp_path / "folder" / "report.xml"
    junit.write(file, {"ruff": None, "mypy": "<error> & so on"})
    assert junit.read(file) == junit.Count(1, ("check::mypy",))


def test_closes_with_one_line_of_totals(runner, capsys):
    counts = {
        "core": (junit.Count(3), 1.0),
        "apps": (junit.Count(2, ("a::fails",)), 2.0),
    }
    assert runner.summary(counts) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "5 passed, 1 failed"
    assert "  FAILED a::fails" in lines


def test_nothing_run_is_not_a_success(runner, capsys):
    assert runner.summary({}) == 1


def test_refuses_a_part_that_does_not_exist():
    command = [sys.executable, str(ROOT / "bin" / "test"), "nonsense"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nonsense" in done.stderr
