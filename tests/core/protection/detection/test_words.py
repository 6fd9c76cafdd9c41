"""What is told by words: addresses, births, secrets, names, sensitive data; and what is not."""

import pytest

from gouvernail_core.protection.detection.detect import detect
from gouvernail_core.protection.detection.kinds import PersonalData as Kind


def found(text: str, kind: Kind) -> list[str]:
    return [text[span.start : span.end] for span in detect(text) if span.type is kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mme Durand, née le 3 mai 1969 à Tours", "3 mai 1969"),
        ("M. Durand, né à Tours le 03/05/1969", "03/05/1969"),
        ("Date de naissance : 1969-05-03", "1969-05-03"),
        ("NÉ(E) LE : 12 AOÛT 1969", "12 AOÛT 1969"),
        ("née le vingt-quatre février deux mille quatre", "vingt-quatre février deux mille quatre"),
        ("Le six août deux mille onze à 21 h est née Jade", "six août deux mille onze"),
        ("« dateNaissance »: 28/04/2002", "28/04/2002"),
        ("ne le 15/10/1981", "15/10/1981"),
    ],
)
def test_the_date_somebody_was_born_on_is_found(text, value):
    assert found(text, Kind.BIRTH_DATE) == [value]


@pytest.mark.parametrize(
    "text",
    ["Séance du 3 mai 2026", "né le 32/13/1969", "Il ne vient pas le 3 mai", "payé le 03/05/2026"],
)
def test_any_other_date_is_no_birth(text):
    assert found(text, Kind.BIRTH_DATE) == []


@pytest.mark.parametrize(
    "value",
    ["12 rue des Lilas, 37000 Tours", "12 bis, avenue du Général-Leclerc 69003 LYON",
     "3 RÉSIDENCE DU VIEUX PUITS - 67000 STRASBOURG", "5, place de la Mairie\n41000 Blois"],
)  # fmt: skip
def test_an_address_goes_from_its_number_to_its_town(value):
    assert found(f"Demeurant {value}.", Kind.ADDRESS) == [value]


@pytest.mark.parametrize(
    "text",
    ["mot de passe : Soleil#2036", "MDP=azerty!42", "password: hunter2hunter2",
     "api_key = 9f8a7b6c5d4e",

     "https://agent:Brenne2026!@sauvegarde.example/depot", "passe: Soleil_691",
     "Mot de passe du wifi : yzR%Ty3f7Z", "Authorization: Bearer aedc00fc1748f703adb32d2f235dc5e2",
     "AKIAFOKGPOQSYKARIEUU", "-----BEGIN RSA PRIVATE KEY-----"],
)  # fmt: skip
def test_a_secret_in_the_clear_is_found(text):
    assert len(found(f"Note\n{text}\nfin", Kind.SECRET)) == 1


@pytest.mark.parametrize(
    "text",
    ["Mot de passe oublié ?", "Le mot de passe est personnel et confidentiel.",
     "password: ********",
     "mot de passe : votre mot de passe", "DB_PASSWORD=${DB_PASSWORD}",
     "Le mot de passe doit changer"],
)  # fmt: skip
def test_speaking_of_passwords_is_giving_none(text):
    assert found(text, Kind.SECRET) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mme DURAND et M. Paul Martin sont venus.", ["DURAND", "Paul Martin"]),
        ("Dossier suivi par Jeanne Le Goff.", ["Jeanne Le Goff"]),
        ("MARTIN Jean-Luc, adjoint", ["MARTIN Jean-Luc"]),
        ("Nathalie Durand écrit. Durand confirme.", ["Nathalie Durand", "Durand"]),
        ("Nom : KARADENIZ    Prénom : Elif", ["KARADENIZ", "Elif"]),
        ("« nom »", []),
        ("Bonjour Camille,", ["Camille"]),
        ("Vu par J.-P. Moreau", ["J.-P. Moreau"]),
    ],
)
def test_names_are_found_by_what_stands_around_them(text, names):
    assert found(text, Kind.PERSON) == names


@pytest.mark.parametrize(
    "text",
    ["Rue Jean Moulin", "École Jean-Jaurès", "Lycée Victor Hugo", "Le Conseil Municipal de Tours",
     "Monsieur le Maire", "Direction Générale des Services", "Madame la Présidente",
     "Square Marie Curie"],
)  # fmt: skip
def test_places_and_functions_are_no_names(text):
    assert found(f"{text} est ouvert.", Kind.PERSON) == []


def test_a_sensitive_word_counts_only_beside_a_person():
    assert found("M. Durand est diabétique.", Kind.ARTICLE_9) == ["diabétique"]
    assert found("La journée du diabète aura lieu en mai.", Kind.ARTICLE_9) == []
    far = "M. Durand est venu. " + "Le budget est voté. " * 20 + "Journée du diabète."
    assert found(far, Kind.ARTICLE_9) == []


def test_spaces_of_french_typography_move_no_offset():
    text = "Appeler\N{NO-BREAK SPACE}: 06\N{NARROW NO-BREAK SPACE}12\N{NO-BREAK SPACE}34 56 78 — é"
    (span,) = detect(text)
    assert text[span.start : span.end] == "06\N{NARROW NO-BREAK SPACE}12\N{NO-BREAK SPACE}34 56 78"


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\x00", "é" * 5000, "\ud800 06 12 34 56 78", "☃" * 100]
)
def test_no_text_stops_the_engine(text):
    detect(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["a.a.a.", "1 1 1 ", "12 rue a a ", "12 rue 12 rue ", "a@a@", "1", "FR76 3000 ",
             "né le ", "mot de passe : ", "Jean Jean ", "M. "],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_not(unit):
    # No clock: what would be quadratic on 200 kB would take minutes and be stopped by everyone.
    text = unit * (200_000 // len(unit))
    assert len(detect(text)) <= len(text)
