"""The draft of a deliberation: for a case the assembly must vote, and for the charter.

Its texts of law are those the plan's findings rest on, each with the way it was read; nothing is
cited that no finding carries. What only the assembly or the registry knows is a visible blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers import charter
from gouvernail.documents.papers.deciding import (
    BINDING,
    head_of,
    lowered,
    named_for,
    opinion_missing,
    quoted,
    said,
    sentence,
    sittings_of,
    titled,
)
from gouvernail.documents.papers.frame import paper_document, signer
from gouvernail.documents.papers.institutions import institution
from gouvernail.documents.papers.model import Need, Paper, Standing, findings_of, standing_of_rules
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    cell_blank,
    labelled,
    or_blank,
)
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

#: How a text of law is named after « Vu »: the start of its source → its full name. What starts
#: otherwise (a ruling, a guide, a draft) explains a rule but founds no act: it is not cited.
NAMED = (
    ("CGCT", "le code général des collectivités territoriales"),
    ("CGFP", "le code général de la fonction publique"),
    ("CRPA", "le code des relations entre le public et l’administration"),
    ("Règlement (UE) 2024/1689", "le règlement (UE) 2024/1689 sur l’intelligence artificielle"),
    ("RGPD", "le règlement général sur la protection des données (RGPD)"),
    ("Code de la commande publique", "le code de la commande publique"),
    ("Code du travail", "le code du travail"),
    ("Code du patrimoine", "le code du patrimoine"),
    ("Code de la santé publique", "le code de la santé publique"),
    ("Ordonnance 2005-1516", "l’ordonnance 2005-1516"),
    ("Loi 78-17", "la loi 78-17"),
    ("Loi 2005-102", "la loi 2005-102"),
    ("Décret 2010-112", "le décret 2010-112"),
    ("Décret 2019-768", "le décret 2019-768"),
)
#: The number of an article is not parted from its letter.
_ARTICLE = re.compile(r"\b([LRD])\. (?=\d)")
_CHARTER_RULES = ("AIA-04", "DS-FORM", "RGPD-37", "DS-FS-REGLES")
#: Duties that tell how to work, not what founds the vote: citing them all would hide the others.
_FOUNDING = (
    "GOV-DELIB", "GOV-MUTU", "DS-CST-ORG", "DS-FS-TECH", "DS-FS-POSTE", "DS-FS-REGLES", "AIA-04",
    "AIA-06", "AIA-27", "RGPD-06", "RGPD-09", "RGPD-22", "RGPD-28", "RGPD-35", "CRPA-MENTION",
    "CRPA-EXPLIC", "CP-SEUIL", "SEC-HDS", "SEC-RGS",
)  # fmt: skip


def deliberation_standing(plan: Plan, case: Case | None) -> Standing:
    """Return whether the assembly must vote; without a case, whether it must vote the charter."""
    if case is None:
        return _charter_standing(plan)
    return standing_of_rules(plan, case, ("GOV-DELIB", "GOV-MUTU"))


def _charter_standing(plan: Plan) -> Standing:
    """Return whether the assembly is to vote the charter: one is known or proposed."""
    waiting = charter.opinion_awaited(plan)
    if waiting:
        names = titled(c["title"] for c in waiting)
        why = Text(
            f"Des consignes encadrent {names.fr}\u00a0: l’assemblée peut les adopter en une "
            "charte, après l’avis du personnel.",
            f"Instructions frame {names.en}: the assembly may adopt them as a charter, once the "
            "staff has been heard.",
        )
        return Standing(Need.TO_EXAMINE, why, ("DS-FS-REGLES",))
    asked = charter.charter_standing(plan, None)
    return asked if asked.need is not Need.DONE else Standing(Need.NOT_NEEDED, asked.why)


def deliberation(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the draft deliberation of a case, or of the charter when there is no case."""
    v = Voice(language)
    blocks: list[b.Block] = [
        _before_the_vote(v, case),
        *_sitting(v, plan, case),
        *_motives(v, plan, case),
        *_texts(v, plan, case),
        *_whereas(v, plan, case),
        *_opinion(v, case),
        *_articles(v, plan, case),
        *_vote(v, plan),
    ]
    return paper_document(v, plan, case, PAPER if case else CHARTER_PAPER, blocks)


def _before_the_vote(v: Voice, case: Case | None) -> b.Paragraph:
    """Return what must come before the vote, and what of it the plan does not show done."""
    text = v.say(
        "Ce texte est préparé à partir des faits enregistrés ; seule l’assemblée décide. "
        "L’ordre conseillé : avis du délégué à la protection des données, avis du personnel, vote, "
        "puis signature.",
        "This text is prepared from the facts recorded; the assembly alone decides. Advised order: "
        "opinion of the data protection officer, of the staff, vote, then signature.",
    )
    more = ""
    if case and opinion_missing(case):
        more = v.say(
            " L’avis du personnel n’est pas encore rendu : ne pas mettre aux voix avant lui.",
            " The opinion of the staff is not given yet: do not put to the vote before it.",
        )
    elif case and opinion_missing(case, "unknown"):
        more = v.say(
            " On ne sait pas encore si l’avis du personnel est à recueillir : à trancher avant le "
            "vote.",
            " Whether the staff is to be heard is not known yet: to be settled before the vote.",
        )
    return b.Paragraph(b.content(text, b.strong(more) if more else None), "small")


def _sitting(v: Voice, plan: Plan, case: Case | None) -> list[b.Block]:
    """Return the sitting: its date is the assembly's to fix, the next known one is told."""
    known = [s for s in sittings_of(plan, "council") if _after_the_opinion(s, case)]
    place: b.Content = (blank(v, "date de la séance", "date of the sitting"),)
    if known:
        first = v.say(
            " (séances prévues : {days})",
            " (sittings planned: {days})",
            days=v.series(v.day(s["on"]) for s in known[:2]),
        )
        place = b.content(place, first)
    reporter = or_blank(v, (case or {}).get("elu"), "élu rapporteur", "elected reporter")
    return [
        labelled(v, v.say("Séance", "Sitting"), place),
        labelled(v, v.say("Rapporteur", "Reporter"), reporter),
    ]


def _after_the_opinion(sitting: Mapping[str, Any], case: Case | None) -> bool:
    consultation = (case or {}).get("consultation") or {}
    awaited = not consultation.get("opinion_on") and consultation.get("next_sitting")
    return not awaited or str(sitting["on"]) >= str(awaited)


def _motives(v: Voice, plan: Plan, case: Case | None) -> list[b.Block]:
    title = b.Heading(1, v.say("Exposé des motifs", "Explanatory statement"))
    if case is None:
        text = v.say(
            "Des agents se servent déjà d’outils d’intelligence artificielle. La charte dit à "
            "chacun quelles données peuvent aller dans quel outil, ce qu’une personne relit "
            "toujours, et à qui s’adresser. Elle est courte pour être lue.",
            "Staff already use artificial intelligence. The charter tells everyone which data may "
            "go into which tool, what a person always reads again, and whom to ask. It is short, "
            "to be read.",
        )
        uses = plan.get("existing_uses") or []
        counted = v.say(
            "{n} usages sont recensés à ce jour.", "{n} uses are recorded to date.", n=len(uses)
        )
        return [title, b.Paragraph(b.content(text, f" {counted}" if len(uses) > 1 else ""))]
    rows = (
        (v.say("Le problème", "The problem"), "problem", "le problème à résoudre", "the problem"),
        (v.say("Aujourd’hui", "Today"), "today", "le travail d’aujourd’hui", "the work today"),
        (v.say("Le projet", "The project"), "summary", "le projet", "the project"),
        (
            v.say("Ce qui est attendu (promis, non démontré)", "Expected (promised, unproven)"),
            "benefit",
            "le bénéfice attendu",
            "the expected benefit",
        ),
        (
            v.say("Sans IA, ce qui a été étudié", "Considered without AI"),
            "simpler_way",
            "une façon plus simple, essayée ou écartée",
            "a simpler way, tried or set aside",
        ),
    )
    return [
        title,
        *(labelled(v, t, or_blank(v, _told(v, case, key), fr, en)) for t, key, fr, en in rows),
    ]


def _told(v: Voice, case: Case, key: str) -> str:
    text = v.text(case.get(key))
    return sentence(text) if text else ""


def _texts(v: Voice, plan: Plan, case: Case | None) -> list[b.Block]:
    """Return the texts the findings rest on, by code, with how they were read."""
    found = findings_of(plan, case)
    rules = _FOUNDING if case else _CHARTER_RULES
    if case is None:
        found = {**_of_cases(plan, "DS-FS-REGLES"), **found}
    kept = [found[r] for r in rules if r in found and found[r]["outcome"] in BINDING]
    items = [
        b.content(line) for line in cited(v, (s for f in kept for s in f.get("sources") or []))
    ]
    other = blank(
        v,
        "délibérations antérieures, délégation de l’exécutif, règlement intérieur de l’assemblée",
        "earlier deliberations, delegation to the executive, rules of the assembly",
    )
    note = v.say(
        "« À vérifier » : le texte n’a pas été relu ; le service juridique le relit avant le vote.",
        "“To be checked”: the text was not read again; the legal department reads it before the "
        "vote.",
    )
    return [
        b.Heading(1, v.say("Visas", "Having regard to")),
        b.Bullets(
            (*items, *_opinion_cited(v, case), b.content(v.say("Vu ", "Having regard to "), other))
        ),
        b.Paragraph(b.content(note), "small"),
    ]


def _opinion_cited(v: Voice, case: Case | None) -> list[b.Content]:
    """Return the visa of the opinion of the staff, with its date, where it is to be heard."""
    consultation = (case or {}).get("consultation") or {}
    if case and not consultation.get("opinion_on") and consultation.get("due") == "no":
        return []
    day = v.day(consultation["opinion_on"]) if consultation.get("opinion_on") else ""
    body = v.text(consultation.get("body_label"))
    return [
        b.content(
            v.say(
                "Vu l’avis de l’instance du personnel",
                "Having regard to the opinion of the staff",
            ),
            f", {body}," if body else "",
            v.say(" rendu le ", " given on "),
            or_blank(v, day, "date de l’avis", "date of the opinion"),
        )
    ]


def _of_cases(plan: Plan, rule: str) -> dict[str, Mapping[str, Any]]:
    """Return the finding of a rule in the first case that must answer it."""
    for case in plan.get("cases") or []:
        for item in (case.get("obligations") or {}).get("findings") or ():
            if item["rule"] == rule and item["outcome"] in BINDING:
                return {rule: item}
    return {}


def cited(v: Voice, sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return one line per text of law: its name, the articles cited, how they were read.

    The sources of one code are told together; the least read of them decides what is said.
    """
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name, _ in NAMED}
    for source in sources:
        for text in _parts_of(str(source["text"])):
            name = next((n for n, _ in NAMED if text.lower().startswith(n.lower())), None)
            line = (text, str(source.get("provenance")))
            if name and text not in {known for known, _ in groups[name]}:
                groups[name].append(line)
    full, apart = dict(NAMED), "; " if v.english else "\u202f; "
    lines = []
    for name, group in groups.items():
        if not group:
            continue
        articles = apart.join(text[len(name) :].lstrip(", ") for text, _ in group)
        articles = _ARTICLE.sub("\\1.\u00a0", articles)
        how = _how_read(v, {how for _, how in group})
        named = name if v.english else full[name]
        lines.append(
            v.say("Vu ", "Having regard to ")
            + (f"{named}, {articles}" if articles else named)
            + f" [{how}]"
        )
    return lines


def _parts_of(text: str) -> list[str]:
    """Return the texts a source names together, one by one: “RGPD, art. 9 ; loi 78-17, art. 6”."""
    found = re.split(r"\s+;\s+", text)
    return found if all(part.count("(") == part.count(")") for part in found) else [text]


def _how_read(v: Voice, known: set[str]) -> str:
    if known <= {"read"}:
        return v.say("lu", "read")
    if known <= {"read", "secondary"}:
        return v.say("lu dans une source qui le cite", "read in a source that quotes it")
    return v.say("à vérifier", "to be checked")


def _whereas(v: Voice, plan: Plan, case: Case | None) -> list[b.Block]:
    """Return the reasons of the vote, from the facts."""
    opened = v.say("Considérant ", "Whereas ")
    items: list[b.Content] = []
    if case is None:
        items.append(
            b.content(
                opened,
                v.say(
                    "que chaque agent doit savoir ce qu’il peut confier à un outil, et rester "
                    "maître de ce qu’il signe",
                    "each member of staff must know what may be entrusted to a tool, and keep hold "
                    "of what they sign",
                ),
            )
        )
        ambition = v.text((plan.get("authority") or {}).get("ambition")).rstrip(".")
        told = quoted(v, ambition) if ambition else ""
        items.append(
            b.content(
                opened,
                v.say("l’ambition de la collectivité : ", "the ambition of the authority: "),
                or_blank(v, told, "l’ambition de la collectivité", "the ambition of the authority"),
            )
        )
        return [b.Heading(1, v.say("Considérants", "Whereas")), _ended(items)]
    human = v.text(case.get("stays_human")).rstrip(".")
    items.append(
        b.content(
            opened,
            v.say("que restent humains : ", "the following stays human: "),
            or_blank(v, lowered(human), "ce qu’une personne décide", "what a person decides"),
        )
    )
    stores = v.series(
        f"{lowered(s['name'])} ({s.get('class') or v.say('classe inconnue', 'class unknown')})"
        for s in case.get("stores") or []
    )
    items.append(
        b.content(
            opened,
            v.say("que l’outil lit les données suivantes : ", "the tool reads these data: "),
            or_blank(v, stores, "les données lues, et leur classe", "the data read, their class"),
        )
    )
    finding = findings_of(plan, case).get("GOV-DELIB")
    reasons = [
        v.text(r["text"]).rstrip(".")
        for r in (finding or {}).get("reasons") or ()
        if finding and finding["outcome"] in BINDING
    ]
    why = (" ; " if not v.english else "; ").join(lowered(r) for r in reasons)
    items.append(
        b.content(
            opened,
            v.say("ce qui appelle le vote : ", "what calls for the vote: "),
            or_blank(
                v,
                why.replace(" ;", "\u202f;"),
                "pourquoi l’assemblée vote",
                "why the assembly votes",
            ),
        )
    )
    return [b.Heading(1, v.say("Considérants", "Whereas")), _ended(items)]


def _ended(items: list[b.Content]) -> b.Bullets:
    return b.Bullets(tuple(b.content(item, ".") for item in items))


def _opinion(v: Voice, case: Case | None) -> list[b.Block]:
    """Return the opinion of the staff body, dated, and the vote of each college."""
    consultation = (case or {}).get("consultation") or {}
    body = v.text(consultation.get("body_label")) or v.say(
        "Formation spécialisée ou, sans elle, comité social territorial",
        "Specialised panel or, without one, staff committee",
    )
    day = v.day(consultation["opinion_on"]) if consultation.get("opinion_on") else ""
    code = str(consultation.get("opinion") or "")
    opinion = v.known(f"opinion_{code}", code)
    parts: list[b.Inline] = [*or_blank(v, day, "date de l’avis", "date of the opinion")]
    if not day and consultation.get("next_sitting"):
        parts.append(
            v.say(
                " (prochaine séance le {day})",
                " (next sitting on {day})",
                day=v.day(consultation["next_sitting"]),
            )
        )
    votes = consultation.get("votes") or {}
    rows = tuple(
        (b.content(v.word(f"college_{college}")), *_vote_cells(v, votes.get(college)))
        for college in ("staff", "employer")
    )
    return [
        b.Heading(1, v.say("L’avis du personnel", "The opinion of the staff")),
        b.Paragraph(
            b.content(
                b.strong(v.colon(body)),
                v.say("avis rendu le ", "opinion given on "),
                parts,
                v.say(", sens de l’avis : ", ", opinion: "),
                or_blank(v, opinion, "favorable ou défavorable", "favourable or unfavourable"),
                ".",
            )
        ),
        b.Table(
            v.say("Vote de l’instance, par collège", "Vote of the body, by college"),
            (
                b.Column(v.say("Collège", "College"), share=1.6),
                *(b.Column(v.word(w)) for w in ("vote_for", "vote_against", "vote_abstain")),
            ),
            rows,
        ),
    ]


def _vote_cells(v: Voice, vote: Mapping[str, Any] | None) -> list[b.Content]:
    if vote is None:
        return [cell_blank(v)] * 3
    return [b.content(v.number(vote[way])) for way in ("for", "against", "abstained")]


def _articles(v: Voice, plan: Plan, case: Case | None) -> list[b.Block]:
    told = _case_articles(v, plan, case) if case else _charter_articles(v, plan)
    assembly = said(v, institution(plan).assembly)
    decides = v.say("{who}, après en avoir délibéré", "{who}, having deliberated", who=assembly)
    blocks: list[b.Block] = [
        b.Heading(1, v.say("Le dispositif", "The decision")),
        b.Paragraph(b.content(v.colon(decides).rstrip()), "lead"),
    ]
    for number, (title, parts) in enumerate(told, start=1):
        label = f"Article {number}. {title}"
        blocks.append(b.Paragraph(b.content(b.strong(f"{label}. "), parts)))
    return blocks


_Article = tuple[str, b.Content]


def _case_articles(v: Voice, plan: Plan, case: Case) -> list[_Article]:
    service = (case.get("service") or {}).get("name")
    title = quoted(v, case["title"])
    reviews = [
        m
        for m in (plan.get("roadmap") or {}).get("milestones") or []
        if m["case"] == case["id"] and m["kind"] == "evaluation"
    ]
    review = v.day(reviews[0]["on"]) if reviews else ""
    human = v.text(case.get("stays_human")).rstrip(".")
    costs = v.series(
        v.say("{sum} en {year}", "{sum} in {year}", sum=v.money(amount), year=year)
        for year, amount in sorted((case.get("costs_eur") or {}).items())
    )
    stores = v.series(s["name"] for s in case.get("stores") or [])
    agents = case.get("agents_affected")
    perimeter = b.content(
        v.say("Service : ", "Department: "),
        or_blank(v, service, "le service", "the department"),
        v.say(" ; agents concernés : ", "; staff concerned: "),
        or_blank(v, v.number(agents) if agents is not None else "", "effectif", "head count"),
        v.say(" ; outil : ", "; tool: "),
        or_blank(v, lowered(v.text(case.get("tool"))), "l’outil", "the tool"),
        ".",
    )
    return [
        (
            v.say("Objet", "Purpose"),
            b.content(
                v.say(
                    "Le projet {title} est approuvé", "The project {title} is approved", title=title
                ),
                v.say(", ainsi que l’acte qui suit : ", ", and the following act: "),
                blank(
                    v,
                    "la convention, le marché ou le règlement soumis au vote",
                    "the agreement, contract or rules put to the vote",
                ),
                ".",
            ),
        ),
        (v.say("Périmètre", "Perimeter"), perimeter),
        (
            v.say("Durée et bilan", "Term and evaluation"),
            b.content(
                v.say("Le projet est approuvé jusqu’au ", "The project is approved until "),
                (blank(v, "date de fin", "end date"),),
                v.say(". Un bilan, présenté le ", ". An evaluation, presented on "),
                or_blank(v, review, "date du bilan", "date of the evaluation"),
                v.say(
                    ", conclut : continuer, ajuster ou arrêter. Il mesure : ",
                    ", concludes: continue, adjust or stop. It measures: ",
                ),
                or_blank(
                    v, lowered(v.text(case.get("measure"))).rstrip("."), "la mesure", "the measure"
                ),
                ".",
            ),
        ),
        (
            v.say("Responsabilité humaine", "Human in charge"),
            b.content(
                v.say(
                    "Aucune décision n’est confiée à l’outil. Restent humains : ",
                    "No decision is left to the tool. What stays human: ",
                ),
                or_blank(v, lowered(human), "ce qu’une personne décide", "what people decide"),
                v.say(". Référents : ", ". In charge: "),
                or_blank(v, case.get("elu"), "élu référent", "elected lead"),
                ", ",
                or_blank(v, case.get("director"), "directeur référent", "lead director"),
                ".",
            ),
        ),
        (
            v.say("Budget", "Budget"),
            b.content(
                or_blank(v, costs, "le coût par année", "the cost per year"),
                v.say(". Imputation : ", ". Budget line: "),
                (blank(v, "chapitre et article budgétaires", "budget chapter and item"),),
                ".",
            ),
        ),
        (
            v.say("Données", "Data"),
            b.content(
                v.say("L’outil ne lit que : ", "The tool reads only: "),
                or_blank(v, stores, "les données lues", "the data read"),
                v.say(". Délégué à la protection des données : ", ". Data protection officer: "),
                named_for(v, plan, case, "RGPD-37", "RGPD-35", "RGPD-06")
                or signer(v, plan, "dpo", "nom", "name"),
                v.say(", avis du ", ", opinion of "),
                (blank(v, "date", "date"),),
                ".",
            ),
        ),
        *_closing(v, plan),
    ]


def _charter_articles(v: Voice, plan: Plan) -> list[_Article]:
    return [
        (
            v.say("Objet", "Purpose"),
            b.content(
                v.say(
                    "La charte d’usage de l’intelligence artificielle par les agents, annexée, est "
                    "adoptée.",
                    "The charter of use of artificial intelligence by staff, attached, is adopted.",
                )
            ),
        ),
        (
            v.say("Périmètre", "Perimeter"),
            b.content(
                v.say(
                    "Elle s’adresse à tous les agents et à toute personne qui travaille pour le "
                    "compte de la collectivité. Elle prend effet le ",
                    "It is for all staff and anyone who works for the authority. It takes effect "
                    "on ",
                ),
                (blank(v, "date d’effet", "date of effect"),),
                ".",
            ),
        ),
        (
            v.say("Révision", "Review"),
            b.content(
                v.say("Elle est relue au plus tard le ", "It is reviewed at the latest on "),
                (blank(v, "date de révision", "date of review"),),
                v.say(
                    ", et avant cette date si un outil ou une règle change.",
                    ", and earlier if a tool or a rule changes.",
                ),
            ),
        ),
        *_closing(v, plan),
    ]


def _closing(v: Voice, plan: Plan) -> list[_Article]:
    executive = said(v, institution(plan).executive)
    return [
        (
            v.say("Information de l’assemblée", "Information of the assembly"),
            b.content(
                v.say(
                    "Un compte rendu des usages, des coûts, des incidents et des gains constatés "
                    "est présenté à l’assemblée le ",
                    "An account of uses, costs, incidents and gains seen is given to the assembly "
                    "on ",
                ),
                (blank(v, "date ou périodicité", "date or period"),),
                ".",
            ),
        ),
        (
            v.say("Exécution", "Execution"),
            b.content(
                v.say(
                    "{who} est chargé de l’exécution de la présente délibération, transmise au "
                    "contrôle de légalité et publiée.",
                    "{who} is in charge of carrying out this deliberation, sent for the review of "
                    "legality and published.",
                    who=executive,
                )
            ),
        ),
        (
            v.say("Recours", "Appeal"),
            b.content(
                (
                    blank(
                        v,
                        "tribunal compétent, délai et voies de recours, par le service juridique",
                        "competent court, time limit and ways of appeal, by the legal department",
                    ),
                )
            ),
        ),
    ]


def _vote(v: Voice, plan: Plan) -> list[b.Block]:
    place = cell_blank(v)
    columns = (
        v.say("Présents", "Present"),
        v.say("Représentés", "Represented"),
        v.word("vote_for"),
        v.word("vote_against"),
        v.word("vote_abstain"),
        v.say("Sans vote", "Not voting"),
    )
    return [
        b.Table(
            v.say(
                "Vote {of}",
                "Vote {of}",
                of=said(v, institution(plan).of_assembly),
            ),
            tuple(b.Column(label) for label in columns),
            (tuple(place for _ in columns),),
        ),
        b.Paragraph(
            b.content(
                v.say("Transmise au contrôle de légalité : ", "Sent for the review of legality: "),
                blank(v, "date et numéro", "date and number"),
                v.say(". Publiée : ", ". Published: "),
                blank(v, "date et lieu", "date and place"),
                ".",
            )
        ),
        b.SignatureBlock(
            (head_of(v, plan), v.say("Le secrétaire de séance", "The secretary of the sitting")),
            v.say("Fait à ………………………, le ………………", "Place, date: ………"),
        ),
    ]


PAPER = Paper(
    code="deliberation",
    title=Text("Projet de délibération", "Draft deliberation"),
    purpose=Text(
        "Soumettre le cas au vote de l’assemblée.", "Bring the case to a vote of the assembly."
    ),
    signed_by=Text(
        "Le maire ou le président, et le secrétaire de séance",
        "The mayor or president, and the secretary of the sitting",
    ),
    about_case=True,
    standing=deliberation_standing,
    build=deliberation,
)
#: The same paper, for the charter.
CHARTER_PAPER = Paper(
    code="deliberation-charte",
    title=Text("Projet de délibération sur la charte", "Draft deliberation on the charter"),
    purpose=Text(
        "Faire adopter la charte par l’assemblée.", "Have the charter adopted by the assembly."
    ),
    signed_by=PAPER.signed_by,
    about_case=False,
    standing=deliberation_standing,
    build=deliberation,
)
