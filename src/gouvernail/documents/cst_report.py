"""The draft report to the staff committee (CST): what is known of a project, blanks for the rest.

Nothing is invented: what the plan does not hold is a visible blank, and the draft says it is one.
"""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import (
    Case,
    Plan,
    blank,
    labelled,
    made_document,
    or_blank,
    reasons_words,
    source_words,
)
from gouvernail.documents.roadmap_sections.chosen import people_of
from gouvernail.documents.roadmap_sections.law import shown_findings, standing
from gouvernail.documents.roadmap_sections.planning import tasks_tables
from gouvernail.documents.voice import Voice

#: The duties that protect people at work and those the tool is about: what representatives read.
PROTECT_PEOPLE = (
    "DS-CONTROLE", "DS-DUERP", "DS-FORM", "DS-FS-", "DS-CST-ORG", "DS-PILOTE", "AIA-04", "AIA-05",
    "AIA-26-2", "AIA-26-7", "AIA-27", "RGPD-13", "RGPD-15", "RGPD-22", "RGPD-35", "VAL-",
)  # fmt: skip


def cst_report(plan: Plan, case: Case, *, language: str = "fr") -> b.Document:
    """Return the draft report of a case to the committee that must be consulted."""
    v = Voice(language)
    consultation = case.get("consultation") or {}
    body = v.text(consultation.get("body_label")) or v.say(
        "Comité social territorial (CST)", "Staff committee (CST)"
    )
    blocks: list[b.Block] = [
        _why(v, case),
        _warning(v),
        *_purpose(v, case, body),
        *_present_work(v, case),
        *_project(v, case),
        *_effects(v, case),
        *_guarantees(v, case),
        *_training(v, plan, case),
        *_schedule(v, plan, case),
        *_assessment(v, case),
        *_freed_time(v, case),
        *_vote(v),
    ]
    return made_document(
        v,
        plan,
        blocks,
        title=v.say(
            "Rapport aux représentants du personnel : {title}",
            "Report to the staff representatives: {title}",
            title=case["title"],
        ),
        subtitle=body,
        kicker=v.say("Projet de rapport, à compléter", "Draft report, to be completed"),
    )


def _why(v: Voice, case: Case) -> b.Callout:
    """Return why the opinion is asked, with its sources, as every paper begins."""
    reasons = reasons_words(v, (case.get("consultation") or {}).get("reasons") or [])
    return b.Callout(
        "wait",
        v.say("Pourquoi cette pièce.", "Why this paper."),
        reasons or (blank(v, "pourquoi l’avis est demandé", "why it is asked"),),
    )


def _warning(v: Voice) -> b.Callout:
    return b.Callout(
        "wait",
        v.say("Projet de rapport.", "Draft report."),
        b.content(
            v.say(
                "Préparé à partir des faits enregistrés. Les passages « À compléter » attendent un "
                "fait que personne n’a encore donné : ils sont à remplir avec les agents "
                "concernés, "
                "avant l’envoi.",
                "Prepared from the facts recorded. The passages “To be completed” wait for a fact "
                "nobody has given yet: they are to be filled with the staff concerned, before "
                "sending.",
            )
        ),
    )


def _purpose(v: Voice, case: Case, body: str) -> list[b.Block]:
    consultation = case.get("consultation") or {}
    sitting = v.day(consultation["next_sitting"]) if consultation.get("next_sitting") else ""
    papers = v.day(consultation["papers_by"]) if consultation.get("papers_by") else ""
    informed = v.day(consultation["informed_on"]) if consultation.get("informed_on") else ""
    found: list[b.Block] = [
        b.Heading(1, v.say("Objet de la consultation", "Purpose of the consultation")),
        labelled(v, v.say("Instance", "Body"), b.content(body)),
        labelled(v, v.say("Séance", "Sitting"), or_blank(v, sitting, "date de la séance", "date")),
        labelled(
            v,
            v.say("Dossier à envoyer au plus tard le", "Papers to be sent at the latest on"),
            or_blank(v, papers, "date d’envoi", "date of sending"),
        ),
        labelled(
            v,
            v.say("Information déjà faite le", "Information already given on"),
            or_blank(v, informed, "date de l’information", "date of the information"),
        ),
    ]
    found += overridden(v, case)
    if consultation.get("due") == "unknown":
        text = v.say(
            "Les faits connus ne permettent pas de dire si l’avis est obligatoire.",
            "The known facts do not tell whether the opinion is mandatory.",
        )
        found.append(b.Callout("wait", v.say("À trancher.", "To be settled."), b.content(text)))
    return found


def overridden(v: Voice, case: Case) -> list[b.Block]:
    """Return the decision to begin without this opinion: by whom, when, why; nothing without one.

    The committee is told even when the decision is over: it began, or could have, before them.
    """
    override = (case.get("consultation") or {}).get("override")
    if not override:
        return []
    until = v.day(override["until"]) if override.get("until") else ""
    text = v.say(
        "Passage outre décidé le {day} par {who}{until} : « {reason} » L’avis du comité reste "
        "demandé.",
        "Override decided on {day} by {who}{until}: “{reason}” The opinion of the committee is "
        "still asked.",
        day=v.day(override["decided_on"]),
        who=override["decided_by"],
        until=v.say(", jusqu’au {day}", ", until {day}", day=until) if until else "",
        reason=override["reason"],
    )
    over = v.say(" Il n’a plus d’effet.", " It no longer holds.")
    return [
        b.Callout(
            "wait",
            v.say("Commencer sans l’avis.", "Beginning without the opinion."),
            b.content(text + ("" if override.get("holds") else over)),
        )
    ]


def _present_work(v: Voice, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("Le travail aujourd’hui", "The work today")),
        b.Paragraph(
            or_blank(
                v,
                case.get("today"),
                "le travail réel, décrit avec les agents",
                "the real work, described with the staff",
            )
        ),
        labelled(
            v,
            v.say("Le problème", "The problem"),
            or_blank(v, case.get("problem"), "le problème à résoudre", "the problem to solve"),
        ),
    ]


def _project(v: Voice, case: Case) -> list[b.Block]:
    summary = or_blank(v, case.get("summary"), "le projet en quelques lignes", "the project")
    return [
        b.Heading(1, v.say("Le projet", "The project")),
        b.Paragraph(summary),
        *people_of(v, case),
        labelled(
            v,
            v.say("Solution sans IA étudiée", "Solution without AI considered"),
            or_blank(v, case.get("simpler_way"), "ce qui a été étudié", "what was considered"),
        ),
    ]


def _effects(v: Voice, case: Case) -> list[b.Block]:
    agents = case.get("agents_affected")
    tasks = v.series(v.text(task) for task in case.get("tasks_lifted") or [])
    return [
        b.Heading(1, v.say("Les effets sur le travail", "The effects on work")),
        labelled(
            v,
            v.say("Agents concernés", "Staff concerned"),
            or_blank(v, v.number(agents) if agents is not None else "", "effectif", "head count"),
        ),
        labelled(
            v,
            v.say("Tâches", "Tasks"),
            or_blank(
                v, tasks, "tâches allégées, modifiées, ajoutées", "tasks lifted, changed, added"
            ),
        ),
        labelled(
            v,
            v.say("Ce qui reste humain", "What stays human"),
            or_blank(v, case.get("stays_human"), "ce qu’une personne décide", "what people decide"),
        ),
        labelled(
            v,
            v.say("Charge de travail", "Workload"),
            (
                blank(
                    v, "charge avant et après, et comment elle est mesurée", "load, and its measure"
                ),
            ),
        ),
        labelled(
            v,
            v.say("Compétences", "Skills"),
            (
                blank(
                    v,
                    "compétences nouvelles, compétences à préserver",
                    "new skills, skills to keep",
                ),
            ),
        ),
        labelled(
            v,
            v.say("Postes", "Posts"),
            (blank(v, "postes créés, modifiés ou supprimés", "posts created, changed or removed"),),
        ),
        labelled(
            v,
            v.say("Santé et risques professionnels", "Health and occupational risks"),
            (blank(v, "mise à jour du document unique", "update of the risk assessment"),),
        ),
    ]


def _guarantees(v: Voice, case: Case) -> list[b.Block]:
    """Return what the law asks as guarantees, then those the authority alone can give."""
    shown = shown_findings(case.get("obligations") or {})
    findings = [f for f in shown if str(f["rule"]).startswith(PROTECT_PEOPLE)]
    found: list[b.Block] = [b.Heading(1, v.say("Les garanties", "The guarantees"))]
    items = []
    for finding in findings:
        sources = finding.get("sources") or []
        source = source_words(v, sources[0]) if sources else ()
        items.append(
            b.content(
                b.strong(v.text(finding.get("title"))),
                f" ({standing(v, finding)}). ",
                source,
            )
        )
    if items:
        intro = v.say(
            "Ce que le droit demande pour les personnes, agents et habitants :",
            "What the law asks for people, staff and inhabitants:",
        )
        found.append(b.Paragraph((intro,)))
        found.append(b.Bullets(tuple(items)))
    others = len(shown) - len(findings)
    if others:
        told = v.say(
            "Les {n} autres règles (achat, archives, sécurité…) sont dans la fiche du cas.",
            "The {n} other rules (purchase, records, security…) are in the sheet of the case.",
            n=str(others),
        )
        found.append(b.Paragraph(b.content(told), "small"))
    found.append(
        labelled(
            v,
            v.say("Pas de suivi individuel des agents", "No individual monitoring of the staff"),
            (blank(v, "l’engagement de la collectivité", "the commitment of the authority"),),
        )
    )
    found.append(
        labelled(
            v,
            v.say("Droit de ne pas utiliser l’outil, arrêt", "Right not to use the tool, stop"),
            (blank(v, "qui peut arrêter, et comment", "who may stop it, and how"),),
        )
    )
    return found


def _own_tasks(plan: Plan, case: Case) -> list[dict[str, object]]:
    return [t for t in (plan.get("roadmap") or {}).get("tasks") or [] if t["case"] == case["id"]]


def _training(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    tasks = [t for t in _own_tasks(plan, case) if t["kind"] == "training"]
    found: list[b.Block] = [b.Heading(1, v.say("La formation", "Training"))]
    for task in tasks:
        text = v.say(
            "{label}, {period}, par {who}.",
            "{label}, {period}, by {who}.",
            label=v.text(task["label"]),
            period=v.period(str(task["start"]), str(task["end"])),
            who=task.get("who") or "–",
        )
        found.append(b.Paragraph(b.content(text)))
    place = blank(
        v,
        "qui est formé, combien d’heures, sur le temps de travail",
        "who is trained, how many hours, within working time",
    )
    return [*found, b.Paragraph((place,))]


def _schedule(v: Voice, plan: Plan, case: Case) -> list[b.Block]:
    tasks = _own_tasks(plan, case)
    found: list[b.Block] = [b.Heading(1, v.say("Le calendrier", "The schedule"))]
    if not tasks:
        return [*found, b.Paragraph((blank(v, "le calendrier du projet", "the schedule"),))]
    return [*found, *tasks_tables(v, plan, tasks)]


def _assessment(v: Voice, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("L’évaluation", "The assessment")),
        labelled(
            v,
            v.say(
                "Bénéfice attendu (promis, non démontré)", "Expected benefit (promised, unproven)"
            ),
            or_blank(v, case.get("benefit"), "le bénéfice attendu", "the expected benefit"),
        ),
        labelled(
            v,
            v.say("Mesuré avant et après", "Measured before and after"),
            or_blank(v, case.get("measure"), "ce qui sera mesuré", "what will be measured"),
        ),
        b.Paragraph(
            b.content(
                v.say(
                    "Le bilan est présenté au comité : continuer, ajuster ou arrêter.",
                    "The evaluation is presented to the committee: continue, adjust or stop.",
                )
            )
        ),
    ]


def _freed_time(v: Voice, case: Case) -> list[b.Block]:
    return [
        b.Heading(1, v.say("Le temps rendu", "The time freed")),
        b.Paragraph(
            or_blank(
                v,
                case.get("time_given_to"),
                "à quoi servira le temps rendu, décidé avec les agents",
                "what the time freed is for, decided with the staff",
            )
        ),
    ]


def _vote(v: Voice) -> list[b.Block]:
    """Return the vote, college by college, left blank."""
    place = (b.Blank(v.word("to_complete")),)
    rows = tuple(
        (b.content(v.word(college)), place, place, place)
        for college in ("college_staff", "college_employer")
    )
    table = b.Table(
        v.say("Avis du comité, par collège", "Opinion of the committee, by college"),
        (
            b.Column(v.say("Collège", "College"), share=1.6),
            *(b.Column(v.word(word)) for word in ("vote_for", "vote_against", "vote_abstain")),
        ),
        rows,
    )
    note = v.say(
        "Vote unanimement défavorable des représentants du personnel, sur une question qui demande "
        "une délibération : nouvel examen entre 8 et 30 jours (CGFP, art. R. 254-68). Suites "
        "données par écrit dans les deux mois (art. R. 254-74).",
        "If all staff representatives vote against, on a matter that needs a deliberation: new "
        "examination between 8 and 30 days (CGFP, art. R. 254-68). Written answer within two "
        "months (art. R. 254-74).",
    )
    signatures = b.SignatureBlock(
        (v.say("Le président du comité", "Chair"), v.say("Le secrétaire", "Secretary")),
        v.say("Séance du ………………", "Sitting of ………"),
    )
    return [
        b.Heading(1, v.say("L’avis", "The opinion")),
        table,
        b.Paragraph(b.content(note), "small"),
        signatures,
    ]
