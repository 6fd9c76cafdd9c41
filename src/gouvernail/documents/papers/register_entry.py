"""The entry of the register of processing activities (RGPD, art. 30), field by field."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.frame import (
    controller,
    fact_line,
    line,
    paper_document,
    signer,
    stores_table,
    to_write,
)
from gouvernail.documents.papers.model import Paper, standing_of_rules
from gouvernail.documents.parts import Case, Plan, or_blank
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the entry of the register for one case."""
    assert case is not None
    v = Voice(language)
    service = (case.get("service") or {}).get("name")
    blocks: list[b.Block] = [
        b.Heading(1, v.say("Qui répond du traitement", "Who answers for the processing")),
        line(v, "Responsable du traitement", "Controller", b.content(controller(v, plan))),
        line(
            v,
            "Représentant",
            "Representative",
            signer(v, plan, "executive", "nom de l’exécutif", "name of the executive"),
        ),
        line(
            v,
            "Service chargé de la mise en œuvre",
            "Department in charge",
            or_blank(v, service, "le service", "the department"),
        ),
        line(
            v,
            "Délégué à la protection des données",
            "Data protection officer",
            signer(v, plan, "dpo", "nom et coordonnées", "name and contact"),
        ),
        b.Heading(1, v.say("Pour quoi faire", "What for")),
        line(
            v,
            "Finalité",
            "Purpose",
            or_blank(v, case.get("summary"), "la finalité, en une phrase", "the purpose"),
        ),
        fact_line(v, case, "Base légale", "Legal basis", "use_case.legal_basis"),
        b.Heading(1, v.say("De qui, et quelles données", "Whose data, and which")),
        line(
            v,
            "Personnes concernées",
            "People concerned",
            to_write(v, "habitants, agents, tiers : lesquels", "inhabitants, staff, others: which"),
        ),
        line(v, "Nombre approximatif", "Approximate number", _people(v, case)),
        fact_line(v, case, "Catégories de données", "Categories of data", "use_case.data"),
        line(
            v,
            "Origine des données",
            "Origin of the data",
            to_write(v, "la personne, un service, un tiers", "the person, a department, others"),
        ),
        *stores_table(v, case),
        b.Heading(1, v.say("Qui les reçoit", "Who receives them")),
        line(
            v,
            "Destinataires",
            "Recipients",
            to_write(v, "services et organismes", "departments and bodies"),
        ),
        fact_line(v, case, "Sous-traitant", "Processor", "use_case.processor"),
        line(v, "Outil et hébergement", "Tool and hosting", _tool(v, case)),
        fact_line(
            v, case, "Transfert hors d’Europe", "Transfer outside Europe",
            "use_case.transfer_outside_eea",
        ),
        b.Heading(1, v.say("Combien de temps, avec quelle protection", "How long, how protected")),
        line(
            v,
            "Durées de conservation",
            "Retention",
            to_write(v, "durée par catégorie, puis le sort", "per category, then what"),
        ),
        line(
            v,
            "Mesures de sécurité",
            "Security measures",
            to_write(v, "accès, chiffrement, sauvegardes", "access, encryption, backups"),
        ),
        b.Heading(1, v.say("Suivi de la fiche", "Follow-up of the entry")),
        line(v, "Créée le", "Created on", b.content(v.day(plan["on"]))),
        fact_line(
            v, case, "Analyse d’impact : liste de la CNIL", "Impact assessment: list of the CNIL",
            "use_case.cnil_required_items",
        ),
        line(
            v,
            "Relue par le délégué le",
            "Reviewed by the officer on",
            to_write(v, "date", "date"),
        ),
    ]  # fmt: skip
    return paper_document(v, plan, case, PAPER, blocks)


def _people(v: Voice, case: Case) -> b.Content:
    count = case.get("people_served")
    return or_blank(v, v.number(count) if count is not None else "", "effectif", "number")


def _tool(v: Voice, case: Case) -> b.Content:
    """Return the tool, then where it is hosted unless its name says it already."""
    name = v.text(case.get("tool"))
    tool = or_blank(v, name, "le nom de l’outil", "the name of the tool")
    told = v.text(case.get("hosting_label")).split(", ")
    new = [f"{part[:1].lower()}{part[1:]}" for part in told if part.lower() not in name.lower()]
    return b.content(tool, f", {', '.join(new)}" if any(new) else "")


PAPER = Paper(
    code="registre-rgpd",
    title=Text("Fiche du registre des traitements", "Entry of the register of processing"),
    purpose=Text(
        "Inscrire le traitement au registre que la CNIL peut demander.",
        "Enter the processing in the register the CNIL may ask for.",
    ),
    signed_by=Text("Le délégué à la protection des données", "The data protection officer"),
    about_case=True,
    standing=lambda plan, case: standing_of_rules(plan, case, ("RGPD-30",)),
    build=build,
)
