"""What the direction, human resources and social aid put on the common share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gouvernail.demo.share.formats import (
    File,
    Page,
    Row,
    page,
    pptx,
    scanned,
    sheet,
    text,
    written,
)
from gouvernail.demo.share.people import (
    DOMAIN,
    JOBS,
    SERVICES,
    Agent,
    Draw,
    agents,
    french_day,
    french_euros,
    spaced_nir,
)


def direction(draw: Draw) -> Iterator[File]:
    """Yield minutes, notes of service, presentations and directories."""
    for rank in range(10):
        on = draw.day(2022 + rank // 3, 1 + rank)
        present = sorted({each.name for each in draw.sample(agents(), 5)})
        yield page(f"Direction générale/Codir/CR codir {on:%Y-%m-%d}.docx", on, [
            f"# Compte rendu du comité de direction du {french_day(on)}",
            f"Présents : {', '.join(present)}",
            *draw.some(
                "Préparation budgétaire : les lettres de cadrage partent en septembre.",
                "Syndicat intercommunal : le transfert de la compétence eau est reporté d’un an.",
                "Politique de la ville : le bilan du contrat est attendu pour le 30.",
                "Locaux : le déménagement du service urbanisme est confirmé.",
                "Élections : l’organisation des bureaux de vote mobilise quarante agents.",
                "Accueil : les horaires du jeudi soir sont reconduits jusqu’à la fin de l’année.",
                "Chantier de la halle : réception prévue en octobre, deux réserves majeures.",
                "Dialogue social : le calendrier du comité social territorial est arrêté.",
                count=5,
            ),
            [("Action", "Service", "Échéance"),
             *[(action, draw.choice(SERVICES), on + timedelta(days=draw.randint(10, 60)))
               for action in ("Note de cadrage", "Tableau de suivi", "Réunion de lancement")]],
        ])  # fmt: skip
    notes = (
        ("Fermeture des services le 24 décembre", "Les services ferment à 16 heures. L’état civil"
         " assure une permanence."),
        ("Consignes en cas de forte chaleur", "Les horaires des équipes de terrain sont avancés de"
         " deux heures. De l’eau est mise à disposition dans chaque bâtiment."),
        ("Utilisation des véhicules de service", "Les véhicules sont réservés par le logiciel et"
         " rendus propres, réservoir au quart au moins."),
        ("Tri des déchets de bureau", "Les corbeilles individuelles sont retirées. Trois bacs sont"
         " placés à chaque étage."),
        ("Signature électronique des bons de commande", "La signature manuscrite n’est plus admise"
         " au-delà de la période de transition."),
        ("Période de réserve électorale", "La neutralité du service s’impose à tous : aucune"
         " opinion politique ou religieuse n’est exprimée dans l’exercice des fonctions."),
    )  # fmt: skip
    for rank, (title, said) in enumerate(notes):
        on = draw.day(2019 + rank, (12, 7, 3, 5, 1, 2)[rank])
        suffix = ("pdf", "docx", "odt")[rank % 3]
        number = f"{on:%Y}-{rank + 3:02}"
        yield page(f"Direction générale/Notes de service/{number} {title}.{suffix}", on, [
            f"# Note de service n° {number}", f"Objet : {title}", said,
            "La présente note est affichée dans les locaux et diffusée aux chefs de service.",
            "La direction générale",
        ])  # fmt: skip
    on = date(2024, 1, 9)
    yield File("Direction générale/Vœux aux agents 2024.pptx", pptx([
        ("Vœux aux agents", ["Hôtel de ville, 9 janvier 2024"]),
        ("Une année de chantiers", ["Halle rénovée", "Deux cours d’école végétalisées"]),
        ("2024", ["Nouveau portail des familles", "Budget participatif", "Plan vélo"]),
    ], on), on)  # fmt: skip
    slides = [("Organigramme des services", ["Direction générale"])]
    for service in SERVICES[:5]:
        team = [each.name for each in agents() if each.service == service][:5]
        slides.append((service, team))
    said = "\n".join("\n".join((title, *lines)) for title, lines in slides)
    yield File("Direction générale/Organigramme 2023.pptx", pptx(slides, on), on, said)
    rows: list[Row] = [("Nom", "Prénom", "Service", "Fonction", "Téléphone", "Courriel")]
    rows += [
        (
            each.person.last.upper(),
            each.person.first,
            each.service,
            each.job,
            draw.phone(),
            each.email,
        )
        for each in agents()
    ]
    yield sheet("Direction générale/Annuaire interne.xlsx", date(2025, 2, 3), rows)
    yield sheet("Direction générale/Annuaire interne (ancien).ods", date(2019, 2, 4), rows[:40])


def staff(draw: Draw) -> Iterator[File]:
    """Yield job sheets, training, minutes with the unions, models of letters, an appraisal."""
    for rank, service in enumerate(draw.sample(SERVICES, 6)):
        job = draw.choice(JOBS[service])
        on = draw.day(2020 + rank % 5)
        yield page(f"RH/Fiches de poste/{job}.{('docx', 'odt')[rank % 2]}", on, [
            f"# Fiche de poste – {job}", f"Service de rattachement : {service}",
            "Temps complet, cycle hebdomadaire de travail.", "Missions principales :",
            *[f"- {each}" for each in draw.some(
                "Accueillir et renseigner le public", "Tenir les tableaux de suivi",
                "Appliquer les règles d’hygiène et de sécurité", "Entretenir le matériel confié",
                "Rendre compte à sa hiérarchie", "Participer aux astreintes",
            )],
            "Contraintes : station debout prolongée, travail ponctuel le samedi.",
        ])  # fmt: skip
    on = date(2024, 3, 18)
    yield sheet("RH/Plan de formation 2024.xlsx", on, {
        "Demandes": [
            ("Matricule", "Agent", "Formation demandée", "Jours", "Avis"),
            *[(each.number, each.name, draw.choice((
                "Gestes et postures", "Bureautique", "Accueil du public", "Conduite d’engins",
            )), draw.randint(1, 4), draw.choice(("favorable", "à revoir")))
              for each in agents()[:26]],
        ],
        "Budget": [("Poste", "Montant"), ("CNFPT", 0.0), ("Autres organismes", 18_500.0)],
    })  # fmt: skip
    for rank, year in enumerate((2022, 2023)):
        on = draw.day(year, 6)
        men = [each for each in agents() if not each.person.woman]
        women = [each for each in agents() if each.person.woman]
        speaker, other = draw.choice(men), draw.choice(women)
        yield page(f"RH/Instances/PV comité social territorial {on:%Y-%m-%d}.docx", on, [
            f"# Procès-verbal du comité social territorial du {french_day(on)}",
            f"M. {speaker.name}, représentant syndical élu au titre de la liste CFDT, demande que"
            " le règlement des astreintes soit revu.",
            f"Mme {other.name}, déléguée syndicale CGT, souhaite une étude sur la charge de"
            " travail des équipes du soir.",
            "L’administration répond qu’un groupe de travail sera réuni avant l’été.",
            f"Vote sur le point {rank + 1} : avis favorable à la majorité.",
        ])  # fmt: skip
    on = date(2021, 10, 4)
    yield page("RH/Modèles/Courrier type – titularisation.docx", on, [
        "# Courrier type", "«Civilité» «Nom» «Prénom»", "«Adresse»",
        "J’ai le plaisir de vous informer que votre stage, commencé le «date», est arrivé à son"
        " terme et que vous êtes titularisé(e) dans le grade de «grade» à compter du «date».",
    ])  # fmt: skip
    yield page("RH/Modèles/Courrier type – absence injustifiée.odt", on, [
        "# Courrier type", "«Civilité» «Nom»",
        "Sauf erreur, vous ne vous êtes pas présenté(e) à votre poste depuis le «date». Je vous"
        " mets en demeure de rejoindre votre service ou de justifier votre absence.",
    ])  # fmt: skip
    yield sheet("RH/Congés été 2023.ods", date(2023, 5, 22), [
        ("Agent", "Service", "Du", "Au"),
        *[(each.name, each.service, begin := draw.day(2023, 7), begin + timedelta(days=14))
          for each in agents()[10:40]],
    ])  # fmt: skip
    agent = agents()[17]
    report = _interview(agent)
    yield File("RH/Scans/Entretien professionnel signé.pdf", scanned(report), on, text(report))


def _interview(agent: Agent) -> Page:
    return [
        "# Compte rendu d’entretien professionnel",
        f"Agent : {agent.name} – matricule {agent.number}",
        f"Service : {agent.service} – emploi : {agent.job}",
        "Objectifs atteints : deux sur trois. Manière de servir satisfaisante.",
        "L’agent souhaite évoluer vers un poste d’encadrement et demande une formation.",
        "Signature de l’agent et du supérieur hiérarchique direct",
    ]


def social_aid(draw: Draw) -> Iterator[File]:
    """Yield reports on people who ask for help, the guide of the aids, figures."""
    for rank in range(3):
        on, who = draw.day(2022 + rank), draw.person(near=2022)
        yield page(f"CCAS/Commission/Rapport {on:%Y-%m-%d}.{('docx', 'odt', 'doc')[rank]}", on, [
            "# Commission permanente du CCAS – rapport social",
            f"{who.title} {who.name}, né{who.e} le {who.born:%d/%m/%Y}, {who.address}",
            f"N° de sécurité sociale : {spaced_nir(who.nir)} – allocataire CAF n°"
            f" {draw.allowance()}",
            (
                f"Situation : perçoit le RSA, {draw.randint(2, 4)} enfants à charge, menace"
                " d’expulsion locative.",
                "Situation : sort d’une longue hospitalisation, dossier de surendettement déposé.",
                "Situation : sous curatelle, aide humaine demandée à la MDPH.",
            )[rank],
            f"Aide demandée : {french_euros(draw.euros(120, 700))} au titre"
            f" {('de l’énergie', 'du loyer', 'du transport')[rank]}.",
            "Avis du travailleur social : favorable.",
        ])  # fmt: skip
    yield page("CCAS/Guide des aides.pdf", date(2024, 2, 5), [
        "# Guide des aides facultatives",
        "L’aide facultative complète les dispositifs légaux. Elle est accordée après étude de la"
        " situation, dans la limite des crédits votés.",
        [("Aide", "Plafond"), ("Énergie", 300.0), ("Alimentation", 120.0), ("Transport", 80.0)],
    ])  # fmt: skip
    yield sheet("CCAS/Statistiques d'activité 2023.ods", date(2024, 1, 29), [
        ("Trimestre", "Demandes", "Accordées", "Montant"),
        *[(f"T{at}", draw.randint(90, 160), draw.randint(50, 90), draw.euros(9_000, 21_000))
          for at in (1, 2, 3, 4)],
    ])  # fmt: skip


def forgotten(draw: Draw) -> Iterator[File]:
    """Yield an export of the staff and one of social aid, left in a folder that everybody reads."""
    folder = "Divers/A TRIER/Sauvegarde ancien poste"
    on = date(2019, 3, 22)
    health = ("", "", "", "", "RQTH", "congé de longue maladie", "temps partiel thérapeutique")
    rows: list[Row] = [
        (
            "Matricule", "Nom", "Prénom", "Né le", "NIR", "Adresse", "Téléphone", "IBAN",
            "Brut mensuel", "Situation médicale", "Cotisation syndicale",
        ),
        *[
            (
                each.number, each.person.last.upper(), each.person.first, each.person.born,
                each.person.nir, each.person.address, each.person.phone, each.person.iban,
                draw.euros(1_650, 3_900), draw.choice(health),
                draw.choice(("", "", "", "CGT", "CFDT")),
            )
            for each in agents()
        ],
    ]  # fmt: skip
    yield sheet(f"{folder}/export_paie_2019-03.xlsx", on, {"Export": rows, "Feuil2": [("",)]})
    yield sheet(f"{folder}/export_paie_2019-03.csv", on, rows, "cp1252")
    helped: list[Row] = [
        (
            "Dossier", "Nom", "Prénom", "Né le", "NIR", "N° allocataire", "Adresse", "Téléphone",
            "Motif", "Montant",
        ),
        *[
            (
                20_190_000 + at, who.last.upper(), who.first, who.born, who.nir, draw.allowance(),
                who.address, who.phone,
                draw.choice((
                    "bénéficiaire du RSA", "dossier de surendettement", "expulsion locative",
                    "sous curatelle renforcée", "violences conjugales", "impayé d’énergie",
                )),
                draw.euros(60, 700),
            )
            for at, who in enumerate(draw.people(260, near=2019), start=1)
        ],
    ]  # fmt: skip
    yield sheet(f"{folder}/aides_CCAS_2018-2019.ods", on, {"Aides": helped})
    yield written(f"{folder}/a_lire.txt", on, (
        "Export fait pour le changement de logiciel. A supprimer apres la bascule d'avril.\r\n"
        f"Questions : informatique@{DOMAIN}\r\n"
    ))  # fmt: skip
