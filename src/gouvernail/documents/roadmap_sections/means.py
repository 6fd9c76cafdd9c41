"""The budget, the training, the measures."""

from __future__ import annotations

from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Plan, blank, case_titles, cell_blank, chosen_cases, or_blank
from gouvernail.documents.voice import Voice


def budget(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the budget per year against its envelope. Savings are never counted."""
    found: list[b.Block] = [b.Heading(1, v.say("Le budget", "The budget"))]
    years = (plan.get("roadmap") or {}).get("budget") or []
    if not years:
        found.append(b.Paragraph((blank(v, "le budget par année", "the budget per year"),)))
        return found
    titles = case_titles(plan)
    ids = list(dict.fromkeys(case for year in years for case in year.get("cases") or {}))
    names = tuple(titles.get(i, i) for i in ids)
    stacks = tuple(
        b.Stack(
            str(y["year"]),
            tuple(float((y.get("cases") or {}).get(i) or 0) for i in ids),
            y.get("envelope_eur"),
            _year_words(v, y),
        )
        for y in years
    )
    alt = ". ".join(v.colon(s.label) + s.text for s in stacks)
    found.append(
        b.StacksChart(
            v.say(
                "Dépenses prévues et enveloppe, par année",
                "Planned spending and envelope, per year",
            ),
            v.say("Barres empilées. {alt}.", "Stacked bars. {alt}.", alt=alt),
            v.word("year"),
            v.say("Prévu et enveloppe", "Planned and envelope"),
            names,
            v.say("Enveloppe de l’année", "Envelope of the year"),
            stacks,
        )
    )
    found.append(_budget_table(v, years, ids, names))
    found.append(
        b.Callout(
            "note",
            v.say("Les économies ne sont pas comptées.", "Savings are not counted."),
            b.content(
                v.say(
                    "Aucune recette ni économie attendue n’entre dans ce budget : elle n’y "
                    "entrera qu’une fois "
                    "constatée.",
                    "No expected revenue or saving enters this budget: it will only once it has "
                    "been observed.",
                )
            ),
        )
    )
    return found


def _year_words(v: Voice, year: dict[str, Any]) -> str:
    planned, envelope = v.money(year.get("planned_eur")), year.get("envelope_eur")
    if envelope is None:
        return v.say(
            "{planned}, enveloppe à compléter",
            "{planned}, envelope to be completed",
            planned=planned,
        )
    return v.say(
        "{planned} sur {envelope}",
        "{planned} of {envelope}",
        planned=planned,
        envelope=v.money(envelope),
    )


def _budget_table(
    v: Voice, years: list[dict[str, Any]], ids: list[str], names: tuple[str, ...]
) -> b.Table:
    rows = [
        (b.content(name), *(b.content(v.money((y.get("cases") or {}).get(i))) for y in years))
        for i, name in zip(ids, names, strict=True)
    ]
    rows.append(
        (
            b.content(v.word("envelope")),
            *(
                b.content(v.money(y["envelope_eur"]))
                if y.get("envelope_eur") is not None
                else cell_blank(v)
                for y in years
            ),
        )
    )
    rows.append(
        (
            b.content(v.say("Total prévu", "Planned total")),
            *(b.content(v.money(y.get("planned_eur"))) for y in years),
        )
    )
    return b.Table(
        v.say("Budget par cas et par année, en euros", "Budget per case and per year, in euros"),
        (b.Column(v.word("case"), share=2), *(b.Column(str(y["year"]), "number") for y in years)),
        tuple(rows),
        total=True,
    )


def training(v: Voice, plan: Plan) -> list[b.Block]:
    """Return who is to be trained, who already is."""
    found: list[b.Block] = [b.Heading(1, v.say("La formation", "Training"))]
    groups = plan.get("training") or []
    if not groups:
        found.append(
            b.Paragraph(
                (blank(v, "qui former, à quoi, avant quand", "whom to train, in what, by when"),)
            )
        )
        return found
    rows = tuple(
        (
            b.content(v.text(g.get("label"))),
            b.content(v.number(g.get("people"))),
            b.content(v.number(g.get("trained"))),
            b.content(v.percent(g.get("share"))),
            b.content(v.text(g.get("channel"), "–")),
        )
        for g in groups
    )
    found.append(
        b.Table(
            v.say(
                "Formations, personnes à former et déjà formées",
                "Trainings, people to train and already trained",
            ),
            (
                b.Column(v.say("Groupe", "Group"), share=1.5),
                b.Column(v.say("À former", "To train"), "number"),
                b.Column(v.say("Formés", "Trained"), "number"),
                b.Column(v.say("Part", "Share"), "number"),
                b.Column(v.say("Par", "By")),
            ),
            rows,
        )
    )
    return found


def measures(v: Voice, plan: Plan) -> list[b.Block]:
    """Return, case by case, what is promised and what will be measured."""
    found: list[b.Block] = [
        b.Heading(1, v.say("Comment on mesurera", "How it will be measured")),
        b.Paragraph(
            b.content(
                v.say(
                    "La mesure commence avant : sans situation de départ, aucun gain ne pourra "
                    "être "
                    "démontré. Chaque bilan conclut : continuer, ajuster ou arrêter.",
                    "Measurement begins before: without a baseline, no gain can be shown. Each "
                    "evaluation "
                    "concludes: continue, adjust or stop.",
                )
            )
        ),
    ]
    rows = tuple(
        (
            b.content(c["title"]),
            or_blank(v, c.get("benefit"), "le bénéfice attendu", "the expected benefit"),
            or_blank(v, c.get("measure"), "ce qui sera mesuré", "what will be measured"),
        )
        for c in chosen_cases(plan)
    )
    if not rows:
        found.append(
            b.Paragraph(
                b.content(
                    v.say("Aucun cas n’est proposé à ce jour.", "No case is proposed to date.")
                )
            )
        )
        return found
    found.append(
        b.Table(
            v.say("Promis, et mesuré", "Promised, and measured"),
            (
                b.Column(v.word("case"), share=1),
                b.Column(
                    v.say("Bénéfice attendu (promis)", "Expected benefit (promised)"), share=1.3
                ),
                b.Column(
                    v.say(
                        "Ce qui sera mesuré, avant et après", "What is measured, before and after"
                    ),
                    share=1.5,
                ),
            ),
            rows,
        )
    )
    return found
