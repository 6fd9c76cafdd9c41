"""What the council decided or is about to, and what the counter answers: no person in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gouvernail.demo.share.formats import File, Page, Row, Rows, packed, page, sheet, written
from gouvernail.demo.share.people import TOWN, Draw, french_day, french_euros, plain

#: A subject, why the council takes it up, what it decides, the bounds of the {amount}.
_DELIBERATIONS = (
    (
        "Tarifs des salles municipales",
        "Les tarifs de location n’ont pas évolué depuis trois exercices, alors que le coût des"
        " fluides a augmenté. Il est proposé de les relever tout en maintenant la gratuité pour"
        " deux manifestations par an et par association de la commune.",
        "APPROUVE la grille annexée, le tarif de la grande salle étant porté à {amount} la"
        " journée.",
        (180, 650),
    ),
    (
        "Adhésion au syndicat intercommunal d’électrification",
        "Le syndicat intercommunal assure la maîtrise d’ouvrage des extensions de réseau. Ses"
        " statuts modifiés ouvrent une compétence facultative relative aux bornes de recharge.",
        "APPROUVE les statuts du syndicat et la contribution annuelle de {amount}.",
        (4_000, 19_000),
    ),
    (
        "Programmation de la politique de la ville",
        "Le contrat signé avec l’État et l’intercommunalité retient trois orientations : le cadre"
        " de vie, l’emploi et la réussite éducative.",
        "ADOPTE la programmation annuelle et inscrit au budget une participation de {amount}.",
        (40_000, 120_000),
    ),
    (
        "Restauration de la toiture de l’église paroissiale",
        "L’édifice religieux, propriété de la commune, est inscrit au titre des monuments"
        " historiques. Le diagnostic fait apparaître des désordres de charpente qui menacent la"
        " couverture.",
        "APPROUVE le plan de financement, la part communale s’élevant à {amount}.",
        (30_000, 95_000),
    ),
    (
        "Règlement intérieur de la restauration scolaire",
        "Le règlement précise les délais d’inscription, les conditions d’annulation et l’accueil"
        " des enfants qui ont besoin d’un repas adapté.",
        "ADOPTE le règlement intérieur et fixe le prix du repas occasionnel à {amount}.",
        (4, 8),
    ),
    (
        "Décision modificative n° 1 du budget principal",
        "L’exécution du budget conduit à ajuster les crédits ouverts en section de fonctionnement,"
        " notamment au titre des dépenses d’énergie.",
        "ADOPTE la décision modificative, équilibrée à {amount} en dépenses et en recettes.",
        (90_000, 260_000),
    ),
    (
        "Création d’une zone de rencontre dans le centre ancien",
        "La réunion publique du printemps a confirmé l’attente d’une circulation apaisée et d’un"
        " meilleur partage de l’espace entre piétons, cyclistes et automobilistes.",
        "APPROUVE l’aménagement, estimé à {amount} hors taxes, et SOLLICITE les subventions.",
        (150_000, 420_000),
    ),
    (
        "Groupement de commandes pour l’achat d’électricité",
        "Les tarifs réglementés n’étant plus ouverts à la collectivité, une mise en concurrence"
        " commune avec les collectivités voisines est de nature à obtenir de meilleures"
        " conditions.",
        "ADHÈRE au groupement pour un volume annuel estimé à {amount}.",
        (300_000, 900_000),
    ),
    (
        "Convention avec la médiathèque départementale",
        "La convention organise le prêt de documents, la formation des bibliothécaires et l’accès"
        " aux ressources numériques.",
        "AUTORISE le Maire à signer la convention, pour une cotisation de {amount}.",
        (1_200, 4_800),
    ),
    (
        "Mise à jour du tableau des effectifs",
        "Les besoins des services conduisent à créer un emploi d’adjoint technique à temps complet"
        " et à supprimer un emploi devenu vacant, après avis du comité social territorial.",
        "MODIFIE le tableau des effectifs, la dépense étant évaluée à {amount} en année pleine.",
        (32_000, 41_000),
    ),
    (
        "Cession d’une parcelle communale",
        "La parcelle, enclavée et sans usage pour le service public, a fait l’objet d’un avis du"
        " service des domaines.",
        "AUTORISE la cession au prix de {amount}, frais d’acte à la charge de l’acquéreur.",
        (6_000, 48_000),
    ),
    (
        "Rapport sur le prix et la qualité du service de l’eau",
        "Le rapport présente les indicateurs techniques et financiers de l’exercice. Le rendement"
        " du réseau progresse ; le nombre de fuites réparées est en baisse.",
        "PREND ACTE du rapport, le prix d’une facture type s’établissant à {amount}.",
        (190, 290),
    ),
    (
        "Plan de végétalisation des cours d’école",
        "Les épisodes de forte chaleur rendent nécessaire de désimperméabiliser les cours, à"
        " commencer par les deux plus exposées.",
        "APPROUVE le programme, pour une enveloppe de {amount} répartie sur trois exercices.",
        (120_000, 380_000),
    ),
    (
        "Attribution de subventions aux associations sportives",
        "L’aide de la commune tient compte du nombre de licenciés, de la part des jeunes et de la"
        " participation à l’animation locale.",
        "ATTRIBUE une enveloppe globale de {amount}, répartie selon le tableau annexé.",
        (45_000, 110_000),
    ),
)  # fmt: skip

_DEBATES = (
    "Un membre de l’opposition demande des précisions sur le calendrier. Le rapporteur répond que"
    " le dossier sera de nouveau présenté en commission.",
    "Il est demandé si les associations ont été consultées. Le Maire indique qu’une réunion s’est"
    " tenue et que ses conclusions sont jointes.",
    "La discussion porte sur le coût d’entretien, dont le rapporteur donne une estimation.",
    "Aucune observation n’est formulée.",
)
_WORKS = (
    ("rue de la Tannerie", "le remplacement d’une canalisation d’eau potable"),
    ("avenue de la Brenne-Haute", "la réfection de la couche de roulement"),
    ("place du Minage", "le marché de producteurs"),
    ("rue des Lavandières", "le déploiement de la fibre optique"),
    ("rue du Four-Banal", "l’élagage des arbres d’alignement"),
    ("rue des Trois-Étangs", "le passage de la course cycliste"),
)

#: A procedure of the counter: what it is, who may ask, what to bring, how long it takes.
_PROCEDURES = (
    ("Carte nationale d’identité", "Tout usager, sur rendez-vous, quel que soit son domicile.",
     ("pré-demande en ligne", "photographie de moins de six mois", "justificatif de domicile"),
     "Compter six à huit semaines entre mars et juillet."),
    ("Passeport", "Tout usager, sur rendez-vous ; la présence du mineur est obligatoire.",
     ("pré-demande en ligne", "timbre fiscal", "photographie", "ancien titre"),
     "Le titre non retiré dans les trois mois est détruit."),
    ("Inscription sur les listes électorales", "Toute personne majeure de nationalité française ;"
     " les ressortissants de l’Union pour les listes complémentaires.",
     ("pièce d’identité", "justificatif de domicile de moins de trois mois"),
     "Jusqu’au sixième vendredi précédant le scrutin."),
    ("Inscription scolaire", "Les responsables légaux de l’enfant, dès deux ans et demi.",
     ("livret de famille", "justificatif de domicile", "carnet de vaccinations à présenter"),
     "La commission d’affectation se réunit en mai."),
    ("Attestation d’accueil", "La personne qui héberge, en personne.",
     ("pièce d’identité", "titre de propriété ou bail", "trois derniers bulletins de salaire",
      "timbre fiscal"),
     "Instruction en quinze jours, visite du logement possible."),
    ("Pacte civil de solidarité", "Les deux partenaires, ensemble, sur rendez-vous.",
     ("convention", "actes de naissance de moins de trois mois", "pièces d’identité"),
     "Enregistrement le jour du rendez-vous si le dossier est complet."),
    ("Recensement citoyen", "Les jeunes de seize ans, dans les trois mois de l’anniversaire.",
     ("pièce d’identité", "livret de famille"),
     "L’attestation est remise immédiatement ; il n’est pas délivré de duplicata."),
    ("Concession au cimetière", "Les habitants, ou ceux qui y ont une sépulture de famille.",
     ("pièce d’identité", "justificatif de domicile"),
     "Durées proposées : quinze, trente ou cinquante ans."),
    ("Autorisation de voirie", "Les particuliers et les entreprises, quinze jours avant.",
     ("plan de situation", "descriptif des travaux", "durée d’occupation"),
     "Redevance selon la délibération en vigueur."),
    ("Déclaration préalable de travaux", "Le propriétaire ou son mandataire.",
     ("formulaire national", "plan de masse", "photographies de près et de loin"),
     "Un mois, deux aux abords d’un monument historique."),
    ("Débit de boissons temporaire", "Les associations, cinq fois par an au plus.",
     ("demande écrite", "statuts de l’association"),
     "Demande à déposer quinze jours avant la manifestation."),
    ("Objet trouvé", "Toute personne qui trouve ou qui a perdu un objet.",
     ("description de l’objet", "lieu et date"),
     "Conservation un an et un jour, puis remise au service des domaines."),
)  # fmt: skip


def published_acts(draw: Draw) -> Iterator[File]:
    """Yield what is already on the site of the town: deliberations, orders, minutes, the budget."""
    for year in (2022, 2023, 2024):
        for rank, at in enumerate(sorted(draw.sample(range(len(_DELIBERATIONS)), 4)), start=1):
            subject, why, decision, bounds = _DELIBERATIONS[at]
            on = draw.day(year, (3, 6, 9, 12)[rank - 1])
            number = f"{year}-{rank * 11:03}"
            yield page(
                f"Délibérations/{year}/{number} {subject}.pdf",
                on,
                _deliberation(
                    number, on, subject, why, decision.format(amount=_amount(draw, bounds))
                ),
            )
    for rank, (street, reason) in enumerate(_WORKS, start=1):
        on = draw.day(2023, 2 * rank - 1)
        suffix = "pdf" if rank % 2 else "odt"
        yield page(
            f"Arrêtés/2023-{rank * 17:03} {street}.{suffix}", on, _traffic(street, reason, on)
        )
    for year in (2022, 2023):
        on = draw.day(year, 12)
        yield page(f"Procès-verbaux/PV séance {on:%Y-%m-%d}.pdf", on, _minutes(draw, on))
        yield sheet(f"Données ouvertes/budget_{year}.csv", on, _budget(draw), "utf-8")
    on = date(2023, 10, 16)
    acts = [
        page(f"{street}.odt", on, _traffic(street, reason, on)) for street, reason in _WORKS[:3]
    ]
    yield packed("Recueil des actes administratifs 2023-T4.zip", on, acts)
    yield page("Site/index.html", on, [
        "# Délibérations et arrêtés", "Les actes sont publiés sous forme électronique et restent"
        " consultables pendant deux mois au moins.", "- Délibérations du conseil municipal",
        "- Arrêtés du maire", "- Procès-verbaux des séances",
    ])  # fmt: skip


def drafts_of_acts(draw: Draw) -> Iterator[File]:
    """Yield what goes to the next councils: drafts, notes to the councillors, the agenda."""
    for rank, (subject, why, decision, bounds) in enumerate(_DELIBERATIONS[:10]):
        on = draw.day(2026, 8 + rank % 3)
        said = _deliberation(
            "2026-…",
            on,
            subject,
            why,
            decision.format(amount="… €" if rank % 4 else _amount(draw, bounds)),
        )
        suffix = ("docx", "odt", "docx", "docx")[rank % 4]
        yield page(
            f"Conseil du 12 novembre/{rank + 1:02} {subject} v{1 + rank % 3}.{suffix}", on, said
        )
        if rank % 3 == 0:
            yield page(f"Conseil du 12 novembre/Notes/Note {rank + 1:02}.docx", on, [
                f"# Note de synthèse – {subject}", why,
                "La commission compétente a été saisie pour avis. Les crédits sont prévus au"
                " budget.",
                "Point d’attention : le calendrier suppose une notification avant la fin de"
                " l’année.",
            ])  # fmt: skip
    on = date(2026, 11, 3)
    yield page("Conseil du 12 novembre/Ordre du jour.docx", on, [
        "# Ordre du jour de la séance du 12 novembre 2026",
        "Approbation du procès-verbal de la séance précédente",
        *[f"- {subject}" for subject, *_rest in _DELIBERATIONS[:10]],
        "Décisions prises par délégation", "Questions diverses",
    ])  # fmt: skip
    yield sheet("Calendrier des assemblées.ods", on, [
        ["Instance", "Date", "Limite de dépôt des projets"],
        *[(kind, draw.day(2026, month), draw.day(2026, month - 1))
          for month, kind in ((6, "Conseil municipal"), (9, "Bureau"), (11, "Conseil municipal"),
                              (12, "Commission des finances"))],
    ])  # fmt: skip


def counter_answers(draw: Draw) -> Iterator[File]:
    """Yield the procedures of the counter, some of them old."""
    for rank, (title, who, papers, delay) in enumerate(_PROCEDURES):
        on = draw.day(2019 + rank % 7)
        blocks = [
            f"# {title}",
            f"Fiche mise à jour le {french_day(on)}.",
            f"Qui peut demander : {who}",
            "Pièces à présenter :",
            *[f"- {paper}" for paper in papers],
            f"Délai : {delay}",
            "En cas de doute, s’adresser au responsable de l’accueil avant de répondre.",
        ]
        suffix = ("html", "odt", "docx", "html")[rank % 4]
        yield page(f"Fiches/{rank + 1:02}_{plain(title)}.{suffix}", on, blocks)
    on = date(2022, 5, 9)
    yield page("Fiches/index.html", on, ["# Base de réponses", *[f"- {p[0]}" for p in _PROCEDURES]])
    yield page("Réponses types/Absence de rendez-vous.txt", on, [
        "Madame, Monsieur,",
        "Aucun créneau n'est disponible avant trois semaines. De nouveaux créneaux sont ouverts"
        " chaque lundi à 9 heures.",
        "Le service accueil et citoyenneté",
    ], "cp1252")  # fmt: skip
    yield page("Réponses types/Dossier incomplet.txt", on, [
        "Madame, Monsieur,",
        "Votre dossier ne peut être instruit en l'état. Merci de nous transmettre la ou les pièces"
        " cochées ci-dessous.",
        "[ ] justificatif de domicile    [ ] copie d'une pièce d'identité    [ ] formulaire signé",
    ], "utf-16")  # fmt: skip
    hours = [
        ["Jour", "Matin", "Après-midi"],
        *[[day, "8 h 30 – 12 h", "13 h 30 – 17 h 30"] for day in ("Lundi", "Mardi", "Vendredi")],
        ["Mercredi", "8 h 30 – 12 h", "fermé"],
        ["Jeudi", "fermé", "13 h 30 – 19 h"],
    ]
    yield sheet("Horaires des guichets.xlsx", on, hours)
    yield sheet("Statistiques/passages_2024.csv", date(2025, 1, 20), [
        ["Mois", "Passages", "Appels", "Titres délivrés"],
        *[(f"{month:02}/2024", draw.randint(900, 1700), draw.randint(1200, 2600),
           draw.randint(180, 420)) for month in range(1, 13)],
    ])  # fmt: skip
    yield written("Fiches/ancien_guide.md", date(2018, 3, 2), (
        "# Guide d'accueil\n\nCe guide est remplacé par les fiches du dossier voisin.\n"
    ))  # fmt: skip


def _amount(draw: Draw, bounds: tuple[int, int]) -> str:
    amount = draw.euros(*bounds)
    return french_euros(amount if amount < 1000 else round(amount, -2))


def _deliberation(number: str, on: date, subject: str, why: str, decision: str) -> Page:
    return [
        f"# {TOWN}",
        f"Extrait du registre des délibérations – n° {number}",
        f"Séance du {french_day(on)} – convocation adressée cinq jours francs auparavant",
        f"Objet : {subject}",
        "Le conseil municipal, légalement convoqué, s’est réuni en séance ordinaire sous la"
        " présidence du Maire. Le quorum étant atteint, la séance est ouverte.",
        "Vu le code général des collectivités territoriales,",
        "Vu l’avis de la commission compétente,",
        f"Considérant ce qui suit. {why}",
        "Le conseil municipal, après en avoir délibéré, à la majorité des suffrages exprimés :",
        decision,
        "AUTORISE le Maire à signer tout document relatif à la présente délibération.",
        "La présente délibération peut faire l’objet d’un recours devant le tribunal administratif"
        " dans un délai de deux mois à compter de sa publication.",
    ]


def _traffic(street: str, reason: str, on: date) -> Page:
    return [
        "# Arrêté temporaire de circulation",
        "Le Maire,",
        "Vu le code de la route et le code général des collectivités territoriales,",
        f"Considérant que {reason} nécessite de réglementer la circulation {street},",
        "ARRÊTE",
        f"Article 1 – À compter du {french_day(on)} et pour une durée de cinq jours, la"
        f" circulation des véhicules est interdite {street}, sauf riverains et secours.",
        "Article 2 – Le stationnement y est interdit et qualifié de gênant.",
        "Article 3 – La signalisation est mise en place et entretenue par l’intervenant.",
        "Article 4 – Le directeur général des services et le chef de la police municipale sont"
        " chargés, chacun en ce qui le concerne, de l’exécution du présent arrêté.",
    ]


def _minutes(draw: Draw, on: date) -> Page:
    blocks: list[str] = [
        f"# Procès-verbal de la séance du {french_day(on)}",
        "Le conseil municipal s’est réuni à dix-neuf heures à l’hôtel de ville.",
        "Le procès-verbal de la séance précédente est adopté à l’unanimité.",
    ]
    for subject, why, decision, bounds in draw.sample(_DELIBERATIONS, 7):
        against = draw.randint(0, 8)
        blocks += [
            f"Objet : {subject}",
            why,
            draw.choice(_DEBATES),
            decision.format(amount=_amount(draw, bounds)),
            f"Vote : {37 - against} pour, {against} contre, 2 abstentions.",
        ]
    return [*blocks, "La séance est levée à vingt-deux heures quinze."]


def _budget(draw: Draw) -> Rows:
    chapters = (
        ("011", "Charges à caractère général", 11_400), ("012", "Charges de personnel", 27_900),
        ("65", "Autres charges de gestion courante", 5_200), ("66", "Charges financières", 640),
        ("70", "Produits des services", 4_100), ("73", "Impôts et taxes", 34_300),
        ("74", "Dotations et participations", 9_800), ("21", "Immobilisations corporelles", 3_700),
        ("23", "Immobilisations en cours", 8_900), ("16", "Emprunts et dettes assimilées", 2_600),
    )  # fmt: skip
    rows: list[Row] = [("Chapitre", "Libellé", "Voté", "Réalisé")]
    for code, label, usual in chapters:
        voted = round(usual * draw.uniform(0.95, 1.05)) * 1000
        rows.append((code, label, voted, round(voted * draw.uniform(0.85, 1), 2)))
    return rows
