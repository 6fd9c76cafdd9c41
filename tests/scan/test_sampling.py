"""« In one hour, where is the fire? »: a draw that says what it read and how sure it is."""

from dataclasses import replace
from itertools import count

import pytest

from gouvernail_core.protection import default_scale
from gouvernail_scan.examination import examine
from gouvernail_scan.sampled import sample
from gouvernail_scan.state import State
from services.examining import ON, PERSON, answer_of, stores_of

#: Fourteen files first in each store instead of two hundred and ninety-nine.
SMALL = replace(default_scale(), rare_share=0.2)


@pytest.fixture
def folders(tmp_path):
    """Return a grave store and a quiet one, a hundred files each."""
    found = []
    for name, text in (("grave", PERSON), ("calme", "La piscine ouvre à neuf heures.\n")):
        top = tmp_path / name
        top.mkdir()
        for number in range(100):
            # Files hold more or fewer people, so that their risks differ.
            phones = "".join(f"Tél. 06 39 98 {number:02d} {n:02d}\n" for n in range(number % 9))
            more = phones if name == "grave" else ""
            (top / f"{number}.txt").write_text(text + more, encoding="utf-8")
        found.append(top)
    return found


def drawn(folders, path, **options):
    with State(path) as state:
        answer = sample(
            [str(each) for each in folders], state, stores_of(*folders), on=ON,
            **{"seconds": 600, "workers": 1, "scale": SMALL, **options},
        )  # fmt: skip
        return answer, answer_of(state, *folders, finished=False)


def test_a_few_files_tell_the_grave_store_from_the_quiet_one(folders, tmp_path):
    answer, ledger = drawn(folders, tmp_path / "etat")
    grave, calm = answer.estimates
    assert (grave.store, calm.store) == ("grave", "calme")
    assert grave.read < 100
    assert grave.bounds.low > calm.bounds.high
    assert ledger["ledger"]["total"]["files"] == 200
    assert ledger["ledger"]["causes"][0]["cause"] == "not_yet"


def test_the_interval_holds_what_reading_everything_says_most_of_the_time(folders, tmp_path):
    given = [str(each) for each in folders]
    with State(tmp_path / "etat") as state:
        examine(given, state, workers=2)
        whole = answer_of(state, *folders)
        (truth,) = (each["risk"] for each in whole["stores"] if each["id"] == "grave")
        held = 0
        for seed in range(30):
            # All has been read already: only what the draw gives counts.
            answer = sample(
                given, state, stores_of(*folders), on=ON, seconds=600, seed=seed, scale=SMALL
            )
            bounds = answer.estimates[0].bounds
            held += bounds.low <= truth <= bounds.high
    assert held >= 24


def test_the_same_seed_reads_the_same_files(folders, tmp_path):
    one, read_one = drawn(folders, tmp_path / "un", seed=5)
    two, read_two = drawn(folders, tmp_path / "deux", seed=5)
    other, read_other = drawn(folders, tmp_path / "trois", seed=6)

    def names(answer):
        return {f["path"] for f in answer["files"] if f["store"] == "grave" and not f["causes"]}

    assert [each.risk.value for each in one.estimates] == [e.risk.value for e in two.estimates]
    assert names(read_one) == names(read_two) != names(read_other)
    assert other.seed == 6


def test_without_any_time_nothing_is_said_to_be_known(folders, tmp_path):
    ticks = count()
    answer, ledger = drawn(folders, tmp_path / "etat", seconds=0, clock=lambda: float(next(ticks)))
    assert ledger["ledger"]["examined"]["files"] < 60
    assert answer.reasons


def test_nothing_found_in_a_few_files_is_not_nothing_in_all_of_them(folders, tmp_path):
    answer, _ = drawn(folders, tmp_path / "etat")
    calm = answer.estimates[1]
    assert 0 < calm.read < 100
    assert calm.bounds.low == 0 < calm.bounds.high


def test_a_store_alone_is_not_said_to_come_before_another(folders, tmp_path):
    answer, _ = drawn(folders[:1], tmp_path / "etat")
    assert answer.estimates[0].read == 100, "the time given is used"
    assert [reason.code for reason in answer.reasons] == ["drawn"]
