"""A word too long for its column is given places to break; others are left alone."""

from gouvernail.documents.clean import LONGEST_RUN, printable


def test_leaves_ordinary_words_and_compound_names_alone():
    for word in ("anticonstitutionnellement", "Saint-Germain-des-Fossés-et-de-ses-environs"):
        assert printable(word) == word


def test_gives_a_run_without_space_places_to_break():
    printed = printable("x" * 5000)
    assert printed.replace("\u200b", "") == "x" * 5000
    assert max(len(piece) for piece in printed.split("\u200b")) <= LONGEST_RUN
