"""The mailboxes of the town: what inhabitants, agents and companies write, and who applies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from gouvernail.demo.share.formats import File, Mail, Page, message, packed, page, scanned, text
from gouvernail.demo.share.people import (
    DOMAIN,
    SCHOOLS,
    STREETS,
    TOWN,
    Draw,
    Person,
    agents,
    french_day,
    french_euros,
    in_words,
    spaced_nir,
)

_Written = Callable[[Draw, Person, date], Mail]


def mailboxes(draw: Draw) -> Iterator[File]:
    """Yield the shared mailboxes: messages one by one, and years kept as folders of mail."""
    for box, templates, count in (
        ("accueil", (_birth_certificate, _report, _complaint, _appointment), 8),
        ("cantine", (_canteen, _unpaid, _absence, _menu_question), 10),
        ("ccas", (_help_asked, _home_help, _voucher), 7),
        ("rh", (_sick_note, _new_bank, _leave, _training), 9),
        ("technique", (_invoice, _report, _meeting, _delivery), 8),
    ):
        for rank in range(count):
            on = draw.day(2023 + rank % 4)
            mail = templates[rank % len(templates)](draw, draw.person(near=on.year), on)
            name = mail.subject.replace("/", "-").replace(":", "").replace("?", "").strip()
            yield message(f"{box}@/{on:%Y-%m-%d} {name} {rank:02}.eml", [mail])
        for year in (2020, 2021):
            kept = [
                templates[rank % len(templates)](draw, draw.person(near=year), draw.day(year))
                for rank in range(16)
            ]
            yield message(f"{box}@/Archives/{box}_{year}.mbox", sorted(kept, key=lambda m: m.on))
    for rank in range(6):
        on = draw.day(2024, rank + 2)
        yield message(
            f"tous@/{on:%Y-%m-%d} Lettre interne n° {rank + 12}.eml", [_newsletter(draw, on)]
        )
    yield message(
        "informatique@/2022-09-06 Accès au portail.eml", [_access(draw, date(2022, 9, 6))]
    )


def applications(draw: Draw) -> Iterator[File]:
    """Yield applications received, with what is attached, and what was answered."""
    for rank in range(14):
        on = draw.day(2024 + rank % 3)
        who, (service, job) = draw.person(near=on.year), draw.post()
        suffix = ("pdf", "docx", "odt", "pdf")[rank % 4]
        attached = [page(f"CV {who.name}.{suffix}", on, _resume(draw, who, job, on))]
        if rank % 3 == 0:
            attached.append(page(f"Lettre {who.last}.docx", on, _letter(draw, who, job, service)))
        if rank == 7:
            card = _resume(draw, who, job, on)
            attached.append(File("diplôme numérisé.pdf", scanned(card), on, text(card)))
        mail = Mail(
            f"{who.name} <{who.email}>",
            f"recrutement@{DOMAIN}",
            f"Candidature {job} – {who.last}",
            "Madame, Monsieur,\n\nVeuillez trouver ci-joint ma candidature au poste cité en"
            " objet.\n"
            f"Je suis joignable au {who.phone}.\n\nCordialement,\n{who.name}\n{who.address}\n",
            on,
            attached,
        )
        yield message(f"{on.year}/{on:%m-%d} {who.last} {rank:02}.eml", [mail])
        if rank % 4 == 1:
            yield page(f"Réponses/{on:%Y-%m-%d} {who.last}.odt", on, _refusal(who, job, on))
    refused = []
    for _rank in range(14):
        who, on = draw.person(near=2023), draw.day(2023)
        said = f"{who.madam},\n\nVotre candidature n'a pas été retenue.\n"
        refused.append(
            Mail(
                f"recrutement@{DOMAIN}", f"{who.name} <{who.email}>", "Votre candidature", said, on
            )
        )
    yield message("Archives/envoyés_2023.mbox", sorted(refused, key=lambda mail: mail.on))
    on = date(2025, 5, 14)
    yield packed("Archives/Jury mai 2025.zip", on, [
        page(f"CV {who.name}.odt", on, _resume(draw, who, "Rédacteur", on))
        for who in draw.people(4, near=2025)
    ])  # fmt: skip


def _from(who: Person) -> str:
    return f"{who.name} <{who.email}>"


def _mail(who: Person, box: str, subject: str, body: str, on: date, *attached: File) -> Mail:
    return Mail(_from(who), f"{box}@{DOMAIN}", subject, body, on, attached)


def _birth_certificate(draw: Draw, who: Person, on: date) -> Mail:
    return _mail(who, "accueil", "Demande d'acte de naissance", (
        f"Bonjour,\n\nJe souhaite une copie intégrale de mon acte de naissance.\n"
        f"{who.name}, né{who.e} le {who.born:%d/%m/%Y}.\n"
        f"À envoyer au {who.address}.\n\nMerci d'avance,\n{who.name}\n{who.phone}\n"
    ), on)  # fmt: skip


def _report(draw: Draw, who: Person, on: date) -> Mail:
    street = draw.choice(STREETS)
    return _mail(who, "accueil", f"Signalement {street}", (
        f"Madame, Monsieur,\n\nLe lampadaire situé {street} ne fonctionne plus depuis le"
        f" {on - timedelta(days=9):%d/%m/%Y}. Le passage des enfants y devient dangereux le"
        " matin.\n"
        f"Pouvez-vous me dire quand il sera réparé ?\n\nCordialement,\n{who.name} – {who.phone}\n"
    ), on)  # fmt: skip


def _complaint(draw: Draw, who: Person, on: date) -> Mail:
    return _mail(who, "accueil", "Réclamation stationnement", (
        f"Bonjour,\n\nMon véhicule immatriculé {draw.plate()} a été verbalisé le"
        f" {on - timedelta(days=4):%d/%m/%Y} alors que j'affichais ma carte de résident.\n"
        f"Je demande le réexamen de ce forfait.\n\n{who.name}\n{who.address}\n"
    ), on)  # fmt: skip


def _appointment(draw: Draw, who: Person, on: date) -> Mail:
    return _mail(who, "accueil", "Rendez-vous passeport", (
        "Bonjour,\n\nEst-il possible d'avancer mon rendez-vous du"
        f" {on + timedelta(days=30):%d/%m/%Y} pour un passeport ? Notre départ a été"
        f" avancé.\n\nMerci,\n{who.name}\n"
    ), on)  # fmt: skip


def _canteen(draw: Draw, who: Person, on: date) -> Mail:
    child = draw.person(child=True, near=on.year)
    return _mail(who, "cantine", "Inscription cantine", (
        f"Bonjour,\n\nJe souhaite inscrire mon enfant {child.first} {who.last}, né"
        f"{child.e} le {child.born:%d/%m/%Y}, à l'école {draw.choice(SCHOOLS)}, les lundis et"
        f" jeudis.\nMon numéro d'allocataire CAF : {draw.allowance()}\n"
        f"Téléphone : {who.phone}\n\nBien cordialement,\n{who.name}\n"
    ), on)  # fmt: skip


def _unpaid(draw: Draw, who: Person, on: date) -> Mail:
    return _mail(who, "cantine", "Facture de restauration contestée", (
        f"Madame, Monsieur,\n\nLa facture de {french_euros(draw.euros(38, 160))} compte des repas"
        " que mon fils n'a pas pris, la classe étant en sortie. Je joins le mot de l'école.\n"
        f"Merci de corriger avant le prélèvement sur mon compte {who.iban}.\n\n{who.name}\n"
    ), on)  # fmt: skip


def _absence(draw: Draw, who: Person, on: date) -> Mail:
    child = draw.person(child=True, near=on.year)
    allergic = draw.random() < 0.4
    reason = (
        f"{child.first} {who.last} est allergique à l'arachide, je vous transmets le projet"
        " d'accueil individualisé signé par le médecin scolaire"
        if allergic
        else f"{child.first} {who.last} ne mangera pas à la cantine de la semaine"
    )
    return _mail(who, "cantine", "Repas adapté" if allergic else "Absence cantine", (
        f"Bonjour,\n\n{reason}.\nÉcole {draw.choice(SCHOOLS)}.\n\n{who.name}, {who.phone}\n"
    ), on)  # fmt: skip


def _menu_question(draw: Draw, who: Person, on: date) -> Mail:
    return _mail(who, "cantine", "Menus du mois", (
        "Bonjour,\n\nLes menus du mois prochain ne sont pas encore en ligne. Seront-ils publiés"
        " avant la date limite de réservation ?\n\nMerci de votre réponse.\n"
    ), on)  # fmt: skip


def _help_asked(draw: Draw, who: Person, on: date) -> Mail:
    return _mail(who, "ccas", "Demande d'aide", (
        "Madame, Monsieur,\n\nJe suis bénéficiaire du RSA depuis mars et je ne peux plus payer"
        f" l'électricité ({french_euros(draw.euros(180, 640))} de retard). Un dossier de"
        " surendettement est en cours.\n"
        f"Numéro d'allocataire : {draw.allowance()}\nNuméro de sécurité sociale :"
        f" {spaced_nir(who.nir)}\n\n{who.name}, né{who.e} le {who.born:%d/%m/%Y}\n{who.address}\n"
    ), on)  # fmt: skip


def _home_help(draw: Draw, who: Person, on: date) -> Mail:
    parent = draw.person(near=on.year - 25)
    return _mail(who, "ccas", "Portage de repas pour un parent", (
        f"Bonjour,\n\n{'Ma mère' if parent.woman else 'Mon père'}, {parent.name}, sort de"
        " l'hôpital après une"
        " fracture du col du fémur. Le portage de repas serait utile dès lundi.\n"
        f"Adresse : {parent.address}\nN° de sécurité sociale : {parent.nir}\n\n{who.name}"
        f"\n{who.phone}\n"
    ), on)  # fmt: skip


def _voucher(draw: Draw, who: Person, on: date) -> Mail:
    return _mail(who, "ccas", "Chèques d'accompagnement", (
        "Bonjour,\n\nPouvez-vous me préciser les jours de permanence pour retirer les chèques"
        " d'accompagnement personnalisé ?\n\nMerci.\n"
    ), on)  # fmt: skip


def _sick_note(draw: Draw, who: Person, on: date) -> Mail:
    agent = draw.choice(agents())
    note = page("Arrêt de travail.pdf", on, [
        "# Avis d’arrêt de travail",
        f"Assuré(e) : {agent.person.listed}", f"Numéro d’immatriculation : {agent.person.nir}",
        f"Arrêt de travail prescrit jusqu’au {on + timedelta(days=21):%d/%m/%Y}, avec sorties.",
    ])  # fmt: skip
    return Mail(agent.mailbox, f"rh@{DOMAIN}", "Arrêt de travail", (
        f"Bonjour,\n\nVous trouverez ci-joint mon arrêt de travail jusqu'au"
        f" {on + timedelta(days=21):%d/%m/%Y}. Je serai opéré{agent.person.e} du genou le"
        f" {on + timedelta(days=3):%d/%m}.\n\n{agent.signature()}\n"
    ), on, [note])  # fmt: skip


def _new_bank(draw: Draw, who: Person, on: date) -> Mail:
    agent = draw.choice(agents())
    return Mail(agent.mailbox, f"rh@{DOMAIN}", "Changement de RIB", (
        "Bonjour,\n\nMerci de verser mon traitement sur ce nouveau compte à partir du mois"
        " prochain :"
        f"\nIBAN {agent.person.iban}\n\nMatricule {agent.number}\n{agent.signature()}\n"
    ), on)  # fmt: skip


def _leave(draw: Draw, who: Person, on: date) -> Mail:
    agent, head = draw.sample(agents(), 2)
    return Mail(agent.mailbox, head.mailbox, "Congés d'été", (
        f"Bonjour,\n\nJe pose du {on + timedelta(days=40):%d/%m} au"
        f" {on + timedelta(days=54):%d/%m}. {head.person.first}, peux-tu valider dans le logiciel"
        f" ?\n\n{agent.signature()}\n"
    ), on)  # fmt: skip


def _training(draw: Draw, who: Person, on: date) -> Mail:
    agent = draw.choice(agents())
    return Mail(f"rh@{DOMAIN}", agent.mailbox, "Convocation à une formation", (
        f"Bonjour,\n\nVous êtes inscrit{agent.person.e} à la formation « Accueillir un public en"
        f" difficulté », deux jours à compter du {on + timedelta(days=30):%d/%m/%Y}. Merci de"
        " confirmer votre présence."
        "\n\nLe service des ressources humaines\n"
    ), on)  # fmt: skip


def _invoice(draw: Draw, who: Person, on: date) -> Mail:
    company = draw.company()
    amount = french_euros(draw.euros(300, 9000))
    bill = page("Facture.pdf", on, [
        f"# Facture n° F{on:%Y%m}-{draw.randint(100, 999)}", company.name, company.address,
        f"SIRET {company.siret} – TVA {company.vat}", f"Client : {TOWN}",
        [("Désignation", "Montant TTC"), ("Prestations du mois", amount)],
        f"Règlement par virement : IBAN {company.iban}",
    ])  # fmt: skip
    return Mail(f"{company.name} <{company.email}>", f"technique@{DOMAIN}", "Facture en attente", (
        f"Bonjour,\n\nSauf erreur, notre facture de {amount} n'est pas réglée. Elle a été déposée"
        " sur le portail le"
        f" {on - timedelta(days=35):%d/%m/%Y}.\n\n{company.boss.name}\n{company.phone}\n"
    ), on, [bill])  # fmt: skip


def _meeting(draw: Draw, who: Person, on: date) -> Mail:
    return Mail(f"technique@{DOMAIN}", f"direction@{DOMAIN}", "Réunion de chantier", (
        f"Bonjour,\n\nLa réunion de chantier se tient {french_day(on + timedelta(days=6))} à 14"
        " heures, sur place. Ordre du jour : planning, réserves, accès des riverains, syndicat"
        " intercommunal des eaux.\n\nBonne réception\n"
    ), on)  # fmt: skip


def _delivery(draw: Draw, who: Person, on: date) -> Mail:
    company = draw.company()
    return Mail(f"{company.name} <{company.email}>", f"technique@{DOMAIN}", "Avis de livraison", (
        f"Bonjour,\n\nVotre commande sera livrée aux ateliers le {on + timedelta(days=5):%d/%m/%Y}"
        " entre 8 heures et 12 heures. Prévoir un engin de levage.\n\nLe service expéditions\n"
    ), on)  # fmt: skip


def _newsletter(draw: Draw, on: date) -> Mail:
    news = draw.some(
        "La campagne de vaccination contre la grippe commence le mois prochain, sans rendez-vous.",
        "Le plan de déplacement prévoit vingt vélos de service ; les demandes se font à l'accueil.",
        "La politique d'achat responsable est en ligne : trois critères à retenir.",
        "Le restaurant municipal ferme une semaine pour travaux.",
        "Les élections professionnelles auront lieu en décembre ; le calendrier est affiché.",
        "L'exposition sur le patrimoine religieux du canton ouvre vendredi à la médiathèque.",
        "Le relevé des compteurs d'eau de chaque bâtiment est attendu avant le 15.",
        count=4,
    )
    return Mail(f"communication@{DOMAIN}", f"tous@{DOMAIN}", "La lettre interne", (
        "Bonjour à toutes et à tous,\n\n" + "".join(f"- {each}\n" for each in news)
        + "\nLe service communication\n"
    ), on)  # fmt: skip


def _access(draw: Draw, on: date) -> Mail:
    agent = draw.choice(agents())
    return Mail(f"informatique@{DOMAIN}", agent.mailbox, "Vos accès au portail", (
        "Bonjour,\n\nVoici vos accès au portail des familles.\nIdentifiant : "
        f"{agent.email}\nMot de passe : {draw.password()}\nMerci de le changer à la première"
        " connexion.\n\nLe service informatique\n"
    ), on)  # fmt: skip


def _resume(draw: Draw, who: Person, job: str, on: date) -> Page:
    began = who.born.year + 20
    return [
        f"# {who.name}",
        f"Né{who.e} le {who.born:%d/%m/%Y} – {who.address}",
        f"{who.phone} – {who.email}",
        f"Poste recherché : {job}",
        "# Expérience",
        *[
            f"- {began + 4 * at}–{began + 4 * at + draw.randint(1, 4)} :"
            f" {in_words(draw.post()[1])}, {place}"
            for at, place in enumerate(
                draw.sample(("commune voisine", "centre hospitalier", "entreprise de services",
                             "conseil départemental", "association d’insertion"), 3)
            )
        ],
        "# Formation",
        draw.choice(("Baccalauréat professionnel", "BTS", "CAP", "Licence professionnelle")),
        "# Divers",
        draw.choice(("Permis B, véhicule personnel", "Sauveteur secouriste du travail",
                     "Habilitation électrique", "Pratique du basket, bénévole au club")),
    ]  # fmt: skip


def _letter(draw: Draw, who: Person, job: str, service: str) -> Page:
    return [
        who.name,
        who.address,
        "# Candidature",
        f"Votre annonce pour un poste de {in_words(job)} au service « {service} » a retenu toute"
        " mon attention.",
        *draw.some(
            "J’ai exercé des missions proches pendant cinq ans, au contact du public.",
            "Habitant le territoire, je suis disponible dès le mois prochain.",
            "Je suis attaché au service public et à la qualité du travail d’équipe.",
            "Une formation récente m’a permis d’actualiser mes connaissances.",
            count=3,
        ),
        "Je vous prie d’agréer, Madame, Monsieur, l’expression de mes salutations distinguées.",
        who.name,
    ]


def _refusal(who: Person, job: str, on: date) -> Page:
    return [
        f"# {TOWN}",
        f"{who.title} {who.name}",
        who.address,
        f"Le {french_day(on)}",
        f"{who.madam},",
        f"Vous avez bien voulu présenter votre candidature au poste de {in_words(job)}. Malgré son"
        " intérêt, elle n’a pas été retenue par le jury.",
        "Sauf avis contraire de votre part, votre dossier sera conservé deux ans.",
        "Le Maire",
    ]
