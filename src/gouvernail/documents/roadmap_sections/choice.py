"""How the choice was made, what is proven, what people disagree on, what would change it."""

from __future__ import annotations

from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Plan, case_titles
from gouvernail.documents.voice import Voice

#: Below it, or as near to 1, a share would round to 0 % or 100 %, which only a proof allows.
ALMOST = 0.005


def choice(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the section on the choice; it says so when no choice has been computed."""
    selection = plan.get("selection")
    found: list[b.Block] = [
        b.Heading(1, v.say("Comment le choix a été fait", "How the choice was made"))
    ]
    if not selection:
        found.append(
            b.Callout(
                "wait",
                v.say("Pas encore de choix.", "No choice yet."),
                b.content(
                    v.say(
                        "Il faut au moins deux cas notés par l’élu, le directeur et les agents "
                        "concernés, et des "
                        "préférences sur les critères.",
                        "It takes at least two cases rated by the elected lead, the director and "
                        "the staff "
                        "concerned, and preferences on the criteria.",
                    )
                ),
            )
        )
        return found
    found.append(
        b.Paragraph(
            b.content(
                v.say(
                    "Les cas ne sont pas classés par une note unique. On regarde pour combien de "
                    "façons de peser "
                    "les critères chaque cas reste choisi : ce qui tient partout est solide, ce "
                    "qui dépend des "
                    "priorités se discute.",
                    "The cases are not ranked by a single score. We look at how many ways of "
                    "weighing the criteria "
                    "keep each case: what holds everywhere is solid, what depends on priorities "
                    "is discussed.",
                )
            ),
            "lead",
        )
    )
    if selection.get("conflict"):
        lines = " ".join(v.text(t) for t in selection["conflict"])
        found.append(
            b.Callout(
                "stop",
                v.say("Les limites se contredisent.", "The limits conflict."),
                b.content(lines),
            )
        )
    found.extend(_criteria(v, selection))
    found.extend(_acceptability(v, selection))
    found.extend(_disagreement(v, plan, selection))
    found.extend(_changes(v, selection))
    found.extend(_limits(v, selection))
    found.extend(_left_out(v, plan, selection))
    return found


def _criteria(v: Voice, selection: dict[str, Any]) -> list[b.Block]:
    criteria = selection.get("criteria") or []
    if not criteria:
        return []
    rows = tuple(
        (
            b.content(v.text(c["label"])),
            b.content(v.percent(c.get("reference"), of_one=False)),
            b.content(v.text(c.get("lowest"), "–")),
            b.content(v.text(c.get("highest"), "–")),
        )
        for c in criteria
    )
    return [
        b.Table(
            v.say("Ce que pèse chaque critère aujourd’hui", "What each criterion weighs today"),
            (
                b.Column(v.say("Critère", "Criterion"), share=1.2),
                b.Column(v.say("Poids", "Weight"), "number"),
                b.Column(v.say("Au plus bas", "Lowest"), share=1.5),
                b.Column(v.say("Au plus haut", "Highest"), share=1.5),
            ),
            rows,
        )
    ]


def _acceptability(v: Voice, selection: dict[str, Any]) -> list[b.Block]:
    cases = sorted(selection.get("cases") or [], key=lambda c: -(c.get("acceptability") or 0))
    if not cases:
        return []
    title = v.say(
        "Part des pondérations où le cas est choisi", "Share of the weightings that choose the case"
    )
    bars = tuple(
        b.Bar(
            c["title"],
            c.get("acceptability") or 0.0,
            _share(v, c),
            1 if c.get("recommended") else 4,
        )
        for c in cases
    )
    listed = v.series(f"{bar.label} {bar.text}" for bar in bars)
    chart = b.BarsChart(
        title,
        v.say("Barres horizontales : {listed}.", "Horizontal bars: {listed}.", listed=listed),
        v.word("case"),
        v.say("Part", "Share"),
        bars,
    )
    rows = tuple(
        (
            b.content(c["title"]),
            b.content(_share(v, c)),
            b.content(v.text(c.get("status_label"), "–")),
            b.content(v.text(c.get("sentence")), " ", _proof(v, c)),
        )
        for c in cases
    )
    table = b.Table(
        v.say("Ce qui est prouvé, ce qui est estimé", "What is proven, what is estimated"),
        (
            b.Column(v.word("case"), share=1.4),
            b.Column(v.say("Part", "Share"), "number"),
            b.Column(v.say("Statut", "Status"), share=0.8),
            b.Column(
                v.say("En clair, et comment on le sait", "In words, and the proof"), share=2.4
            ),
        ),
        rows,
    )
    note = b.Paragraph(
        b.content(
            v.say(
                "Barres foncées : cas recommandés ensemble ; le portefeuille se choisit d’un "
                "bloc, pas cas par cas.",
                "Dark bars: cases recommended together; a portfolio is chosen as a whole, not "
                "case by case.",
            )
        ),
        "small",
    )
    return [
        b.Heading(
            2,
            v.say("Ce qui tient, quelle que soit la priorité", "What holds, whatever the priority"),
        ),
        chart,
        table,
        note,
    ]


def _share(v: Voice, case: dict[str, Any]) -> str:
    """Return the share in the words of the plan, with its error when it is an estimate."""
    if case.get("share"):
        return v.text(case["share"])
    proven = bool(case.get("proven")) and case.get("status") in {"core", "exterior"}
    text = _actor_share(v, case.get("acceptability"), proven)
    error = case.get("standard_error")
    if case.get("proven") or not error:
        return text
    return f"{text} ± {v.number(200 * error, 0 if error >= 0.005 else 1)}"


def _proof(v: Voice, case: dict[str, Any]) -> str:
    """Return how the status is known: the words of the plan, or proven or estimated."""
    word = v.word("proven" if case.get("proven") else "estimated")
    said = v.text(case.get("proof")) or f"{word[:1].upper()}{word[1:]}."
    if not case.get("proven") or case.get("status") not in {"core", "exterior"}:
        return said
    rests = v.say(
        "avec les notes, les limites et les budgets d’aujourd’hui",
        "with today’s ratings, limits and budgets",
    )
    return said if rests in said else f"{said.rstrip('.')}, {rests}."


def _disagreement(v: Voice, plan: Plan, selection: dict[str, Any]) -> list[b.Block]:
    actors = selection.get("actors") or []
    split = selection.get("split")
    if not actors and not split:
        return []
    titles = case_titles(plan)
    found: list[b.Block] = [
        b.Heading(2, v.say("Sur quoi on n’est pas d’accord", "What people disagree on"))
    ]
    if split:
        found.append(
            b.Callout(
                "note",
                v.say("À discuter :", "To discuss:"),
                b.content(v.text(split.get("sentence"))),
            )
        )
    else:
        found.append(
            b.Paragraph(
                b.content(
                    v.say(
                        "Les points de vue étudiés ne se partagent sur aucun cas.",
                        "The points of view studied split on no case.",
                    )
                )
            )
        )
    common = [titles.get(c, c) for c in selection.get("common_core") or []]
    if common:
        found.append(
            b.Paragraph(
                b.content(
                    b.strong(v.say("Accord de tous : ", "Agreed by all: ")), v.series(common), "."
                )
            )
        )
    if actors:
        found.append(_actors_table(v, selection, actors, titles))
    return found


def _actors_table(
    v: Voice, selection: dict[str, Any], actors: list[dict[str, Any]], titles: dict[str, str]
) -> b.Table:
    ids = [c["id"] for c in selection.get("cases") or []]
    # In or out at every admitted weighting: proven for all is proven for each.
    proven = {
        c["id"]
        for c in selection.get("cases") or []
        if c.get("proven") and c.get("status") in {"core", "exterior"}
    }
    rows = [
        (
            b.content(titles.get(i, i)),
            *(
                b.content(_actor_share(v, (a.get("acceptability") or {}).get(i), i in proven))
                for a in actors
            ),
        )
        for i in ids
    ]
    rows.append(
        (
            b.content(v.say("Regret au pire", "Worst regret")),
            *(b.content(_percent_one(v, a.get("regret_percent"))) for a in actors),
        )
    )
    return b.Table(
        v.say(
            "Part des pondérations de chacun où le cas est choisi",
            "Share of each one’s weightings that choose the case",
        ),
        (b.Column(v.word("case"), share=2), *(b.Column(a["name"], "number") for a in actors)),
        tuple(rows),
        total=True,
    )


def _actor_share(v: Voice, share: float | None, proven: bool) -> str:
    """Return a share drawn at random: never 0 % nor 100 % unless it is proven."""
    if share is None or (proven and share in {0, 1}):
        return v.percent(share)
    if share < ALMOST:
        return v.say("moins de {low}", "less than {low}", low=v.percent(0.01))
    if share > 1 - ALMOST:
        return v.say("plus de {high}", "more than {high}", high=v.percent(0.99))
    return v.percent(share)


def _percent_one(v: Voice, value: float | None) -> str:
    if value is None:
        return "–"
    return v.number(value, 1) + ("%" if v.english else "\u202f%")


def _changes(v: Voice, selection: dict[str, Any]) -> list[b.Block]:
    items = [
        b.content(b.strong(v.colon(c["title"])), v.text(c["drop_out"]))
        for c in selection.get("cases") or []
        if c.get("drop_out") and c.get("recommended")
    ]
    found: list[b.Block] = [
        b.Heading(2, v.say("Ce qui changerait le choix", "What would change the choice"))
    ]
    if items:
        found.append(b.Bullets(tuple(items)))
    else:
        found.append(
            b.Paragraph(
                b.content(
                    v.say(
                        "Aucun changement de poids admis ne fait sortir un cas recommandé.",
                        "No admitted change of weight drops a recommended case.",
                    )
                )
            )
        )
    regret = v.text(selection.get("regret"))
    if not regret and selection.get("regret_percent") is not None:
        regret = v.say(
            "Au pire des pondérations admises, le portefeuille recommandé vaut {regret} de moins "
            "que le meilleur.",
            "At the worst admitted weighting, the recommended portfolio is worth {regret} less "
            "than the best.",
            regret=_percent_one(v, selection["regret_percent"]),
        )
    if regret:
        found.append(b.Paragraph(b.content(regret)))
    return found


def _limits(v: Voice, selection: dict[str, Any]) -> list[b.Block]:
    limits = selection.get("limits") or []
    if not limits:
        return []

    def amount(value: float | None, unit: str) -> str:
        if unit.startswith("€"):
            return v.money(value)
        digits = 0 if value is None or float(value).is_integer() else 1
        return f"{v.number(value, digits)} {unit}".strip()

    # A limit nothing draws on says nothing of this portfolio.
    used = [x for x in limits if x.get("used")] or limits
    rows = tuple(
        (
            b.content(v.text(x["label"])),
            b.content(amount(x.get("used"), v.text(x.get("unit")))),
            b.content(amount(x.get("limit"), v.text(x.get("unit")))),
        )
        for x in used
    )
    return [
        b.Table(
            v.say(
                "Les limites, et ce que le portefeuille recommandé en prend",
                "The limits, and what the recommended portfolio takes of them",
            ),
            (
                b.Column(v.say("Limite", "Limit"), share=2),
                b.Column(v.say("Pris", "Taken"), "number"),
                b.Column(v.say("Au plus", "At most"), "number"),
            ),
            rows,
        )
    ]


def _left_out(v: Voice, plan: Plan, selection: dict[str, Any]) -> list[b.Block]:
    """Return what is not proposed: candidates (when they would enter, money), then the others."""
    doors = {case["id"]: _budget_words(v, case) for case in plan.get("cases") or []}
    items = [
        b.content(
            b.strong(v.colon(c["title"])),
            " ".join(x for x in (v.text(c.get("drop_out")), doors.get(c["id"], "")) if x) or "–",
        )
        for c in selection.get("cases") or []
        if not c.get("recommended")
    ]
    items += [
        b.content(b.strong(v.colon(c["title"])), v.text(c.get("why"), "–"))
        for c in selection.get("left_out") or []
    ]
    if not items:
        return []
    title = v.say("Ce qui n’est pas proposé, et pourquoi", "What is not proposed, and why")
    return [b.Heading(2, title), b.Bullets(tuple(items))]


def _budget_words(v: Voice, case: dict[str, Any]) -> str:
    """Return what the budget door of a case says while it is not open."""
    return " ".join(
        v.text(door.get("text"))
        for door in case.get("doors") or []
        if door.get("door") == "budget" and door.get("state") not in {"open", "none"}
    )
