"""The official list of authorities: complete, and found by a few letters."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from gouvernail_core.authority import AuthorityKind
from gouvernail_core.authority.directory import Entry, entries, entry, search


def naive_search(start: str) -> list[Entry]:
    """Every authority with a word that starts so, by the slowest and plainest way."""
    marks = str.maketrans("àâäçéèêëîïôöùûüÿÉÈÎÔÂ", "aaaceeeeiioouuuyeeioa")

    def words(name: str) -> list[str]:
        return name.translate(marks).lower().replace("-", " ").replace("'", " ").split()

    return [one for one in entries() if any(word.startswith(start) for word in words(one.name))]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        pytest.param(AuthorityKind.COMMUNE, 34_969, id="communes"),
        pytest.param(AuthorityKind.EPCI_FP, 1_255, id="epci"),
        pytest.param(AuthorityKind.AUTRE, 11, id="ept"),
        pytest.param(AuthorityKind.DEPARTEMENT, 109, id="departements"),
        pytest.param(AuthorityKind.REGION, 26, id="regions"),
    ],
)
def test_holds_as_many_authorities_as_insee_and_the_dgcl_publish(kind, count):
    assert sum(one.kind is kind for one in entries()) == count


def test_counts_the_groupings_by_nature_as_the_dgcl_does():
    natures = Counter(one.nature for one in entries() if one.kind is AuthorityKind.EPCI_FP)
    assert natures == {"CC": 989, "CA": 230, "METRO": 21, "CU": 14, "MET69": 1}


def test_gives_every_authority_a_code_of_its_own():
    assert len({one.code for one in entries()}) == len(entries())


def test_knows_the_facts_of_a_commune():
    romans = entry("26281")
    assert (romans.name, romans.population, romans.siren) == (
        "Romans-sur-Isère", 33_464, "212602817",
    )  # fmt: skip
    assert (romans.departments, romans.region, romans.place) == (("26",), "84", "Drôme (26)")
    assert entry("212602817") is romans


@pytest.mark.parametrize(
    "typed", ["saint et", "st etienne", "Saint-Étienne", "SAINT ETIENNE", "42218"]
)
def test_finds_saint_etienne_however_it_is_typed(typed):
    assert entry("42218") in search(typed)


def test_puts_the_whole_name_first_then_the_start_then_a_word():
    assert search("annecy")[0].code == "74010"
    assert search("saint etienne")[0].code == "42218"
    assert [one.name for one in search("isère")][:1] == ["Isère"]
    assert search("faucigny")[1].name == "CC Faucigny - Glières"


def test_orders_what_is_alike_by_population():
    populations = [one.population for one in search("villeneuve-l", limit=8)]
    assert populations == sorted(populations, reverse=True)


def test_tells_homonyms_apart_by_their_departement():
    places = [one.place for one in search("sainte-colombe", limit=12)]
    assert len(set(places)) == 12


@pytest.mark.parametrize("start", ["rom", "bou", "isl", "orl"])
def test_three_letters_find_every_name_a_plain_reading_finds(start):
    found = search(start, limit=40_000)
    assert {one.code for one in found} == {one.code for one in naive_search(start)}


def test_two_letters_only_find_a_name_of_two_letters():
    assert {one.name for one in search("eu", limit=50)} == {"Eu"}
    assert [one.name for one in search("y")] == ["Y"]
    assert search("") == search("  ") == search("zzz") == ()


def test_says_which_departements_a_grouping_lies_astride():
    ried = next(one for one in search("ried de marckolsheim"))
    assert ried.place == "Bas-Rhin (67), Haut-Rhin (68)"
    assert entry("200054781").departments == ("75", "91", "92", "93", "94", "95")


def test_leaves_the_population_open_where_insee_publishes_none():
    unpublished = [one.code for one in entries() if one.population is None]
    assert {"D984", "R984", "R989"} <= set(unpublished)
    assert sum(code[0] not in "DR" for code in unpublished) == 6


def test_refuses_a_code_nobody_has():
    with pytest.raises(KeyError):
        entry("99999")


def test_answers_within_ten_milliseconds_once_loaded():
    search("abc")
    for typed in ("sai", "les", "st", "saint et", "zzzz", "communaute"):
        spent = []
        for _ in range(5):
            begun = time.process_time()
            search(typed)
            spent.append(time.process_time() - begun)
        assert min(spent) < 0.010
