"""The charter of use: two pages a member of staff reads, before it binds anybody."""

from __future__ import annotations

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.frame import paper_document, signatures, signer, to_write
from gouvernail.documents.papers.model import Need, Paper, Standing, standing_of_rules
from gouvernail.documents.parts import Case, Plan, chosen_cases
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text
from gouvernail_core.protection import HIGHEST_CLASS, DataClass, ToolClass

_CHARTER = "use_case.has_charter_or_instructions"
#: What whoever reviews an answer does each time.
REFLEXES = (
    Text(
        "Lire la source avant la réponse : le dossier, la lettre, le texte.",
        "Read the source before the answer: the file, the letter, the text.",
    ),
    Text(
        "Chercher ce qui manque : une pièce, une personne, une exception.",
        "Look for what is missing: a document, a person, an exception.",
    ),
    Text(
        "Se demander si une autre personne aurait reçu la même réponse.",
        "Ask whether another person would have had the same answer.",
    ),
    Text(
        "Pouvoir dire pourquoi, avec ses propres mots, à qui le demande.",
        "Be able to say why, in your own words, to whoever asks.",
    ),
    Text(
        "Changer ou refuser sans crainte, et le noter.",
        "Change or refuse without fear, and note it.",
    ),
)


def build(plan: Plan, case: Case | None, language: str = "fr") -> b.Document:
    """Return the draft charter of the authority."""
    del case
    v = Voice(language)
    blocks = [
        *_principles(v, plan),
        *_what_goes_where(v),
        *_always(v),
        *_rights(v, plan),
        *_life(v, plan),
    ]
    return paper_document(v, plan, None, PAPER, blocks)


def _principles(v: Voice, plan: Plan) -> list[b.Block]:
    ambition = v.text((plan.get("authority") or {}).get("ambition"))
    found: list[b.Block] = [b.Heading(1, v.say("Ce que nous voulons", "What we want"))]
    found.append(
        b.Paragraph(
            b.content(ambition) if ambition else to_write(v, "l’ambition", "the ambition"), "lead"
        )
    )
    items = (
        v.say("Une personne décide, toujours.", "A person decides, always."),
        v.say(
            "L’outil aide à faire un travail ; il ne mesure ni ne note personne.",
            "The tool helps with work; it neither measures nor scores anybody.",
        ),
        v.say(
            "On protège les données des habitants avant de gagner du temps.",
            "We protect people’s data before saving time.",
        ),
        v.say(
            "On dit quand un outil a aidé, aux collègues et aux habitants.",
            "We say when a tool helped, to colleagues and inhabitants.",
        ),
    )
    return [*found, b.Bullets(tuple(b.content(item) for item in items))]


def _what_goes_where(v: Voice) -> list[b.Block]:
    """Return, for each kind of tool, the highest class of data it may be given."""
    tools = list(ToolClass)
    yes, no = v.say("oui", "yes"), v.say("non", "no")
    rows = []
    order = list(DataClass)
    for data in order:
        cells = [
            yes if order.index(data) <= order.index(HIGHEST_CLASS[tool]) else no for tool in tools
        ]
        rows.append((b.content(_label(v, data.label)), *(b.content(cell) for cell in cells)))
    return [
        b.Heading(1, v.say("Ce que l’on peut confier, et à quel outil", "What may go where")),
        b.Table(
            v.say("Données en lignes, outils en colonnes", "Data in rows, tools in columns"),
            (
                b.Column(v.say("Données", "Data"), share=2),
                *(b.Column(_label(v, tool.label), share=1.4) for tool in tools),
            ),
            tuple(rows),
        ),
        b.Paragraph(
            b.content(
                v.say(
                    "Un fichier que personne n’a encore examiné ne va dans aucun outil. En cas de "
                    "doute, demandez avant, pas après.",
                    "A file nobody has examined yet goes into no tool. When in doubt, ask before, "
                    "not after.",
                )
            )
        ),
    ]


def _label(v: Voice, label: Text) -> str:
    return v.text({"fr": label.fr, "en": label.en})


def _always(v: Voice) -> list[b.Block]:
    return [
        b.Heading(1, v.say("À chaque fois : cinq réflexes", "Each time: five reflexes")),
        b.Numbered(tuple(b.content(_label(v, reflex)) for reflex in REFLEXES)),
        b.Heading(1, v.say("Jamais", "Never")),
        b.Bullets(
            tuple(
                b.content(v.say(fr, en))
                for fr, en in (
                    (
                        "noter, classer ou surveiller une personne, agent ou habitant ;",
                        "score, rank or watch a person, staff or inhabitant;",
                    ),
                    (
                        "laisser partir une décision que personne n’a relue ;",
                        "let a decision go that nobody has reviewed;",
                    ),
                    (
                        "employer un outil à autre chose que ce pour quoi il a été autorisé.",
                        "use a tool for anything other than what it was authorised for.",
                    ),
                )
            )
        ),
    ]


def _rights(v: Voice, plan: Plan) -> list[b.Block]:
    return [
        b.Heading(1, v.say("Vos droits, et à qui parler", "Your rights, and whom to talk to")),
        b.Bullets(
            (
                b.content(
                    v.say(
                        "Être formé avant de vous en servir, sur votre temps de travail.",
                        "Be trained before using it, during working time.",
                    )
                ),
                b.content(
                    v.say(
                        "Ne pas vous en servir, sans que cela vous soit reproché : ",
                        "Not to use it, without being blamed: ",
                    ),
                    to_write(v, "l’engagement de la collectivité", "the authority’s commitment"),
                ),
                b.content(
                    v.say("Données : ", "Data: "),
                    signer(v, plan, "dpo", "délégué à la protection des données", "the DPO"),
                ),
                b.content(
                    v.say("Réponse choquante ou fausse : ", "Shocking or wrong answer: "),
                    to_write(v, "personne à prévenir, délai de réponse", "person, delay"),
                ),
                b.content(
                    v.say("Laïcité, déontologie : ", "Secularism, ethics: "),
                    to_write(v, "référents", "referents"),
                ),
            )
        ),
    ]


def _life(v: Voice, plan: Plan) -> list[b.Block]:
    return [
        b.Heading(1, v.say("Vie de cette charte", "Life of this charter")),
        b.Paragraph(
            b.content(
                v.say(
                    "Soumise à l’avis des représentants du personnel le ",
                    "Put to the staff representatives on ",
                ),
                to_write(v, "date et avis", "date and opinion"),
                v.say(", adoptée le ", ", adopted on "),
                to_write(v, "date", "date"),
                v.say(
                    ". Relue chaque année avec des agents, la première fois le ",
                    ". Reviewed each year with staff, for the first time on ",
                ),
                to_write(v, "date", "date"),
                ".",
            )
        ),
        *signatures(
            v,
            ("Pour la collectivité", "For the authority"),
            ("La direction générale", "The general director"),
        ),
    ]


def standing(plan: Plan, case: Case | None) -> Standing:
    """Return whether a charter is asked: as soon as AI is used and none is known."""
    del case
    facts = [item for each in chosen_cases(plan) for item in each.get("facts") or ()]
    if any(f["fact"] == _CHARTER and f["value"]["fr"] == "oui" for f in facts):
        there = Text(
            "Une charte ou des consignes existent déjà.",
            "A charter or instructions exist already.",
        )
        return Standing(Need.DONE, there)
    return standing_of_rules(plan, None, ("AIA-04",))


PAPER = Paper(
    code="charte",
    title=Text("Charte d’usage de l’IA", "Charter of use of AI"),
    purpose=Text(
        "Dire aux agents ce qui est permis, ce qui ne l’est pas, et à qui parler.",
        "Tell staff what is allowed, what is not, and whom to talk to.",
    ),
    signed_by=Text("L’exécutif et la direction générale", "The executive and the director"),
    about_case=False,
    standing=standing,
    build=build,
)
