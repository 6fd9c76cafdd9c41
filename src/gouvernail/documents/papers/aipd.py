"""The skeleton of the data protection impact assessment (RGPD, art. 35(7); method of the CNIL)."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.frame import (
    answer,
    asked_by,
    controller,
    fact_line,
    line,
    paper_document,
    processor_line,
    signatures,
    signer,
    stated,
    stores_table,
    to_write,
)
from gouvernail.documents.papers.model import Paper, standing_of_rules
from gouvernail.documents.parts import (
    Case,
    Plan,
    cell_blank,
    hosting_words,
    or_blank,
    reasons_words,
)
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

#: The three feared events of the CNIL's method, then those that an AI tool adds.
_RISKS = (
    ("Accès illégitime aux données", "Illegitimate access to the data"),
    ("Modification non désirée des données", "Unwanted change of the data"),
    ("Disparition des données", "Loss of the data"),
    ("Réponse fausse tenue pour vraie", "Wrong answer taken for true"),
    ("Traitement différent selon les personnes (biais)", "People treated differently (bias)"),
    ("Décision prise sans relecture réelle", "Decision taken without a real review"),
)


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the skeleton of the impact assessment of one case."""
    assert case is not None
    v = Voice(language)
    blocks = [
        *_context(v, plan, case),
        *_necessity(v, case),
        *_why_due(v, plan, case),
        *_risks(v),
        *_measures(v, case),
        *_opinions(v, plan),
        *_validation(v, plan, case),
    ]
    return paper_document(v, plan, case, PAPER, blocks)


def _context(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("1. Le traitement", "1. The processing")),
        line(
            v, "Finalité", "Purpose",
            or_blank(v, case.get("summary"), "la finalité du traitement", "the purpose"),
        ),
        line(v, "Responsable du traitement", "Controller", b.content(controller(v, plan))),
        processor_line(v, case),
        line(
            v, "Comment le travail se fait aujourd’hui", "How the work is done today",
            or_blank(v, case.get("today"), "le travail réel", "the real work"),
        ),
        line(
            v, "Ce que l’outil fera", "What the tool will do",
            or_blank(
                v, v.series(v.text(task) for task in case.get("tasks_lifted") or []),
                "les tâches confiées à l’outil", "the tasks given to the tool",
            ),
        ),
        line(
            v, "Outil", "Tool", or_blank(v, case.get("tool"), "nom et version", "name and version")
        ),
        fact_line(v, case, "Catégories de données", "Categories of data", "use_case.data"),
        *stores_table(v, case),
        line(
            v, "Cycle de vie des données", "Life cycle of the data",
            to_write(
                v, "de la collecte à l’effacement, étape par étape",
                "from collection to erasure, step by step",
            ),
        ),
    ]  # fmt: skip


def _necessity(v: Voice, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("2. Nécessité et proportionnalité", "2. Necessity, proportionality")),
        line(
            v, "Une règle ou un formulaire suffirait-il ?", "Would a rule or a form do?",
            or_blank(v, case.get("simpler_way"), "ce qui a été étudié", "what was considered"),
        ),
        fact_line(v, case, "Base légale", "Legal basis", "use_case.legal_basis"),
        line(
            v, "Seules les données utiles", "Only the data needed",
            to_write(v, "ce qui est écarté, et comment", "what is left out, and how"),
        ),
        line(v, "Durées de conservation", "Retention", to_write(v, "durées", "durations")),
        line(
            v, "Information des personnes", "Information of the people",
            to_write(v, "où, quand, en quels mots", "where, when, in which words"),
        ),
        line(
            v, "Accès, rectification, opposition", "Access, correction, objection",
            to_write(v, "à qui écrire, en combien de temps", "whom to write to, how long"),
        ),
        fact_line(
            v, case, "Transfert hors d’Europe", "Transfer outside Europe",
            "use_case.transfer_outside_eea",
        ),
    ]  # fmt: skip


def _why_due(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    found = asked_by(plan, case, ("RGPD-35",))
    reasons = [reason for finding in found for reason in finding.get("reasons") or []]
    said = reasons_words(v, [{"text": reason["text"]} for reason in reasons])
    return [
        b.Heading(1, v.say("3. Ce qui rend l’analyse nécessaire", "3. What makes it necessary")),
        b.Paragraph(said or to_write(v, "les critères remplis", "the criteria met")),
    ]


def _risks(v: Voice) -> list[b.Block]:
    place = cell_blank(v)
    columns = (
        b.Column(v.say("Risque pour les personnes", "Risk to the people"), share=1.6),
        b.Column(v.say("Causes", "Causes"), share=1.3),
        b.Column(v.say("Effets sur elles", "Effects on them"), share=1.3),
        b.Column(v.say("Gravité, 1 à 4", "Severity, 1 to 4")),
        b.Column(v.say("Vraisemblance, 1 à 4", "Likelihood, 1 to 4")),
    )
    rows = tuple((b.content(v.say(fr, en)), place, place, place, place) for fr, en in _RISKS)
    caption = v.say(
        "À estimer avec ceux qui font le travail", "To assess with those who do the work"
    )
    return [
        b.Heading(1, v.say("4. Les risques", "4. The risks")),
        b.Table(caption, columns, rows),
    ]


def _measures(v: Voice, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("5. Les mesures", "5. The measures")),
        line(
            v, "Hébergement", "Hosting",
            or_blank(v, hosting_words(v, case), "où, sous quel droit", "where, which law"),
        ),
        line(
            v, "Ce qui reste humain", "What stays human",
            or_blank(v, case.get("stays_human"), "ce qu’une personne décide", "what people decide"),
        ),
        line(
            v, "Accès et journaux", "Access and logs",
            to_write(v, "qui accède, ce qui est tracé", "who has access, what is logged"),
        ),
        line(v, "Entraînement des modèles", "Training of the models", _training(v, case)),
        line(
            v, "Tests avant usage", "Tests before use",
            to_write(v, "jeu d’essai, écarts entre groupes", "test set, gaps between groups"),
        ),
        line(
            v, "Mesures ajoutées après l’analyse", "Measures added after the analysis",
            to_write(v, "mesure, responsable, date", "measure, owner, date"),
        ),
    ]  # fmt: skip


def _training(v: Voice, case: Case) -> b.Content:
    """Return whether the vendor trains on the data, and the paper this still asks for."""
    trains = answer(case, "use_case.vendor_trains_on_data")
    if trains is None:
        return stated(v, case, "use_case.vendor_trains_on_data")
    if trains:
        said = v.say("le fournisseur y emploie nos données. ", "the vendor uses our data for it. ")
        return b.content(said, to_write(v, "ce qui y mettra fin", "what will end it"))
    said = v.say(
        "le fournisseur n’y emploie pas nos données. ", "the vendor does not use our data for it. "
    )
    return b.content(said, to_write(v, "pièce qui l’y engage", "paper that commits it"))


def _opinions(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the opinions, at the head of what is signed: whoever signs has them in sight."""
    return [
        b.Heading(1, v.say("6. Les avis, puis la décision", "6. The opinions, then the decision")),
        line(
            v, "Délégué à la protection des données", "Data protection officer",
            b.content(
                signer(v, plan, "dpo", "nom", "name"), ", ",
                to_write(v, "avis et date", "opinion and date"),
            ),
        ),
        line(
            v, "Personnes concernées, ou leurs représentants", "The people, or representatives",
            to_write(v, "leur avis, ou pourquoi il manque", "opinion, or why not"),
        ),
        line(
            v, "Sécurité informatique", "Information security",
            b.content(
                signer(v, plan, "rssi", "nom", "name"), ", ",
                to_write(v, "avis et date", "opinion and date"),
            ),
        ),
    ]  # fmt: skip


def _validation(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    return [
        fact_line(
            v, case, "Risque élevé après les mesures",
            "High risk after the measures", "use_case.residual_risk_high",
        ),
        b.Paragraph(
            b.content(
                v.say(
                    "S’il reste élevé, la CNIL est consultée et l’usage attend sa réponse. "
                    "L’analyse est relue à chaque changement du traitement.",
                    "If it remains high, the CNIL is consulted and the use waits for its answer. "
                    "The assessment is reviewed at each change of the processing.",
                )
            ),
            "small",
        ),
        *signatures(
            v,
            ("Pour la collectivité", "For the authority"),
            ("Le délégué à la protection des données", "The data protection officer"),
        ),
    ]  # fmt: skip


PAPER = Paper(
    code="aipd",
    title=Text(
        "Analyse d’impact relative à la protection des données",
        "Data protection impact assessment",
    ),
    purpose=Text(
        "Estimer les risques pour les personnes et dire les mesures prises avant l’usage.",
        "Assess the risks to people and tell the measures taken before use.",
    ),
    signed_by=Text(
        "L’exécutif, après avis du délégué à la protection des données",
        "The executive, after the opinion of the data protection officer",
    ),
    about_case=True,
    standing=lambda plan, case: standing_of_rules(plan, case, ("RGPD-35", "RGPD-36", "AIA-26-9")),
    build=build,
)
