"""What computing keeps: backups, accounts, and the disks of the agents who left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gouvernail.demo.share.formats import (
    File,
    Mail,
    Page,
    Row,
    as_json,
    encrypted_zip,
    message,
    packed,
    page,
    photograph,
    sheet,
    sql,
    written,
)
from gouvernail.demo.share.people import (
    DOMAIN,
    SCHOOLS,
    SERVICES,
    Agent,
    Draw,
    agents,
    french_day,
    in_words,
    spaced_nir,
)


def backups(draw: Draw) -> Iterator[File]:
    """Yield dumps of databases, settings with their passwords, the list of the accounts."""
    on = date(2024, 10, 6)
    families = draw.people(140, near=2024)
    rows: list[Row] = [
        (at, who.last, who.first, f"{who.born}", who.email, who.phone, who.iban, draw.allowance())
        for at, who in enumerate(families, start=1)
    ]
    columns = (
        "id",
        "nom",
        "prenom",
        "date_naissance",
        "courriel",
        "telephone",
        "iban",
        "allocataire",
    )
    yield written("bases/portail_familles.sql", on, sql("familles", columns, rows))
    stock: list[Row] = [
        (at, item, draw.randint(0, 400))
        for at, item in enumerate(("sel", "sable", "enrobé", "peinture", "panneaux"), start=1)
    ]
    yield written("bases/magasin.sql", on, sql("stock", ("id", "article", "quantite"), stock))
    export = [
        {"agent": each.number, "nom": each.name, "nir": each.person.nir, "service": each.service}
        for each in agents()[:30]
    ]
    content = as_json({"version": 3, "agents": export})
    yield File("bases/temps_de_travail.json", content, on, content.decode())
    settings = written("etc/portail.ini", on, (
        "[base]\nhote = bdd-portail.interne.test\nport = 5432\nutilisateur = portail\n"
        f"password = {draw.password()}\n\n[courriel]\nserveur = smtp.{DOMAIN}\n"
        f"adresse = portail@{DOMAIN}\nmot_de_passe = {draw.password()}\n"
    ))  # fmt: skip
    script = written("scripts/sauvegarde.sh", on, (
        "#!/bin/sh\n# Sauvegarde nocturne du portail\n"
        f"DEPOT=sftp://sauvegarde:{draw.password()}@coffre.interne.test/portail\n"
        "pg_dump portail | gzip > /tmp/portail.gz\n"
    ))  # fmt: skip
    yield settings
    yield script
    yield packed("serveur-portail_2024-10-06.tar.gz", on, [settings, script])
    accounts: list[Row] = [
        ("service", "adresse", "identifiant", "mot de passe", "note"),
        *[(name, f"https://{name}.interne.test", "admin", draw.password(), note)
          for name, note in (("portail", ""), ("telephonie", "changé en 2021"), ("alarmes", ""),
                             ("badges", "prestataire"), ("affichage", ""))],
    ]  # fmt: skip
    yield sheet("comptes/coffre_export.csv", date(2023, 2, 14), accounts, "utf-8")
    keys = written("coffre.txt", on, f"cle de secours : {draw.password()}\n")
    sealed = encrypted_zip({keys.path: keys.content}, draw.password(), on)
    yield File("comptes/coffre_de_secours.zip", sealed, on, keys.said)
    for day in range(1, 6):
        when = date(2024, 10, day)
        yield written(f"journaux/sauvegarde-{when}.log", when, "".join(
            f"{when} 02:{at:02}:00 INFO table {table} : {draw.randint(10, 90_000)} lignes\n"
            for at, table in enumerate(("familles", "enfants", "factures", "paiements", "stock"))
        ) + f"{when} 02:31:12 INFO fin normale\n")  # fmt: skip
    people = draw.sample(agents(), 8)
    yield written("journaux/acces-portail.log", on, "".join(
        f"2024-10-06T08:{at:02}:00 10.20.{at}.14 connexion {each.email} OK\n"
        for at, each in enumerate(people)
    ))  # fmt: skip
    yield page("Procédure de restauration.odt", date(2022, 1, 17), [
        "# Procédure de restauration", "Vérifier l’espace disponible, puis restaurer la dernière"
        " sauvegarde complète sur le serveur de secours.",
        "- Prévenir le responsable des systèmes d’information", "- Restaurer", "- Contrôler un"
        " échantillon", "- Rouvrir l’accès",
    ])  # fmt: skip


def disks(draw: Draw) -> Iterator[File]:
    """Yield what three agents left on their disk: letters, contacts, private papers."""
    older = [each for each in agents() if each.person.born.year < 1985]
    for rank, agent in enumerate(draw.sample(older, 3)):
        yield from _disk(draw, agent, f"disque_{agent.number}", 2012 + 2 * rank)


def _disk(draw: Draw, agent: Agent, folder: str, year: int) -> Iterator[File]:
    own = agent.person
    on = draw.day(year)
    for rank in range(3):
        who = draw.person(near=year)
        yield page(f"{folder}/Courriers/{who.last} {rank + 1}.doc", on, [
            f"{who.title} {who.name}", who.address, f"Le {french_day(on)}",
            f"{who.madam}, votre demande a été transmise au service {draw.choice(SERVICES)}, qui"
            " prendra contact avec vous.", agent.name,
        ])  # fmt: skip
    yield page(f"{folder}/Bureau/notes.txt", on + timedelta(days=9), [
        "A FAIRE", f"- rappeler {draw.person(near=year).name} au {draw.phone()}",
        f"- badge perdu, code du local : {draw.randint(1000, 9999)}",
        "- messagerie, mot de passe :"
        f" {draw.password()}", f"- relire la note de {agents()[3].name}",
    ], "utf-16")  # fmt: skip
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{who.name}\r\nTEL:{who.phone}\r\nEMAIL:{who.email}\r\n"
        "END:VCARD\r\n"
        for who in draw.people(8, near=year)
    )
    yield written(f"{folder}/Contacts/contacts.vcf", on, cards)
    yield page(f"{folder}/Personnel/Déclaration mutuelle.odt", on, [
        "# Bulletin d’adhésion à la mutuelle", f"{own.title} {own.name}, né{own.e} le"
        f" {own.born:%d/%m/%Y}", own.address, f"N° de sécurité sociale : {spaced_nir(own.nir)}",
        f"Prélèvement sur le compte IBAN {own.iban}",
    ])  # fmt: skip
    yield page(f"{folder}/Personnel/CV {own.last}.pdf", on, _own_resume(agent, year))
    mails = [
        Mail(agent.mailbox, draw.choice(agents()).mailbox, subject, said, draw.day(year))
        for subject, said in (
            ("Réunion de jeudi", "Bonjour,\n\nSalle du haut, 14 heures. J'apporte les plans.\n"),
            ("Clés du gymnase", "Bonjour,\n\nLes clés sont à l'accueil, au nom du club.\n"),
            ("Pot de départ", f"Bonjour à tous,\n\nRendez-vous vendredi à midi.\n\n{agent.name}\n"),
        )
    ]
    yield message(f"{folder}/Messagerie/envoyés.mbox", sorted(mails, key=lambda mail: mail.on))
    yield File(f"{folder}/Photos/P10{year % 100:02}.jpg", photograph(folder, on), on)
    rows: list[Row] = [
        ("École", "Élève", "Né le", "Responsable", "Téléphone"),
        *[(draw.choice(SCHOOLS), each.name, each.born, f"M. ou Mme {each.last}", each.phone)
          for each in draw.people(14, child=True, near=year)],
    ]  # fmt: skip
    if year % 4:
        yield sheet(f"{folder}/Bureau/liste provisoire.csv", on, rows, "cp1252")
    else:
        old = [page("rapport.doc", on, _own_resume(agent, year)), sheet("liste.ods", on, rows)]
        yield packed(f"{folder}/archive_{year}.tar.gz", on, old)


def _own_resume(agent: Agent, year: int) -> Page:
    own = agent.person
    return [
        f"# {own.name}",
        f"{own.address} – {own.phone} – {own.email}",
        f"Depuis {year - 6} : {in_words(agent.job)}, {agent.service}",
        "Formation continue : bureautique, accueil du public, sécurité incendie",
    ]
