"""The share that everybody reads: ordinary files of every service, and an export left there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gouvernail.demo.share.formats import (
    File,
    Page,
    packed,
    page,
    written,
)
from gouvernail.demo.share.offices import direction, forgotten, social_aid, staff
from gouvernail.demo.share.people import (
    Draw,
    Person,
    agents,
)
from gouvernail.demo.share.services import culture, police, schools, town_hall, workshops


def common_share(draw: Draw) -> Iterator[File]:
    """Yield the files of the common share, service by service."""
    yield written("00_LISEZ-MOI.txt", date(2014, 9, 1), (
        "Partage « Commun »\r\n\r\nCe dossier est ouvert à tous les services. Merci de n'y déposer"
        " que des documents de travail partagés et de supprimer ce qui n'a plus d'usage.\r\n"
    ), "cp1252")  # fmt: skip
    for part in (
        direction, staff, schools, workshops, culture, town_hall, police, _intranet, social_aid,
        _various,
    ):  # fmt: skip
        yield from part(draw)
    yield from forgotten(draw)


def _intranet(draw: Draw) -> Iterator[File]:
    pages = (
        ("Accueil", "Bienvenue sur l’intranet. Les actualités des services paraissent le lundi."),
        ("Demander un congé", "La demande se fait dans le logiciel, sept jours à l’avance."),
        ("Réserver une salle", "Trois salles sont équipées pour la visioconférence."),
        ("Frais de déplacement", "Les justificatifs sont transmis dans le mois de la mission."),
        ("Charte informatique", "Le poste est verrouillé en cas d’absence. Un mot de passe ne se"
         " partage pas."),
        ("Restaurant municipal", "Réservation avant 10 heures. Le tarif dépend de l’indice."),
        ("Prévention", "Le registre de santé et de sécurité est tenu dans chaque bâtiment."),
    )  # fmt: skip
    for rank, (title, said) in enumerate(pages):
        on = draw.day(2018 + rank)
        name = title.lower().replace(" ", "-").replace("é", "e")
        legacy = rank % 3 == 2
        yield page(f"Intranet/{name}.{'htm' if legacy else 'html'}", on, [
            f"# {title}", said, "- Retour à l’accueil", "- Poser une question au service",
        ], "cp1252" if legacy else "utf-8")  # fmt: skip
    agent = agents()[5]
    yield page("Intranet/annonces.html", date(2023, 4, 7), [
        "# Petites annonces des agents",
        f"Vends vélo de ville, peu servi. {agent.name}, {agent.person.phone}",
        f"Cherche covoiturage le matin. Écrire à {agents()[9].email}",
    ])  # fmt: skip


def _various(draw: Draw) -> Iterator[File]:
    on = date(2016, 5, 17)
    yield written("Divers/codes.txt", on, (
        "NE PAS EFFACER\r\n\r\n"
        f"portail familles : admin / mot de passe : {draw.password()}\r\n"
        f"alarme halle - code : {draw.randint(100_000, 999_999)}\r\n"
        f"wifi salle du conseil, mdp = {draw.password()}\r\n"
    ), "cp1252")  # fmt: skip
    yield File("Divers/Nouveau document texte.txt", b"", on)
    torn = page("x.docx", on, ["# Bilan d’activité", "Document de travail.", *_PARAGRAPHS]).content
    yield File("Divers/Bilan (récupéré).docx", torn[: len(torn) * 2 // 3], on)
    yield page("Divers/Compte rendu réunion quartier.txt", on, [
        "Réunion de quartier",
        "Une trentaine d'habitants présents. Principales demandes : éclairage,"
        " vitesse, propreté des abords de l'école.",
    ], "utf-16")  # fmt: skip
    yield page("Divers/Règlement du cimetière 2009.doc", date(2009, 10, 1), [
        "Règlement du cimetière",
        "Les travaux sont interdits les dimanches et jours fériés.", *_PARAGRAPHS,
    ])  # fmt: skip
    who = draw.person(near=2011)
    yield page("Divers/Courrier réponse 2011.doc", date(2011, 3, 8), [
        f"{who.title} {who.name}", who.address,
        "En réponse à votre courrier, je vous informe que la place de stationnement demandée sera"
        " matérialisée au printemps.", f"Contact du service : {who.phone}",
    ])  # fmt: skip
    on = date(2018, 1, 12)
    names = [
        page(f"Lettre {each.last}.docx", on, _greeting(each)) for each in draw.people(6, near=2018)
    ]
    yield packed("Divers/Invitations vœux 2018.zip", on, names)
    yield page("Divers/Liste de diffusion.txt", on, [
        "; ".join(each.email for each in draw.people(25, near=2018)),
    ])  # fmt: skip
    yield written("Divers/impression.log", on, "".join(
        f"2018-01-12 08:{at:02}:00 imprimante-{at % 4} travail {4000 + at} pages {at % 9}\n"
        for at in range(50)
    ))  # fmt: skip


_PARAGRAPHS = (
    "Le service a poursuivi la modernisation de ses procédures et la formation de ses équipes.",
    "Les crédits ont été consommés à hauteur des prévisions, sous réserve des opérations de"
    " clôture.",
    "Les perspectives portent sur la maîtrise des consommations et sur l’accueil du public.",
)  # fmt: skip


def _greeting(who: Person) -> Page:
    return [
        f"{who.title} {who.name}",
        who.address,
        "Le Maire et le conseil municipal ont l’honneur de vous convier à la cérémonie des vœux,"
        " le vendredi 19 janvier à 18 heures, salle des Tisserands.",
    ]
