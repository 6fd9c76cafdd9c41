"""What schools, workshops, culture, the registry and the police put on the common share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gouvernail.demo.share.formats import (
    File,
    Row,
    page,
    photograph,
    sheet,
)
from gouvernail.demo.share.people import (
    SCHOOLS,
    STREETS,
    TOWN,
    Draw,
    agents,
    french_day,
    french_euros,
)

_CLUBS = (
    "Amicale des jardiniers", "Chorale du Beffroi", "Club cycliste", "Comité des fêtes",
    "École de musique", "Entraide alimentaire", "Judo club", "Les Amis du patrimoine",
    "Rugby club", "Théâtre du Lavoir",
)  # fmt: skip
#: What each month weighs in the energy of a school.
_SEASONS = (1.6, 1.5, 1.2, 0.9, 0.6, 0.4, 0.2, 0.2, 0.6, 0.9, 1.3, 1.5)
_DISHES = (
    ("Carottes râpées", "Lasagnes de légumes", "Yaourt nature"),
    ("Betteraves", "Filet de poisson, riz", "Pomme"),
    ("Taboulé", "Poulet rôti, haricots verts", "Compote"),
    ("Potage de saison", "Omelette, pommes de terre", "Fromage blanc"),
    ("Concombre", "Bœuf aux carottes", "Clémentine"),
    ("Salade verte", "Lentilles, semoule aux épices", "Poire"),
)
_HEALTH = (
    "allergie aux fruits à"
    " coque", "asthme", "diabète de type 1", "épilepsie", "intolérance au gluten",
    "allergie à l’arachide",
)  # fmt: skip


def schools(draw: Draw) -> Iterator[File]:
    """Yield menus, lists of pupils, health plans, reminders and notes to families."""
    for month in (1, 3, 5, 9, 10, 11):
        on = date(2024, month, 4)
        yield page(f"Écoles/Menus/Menus {on:%Y-%m}.{('pdf', 'docx')[month % 2]}", on, [
            f"# Menus du restaurant scolaire – {on:%m/%Y}",
            [("Jour", "Entrée", "Plat", "Dessert"),
             *[(day, *dishes) for day, dishes in zip(
                 ("Lundi", "Mardi", "Jeudi", "Vendredi"), draw.sample(_DISHES, 4), strict=True
             )]],
            "La liste des allergènes est à la disposition des familles auprès du service. Un repas"
            " sans viande est proposé chaque jour.",
        ])  # fmt: skip
    for rank, school in enumerate(SCHOOLS):
        on = date(2019 + rank % 6, 9, 6)
        pupils = draw.people(24, child=True, near=on.year)
        rows: list[Row] = [
            ("Nom", "Prénom", "Né le", "Responsable", "Téléphone", "Adresse", "N° allocataire"),
            *[(child.last.upper(), child.first, child.born, draw.person(near=on.year).name,
               child.phone, child.address, draw.allowance()) for child in pupils],
        ]  # fmt: skip
        suffix = ("ods", "xlsx", "csv")[rank % 3]
        name = f"Écoles/Effectifs/{on.year} {school} – liste des élèves.{suffix}"
        yield sheet(name, on, rows, "cp1252" if rank % 2 else "utf-8-sig")
    on = date(2023, 9, 11)
    plans: list[Row] = [
        ("Nom", "Prénom", "Né le", "École", "Projet d’accueil individualisé", "Conduite à tenir"),
        *[(child.last.upper(), child.first, child.born, draw.choice(SCHOOLS), draw.choice(_HEALTH),
           draw.choice(("panier repas", "éviction", "trousse d’urgence")))
          for child in draw.people(18, child=True, near=2023)],
    ]  # fmt: skip
    yield sheet("Écoles/Restauration/PAI 2023-2024.xlsx", on, plans)
    diets = [
        ("Enfant", "École", "Régime"),
        *[(child.name, draw.choice(SCHOOLS), draw.choice(("sans porc", "sans viande", "standard")))
          for child in draw.people(30, child=True, near=2023)],
    ]  # fmt: skip
    yield sheet("Écoles/Restauration/Régimes par enfant.csv", on, diets, "cp1252")
    for rank in range(5):
        on = draw.day(2023, 3 + rank)
        who = draw.person(near=2023)
        owed, record = french_euros(draw.euros(42, 380)), draw.randint(2000, 9000)
        yield page(f"Écoles/Restauration/Relances/Relance {on:%Y-%m-%d} {who.last}.docx", on, [
            f"# {TOWN}", "Service éducation et restauration",
            f"{who.title} {who.name}", who.address,
            f"Objet : factures de restauration scolaire impayées – dossier {record}",
            f"{who.madam}, sauf erreur de notre part, vous restez redevable de {owed}. À défaut de"
            " règlement sous quinze jours, la créance sera transmise au comptable public.",
            "Un échelonnement peut être demandé au service.",
        ])  # fmt: skip
    circulars = (
        ("Rentrée scolaire", "L’accueil du matin ouvre à 7 h 30. Les badges de l’an dernier restent"
         " valables ; les demandes de changement se font sur le portail des familles."),
        ("Sortie au parc", "Les classes de CP se rendront au parc des Étangs. Prévoir une gourde,"
         " une casquette et des chaussures de marche ; le pique-nique est fourni."),
        ("Mouvement de grève", "Le service minimum est assuré dans deux écoles, dont la liste est"
         " affichée. La restauration ne peut être garantie ce jour-là."),
    )  # fmt: skip
    for rank, (title, said) in enumerate(circulars):
        on = draw.day(2024, 9)
        yield page(f"Écoles/Circulaires/{title}.{('odt', 'docx', 'pdf')[rank]}", on, [
            f"# {title}", "Madame, Monsieur,", said, "Le service éducation et restauration",
        ])  # fmt: skip
    yield sheet("Écoles/Effectifs/Prévisions 2025.csv", date(2025, 1, 20), [
        ("École", "Maternelle", "Élémentaire", "Classes"),
        *[(school, draw.randint(40, 90), draw.randint(70, 160), draw.randint(5, 10))
          for school in SCHOOLS],
    ])  # fmt: skip


def workshops(draw: Draw) -> Iterator[File]:
    """Yield who is on call, orders, minutes of building sites, meters."""
    for rank in range(4):
        on = date(2023 + rank // 2, 1 + 6 * (rank % 2), 3)
        team = draw.sample(agents(), 6)
        yield sheet(f"Services techniques/Astreintes/Planning {on:%Y-%m}.xlsx", on, [
            ("Semaine", "Agent", "Téléphone", "Secteur"),
            *[(f"S{week:02}", each.name, each.person.phone, draw.choice(("Nord", "Centre", "Sud")))
              for week, each in enumerate(team, start=1)],
        ])  # fmt: skip
    for rank in range(7):
        company, on = draw.company("Fournitures", "Matériaux"), draw.day(2022 + rank % 4)
        number = f"BC{on:%y}-{draw.randint(100, 899)}"
        lines = [
            (item, draw.randint(2, 40), draw.euros(0.9 * usual, 1.2 * usual))
            for item, usual in draw.sample(
                (("Enrobé à froid (sac)", 11), ("Lampe LED 60 W", 84), ("Peinture de sol", 62),
                 ("Terreau (sac)", 9), ("Gants (paire)", 6), ("Barrière de ville", 145)), 3)
        ]  # fmt: skip
        suffix = ("odt", "pdf")[rank % 2]
        yield page(f"Services techniques/Commandes/{number} {company.name}.{suffix}", on, [
            f"# Bon de commande {number}", f"{company.name} – SIRET {company.siret}",
            f"{company.address} – {company.phone}",
            [("Désignation", "Quantité", "Prix unitaire HT"), *lines],
            "Livraison aux ateliers municipaux, du lundi au jeudi.",
        ])  # fmt: skip
    boss = draw.company("Charpentes", "Maçonnerie")
    for rank in range(4):
        on = draw.day(2025, 2 + rank)
        yield page(f"Services techniques/Chantier halle/CR n° {rank + 7}.docx", on, [
            f"# Réunion de chantier n° {rank + 7} – {french_day(on)}",
            f"Entreprise : {boss.name}, représentée par {boss.boss.title} {boss.boss.name}"
            f" ({boss.phone})",
            *draw.some(
                "Charpente : la livraison est décalée d’une semaine.",
                "Sécurité : garde-corps à compléter côté place.",
                "Riverains : l’accès à la rue du Four-Banal reste libre le samedi.",
                "Réseaux : le syndicat intercommunal interviendra en fin de mois.",
                "Propreté : nettoyage du chantier chaque vendredi.",
            ),
        ])  # fmt: skip
    for year in (2022, 2023, 2024):
        on = date(year, 12, 20)
        read: list[Row] = [
            ("Bâtiment", "Compteur", *[f"{month:02}/{year}" for month in range(1, 13)])
        ]
        for school in SCHOOLS:
            meter, size = f"99{draw.randrange(10**12):012}", draw.randint(900, 3200)
            used = [round(size * share * draw.uniform(0.9, 1.1)) for share in _SEASONS]
            read.append((f"École {school}", meter, *used))
        path = f"Services techniques/Énergie/Relevés compteurs {year}.csv"
        yield sheet(path, on, read, "cp1252")
    on = date(2022, 6, 14)
    yield File("Services techniques/Photos/Dégradation abri.jpg", photograph("abri", on), on)


def culture(draw: Draw) -> Iterator[File]:
    """Yield programmes, grants, agreements with associations, registrations."""
    for rank, season in enumerate(("Hiver", "Printemps", "Été", "Automne")):
        on = date(2025, 3 * rank + 1, 1) - timedelta(days=20)
        yield page(f"Culture et sports/Programmes/{season} 2025.{('pdf', 'docx')[rank % 2]}", on, [
            f"# Programme culturel – {season} 2025",
            *[f"- {draw.day(2025, 3 * rank + 1 + at):%d/%m}, {hour} : {event}"
              for at, (hour, event) in enumerate((("15 h", "lecture à voix haute, médiathèque"),
                         ("20 h 30", "concert de l’harmonie, halle"),
                         ("10 h", "visite du patrimoine religieux, départ place du Minage")))],
            "Entrée libre dans la limite des places disponibles. Accès de plain-pied.",
        ])  # fmt: skip
    heads = draw.people(len(_CLUBS), near=2024)
    yield sheet("Culture et sports/Associations/Subventions 2024.ods", date(2024, 4, 2), [
        ("Association", "Présidence", "Téléphone", "Courriel", "IBAN", "Montant"),
        *[(club, head.name, head.phone, head.email, draw.iban(), draw.randint(3, 80) * 100.0)
          for club, head in zip(_CLUBS, heads, strict=True)],
    ])  # fmt: skip
    for rank in range(5):
        on, club, head = draw.day(2023 + rank % 3), draw.choice(_CLUBS), draw.choice(heads)
        yield page(f"Culture et sports/Conventions/{on:%Y-%m-%d} {club} {rank}.odt", on, [
            "# Convention de mise à disposition d’une salle",
            f"Entre la {TOWN} et l’association « {club} »,",
            f"représentée par {head.title} {head.name}, demeurant {head.address},",
            "Article 1 – La commune met à disposition la salle des Tisserands deux soirs par"
            " semaine.",
            "Article 2 – La mise à disposition est gratuite ; elle est valorisée à"
            f" {french_euros(draw.euros(400, 2600))} par an.",
            "Article 3 – L’association justifie d’une assurance de responsabilité civile.",
            f"Contact : {head.phone} – {head.email}",
        ])  # fmt: skip
    yield sheet("Culture et sports/Médiathèque/Fréquentation.csv", date(2025, 1, 8), [
        ("Mois", "Entrées", "Prêts", "Nouveaux inscrits"),
        *[(f"{month:02}/2024", draw.randint(800, 2100), draw.randint(2000, 5200),
           draw.randint(8, 60)) for month in range(1, 13)],
    ])  # fmt: skip
    yield sheet("Culture et sports/Piscine/Inscriptions natation.xlsx", date(2022, 9, 20), [
        ("Nom", "Prénom", "Né le", "Téléphone", "Courriel", "Créneau"),
        *[(who.last.upper(), who.first, who.born, who.phone, who.email,
           draw.choice(("mercredi 14 h", "samedi 10 h")))
          for who in draw.people(32, child=True, near=2022)],
    ])  # fmt: skip


def town_hall(draw: Draw) -> Iterator[File]:
    """Yield graves, weddings, the register of heat waves, the booklet of newcomers."""
    yield sheet("État civil et cimetière/Concessions échues.xlsx", date(2020, 11, 3), [
        ("Emplacement", "Titulaire", "Ayant droit", "Adresse", "Échéance"),
        *[(f"{draw.choice('ABCDE')}-{at:03}", draw.person(near=1990).listed, who.name, who.address,
           draw.day(2020)) for at, who in enumerate(draw.people(28, near=2020), start=12)],
    ])  # fmt: skip
    on = date(2024, 6, 3)
    yield page("État civil et cimetière/Livret d'accueil des nouveaux habitants.pdf", on, [
        f"# Bienvenue à {TOWN.removeprefix('Ville de ')}",
        "La mairie est ouverte du lundi au vendredi, et le jeudi jusqu’à 19 heures.",
        "# Vos démarches", "- Inscription sur les listes électorales", "- Inscription scolaire",
        "- Carte de médiathèque, gratuite pour tous", "# Déchets",
        "Les bacs jaunes sont collectés le mercredi des semaines paires.",
    ])  # fmt: skip
    for rank in range(3):
        on = draw.day(2021 + rank)
        guests = draw.people(12, near=on.year)
        one = next(each for each in guests if each.woman)
        other = next(each for each in guests if not each.woman)
        yield page(f"État civil et cimetière/Mariages/Dossier {on:%Y-%m-%d}.docx", on, [
            "# Projet de mariage", f"Célébration prévue le {french_day(on + timedelta(days=60))}",
            *[f"{each.title} {each.name}, né{each.e} le {each.born:%d/%m/%Y}, domicilié{each.e}"
              f" {each.address}, {each.phone}" for each in (one, other)],
            "Pièces reçues : actes de naissance, justificatifs de domicile, liste des témoins.",
        ])  # fmt: skip
    rows: list[Row] = [
        ("Nom", "Prénom", "Né le", "Adresse", "Téléphone", "Personne à prévenir"),
        *[(who.last.upper(), who.first, who.born, who.address, who.phone, draw.person().name)
          for who in draw.people(24, near=1985)],
    ]  # fmt: skip
    yield sheet("État civil et cimetière/Registre canicule 2022.csv", date(2022, 6, 20), rows)


def police(draw: Draw) -> Iterator[File]:
    """Yield vehicles towed away, homes looked after, notes on parking."""
    for year in (2023, 2024):
        owners = draw.people(16, near=year)
        yield sheet(f"Police municipale/Fourrière {year}.csv", date(year, 12, 19), [
            ("Date", "Immatriculation", "Lieu", "Propriétaire", "Téléphone"),
            *[(draw.day(year), draw.plate(), draw.choice(STREETS), each.name, each.phone)
              for each in owners],
        ], "cp1252")  # fmt: skip
    on = date(2024, 8, 26)
    yield page("Police municipale/Opération tranquillité vacances.odt", on, [
        "# Opération tranquillité vacances – passages de la semaine",
        [("Demandeur", "Adresse", "Absence", "Contact"),
         *[(who.name, who.address, f"jusqu’au {on + timedelta(days=draw.randint(3, 20)):%d/%m}",
            who.phone) for who in draw.people(9, near=2024)]],
    ])  # fmt: skip
    yield page("Police municipale/Consignes de stationnement marché.txt", on, [
        "Le stationnement est interdit place du Minage de 5 h à 15 h les jours de marché.",
        "Les commerçants présentent leur carte de placement.",
    ], "cp1252")  # fmt: skip
