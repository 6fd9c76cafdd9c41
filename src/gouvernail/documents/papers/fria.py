"""The skeleton of the fundamental rights impact assessment (AI Act, art. 27(1) (a) to (f))."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.frame import (
    controller,
    fact_line,
    line,
    paper_document,
    signatures,
    to_write,
)
from gouvernail.documents.papers.model import Paper, standing_of_rules
from gouvernail.documents.parts import Case, Plan, cell_blank, or_blank
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

#: Rights of the Charter that a local service touches most often; people add theirs.
_RIGHTS = (
    ("Dignité, vie privée", "Dignity, private life"),
    ("Égalité, non-discrimination", "Equality, non-discrimination"),
    ("Droits de l’enfant", "Rights of the child"),
    ("Personnes âgées, personnes handicapées", "Elderly people, people with disabilities"),
    ("Aide et protection sociales", "Social assistance and protection"),
    ("Bonne administration, recours", "Good administration, remedy"),
    ("Conditions de travail des agents", "Working conditions of the staff"),
)


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the skeleton of the assessment of one case."""
    assert case is not None
    v = Voice(language)
    place = cell_blank(v)
    rights = tuple((b.content(v.say(fr, en)), place, place, place) for fr, en in _RIGHTS)
    blocks: list[b.Block] = [
        b.Heading(1, v.say("a. Dans quelles démarches", "a. In which processes")),
        line(v, "Collectivité qui déploie", "Deploying authority", b.content(controller(v, plan))),
        line(
            v, "Usage prévu", "Intended use",
            or_blank(v, case.get("summary"), "à quoi sert l’outil", "what the tool is for"),
        ),
        line(
            v, "La démarche, étape par étape", "The process, step by step",
            or_blank(v, case.get("today"), "du dépôt à la décision", "from request to decision"),
        ),
        fact_line(v, case, "Usage au sens de l’annexe III", "Use in annex III",
                  "use_case.annex_iii_points"),
        b.Heading(1, v.say("b. Pendant combien de temps, à quelle fréquence",
                           "b. For how long, how often")),
        fact_line(v, case, "Mis en service le", "Put into service on", "use_case.first_use"),
        line(v, "Durée prévue", "Planned duration", to_write(v, "durée", "duration")),
        line(v, "Fréquence", "Frequency",
             to_write(v, "dossiers par semaine, moments", "files a week, moments")),
        b.Heading(1, v.say("c. Qui peut être touché", "c. Who may be affected")),
        line(v, "Nombre d’habitants concernés", "Inhabitants concerned", _count(v, case)),
        line(
            v, "Groupes de personnes", "Groups of people",
            to_write(v, "dont les plus fragiles", "among them the weakest"),
        ),
        b.Heading(1, v.say("d. Les risques de préjudice", "d. The risks of harm")),
        b.Table(
            v.say("Droit par droit", "Right by right"),
            (
                b.Column(v.say("Droit", "Right"), share=1.5),
                b.Column(v.say("Ce qui pourrait arriver", "What might happen"), share=1.6),
                b.Column(v.say("À qui", "To whom")),
                b.Column(v.say("Gravité", "Severity")),
            ),
            rights,
        ),
        line(
            v, "Ce que dit la notice du fournisseur", "What the provider’s instructions say",
            to_write(v, "risques connus, limites", "known risks, limits"),
        ),
        b.Heading(1, v.say("e. Le contrôle par des personnes", "e. Oversight by people")),
        line(
            v, "Ce qui reste humain", "What stays human",
            or_blank(v, case.get("stays_human"), "ce qu’une personne décide", "what people decide"),
        ),
        line(
            v, "Qui contrôle", "Who oversees",
            to_write(v, "noms, formation, temps donné", "names, training, time given"),
        ),
        fact_line(v, case, "Pouvoir réel de décider autrement",
                  "Real power to decide otherwise", "use_case.human_step_effective"),
        b.Heading(1, v.say("f. Si un risque se réalise", "f. If a risk comes true")),
        line(v, "Qui arrête l’outil, et comment", "Who stops the tool, and how",
             to_write(v, "personne, délai", "person, delay")),
        line(v, "Où se plaindre", "Where to complain",
             to_write(v, "service, médiateur, délai de réponse", "department, mediator, delay")),
        line(v, "Réparer", "Repair", to_write(v, "reprise des dossiers touchés",
                                              "review of the files affected")),
        b.Heading(1, v.say("Après l’analyse", "After the assessment")),
        b.Paragraph(
            b.content(
                v.say(
                    "Elle complète l’analyse d’impact sur les données sans la répéter. Son "
                    "résultat est notifié à l’autorité de surveillance : ",
                    "It completes the data protection assessment without repeating it. Its "
                    "result is notified to the market surveillance authority: ",
                ),
                to_write(
                    v, "autorité désignée en France, et accusé de réception",
                    "authority designated in France, and receipt",
                ),
            )
        ),
        *signatures(
            v,
            ("Pour la collectivité", "For the authority"),
            ("La direction du service", "The head of department"),
        ),
    ]  # fmt: skip
    return paper_document(v, plan, case, PAPER, blocks)


def _count(v: Voice, case: Case) -> b.Content:
    count = case.get("people_served")
    return or_blank(v, v.number(count) if count is not None else "", "nombre", "number")


PAPER = Paper(
    code="analyse-droits-fondamentaux",
    title=Text(
        "Analyse d’impact sur les droits fondamentaux",
        "Fundamental rights impact assessment",
    ),
    purpose=Text(
        "Dire, avant le premier usage, qui peut être lésé et comment on l’évite.",
        "Tell, before the first use, who may be harmed and how it is avoided.",
    ),
    signed_by=Text("L’exécutif", "The executive"),
    about_case=True,
    standing=lambda plan, case: standing_of_rules(plan, case, ("AIA-27",)),
    build=build,
)
