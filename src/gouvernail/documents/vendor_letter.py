"""The letter to a vendor: the questions that matter for the case, each with why, room to answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Case, Plan, blank, made_document
from gouvernail.documents.voice import Voice
from gouvernail_core.knowledge.vendor import load_vendor_questions
from gouvernail_core.obligations.vendor import by_group


def vendor_letter(
    plan: Plan, case: Case, offer: Mapping[str, Any], *, language: str = "fr"
) -> b.Document:
    """Return the letter that puts the questions of an offer to its vendor."""
    v = Voice(language)
    known = load_vendor_questions()
    asked = [known.question(code) for code in offer["questions"]]
    labels = dict(known.groups)
    tool = offer.get("tool") or v.say("votre outil", "your tool")
    blocks: list[b.Block] = [
        b.Paragraph(
            b.content(
                v.say("Madame, Monsieur, vous nous proposez ", "Dear Sir or Madam, you offer us "),
                b.strong(str(tool)),
                v.say(" pour l’usage suivant : ", " for the following use: "),
                v.text(case.get("summary"))
                or blank(v, "l’usage prévu, en une phrase", "the intended use, in a sentence"),
            )
        ),
        b.Paragraph(
            b.content(
                v.say(
                    "Avant d’aller plus loin, nous avons besoin de vos réponses écrites aux "
                    "questions qui suivent, avec leurs pièces. Elles décident de ce que la loi "
                    "nous demande. Nous vous remercions de répondre avant le ",
                    "Before going further, we need your written answers to the questions below, "
                    "with their documents. They decide what the law asks of us. Please answer "
                    "before ",
                ),
                blank(v, "date", "date"),
                ".",
            )
        ),
    ]
    number = 0
    for group, questions in by_group(asked).items():
        label = labels[group]
        blocks.append(b.Heading(1, v.text({"fr": label.fr, "en": label.en})))
        for question in questions:
            number += 1
            text = v.text({"fr": question.text.fr, "en": question.text.en})
            why = v.text({"fr": question.why.fr, "en": question.why.en})
            blocks += [
                b.Paragraph(b.content(b.strong(f"{number}. "), text)),
                b.Paragraph(b.content(why), "small"),
            ]
    place = v.say("Fait le ………………", "Made on ………")
    blocks.append(b.SignatureBlock((v.say("Pour la collectivité", "For the authority"),), place))
    return made_document(
        v,
        plan,
        blocks,
        title=v.say("Questions à l’éditeur", "Questions to the vendor"),
        subtitle=f"{offer['vendor']} · {case['title']}",
        kicker=v.say("Lettre, à relire avant l’envoi", "Letter, to be reviewed before sending"),
    )
