"""Chromium is found, or its absence is said; and it really shows a page."""

from __future__ import annotations

import os

import pytest

from services import chromium


def make_program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """Return a folder that is the whole PATH of a machine without any browser."""
    monkeypatch.delenv("GV_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def test_a_chosen_browser_comes_first(bare, monkeypatch):
    make_program(bare / "bin" / "chromium")
    mine = make_program(bare / "mine")
    monkeypatch.setenv("GV_CHROMIUM", str(mine))
    assert chromium.find_chromium() == mine


def test_a_chosen_browser_that_cannot_run_is_refused_and_not_replaced(bare, monkeypatch):
    make_program(bare / "bin" / "chromium")
    monkeypatch.setenv("GV_CHROMIUM", str(bare / "absent"))
    with pytest.raises(chromium.ChromiumNotFoundError, match="GV_CHROMIUM"):
        chromium.find_chromium()


@pytest.mark.parametrize("name", chromium.NAMES)
def test_an_installed_browser_is_found_by_name(bare, name):
    program = make_program(bare / "bin" / name)
    assert chromium.find_chromium() == program


def test_the_unpacked_browser_is_the_last_resort_and_brings_its_libraries(bare):
    program = make_program(bare / "unpacked" / "chromium")
    options = chromium.launch_options(bare / "unpacked")
    assert options["executable_path"] == str(program)
    assert options["env"]["LD_LIBRARY_PATH"].startswith(str(bare / "unpacked" / "al2023" / "lib"))


def test_absence_is_said_with_its_remedy(bare):
    with pytest.raises(chromium.ChromiumNotFoundError, match="prerequis-test"):
        chromium.find_chromium(bare / "unpacked")


@pytest.mark.parametrize(("uid", "expected"), [(0, ["--no-sandbox"]), (1000, [])])
def test_the_sandbox_is_left_out_for_root_only(bare, monkeypatch, uid, expected):
    make_program(bare / "bin" / "chromium")
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert chromium.launch_options()["args"] == expected


@pytest.mark.browser
@pytest.mark.slow
def test_shows_a_page_in_french():
    from playwright.sync_api import sync_playwright

    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(**chromium.launch_options()) as browser,
    ):
        page = browser.new_page(locale="fr-FR")
        page.set_content("<!doctype html><title>Gouvernail</title><h1>Garder la main</h1>")
        assert page.get_by_role("heading").inner_text() == "Garder la main"
        assert page.evaluate("navigator.language") == "fr-FR"
