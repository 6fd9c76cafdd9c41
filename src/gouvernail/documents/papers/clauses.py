"""The clauses to write into the contract: those the facts call for, each with why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.deciding import BINDING
from gouvernail.documents.papers.frame import ASKS, paper_document, signatures
from gouvernail.documents.papers.model import (
    Need,
    Paper,
    Standing,
    findings_of,
    standing_of_rules,
)
from gouvernail.documents.parts import Case, Plan, sources_words
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure the software proposes. `unless` is the duty that, when it asks, makes it the law."""

    value: Text
    instead: Text
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its title, its words, and the duties that call for it.

    `ours` are the figures of its words that no text asks for, each with what the text says.
    """

    title: Text
    words: Text
    rules: tuple[str, ...]
    ours: tuple[Figure, ...] = ()


CLAUSES: tuple[Clause, ...] = (
    Clause(
        Text("Rôle de chacun", "Role of each"),
        Text(
            "Le titulaire déclare son rôle au sens du règlement européen sur l’IA (fournisseur, "
            "distributeur) et celui de chaque composant. Il signale sans délai tout changement "
            "de rôle.",
            "The contractor states its role under the European AI Act (provider, distributor) and "
            "that of each component. It tells any change of role without delay.",
        ),
        ("CP-CLAUSES", "AIA-03-ROLE", "AIA-25"),
    ),
    Clause(
        Text("Preuve du classement", "Evidence of the classification"),
        Text(
            "Si le titulaire estime que le système sort du haut risque, il remet avant la "
            "notification son évaluation documentée et son numéro d’enregistrement européen. "
            "Sans ces pièces, le système est tenu pour à haut risque.",
            "If the contractor holds that the system leaves high risk, it hands over its "
            "documented assessment and its European registration number before award. Without "
            "them, the system is held to be high-risk.",
        ),
        ("AIA-06", "AIA-26-8"),
    ),
    Clause(
        Text("Notice et limites connues", "Instructions and known limits"),
        Text(
            "Le titulaire remet une notice en français : usages prévus, limites, taux d’erreur "
            "mesurés et sur quoi, contrôles humains attendus.",
            "The contractor hands over instructions in French: intended uses, limits, error rates "
            "measured and on what, human controls expected.",
        ),
        ("CP-CLAUSES", "AIA-26-1", "AIA-26-2"),
    ),
    Clause(
        Text("Journaux", "Logs"),
        Text(
            "Les journaux du système restent à la disposition de la collectivité six mois au "
            "moins, dans un format ouvert.",
            "The logs of the system stay at the authority’s disposal for six months at least, in "
            "an open format.",
        ),
        ("CP-CLAUSES", "AIA-26-6", "RGPD-32"),
        (
            Figure(
                Text("Six mois", "Six months"),
                Text(
                    "le règlement sur l’IA ne les demande que pour un outil à haut risque",
                    "the AI Act asks for them only for a high-risk tool",
                ),
                unless="AIA-26-6",
            ),
        ),
    ),
    Clause(
        Text("Pas d’entraînement sur nos données", "No training on our data"),
        Text(
            "Ni les données confiées, ni les questions posées, ni les réponses ne servent à "
            "entraîner ou à améliorer un modèle, du titulaire ou d’un tiers, sans accord écrit.",
            "Neither the data entrusted, nor the questions, nor the answers serve to train or "
            "improve a model, the contractor’s or a third party’s, without written agreement.",
        ),
        ("CP-CLAUSES", "RGPD-28", "CP-GRATUIT"),
    ),
    Clause(
        Text("Sous-traitance des données", "Processing of the data"),
        Text(
            "Le titulaire n’agit que sur instruction, liste ses sous-traitants et en annonce tout "
            "changement, aide aux droits des personnes et à l’analyse d’impact, signale toute "
            "violation sous 24 heures, efface ou rend les données en fin de contrat, se laisse "
            "auditer.",
            "The contractor acts on instructions only, lists its sub-processors and announces any "
            "change, helps with people’s rights and the impact assessment, reports any breach "
            "within 24 hours, erases or returns the data at the end, and lets itself be audited.",
        ),
        ("RGPD-28",),
        (
            Figure(
                Text("24 heures", "24 hours"),
                Text(
                    "le RGPD dit « dans les meilleurs délais »",
                    "the GDPR says “without undue delay”",
                ),
            ),
        ),
    ),
    Clause(
        Text("Lieu et droit des données", "Place and law of the data"),
        Text(
            "Les données sont hébergées et consultées dans l’Union européenne. Le titulaire dit "
            "s’il est soumis à un droit étranger qui permet d’y accéder, et les protections mises "
            "en face.",
            "The data are hosted and read in the European Union. The contractor says whether it "
            "is subject to a foreign law that gives access to them, and the protections against "
            "it.",
        ),
        ("CP-CLAUSES", "RGPD-44", "SEC-SECRET"),
    ),
    Clause(
        Text("Hébergement de données de santé", "Hosting of health data"),
        Text(
            "L’hébergeur est certifié pour les données de santé ; le certificat couvre l’activité "
            "confiée et le moteur d’IA.",
            "The host is certified for health data; the certificate covers the activity entrusted "
            "and the AI engine.",
        ),
        ("SEC-HDS",),
    ),
    Clause(
        Text("Changement de modèle", "Change of model"),
        Text(
            "Tout changement de modèle, de version majeure ou de sous-traitant d’IA est annoncé "
            "30 jours avant, avec ses effets mesurés. La collectivité peut le refuser ou le "
            "reporter.",
            "Any change of model, major version or AI sub-processor is announced 30 days ahead, "
            "with its measured effects. The authority may refuse or postpone it.",
        ),
        ("CP-CLAUSES", "DS-REEXAMEN"),
        (
            Figure(
                Text("30 jours", "30 days"),
                Text("aucun texte lu ne le fixe", "no text read sets it"),
            ),
        ),
    ),
    Clause(
        Text("Pouvoir expliquer", "Being able to explain"),
        Text(
            "Le titulaire remet de quoi expliquer une décision à la personne concernée : part du "
            "traitement, données et sources, paramètres et poids, opérations.",
            "The contractor hands over what is needed to explain a decision to the person "
            "concerned: part of the processing, data and sources, parameters and weights, "
            "operations.",
        ),
        ("CRPA-EXPLIC", "AIA-86"),
    ),
    Clause(
        Text("Accessibilité", "Accessibility"),
        Text(
            "Les écrans remis aux agents et au public respectent le RGAA ; le titulaire remet "
            "l’audit et corrige à ses frais.",
            "The screens given to staff and public comply with the RGAA; the contractor hands "
            "over the audit and corrects at its expense.",
        ),
        ("ACC-47",),
    ),
    Clause(
        Text("Réversibilité", "Reversibility"),
        Text(
            "En fin de contrat, données, réglages et journaux sont rendus en formats ouverts, "
            "sans frais de sortie, avec trois mois d’aide.",
            "At the end, data, settings and logs are returned in open formats, without exit fees, "
            "with three months of help.",
        ),
        ("CP-CLAUSES", "CP-DATAACT"),
        (
            Figure(
                Text("Trois mois", "Three months"),
                Text("aucun texte lu ne le fixe", "no text read sets it"),
            ),
        ),
    ),
    Clause(
        Text("Laïcité et neutralité", "Secularism and neutrality"),
        Text(
            "Le titulaire, qui participe à l’exécution du service public, assure l’égalité des "
            "usagers et respecte la laïcité et la neutralité.",
            "The contractor, who takes part in the public service, ensures the equality of users "
            "and respects secularism and neutrality.",
        ),
        ("CP-LAIC",),
    ),
    Clause(
        Text("Environnement", "Environment"),
        Text(
            "Le titulaire donne l’énergie et l’eau de l’usage, leur méthode, et ce qu’il fait "
            "pour les réduire ; un critère de jugement en tient compte.",
            "The contractor gives the energy and water of the use, their method, and what it does "
            "to reduce them; an award criterion takes it into account.",
        ),
        ("CP-ENV",),
    ),
)


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the clauses the facts of one case call for."""
    assert case is not None
    v = Voice(language)
    note = v.say(
        "Rédaction proposée, à relire avec l’acheteur et un juriste avant la consultation.",
        "Proposed wording, to be reviewed with the buyer and a lawyer before the tender.",
    )
    blocks: list[b.Block] = [b.Paragraph(b.content(note))]
    for clause in CLAUSES:
        asking = _calling(plan, case, clause.rules)
        if not asking:
            continue
        blocks += [
            b.Heading(1, v.text({"fr": clause.title.fr, "en": clause.title.en})),
            b.Paragraph(b.content(v.text({"fr": clause.words.fr, "en": clause.words.en}))),
            *_ours(v, clause, asking),
            _asked(v, asking),
        ]
    blocks += signatures(
        v, ("Pour la collectivité", "For the authority"), ("Le titulaire", "The contractor")
    )
    return paper_document(v, plan, case, PAPER, blocks)


def _ours(v: Voice, clause: Clause, asking: list[Mapping[str, Any]]) -> list[b.Block]:
    """Return the figures of a clause that are proposed, and asked by no text."""
    binding = {finding["rule"] for finding in asking if finding["outcome"] in BINDING}
    return [
        b.Paragraph(
            b.content(
                b.strong(v.text({"fr": figure.value.fr, "en": figure.value.en})),
                v.say(
                    " : délai proposé par Gouvernail, à votre main ; ",
                    ": a delay Gouvernail proposes, yours to change; ",
                ),
                v.say(figure.instead.fr, figure.instead.en),
                ".",
            ),
            "small",
        )
        for figure in clause.ours
        if figure.unless not in binding
    ]


#: How a duty calls for a clause, by what it says of the case.
_CALLS = (
    (BINDING, Text("Demandée par", "Asked by")),
    (frozenset({"to_examine"}), Text("À examiner", "To examine")),
    (frozenset({"watch"}), Text("Conseillée par", "Advised by")),
)


def _asked(v: Voice, asking: list[Mapping[str, Any]]) -> b.Paragraph:
    """Return what calls for a clause, and the sources of the most pressing of it."""
    said: list[str] = []
    sources: list[Mapping[str, Any]] = []
    for outcomes, label in _CALLS:
        kept = [each for each in asking if each["outcome"] in outcomes]
        if kept:
            titles = dict.fromkeys(v.text(each["title"]) for each in kept)
            series = ("; " if v.english else "\u202f; ").join(titles)
            said.append(f"{v.colon(v.say(label.fr, label.en))}{series}. ")
            sources = sources or [text for each in kept for text in each.get("sources") or []]
    return b.Paragraph(b.content(*said, sources_words(v, sources[:2]), "."), "small")


def _calling(plan: Plan, case: Case | None, rules: Iterable[str]) -> list[Mapping[str, Any]]:
    """Return the findings that call for a clause; what is advice (*watch*) is written too."""
    found = findings_of(plan, case)
    kept = (*ASKS, "watch")
    return [found[code] for code in rules if code in found and found[code]["outcome"] in kept]


def standing(plan: Plan, case: Case | None) -> Standing:
    """Return whether a contract is to be written: a duty asks, or the advice on its clauses."""
    asked = standing_of_rules(plan, case, ("RGPD-28", "CP-LAIC", "CP-ENV", "CP-GRATUIT"))
    advice = findings_of(plan, case).get("CP-CLAUSES") or {}
    if asked.need is Need.DUE or advice.get("outcome") != "watch" or advice.get("done_on"):
        return asked
    said = advice["reasons"][0]["text"]
    return Standing(Need.DUE, Text(said["fr"], said["en"]), ("CP-CLAUSES", *asked.rules))


PAPER = Paper(
    code="clauses",
    title=Text("Clauses du contrat", "Clauses of the contract"),
    purpose=Text(
        "Écrire au contrat ce que la collectivité devra pouvoir exiger.",
        "Write into the contract what the authority must be able to demand.",
    ),
    signed_by=Text("L’exécutif et le titulaire", "The executive and the contractor"),
    about_case=True,
    standing=standing,
    build=build,
)
