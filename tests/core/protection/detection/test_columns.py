"""Tables: a heading says what the cells are."""

import pytest

from gouvernail_core.protection.detection.columns import heading_of, in_table, kinds_of
from gouvernail_core.protection.detection.detect import detect
from gouvernail_core.protection.detection.kinds import PersonalData as Kind


def cells(text: str) -> list[tuple[str, str]]:
    return [(span.type.value, text[span.start : span.end]) for span in detect(text)]


def test_the_cells_of_a_table_are_what_its_heading_says():
    text = "Nom;Prénom;Né le;N° alloc;Régime\nKARADENIZ;Elif;3/2/1988;1234567;sans porc\n"
    assert cells(text) == [
        ("PER", "KARADENIZ"), ("PER", "Elif"), ("DDN", "3/2/1988"), ("CAF", "1234567"),
        ("ART9", "sans porc"),
    ]  # fmt: skip


def test_a_title_may_come_before_the_heading():
    text = (
        "REGISTRE CANICULE\nN°|Nom|Date naiss.|Téléphone\n90|Carpentier|15/06/1953|02 62 92 99 52\n"
    )
    assert ("DDN", "15/06/1953") in cells(text)


def test_quotes_and_blanks_are_no_part_of_a_cell():
    text = 'nom,prenom,ddn\n"BURGAUD", Violette ,1994-10-26\n"LE GALL, X",Jo,1990-01-02\n'
    assert cells(text)[:3] == [("PER", "BURGAUD"), ("PER", "Violette"), ("DDN", "1994-10-26")]
    assert ("DDN", "1990-01-02") in cells(text)


def test_a_lone_column_of_names_may_hold_the_names_of_anything():
    assert kinds_of(["Nom", "Montant"]) == (None, None)
    assert kinds_of(["Nom de la rue", "Prénom"]) == (None, None)
    assert kinds_of(["Nom", "NIR"]) == (Kind.PERSON, Kind.NIR)


@pytest.mark.parametrize("cell", ["non", "", "-", "néant", "RAS", "0"])
def test_no_diet_is_nothing_sensitive(cell):
    text = f"Nom;Prénom;Allergies\nMARTIN;Jo;{cell}\nROUX;Al;{cell}\n"
    assert "ART9" not in {kind for kind, _ in cells(text)}


def test_a_number_without_its_key_is_not_believed_for_its_column():
    table = b"siret;montant\n73282932000075;3\n"
    assert in_table(table, heading_of(table)) == []


def test_the_rows_of_a_dump_are_read_by_the_names_of_its_columns():
    text = (
        "INSERT INTO usagers (id, nom, prenom, ddn, num_caf) VALUES\n"
        "(1, 'O''NEIL', 'Ugo', '1944-04-17', '1593836'),\n"
        "(2, 'ROUX', 'Al', '1950-01-02', '7654321');\n"
    )
    assert ("DDN", "1944-04-17") in cells(text)
    assert ("CAF", "7654321") in cells(text)


def test_a_text_that_is_no_table_has_no_heading():
    assert (
        heading_of(b"Bonjour, voici le compte rendu ; merci.\nIl reste un point ; a voir.\n")
        is None
    )
    assert heading_of(b"") is None
    assert heading_of(b"Nom;Prenom") is None
