"""The draft charter of use of AI: what an agent may entrust to which tool, and what stays theirs.

Two pages an agent reads. What may go where comes from the rule the software applies
(`protection.matrix_answer`), never from a second table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.deciding import case_finding, head_of, said, waits
from gouvernail.documents.papers.frame import paper_document, signer
from gouvernail.documents.papers.institutions import institution
from gouvernail.documents.papers.model import Need, Paper, Standing, findings_of
from gouvernail.documents.parts import Case, Plan, blank, labelled, or_blank
from gouvernail.documents.reflex_card import reflexes
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text
from gouvernail_core.protection import DataClass, ToolClass, matrix_answer

#: Examples of our own stores beside each class: enough to recognise one's own work.
SHOWN_STORES = 2
_RULE, _FACT = "DS-FS-REGLES", "use_case.has_charter_or_instructions"


def charter_standing(plan: Plan, case: Case | None) -> Standing:
    """Return whether a charter is to be written: AI is used and none is known.

    It is to examine, never due: no text imposes one. A charter that exists is not asked again, but
    it is told when the staff has not given its opinion on it.
    """
    if any(_framed(case) for case in _alive(plan)):
        why = Text(
            "Une charte ou des consignes existent déjà.",
            "A charter or instructions exist already.",
        )
        if opinion_awaited(plan):
            why = Text(
                "Une charte ou des consignes existent déjà\u202f; l’avis du personnel reste "
                "à recueillir.",
                "A charter or instructions exist already; the opinion of the staff is to be heard.",
            )
        return Standing(Need.DONE, why, (_RULE,))
    literacy = findings_of(plan, None).get("AIA-04")
    if literacy and literacy["outcome"] in {"due", "to_examine"}:
        why = Text(
            "Un système d’IA est utilisé et aucune charte n’est connue\u202f; aucun texte ne "
            "l’impose, elle dit à chacun ce qu’il peut faire.",
            "An AI system is used and no charter is known; no text imposes one, it tells everyone "
            "what they may do.",
        )
        return Standing(Need.TO_EXAMINE, why, ("AIA-04",))
    why = Text("Aucun usage connu n’appelle de charte.", "No known use calls for a charter.")
    return Standing(Need.NOT_NEEDED, why)


def opinion_awaited(plan: Plan) -> list[Case]:
    """Return the cases whose charter or instructions wait for an opinion of the staff."""
    return [c for c in _alive(plan) if waits(case_finding(c, _RULE))]


def _alive(plan: Plan) -> list[Case]:
    return [c for c in plan.get("cases") or [] if c.get("in_the_running") or c.get("chosen")]


def _framed(case: Case) -> bool:
    """Return whether somebody stated that a charter or instructions frame the case."""
    said_of = {f["fact"]: f["value"]["fr"] for f in case.get("facts") or ()}
    return said_of.get(_FACT) == "oui"


def charter(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the draft charter of use of AI by the staff of the authority."""
    v = Voice(language)
    blocks: list[b.Block] = [
        *_opening(v, plan),
        *_what_may_go_where(v, plan),
        *_our_tools(v, plan),
        *_reading_again(v),
        *_rights(v, plan),
        *_people(v, plan),
        *_adoption(v, plan),
    ]
    return paper_document(v, plan, None, PAPER, blocks)


def _opening(v: Voice, plan: Plan) -> list[b.Block]:
    principles = (
        v.say(
            "L’outil propose, une personne décide et signe.",
            "The tool proposes, a person decides and signs.",
        ),
        v.say(
            "Aucune décision sur une personne n’est laissée à l’outil.",
            "No decision about a person is left to the tool.",
        ),
        v.say(
            "Ce qui protège les habitants passe avant le temps gagné.",
            "What protects inhabitants comes before the time gained.",
        ),
        v.say(
            "Une erreur signalée aide tout le monde : personne n’est mis en cause pour l’avoir "
            "dite.",
            "A mistake reported helps everyone: nobody is blamed for saying it.",
        ),
    )
    return [
        b.Heading(1, v.say("Quatre principes", "Four principles")),
        b.Bullets(tuple(b.content(p) for p in principles)),
    ]


def _what_may_go_where(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the table of the rule: one line per class of data, one column per class of tool."""
    rows = [
        (
            b.content(said(v, data.label), _ours(v, plan, data)),
            *(b.content(_answer(v, tool, data)) for tool in ToolClass),
        )
        for data in DataClass
    ]
    caption = v.say(
        "Cette donnée peut-elle aller dans cet outil ?", "May these data go into this tool?"
    )
    columns = (
        b.Column(v.say("Donnée", "Data"), share=2.1),
        *(b.Column(said(v, tool.label), share=1.1) for tool in ToolClass),
    )
    rules = (
        v.say(
            "Une donnée ou un outil dont je ne connais pas la classe : je demande avant.",
            "Data or a tool whose class I do not know: I ask first.",
        ),
        v.say(
            "Je n’écris ni nom, ni adresse, ni numéro, ni détail qui ferait reconnaître quelqu’un, "
            "sauf là où le tableau dit oui.",
            "I write no name, address, number or detail by which someone could be recognised, "
            "except where the table says yes.",
        ),
        v.say(
            "Je n’utilise pas un compte personnel pour le travail.",
            "I do not use a personal account for work.",
        ),
        v.say(
            "Je n’emploie pas un outil pour autre chose que ce pour quoi il a été autorisé, et "
            "jamais pour trier des candidats ou des demandes d’aide.",
            "I use no tool for anything but what it was allowed for, and never to sort candidates "
            "or requests for aid.",
        ),
    )
    return [
        b.Heading(1, v.say("Quelles données, dans quel outil", "Which data, in which tool")),
        b.Table(caption, columns, tuple(rows)),
        b.Bullets(tuple(b.content(rule) for rule in rules)),
    ]


def _answer(v: Voice, tool: ToolClass, data: DataClass) -> str:
    label = said(v, matrix_answer(data, tool)[0].label)
    return label[:1].lower() + label[1:]


def _ours(v: Voice, plan: Plan, data: DataClass) -> str:
    """Return the first stores of that class here, to recognise it by."""
    names = [s["name"] for s in plan.get("protect_first") or [] if s.get("class") == data.value]
    if not names:
        return ""
    shown = v.series(name[:1].lower() + name[1:] for name in names[:SHOWN_STORES])
    return v.say(" (ex. : {names})", " (e.g. {names})", names=shown)


_VERDICTS = (
    ("keep", Text("Je peux m’en servir", "I may use")),
    ("frame", Text("Je peux m’en servir, avec ces limites", "I may use, within these limits")),
    ("stop", Text("Je ne m’en sers pas", "I do not use")),
)


def _our_tools(v: Voice, plan: Plan) -> list[b.Block]:
    uses = plan.get("existing_uses") or []
    items = [
        b.content(
            b.strong(v.colon(said(v, label))), _uses(v, [u for u in uses if u["verdict"] == code])
        )
        for code, label in _VERDICTS
        if any(u["verdict"] == code for u in uses)
    ]
    open_ones = [u for u in uses if not u.get("verdict")]
    if open_ones:
        items.append(
            b.content(
                b.strong(
                    v.colon(
                        v.say("Pas encore tranché, je demande avant", "Not settled: I ask first")
                    )
                ),
                _uses(v, open_ones, reasons=False),
            )
        )
    if not items:
        items = [(blank(v, "les outils autorisés, encadrés, arrêtés", "tools allowed or stopped"),)]
    return [
        b.Heading(1, v.say("Les usages connus chez nous", "The uses known here")),
        b.Bullets(tuple(items)),
    ]


def _uses(v: Voice, uses: list[Mapping[str, Any]], *, reasons: bool = True) -> str:
    """Return the uses by name, each with the limit set when there is one."""
    apart = "; " if v.english else "\u202f; "
    told = []
    for use in uses:
        name, why = str(use["name"]), v.text(use.get("verdict_reason"))
        name = name[:1].lower() + name[1:]
        told.append(f"{name} ({why[:1].lower()}{why[1:]})" if why and reasons else name)
    return apart.join(told) + "."


def _reading_again(v: Voice) -> list[b.Block]:
    say_so = v.say(
        "Je le dis quand l’IA a aidé : à mon responsable, au destinataire quand le texte lui est "
        "adressé tel quel, et au bas de ce qui est publié.",
        "I say when AI has helped: to my manager, to the reader when the text is sent as it is, "
        "and at the foot of what is published.",
    )
    return [
        b.Heading(1, v.say("Je relis : cinq réflexes", "I read again: five reflexes")),
        b.Numbered(tuple(b.content(say) for say, _do in reflexes(v))),
        b.Paragraph(b.content(say_so)),
    ]


def _rights(v: Voice, plan: Plan) -> list[b.Block]:
    groups = plan.get("training") or []
    people = sum(group.get("people") or 0 for group in groups)
    trained = sum(group.get("trained") or 0 for group in groups)
    training: b.Content
    if people:
        training = b.content(
            v.say(
                "{trained} personnes formées sur {people} dans les groupes prévus à ce jour.",
                "{trained} people trained of {people} in the groups planned to date.",
                trained=v.number(trained),
                people=v.number(people),
            )
        )
    else:
        training = (blank(v, "les formations prévues", "the training planned"),)
    items = (
        b.content(
            b.strong(v.say("Ne pas s’en servir. ", "Not to use it. ")),
            v.say(
                "Je peux refuser ou cesser, sans avoir à me justifier et sans conséquence sur mon "
                "évaluation.",
                "I may refuse or stop, without giving reasons and without effect on my appraisal.",
            ),
        ),
        b.content(
            b.strong(v.say("Ne pas être suivi. ", "Not to be monitored. ")),
            v.say(
                "Les outils ne servent ni à compter, ni à comparer, ni à évaluer les agents.",
                "The tools do not serve to count, compare or appraise staff.",
            ),
        ),
        b.content(
            b.strong(v.say("Être formé. ", "To be trained. ")),
            v.say("Sur le temps de travail, avant de commencer. ", "In working time, before. "),
            training,
        ),
    )
    note = v.say(
        "Ces engagements sont proposés ; la collectivité les confirme en adoptant la charte.",
        "These commitments are proposed; the authority confirms them by adopting the charter.",
    )
    return [
        b.Heading(1, v.say("Mes droits", "My rights")),
        b.Bullets(items),
        b.Paragraph(b.content(note), "small"),
    ]


def _people(v: Voice, plan: Plan) -> list[b.Block]:
    dpo = signer(v, plan, "dpo", "délégué à la protection des données", "data protection officer")
    if not isinstance(dpo[0], b.Blank):
        role = v.say("délégué à la protection des données", "data protection officer")
        dpo = b.content(dpo, f" ({role})")
    rows = (
        (
            v.say("Une donnée personnelle", "Personal data"),
            dpo,
            "délégué à la protection des données",
            "data protection officer",
        ),
        (
            v.say("Un outil, un doute, une erreur", "A tool, a doubt, a mistake"),
            (),
            "référent IA",
            "AI contact",
        ),
        (
            v.say("Le travail, la charge, la santé", "Work, load, health"),
            (),
            "représentants du personnel, médecin du travail",
            "staff representatives, occupational doctor",
        ),
    )
    items = tuple(
        b.content(b.strong(v.colon(label)), known or (blank(v, fr, en),))
        for label, known, fr, en in rows
    )
    return [b.Heading(1, v.say("À qui je m’adresse", "Whom I ask")), b.Bullets(items)]


def _adoption(v: Voice, plan: Plan) -> list[b.Block]:
    words = institution(plan)
    return [
        b.Heading(1, v.say("Adoption et révision", "Adoption and review")),
        labelled(
            v,
            v.say("Avis du personnel", "Opinion of the staff"),
            (
                blank(
                    v,
                    "instance (formation spécialisée ou CST), date, sens de l’avis",
                    "body (specialised panel or committee), date, opinion",
                ),
            ),
        ),
        labelled(
            v,
            v.say("Délibération", "Deliberation"),
            b.content(
                blank(v, "date et numéro", "date and number"),
                f" ({said(v, words.assembly).lower()})",
            ),
        ),
        labelled(
            v,
            v.say("À relire au plus tard le", "To review at the latest on"),
            or_blank(v, "", "date de révision", "date of review"),
        ),
        b.SignatureBlock((head_of(v, plan),), v.say("Fait le ………………", "Date: ………")),
    ]


PAPER = Paper(
    code="charte",
    title=Text("Charte d’usage de l’IA", "Charter of use of AI"),
    purpose=Text(
        "Dire aux agents ce qu’ils peuvent faire, et à qui demander.",
        "Tell staff what they may do, and whom to ask.",
    ),
    signed_by=Text("Le maire ou le président", "The mayor or president"),
    about_case=False,
    standing=charter_standing,
    build=charter,
)
