"""The entry of the register of processing activities (RGPD, art. 30), field by field."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.deciding import head_of, lowered
from gouvernail.documents.papers.frame import (
    answer,
    controller,
    fact_line,
    line,
    paper_document,
    processor_line,
    signer,
    stated,
    stores_table,
    to_write,
)
from gouvernail.documents.papers.model import Paper, standing_of_rules
from gouvernail.documents.parts import Case, Plan, hosting_words, or_blank
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the entry of the register for one case."""
    assert case is not None
    v = Voice(language)
    blocks: list[b.Block] = [
        *_who_answers(v, plan, case),
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
        *_who_receives(v, case),
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
        *_kept(v, plan, case),
    ]
    return paper_document(v, plan, case, PAPER, blocks)


def _who_answers(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    """Return art. 30(1)(a): the controller and how to reach it, who decides with it, the officer.

    The representative of art. 27 is that of a controller established outside the Union.
    """
    return [
        b.Heading(1, v.say("Qui répond du traitement", "Who answers for the processing")),
        line(
            v, "Responsable du traitement", "Controller",
            b.content(f"{controller(v, plan)} ({lowered(head_of(v, plan))})"),
        ),
        line(
            v, "Coordonnées du responsable", "Contact of the controller",
            to_write(v, "adresse, téléphone, courriel", "address, telephone, e-mail"),
        ),
        line(
            v, "Responsable conjoint", "Joint controller",
            to_write(
                v,
                "qui d’autre décide du but et des moyens, avec ses coordonnées ; sinon « aucun »",
                "who else decides the purpose and the means, with their contact; else “none”",
            ),
        ),
        line(
            v, "Représentant dans l’Union européenne", "Representative in the European Union",
            b.content(
                v.say(
                    "sans objet, la collectivité y est établie",
                    "not needed, the authority is established there",
                )
            ),
        ),
        line(
            v, "Service chargé de la mise en œuvre", "Department in charge",
            or_blank(v, (case.get("service") or {}).get("name"), "le service", "the department"),
        ),
        line(
            v, "Délégué à la protection des données", "Data protection officer",
            signer(v, plan, "dpo", "son nom", "the name"),
        ),
        line(
            v, "Coordonnées du délégué", "Contact of the officer",
            to_write(v, "adresse, téléphone, courriel", "address, telephone, e-mail"),
        ),
    ]  # fmt: skip


def _who_receives(v: Voice, case: Case) -> list[b.Block]:
    """Return art. 30(1)(d) and (e): the recipients, the transfers and what guarantees them."""
    tool = or_blank(v, case.get("tool"), "le nom de l’outil", "the name of the tool")
    return [
        b.Heading(1, v.say("Qui les reçoit", "Who receives them")),
        line(
            v, "Destinataires", "Recipients",
            to_write(v, "services et organismes", "departments and bodies"),
        ),
        processor_line(v, case),
        line(v, "Outil", "Tool", tool),
        line(
            v, "Hébergement", "Hosting",
            or_blank(v, hosting_words(v, case), "où, sous quel droit", "where, which law"),
        ),
        fact_line(
            v, case, "Transfert hors d’Europe", "Transfer outside Europe",
            "use_case.transfer_outside_eea",
        ),
        *_transfer(v, case),
    ]  # fmt: skip


def _transfer(v: Voice, case: Case) -> list[b.Block]:
    """Return where data go and what guarantees it; one line when nothing leaves."""
    if answer(case, "use_case.transfer_outside_eea") is False:
        none = v.say("sans objet, rien ne sort", "not needed, nothing leaves")
        return [line(v, "Garanties du transfert", "Guarantees", b.content(none))]
    return [
        line(
            v, "Pays et organismes qui reçoivent", "Countries and bodies that receive",
            to_write(v, "lesquels", "which"),
        ),
        line(
            v, "Garanties du transfert", "Guarantees",
            to_write(
                v, "décision d’adéquation, clauses types ou autre, et leur analyse",
                "adequacy decision, standard clauses or other, and their analysis",
            ),
        ),
    ]  # fmt: skip


def _kept(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    """Return who keeps the entry and its dates: a register is kept, nobody signs it."""
    return [
        b.Heading(1, v.say("Tenue de la fiche", "Keeping of the entry")),
        line(
            v, "Registre tenu par", "Register kept by",
            signer(v, plan, "dpo", "qui tient le registre", "who keeps the register"),
        ),
        line(v, "Fiche créée le", "Entry made on", b.content(v.day(plan["on"]))),
        line(v, "Mise à jour le", "Updated on", to_write(v, "date", "date")),
        line(
            v, "Analyse d’impact, liste de la CNIL", "Impact assessment, list of the CNIL",
            stated(v, case, "use_case.cnil_required_items"),
        ),
        line(
            v, "Relue par le délégué le", "Reviewed by the officer on",
            to_write(v, "date", "date"),
        ),
    ]  # fmt: skip


def _people(v: Voice, case: Case) -> b.Content:
    count = case.get("people_served")
    return or_blank(v, v.number(count) if count is not None else "", "effectif", "number")


PAPER = Paper(
    code="registre-rgpd",
    title=Text("Fiche du registre des traitements", "Entry of the register of processing"),
    purpose=Text(
        "Inscrire le traitement au registre que la CNIL peut demander.",
        "Enter the processing in the register the CNIL may ask for.",
    ),
    signed_by=Text(
        "Sans signature : le délégué à la protection des données la tient",
        "No signature: the data protection officer keeps it",
    ),
    about_case=True,
    standing=lambda plan, case: standing_of_rules(plan, case, ("RGPD-30",)),
    build=build,
)
