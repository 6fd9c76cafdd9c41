"""The choice, in JSON: what is proposed, how sure each case is, where people differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gouvernail_core.kernel import Text
from gouvernail_core.selection import ActorResult, CaseResult, Selection, Status, Weighting, words
from gouvernail_core.selection import Problem as SelectionProblem
from gouvernail_core.steering.choose import Choice
from gouvernail_core.steering.model import Steering
from gouvernail_core.steering.said import Json, text, text_or_none

#: More portfolios than that say nothing a person can use.
MOST_PORTFOLIOS = 8


def selection_json(steering: Steering) -> Json | None:
    """Return the choice, or ``None`` when no case is in the running."""
    selection, choice = steering.selection, steering.choice
    if selection is None:
        return None
    titles = {case.id: case.title for case in steering.facts.use_cases}
    criteria = {c.id: c.label for c in choice.criteria}
    return {
        "cases": [
            {
                "id": result.id,
                "title": titles[result.id],
                "acceptability": result.acceptability,
                "share": text(_share(result)),
                "standard_error": result.standard_error,
                "status": result.status.value,
                "status_label": text(_status(result)),
                "proven": result.proven,
                "recommended": result.recommended,
                "sentence": text(words.acceptability_sentence(result)),
                "proof": text(words.proof_sentence(result, draws=max(1, selection.samples))),
                "drop_out": text(words.drop_out_sentence(_named(result, criteria, titles))),
            }
            for result in sorted(
                selection.cases, key=lambda r: (-r.acceptability, not r.recommended, r.id)
            )
        ],
        "recommended": list(selection.recommended),
        "regret_percent": selection.regret.percent if selection.regret else None,
        "criteria": [
            {
                "id": criterion.id,
                "label": criterion.label,
                "lowest": criterion.lowest,
                "highest": criterion.highest,
                "reference": 100 * selection.reference.get(criterion.id, 0.0),
            }
            for criterion in choice.criteria
        ],
        "limits": _limits(choice, selection),
        "actors": [_actor(actor) for actor in selection.actors.values()],
        "split": _split(selection, titles),
        "common_core": _common_core(selection),
        "portfolios": [
            {
                "cases": list(portfolio.cases),
                "share": portfolio.share,
                "recommended": portfolio.recommended,
            }
            for portfolio in selection.portfolios[:MOST_PORTFOLIOS]
        ],
        "portfolio_count": selection.portfolio_count,
        "regret": text_or_none(
            None if selection.regret is None else words.regret_sentence(selection.regret)
        ),
        "method": text(_method(selection)),
        "notes": [text(note) for note in selection.notes],
        "conflict": [text(line) for line in conflict_lines(choice, selection, titles)] or None,
        "left_out": [
            {"id": item.case.id, "title": item.case.title, "why": text(item.why)}
            for item in choice.left_out
        ],
        "problem": problem_json(choice.problem),
    }


def _status(result: CaseResult) -> Text:
    said = words.STATUS_WORDS[result.status]
    if not result.proven or result.status is Status.BORDERLINE:
        return said
    return Text(f"{said.fr}, prouvé", f"{said.en}, proven")


def _share(result: CaseResult) -> Text:
    """Return the share in words; all draws in favour is not a proof, and does not read as one."""
    sure = result.proven and result.status is not Status.BORDERLINE
    return words.percent(result.acceptability if sure else _short_of(result.acceptability))


def _short_of(share: float) -> float:
    """Return a sampled share kept from reading as never or as always."""
    return min(max(share, 1e-9), 1 - 1e-9)


def _named(
    result: CaseResult, criteria: Mapping[str, str], titles: Mapping[str, str]
) -> CaseResult:
    """Return the result with the words of the criteria and of the cases in place of their ids."""
    found = result.drop_out
    if found is None:
        return result
    return replace(
        result,
        drop_out=replace(
            found,
            criterion=None if found.criterion is None else criteria[found.criterion],
            replaced_by=tuple(titles[case_id] for case_id in found.replaced_by),
            replaces=tuple(titles[case_id] for case_id in found.replaces),
        ),
    )


def _method(selection: Selection) -> Text:
    """Return how the answer was found and what is proven of it."""
    if selection.conflict:
        return Text("Rien ne tient.", "Nothing fits.")
    count = f"{selection.feasible_count or 0:,}".replace(",", "\u202f")
    draws = f"{selection.samples:,}".replace(",", "\u202f")
    if selection.complete:
        return Text(
            f"Les {count} portefeuilles possibles ont tous été examinés : « prouvé » vaut pour "
            "toutes les pondérations admises, avec les notes, les limites et les budgets "
            f"d’aujourd’hui. Les parts sont estimées sur {draws} tirages par acteur, "
            "chaque acteur comptant autant.",
            f"All {count} possible portfolios were examined: “proven” holds for all admissible "
            f"weightings, with today’s ratings, limits and budgets. "
            f"Shares are estimated on {draws} draws per actor, each counting as much.",
        )
    return Text(
        f"Trop de cas pour tous les examiner : {draws} pondérations par acteur ont été résolues, "
        "rien n’est prouvé.",
        f"Too many cases to examine them all: {draws} weightings per actor were solved, nothing "
        "is proven.",
    )


_SHEETS = {"budget": "Budgets", "staff": "Moyens", "load": "Services"}


def conflict_lines(
    choice: Choice, selection: Selection, titles: Mapping[str, str]
) -> tuple[Text, ...]:
    """Return the conflict with the words of the workbook in place of the ids."""
    limits = {limit.id: limit for limit in choice.limits}
    lines = []
    for item in selection.conflict:
        limit = limits.get(item.label)
        if item.kind == "limits" and limit is not None:
            amount = f"{choice.problem.limits[limit.id]:,.0f}".replace(",", "\u202f")
            sheet = _SHEETS[limit.id.split("_")[0]]
            line = Text(
                f"{limit.label.fr}\u00a0: {amount} {limit.unit.fr} au plus "
                f"(feuille «\u202f{sheet}\u202f»).",
                f"{limit.label.en}: {amount} {limit.unit.en} at most (sheet “{sheet}”).",
            )
        else:
            line = Text(_titled(item.text.fr, titles), _titled(item.text.en, titles))
        lines.append(line)
    return tuple(lines)


def _titled(sentence: str, titles: Mapping[str, str]) -> str:
    """Return the sentence with the titles of the cases in place of their quoted ids."""
    for case_id, title in titles.items():
        for opening, closing in (("« ", " »"), ("«\u202f", "\u202f»"), ("“", "”")):
            sentence = sentence.replace(
                f"{opening}{case_id}{closing}", f"{opening}{title}{closing}"
            )
    return sentence[:1].upper() + sentence[1:]


def _limits(choice: Choice, selection: Selection) -> list[Json]:
    used = {use.label: use.used for use in selection.uses}
    return [
        {
            "id": limit.id,
            "label": text(limit.label),
            "unit": text(limit.unit),
            "used": used.get(limit.id, 0.0),
            "limit": choice.problem.limits[limit.id],
        }
        for limit in choice.limits
        if used.get(limit.id) or not limit.id.startswith("load_")
    ]


def _actor(actor: ActorResult) -> Json:
    return {
        "name": actor.name,
        "acceptability": {case.id: case.acceptability for case in actor.cases},
        "favourite": list(actor.recommended),
        "regret_percent": actor.regret.percent,
    }


def _common_core(selection: Selection) -> list[str]:
    """Return the cases every actor's own best portfolio holds: the AND, never an average."""
    favourites = [set(actor.recommended) for actor in selection.actors.values()]
    common = set.intersection(*favourites) if favourites else set(selection.recommended)
    return [case_id for case_id in (c.id for c in selection.cases) if case_id in common]


def _split(selection: Selection, titles: Mapping[str, str]) -> Json | None:
    """Return the case actors disagree most on, and in words who stands where."""
    shares = {
        name: {case.id: case.acceptability for case in actor.cases}
        for name, actor in selection.actors.items()
    }
    if len(shares) < 2:
        return None
    spread = {
        case.id: max(s[case.id] for s in shares.values()) - min(s[case.id] for s in shares.values())
        for case in selection.cases
    }
    widest = max(sorted(spread), key=lambda case_id: spread[case_id])
    if spread[widest] < 0.1:
        sentence = Text(
            "Les acteurs s’accordent : aucun cas ne les sépare de plus de dix points.",
            "The actors agree: no case sets them more than ten points apart.",
        )
        return {"sentence": text(sentence), "cases": []}
    most = max(shares, key=lambda name: shares[name][widest])
    least = min(shares, key=lambda name: shares[name][widest])
    high, low = (words.percent(_short_of(shares[name][widest])) for name in (most, least))
    sentence = Text(
        f"«\u202f{titles[widest]}\u202f» divise\u00a0: retenu dans {high.fr} des pondérations "
        f"selon «\u202f{most}\u202f», dans {low.fr} selon «\u202f{least}\u202f». "
        "Rien n’est moyenné\u00a0: c’est à débattre.",
        f"“{titles[widest]}” divides: held in {high.en} of the weightings according to “{most}”, "
        f"in {low.en} according to “{least}”. Nothing is averaged: it is to be discussed.",
    )
    divided = sorted((c for c in spread if spread[c] >= 0.1), key=lambda c: -spread[c])
    return {"sentence": text(sentence), "cases": divided}


def problem_json(problem: SelectionProblem) -> Json:
    """Return the problem in the JSON contract of ``gouvernail select``, to be computed again."""
    return {
        "criteria": list(problem.criteria),
        "cases": [
            {
                "id": case.id,
                "values": {k: [v.low, v.high] for k, v in case.values.items()},
                "uses": dict(case.uses),
            }
            for case in problem.cases
        ],
        "limits": dict(problem.limits),
        "cardinality": list(problem.cardinality) if problem.cardinality else None,
        "excludes": [list(pair) for pair in problem.excludes],
        "requires": [list(pair) for pair in problem.requires],
        "must": list(problem.must),
        "never": list(problem.never),
        "reference": dict(problem.reference) if problem.reference else None,
        "weightings": {name: _weighting(w) for name, w in problem.weightings.items()},
        "gap": problem.gap,
        "seed": problem.seed,
    }


def _weighting(weighting: Weighting) -> Json:
    said: Json = {}
    if weighting.ranking is not None:
        said["ranking"] = [tier[0] if len(tier) == 1 else list(tier) for tier in weighting.ranking]
    if weighting.bounds:
        said["bounds"] = {k: list(v) for k, v in weighting.bounds.items()}
    return said
