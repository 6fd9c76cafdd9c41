"""A workbook damaged anywhere is refused in words, or read: it never breaks the reader."""

from __future__ import annotations

import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouvernail.workbook import read_rows
from gouvernail.workbook.files import LARGEST_FILE, open_file
from gouvernail_core.kernel import RefusedError
from workbook.making import FORMATS, example, part_of, with_part

PARTS = {"ods": "content.xml", "xlsx": part_of("legal_facts")}
GOOD = {kind: example(kind) for kind in FORMATS}
QUIET = settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


class Panic(BaseException):
    """What a reader written in another language raises when it gives up."""


def test_a_reader_that_panics_gives_a_sentence(monkeypatch):
    def panic(_):
        raise Panic

    monkeypatch.setattr(python_calamine, "load_workbook", panic)
    read = read_rows(GOOD["ods"], name="classeur.ods")
    assert read.unreadable
    assert [problem.code for problem in read.problems] == ["damaged-file"]
    assert not any(read.rows.values())


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, MemoryError])
def test_a_person_who_interrupts_is_obeyed(monkeypatch, stop):
    def interrupted(_):
        raise stop

    monkeypatch.setattr(python_calamine, "load_workbook", interrupted)
    with pytest.raises(stop):
        read_rows(GOOD["ods"])


@pytest.mark.parametrize("kind", FORMATS)
def test_bytes_changed_anywhere_never_break_the_reader(kind):
    @QUIET
    @given(st.integers(0, len(GOOD[kind]) - 1), st.binary(min_size=1, max_size=200))
    def holds(place, noise):
        read = read_rows(GOOD[kind][:place] + noise + GOOD[kind][place + len(noise) :])
        assert all(problem.text.fr for problem in read.problems)

    holds()


@pytest.mark.parametrize("kind", FORMATS)
def test_xml_cut_or_garbled_within_a_sound_archive_never_breaks_the_reader(kind):
    @QUIET
    @given(st.floats(0, 1), st.sampled_from([b"", b"<", b"</row>", b"&#0;", b'"', b"\xff", b"<x>"]))
    def holds(share, noise):
        def garble(xml):
            place = int(share * len(xml))
            return xml[:place] + noise + xml[place + 3 :]

        read = read_rows(with_part(GOOD[kind], PARTS[kind], garble))
        assert all(problem.text.fr for problem in read.problems)

    holds()


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_a_part_emptied_never_breaks_the_reader(part):
    read = read_rows(with_part(GOOD["xlsx"], part, lambda _: b""))
    assert read.problems


def test_the_largest_file_is_looked_at_and_one_byte_more_is_not():
    with pytest.raises(RefusedError) as at_the_limit:
        open_file(b"x" * LARGEST_FILE)
    assert at_the_limit.value.problems[0].code == "not-a-workbook"
    with pytest.raises(RefusedError) as beyond:
        open_file(b"x" * (LARGEST_FILE + 1))
    assert beyond.value.problems[0].code == "file-too-large"
