"""What the technical services keep: what people report, networks, tenders, photographs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from gouvernail.demo.share.formats import (
    File,
    Page,
    drawing_exchange,
    locked_pdf,
    old_drawing,
    packed,
    page,
    photograph,
    scanned,
    sheet,
    text,
    written,
)
from gouvernail.demo.share.people import (
    STREETS,
    TOWN,
    Company,
    Draw,
    french_day,
    french_euros,
    plain,
)

_REPORTED = (
    ("Éclairage", "Lampadaire éteint depuis plusieurs jours devant le numéro indiqué."),
    ("Voirie", "Nid-de-poule profond sur la chaussée, dangereux pour les vélos."),
    ("Propreté", "Dépôt de gravats et de mobilier au pied des conteneurs."),
    ("Espaces verts", "Branche menaçant de tomber sur le trottoir."),
    ("Mobilier urbain", "Banc descellé, assise cassée."),
    ("Eau", "Écoulement continu au niveau de la bouche à clé."),
    ("Signalisation", "Panneau de limitation masqué par la végétation."),
    ("Stationnement", "Véhicule immobile depuis plus d’un mois, pneus à plat."),
)
_MARKETS = (
    ("2023-07", "Réfection des sanitaires scolaires", ("Plomberie", "Carrelages")),
    ("2024-03", "Entretien des espaces verts", ("Paysages", "Espaces verts")),
    ("2025-11", "Fourniture de mobilier urbain", ("Mobilier urbain", "Métallerie")),
    ("2026-05", "Maintenance des ascenseurs", ("Ascenseurs", "Élévation")),
)
_VIEWS = (
    "Marché de printemps",
    "Inauguration de la halle", "Cours d’école végétalisée", "Parc des Étangs",
    "Journées du patrimoine", "Travaux place du Minage", "Course cycliste", "Bibliothèque",
    "Vœux à la population", "Façade de l’hôtel de ville", "Jardin partagé", "Fête de la musique",
)  # fmt: skip


def reports(draw: Draw) -> Iterator[File]:
    """Yield what inhabitants reported: monthly exports with their telephone, photographs."""
    for month in range(1, 9):
        on = date(2026, month, 28)
        listed = []
        for rank in range(draw.randint(14, 30)):
            kind, said = draw.choice(_REPORTED)
            who = draw.person(near=2026)
            car = kind == "Stationnement"
            listed.append(
                {
                    "reference": f"SIG-2026-{month:02}{rank:03}",
                    "date": str(on - timedelta(days=draw.randrange(27))),
                    "categorie": kind,
                    "description": f"{said} Immatriculation {draw.plate()}." if car else said,
                    "lieu": f"{draw.randint(1, 90)}, {draw.choice(STREETS)}",
                    "declarant": {"nom": who.name, "telephone": who.phone, "courriel": who.email},
                    "statut": draw.choice(("clos", "en cours", "transmis")),
                }
            )
        said = json.dumps({"signalements": listed}, ensure_ascii=False, indent=1)
        yield written(f"exports/signalements-2026-{month:02}.json", on, said)
    for rank in range(5):
        on = draw.day(2026, rank + 1)
        yield File(f"photos/SIG-2026-{rank + 1:02}{rank:03}.jpg", photograph(f"sig{rank}", on), on)
    yield sheet(
        "exports/delais-par-categorie.csv",
        date(2026, 9, 2),
        [
            ("Catégorie", "Reçus", "Clos", "Délai médian (jours)"),
            *[
                (
                    kind,
                    received := draw.randint(20, 160),
                    received - draw.randint(0, 18),
                    draw.randint(2, 21),
                )
                for kind, _said in _REPORTED
            ],
        ],
        "utf-8",
    )
    told = draw.people(6, near=2026)
    yield written(
        "journaux/envoi-courriels.log",
        date(2026, 9, 1),
        "".join(
            f"2026-09-01T0{rank}:1{rank}:00+02:00 INFO accuse de reception envoye a {each.email}\n"
            for rank, each in enumerate(told)
        ),
    )


def networks(draw: Draw) -> Iterator[File]:
    """Yield plans of networks, many in formats that nothing reads any more."""
    for rank, (network, year, parts) in enumerate(
        (
            ("eau", 2004, ("vanne", "regard", "purge")),
            ("assainissement", 2006, ("regard", "boîte de branchement")),
            ("éclairage", 2009, ("armoire", "candélabre", "boîte souterraine")),
            ("pluvial", 2011, ("avaloir", "regard", "grille")),
        )
    ):
        on = draw.day(year)
        yield File(f"{network}/Plan général {network} {year}.dwg", old_drawing(30_000 + rank), on)
        lines = []
        x, y = 1000.0, 1000.0
        for _line in range(160):
            to_x, to_y = x + draw.uniform(-20, 25), y + draw.uniform(-20, 25)
            lines.append((x, y, to_x, to_y))
            x, y = to_x, to_y
        yield written(f"{network}/réseau_{plain(network)}.dxf", on, drawing_exchange(lines))
        on = draw.day(year + 8)
        yield sheet(f"{network}/Ouvrages.csv", on, [
            ("Identifiant", "Type", "X", "Y", "Profondeur", "Posé le"),
            *[(f"{plain(network)[:3].upper()}-{at:04}", draw.choice(parts),
               round(draw.uniform(1000, 2000), 2), round(draw.uniform(1000, 2000), 2),
               round(draw.uniform(0.6, 3.4), 2), draw.day(year)) for at in range(1, 120)],
        ], "cp1252")  # fmt: skip
        yield page(f"{network}/Notice {network}.pdf", on, [
            f"# Réseau {network} – notice du plan",
            f"Plan de récolement établi le {french_day(on)}, à l’échelle du 1/500.",
            "Les classes de précision sont celles de l’arrêté relatif aux travaux à proximité des"
            " réseaux. Les profondeurs relevées sont indicatives.",
            [("Tronçon", "Matériau", "Diamètre (mm)", "Longueur (m)"),
             *[(street, draw.choice(("fonte", "PVC", "PEHD")), draw.choice((63, 110, 160, 200)),
                draw.randint(40, 600)) for street in STREETS[:8]]],
        ])  # fmt: skip
    on = date(2021, 4, 12)
    yield packed("assainissement/Inspection caméra 2021.zip", on, [
        page("Rapport d'inspection.pdf", on, [
            "# Rapport d’inspection"
            " télévisée", "Curage préalable réalisé. Aucune anomalie majeure ;"
            " deux racines à traiter, un joint déplacé.",
        ]),
        File("tronçon 12.jpg", photograph("inspection", on, wide=320), on),
    ])  # fmt: skip


def tenders(draw: Draw) -> Iterator[File]:
    """Yield, for each contract, what three companies offered and how they were compared."""
    for number, subject, trades in _MARKETS:
        year, month = (int(part) for part in number.split("-"))
        on = draw.day(year, month)
        folder = f"{number} {subject}"
        companies = [draw.company(*trades) for _company in range(3)]
        for rank, company in enumerate(companies, start=1):
            place = f"{folder}/Offres/{rank} – {company.name}"
            total = draw.randint(300, 2600) * 100
            yield page(
                f"{place}/Acte d'engagement.pdf", on, _commitment(company, subject, total, on)
            )
            yield page(f"{place}/Mémoire technique.docx", on, _memoir(draw, company, subject))
            if rank == 1:
                yield sheet(f"{place}/Bordereau des prix.xlsx", on, _prices(draw))
            if rank == 2:
                bank = _bank_details(company)
                yield File(f"{place}/RIB signé (scan).pdf", scanned(bank), on, text(bank))
            if rank == 3:
                inside = _commitment(company, subject, total, on)
                yield packed(f"{place}/Candidature.zip", on, [
                    page("DC1.odt", on, _candidacy(company, subject)),
                    page("Acte d'engagement.odt", on, inside),
                ])  # fmt: skip
        later = on + timedelta(days=35)
        yield page(f"{folder}/Rapport d'analyse.odt", later, _comparison(draw, companies, subject))
    company, on = draw.company(*_MARKETS[-1][2]), date(2026, 5, 20)
    said = _commitment(company, _MARKETS[-1][1], 48_200, on)
    path = f"{_MARKETS[-1][0]} {_MARKETS[-1][1]}/Offres/4 – {company.name} (pli protégé).pdf"
    yield File(path, locked_pdf(said, draw.password()), on, text(said))
    yield sheet("Suivi des marchés.ods", date(2026, 6, 2), [
        ("Numéro", "Objet", "Procédure", "Notifié le", "Montant HT"),
        *[(number, subject, "MAPA", date(int(number[:4]), int(number[5:]), 28) + timedelta(days=62),
           draw.euros(20_000, 190_000)) for number, subject, _trades in _MARKETS[:3]],
        (*_MARKETS[3][:2], "MAPA", None, None),
    ])  # fmt: skip


def photographs(draw: Draw) -> Iterator[File]:
    """Yield photographs by year, and who took them."""
    credits = [("Fichier", "Légende", "Date", "Auteur", "Autorisation écrite")]
    for rank, view in enumerate(_VIEWS):
        on = draw.day(2018 + rank % 8)
        path = f"{on.year}/{plain(view)}_{rank:03}.jpg"
        yield File(path, photograph(view, on), on)
        credits.append((path, view, f"{on:%d/%m/%Y}", "Service communication", "sans objet"))
    yield sheet("Légendes.csv", date(2025, 10, 6), credits, "cp1252")
    on = date(2024, 7, 15)
    agreed = draw.people(9, child=True, near=2024)
    yield sheet("Autorisations droit à l'image – accueil de loisirs.ods", on, [
        ("Nom", "Prénom", "Né le", "Responsable légal", "Téléphone", "Accord"),
        *[(child.last.upper(), child.first, child.born, f"M. ou Mme {child.last}", child.phone,
           draw.choice(("oui", "oui", "non"))) for child in agreed],
    ])  # fmt: skip
    yield page("Charte d'utilisation des images.odt", date(2020, 2, 11), [
        "# Charte d’utilisation des images",
        "Toute image où une personne est reconnaissable suppose un accord écrit, conservé par le"
        " service communication pendant la durée d’exploitation.",
        "Aucune image d’enfant n’est publiée sans l’accord des deux responsables légaux.",
        "Les images sont retirées sur simple demande.",
    ])  # fmt: skip


def _commitment(company: Company, subject: str, total: int, on: date) -> Page:
    return [
        "# Acte d’engagement",
        f"Acheteur : {TOWN} – Objet du marché : {subject}",
        f"Je soussigné(e) {company.boss.title} {company.boss.name}, agissant au nom de la société"
        f" {company.name},",
        [
            ("Siège social", company.address),
            ("SIRET", company.siret),
            ("TVA intracommunautaire", company.vat),
            ("Téléphone", company.phone),
            ("Courriel", company.email),
        ],
        "m’engage, sur la base de mon offre, à exécuter les prestations demandées pour un montant"
        f" de {french_euros(total)} hors taxes.",
        f"Le règlement est à porter au crédit du compte IBAN {company.iban}.",
        "Durée : douze mois à compter de la notification, reconductible trois fois.",
        f"Fait le {french_day(on)}",
    ]


def _memoir(draw: Draw, company: Company, subject: str) -> Page:
    leader = draw.person(near=2024)
    return [
        "# Mémoire technique",
        f"{company.name} – {subject}",
        "# Organisation proposée",
        f"Le suivi du marché est confié à {leader.title} {leader.name}, joignable au"
        f" {leader.phone}, qui dispose de {draw.randint(4, 25)} années d’expérience sur des sites"
        " occupés.",
        *draw.some(
            "Les interventions bruyantes sont programmées hors des heures de classe.",
            "Un état des lieux contradictoire est dressé avant et après chaque intervention.",
            "Le tri des déchets de chantier est assuré en cinq flux.",
            "Les pièces de rechange courantes sont tenues en stock à moins de trente kilomètres.",
            "Un compte rendu illustré est remis sous quarante-huit heures.",
            "Deux personnes éloignées de l’emploi seront recrutées pour la durée du marché.",
            count=4,
        ),
        "# Délais",
        [
            ("Étape", "Délai (jours ouvrés)"),
            ("Préparation", draw.randint(3, 12)),
            ("Exécution", draw.randint(15, 60)),
            ("Levée des réserves", draw.randint(2, 10)),
        ],
        "Les informations de ce mémoire relèvent du secret des affaires.",
    ]


def _prices(draw: Draw) -> list[tuple[str | float, ...]]:
    works = (
        ("Installation de chantier", "forfait", 900), ("Dépose de l’existant", "m²", 24),
        ("Fourniture", "u", 310), ("Pose", "u", 120), ("Raccordements", "m", 46),
        ("Essais et mise en service", "forfait", 480), ("Dossier des ouvrages", "forfait", 350),
        ("Heure de technicien", "h", 52),
    )  # fmt: skip
    return [
        ("N°", "Désignation", "Unité", "Prix unitaire HT"),
        *[
            (f"{at:02}", work, unit, draw.euros(0.8 * usual, 1.3 * usual))
            for at, (work, unit, usual) in enumerate(works, start=1)
        ],
    ]


def _bank_details(company: Company) -> Page:
    return [
        "# Relevé d’identité bancaire",
        f"Titulaire : {company.name}",
        company.address,
        f"IBAN : {company.iban}",
        "Domiciliation : Banque des exemples",
        f"Certifié exact, {company.boss.name}, gérant(e)",
    ]


def _candidacy(company: Company, subject: str) -> Page:
    return [
        "# Lettre de candidature",
        f"Objet de la consultation : {subject}",
        f"Le candidat se présente seul : {company.name}, SIRET {company.siret}, {company.address}.",
        "Le candidat déclare sur l’honneur n’entrer dans aucun des cas d’exclusion prévus par le"
        " code de la commande publique.",
        f"Signataire : {company.boss.title} {company.boss.name} – {company.email}",
    ]


def _comparison(draw: Draw, companies: list[Company], subject: str) -> Page:
    rows = [
        (company.name, draw.euros(22, 40), draw.euros(20, 38), draw.euros(8, 20))
        for company in companies
    ]
    return [
        f"# Rapport d’analyse des offres – {subject}",
        "Document préparatoire, non communicable avant la notification.",
        [("Candidat", "Prix (40)", "Valeur technique (40)", "Environnement (20)"), *rows],
        f"L’offre du candidat {companies[0].name} détaille mieux la continuité du service ; celle"
        f" de {companies[1].name} ne précise pas l’encadrement.",
        "Il est proposé de négocier avec les deux premiers candidats.",
    ]
