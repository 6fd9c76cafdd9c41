"""What makes a problem impossible to read: each fault with its place and what to do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gouvernail_core.kernel import Problem as Fault
from gouvernail_core.kernel import RefusedError, Text
from gouvernail_core.selection.model import MAX_CASES, MAX_CRITERIA, Problem, Weighting
from gouvernail_core.selection.weights import WeightLine, conflicting_lines, weight_set


def check_problem(problem: Problem) -> None:
    """Return nothing when `problem` can be solved; refuse with every fault otherwise.

    Weight sets are examined only once the rest holds. That no portfolio fits is not a fault: it
    is an answer, with its conflict.
    """
    faults = [
        *_criteria_faults(problem),
        *_case_faults(problem),
        *_limit_faults(problem),
        *_cardinality_faults(problem),
        *_pair_faults(problem),
        *_wish_faults(problem),
        *_reference_faults(problem),
        *_weighting_faults(problem),
        *_setting_faults(problem),
    ]
    if faults:
        raise RefusedError(*faults)
    for actor, weighting in problem.weightings.items():
        if weight_set(problem.criteria, weighting).is_empty:
            raise RefusedError(_no_weighting(actor, conflicting_lines(problem.criteria, weighting)))


def _fault(code: str, path: str, fr: str, en: str) -> Fault:
    return Fault(code=f"selection-{code}", path=path, text=Text(fr, en))


def _criteria_faults(problem: Problem) -> Iterator[Fault]:
    count = len(problem.criteria)
    if not count:
        yield _fault(
            "no-criterion",
            "criteria",
            "il faut au moins un critère. Ajoutez-en un.",
            "at least one criterion is needed. Add one.",
        )
    if count > MAX_CRITERIA:
        yield _fault(
            "too-many-criteria",
            "criteria",
            f"{count} critères, c’est plus que les {MAX_CRITERIA} admis. Regroupez-en.",
            f"{count} criteria are more than the {MAX_CRITERIA} allowed. Merge some.",
        )
    yield from _duplicates(problem.criteria, "criteria[{}]")


def _case_faults(problem: Problem) -> Iterator[Fault]:
    count = len(problem.cases)
    if not count:
        yield _fault(
            "no-case",
            "cases",
            "il faut au moins un cas d’usage. Ajoutez-en un.",
            "at least one use case is needed. Add one.",
        )
    if count > MAX_CASES:
        yield _fault(
            "too-many-cases",
            "cases",
            f"{count} cas, c’est plus que les {MAX_CASES} que le calcul traite en une minute. "
            "Écartez d’abord ceux qui ne sont pas mûrs.",
            f"{count} cases are more than the {MAX_CASES} that can be treated in a minute. "
            "First set aside those that are not ready.",
        )
    yield from _duplicates([case.id for case in problem.cases], "cases[{}].id")
    for position, case in enumerate(problem.cases):
        path = f"cases[{position}]"
        for name, value in case.values.items():
            place = f"{path}.values.{name}"
            yield from _unknown([name], problem.criteria, place, "critère", "criterion")
            if value.low < 0 or value.high > 1:
                yield _fault(
                    "value-out-of-range",
                    place,
                    f"la valeur de « {case.id} » doit être entre 0 et 1 "
                    f"(trouvé : {_interval(value.low, value.high)}). Ramenez-la à cette échelle.",
                    f"the value of “{case.id}” must be between 0 and 1 "
                    f"(found: {_interval(value.low, value.high)}). Bring it to that scale.",
                )
        for label, use in case.uses.items():
            yield from _amount_faults(use, f"{path}.uses.{label}")


def _limit_faults(problem: Problem) -> Iterator[Fault]:
    for label, limit in problem.limits.items():
        yield from _amount_faults(limit, f"limits.{label}")


def _cardinality_faults(problem: Problem) -> Iterator[Fault]:
    if problem.cardinality is None:
        return
    low, high = problem.cardinality
    count = len(problem.cases)
    if low < 0 or low > high:
        yield _fault(
            "cardinality",
            "cardinality",
            f"le nombre de cas va de {low} à {high} : donnez un minimum positif ou nul, "
            "puis un maximum au moins égal.",
            f"the number of cases goes from {low} to {high}: give a minimum of zero or more, "
            "then a maximum at least as large.",
        )
    elif count and low > count:
        yield _fault(
            "cardinality",
            "cardinality[0]",
            f"il faudrait au moins {low} cas, et il n’y en a que {count}. "
            "Abaissez ce minimum ou ajoutez des cas.",
            f"at least {low} cases are asked for, and there are only {count}. "
            "Lower this minimum or add cases.",
        )


def _pair_faults(problem: Problem) -> Iterator[Fault]:
    ids = [case.id for case in problem.cases]
    for name, pairs in (("excludes", problem.excludes), ("requires", problem.requires)):
        for position, pair in enumerate(pairs):
            place = f"{name}[{position}]"
            for side, case in enumerate(pair):
                yield from _unknown([case], ids, f"{place}[{side}]", "cas", "case")
            if pair[0] == pair[1]:
                yield _fault(
                    f"self-{name}",
                    place,
                    f"« {pair[0]} » est opposé ou lié à lui-même. Donnez deux cas différents.",
                    f"“{pair[0]}” is set against or tied to itself. Give two different cases.",
                )
    cycle = _cycle(problem.requires)
    if cycle:
        told = " → ".join(cycle)
        yield _fault(
            "requires-cycle",
            "requires",
            f"ces besoins tournent en rond : {told}. "
            "Retirez-en un, ou réunissez ces cas en un seul.",
            f"these needs go round in a circle: {told}. Remove one of them, or merge these cases.",
        )


def _wish_faults(problem: Problem) -> Iterator[Fault]:
    ids = [case.id for case in problem.cases]
    for name, wishes in (("must", problem.must), ("never", problem.never)):
        for position, case in enumerate(wishes):
            yield from _unknown([case], ids, f"{name}[{position}]", "cas", "case")
    for position, case in enumerate(problem.must):
        if case in problem.never:
            yield _fault(
                "must-and-never",
                f"must[{position}]",
                f"« {case} » est à la fois imposé (must) et écarté (never). Choisissez.",
                f"“{case}” is both imposed (must) and ruled out (never). Choose one.",
            )


def _reference_faults(problem: Problem) -> Iterator[Fault]:
    if problem.reference is None:
        return
    reference = problem.reference
    yield from _unknown(reference, problem.criteria, "reference", "critère", "criterion")
    absent = [name for name in problem.criteria if name not in reference]
    if absent:
        listed = ", ".join(f"« {name} »" for name in absent)
        yield _fault(
            "reference-incomplete",
            "reference",
            f"il manque le poids de {listed}. Donnez un poids à chaque critère, 0 compris.",
            f"the weight of {', '.join(absent)} is missing. Give each criterion a weight, even 0.",
        )
    bad = [name for name, weight in reference.items() if not 0 <= weight <= 1]
    for name in bad:
        yield _fault(
            "weight-out-of-range",
            f"reference.{name}",
            f"un poids est entre 0 et 1 (trouvé : {reference[name]:g}).",
            f"a weight is between 0 and 1 (found: {reference[name]:g}).",
        )
    total = sum(reference.values())
    if not bad and not absent and abs(total - 1) > 1e-6:
        yield _fault(
            "reference-sum",
            "reference",
            f"la somme des poids est {total:.6g}, elle doit être 1. Ajustez-les.",
            f"the weights add up to {total:.6g}, they must add up to 1. Adjust them.",
        )


def _weighting_faults(problem: Problem) -> Iterator[Fault]:
    for actor, weighting in problem.weightings.items():
        path = f"weightings.{actor}"
        ranked = [name for tier in weighting.ranking or () for name in tier]
        for position, tier in enumerate(weighting.ranking or ()):
            yield from _unknown(
                tier, problem.criteria, f"{path}.ranking[{position}]", "critère", "criterion"
            )
            if not tier:
                yield _fault(
                    "empty-tier",
                    f"{path}.ranking[{position}]",
                    "ce rang est vide. Retirez-le ou nommez un critère.",
                    "this rank is empty. Remove it or name a criterion.",
                )
        yield from _duplicates(ranked, f"{path}.ranking")
        yield from _bound_faults(problem, weighting, f"{path}.bounds")


def _bound_faults(problem: Problem, weighting: Weighting, path: str) -> Iterator[Fault]:
    for name, (low, high) in weighting.bounds.items():
        yield from _unknown([name], problem.criteria, f"{path}.{name}", "critère", "criterion")
        if not 0 <= low <= high <= 1:
            yield _fault(
                "bounds",
                f"{path}.{name}",
                f"les bornes {_interval(low, high)} doivent être entre 0 et 1, la plus petite "
                "d’abord.",
                f"the bounds {_interval(low, high)} must be between 0 and 1, the smaller first.",
            )


def _setting_faults(problem: Problem) -> Iterator[Fault]:
    if not 0 <= problem.gap < 1:
        yield _fault(
            "gap",
            "gap",
            f"l’écart toléré est entre 0 et 1, 1 exclu (trouvé : {problem.gap:g}).",
            f"the tolerated gap is between 0 and 1, 1 excluded (found: {problem.gap:g}).",
        )
    if problem.seed < 0:
        yield _fault(
            "seed",
            "seed",
            "la graine des tirages est un nombre entier positif ou nul.",
            "the seed of the draws is a whole number, zero or more.",
        )


def _no_weighting(actor: str, lines: Sequence[WeightLine]) -> Fault:
    """Return the fault of an actor whose statements leave no weighting, with the lines to blame."""
    fr = " ; ".join(dict.fromkeys(line.text.fr for line in lines))
    en = "; ".join(dict.fromkeys(line.text.en for line in lines))
    return _fault(
        "no-weighting",
        f"weightings.{actor}",
        "aucune pondération ne respecte tout ce qui est demandé, car le total des poids "
        f"est 1. Ne vont pas ensemble : {fr}. Desserrez l’une de ces lignes.",
        "no weighting satisfies everything that is asked, as the weights add up to 1. "
        f"These do not go together: {en}. Loosen one of these lines.",
    )


def _amount_faults(amount: float, path: str) -> Iterator[Fault]:
    if not (math.isfinite(amount) and amount >= 0):
        yield _fault(
            "amount",
            path,
            f"une quantité est un nombre fini, positif ou nul (trouvé : {amount:g}).",
            f"an amount is a finite number, zero or more (found: {amount:g}).",
        )


def _duplicates(names: Sequence[str], path: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for position, name in enumerate(names):
        if name in seen:
            yield _fault(
                "duplicate",
                path.format(position),
                f"« {name} » est donné deux fois. Gardez-en un, ou renommez l’autre.",
                f"“{name}” is given twice. Keep one, or rename the other.",
            )
        seen.add(name)


def _unknown(
    names: Iterable[str], known: Sequence[str], path: str, fr: str, en: str
) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield _fault(
                "unknown-id",
                path,
                f"« {name} » ne correspond à aucun {fr}. Vérifiez l’orthographe, ou ajoutez-le.",
                f"“{name}” matches no {en}. Check the spelling, or add it.",
            )


def _cycle(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return one cycle of needs, its first case repeated at the end, or nothing.

    >>> _cycle([("a", "b"), ("b", "c"), ("c", "b")])
    ('b', 'c', 'b')
    """
    needs: dict[str, list[str]] = {}
    for one, other in pairs:
        if one != other:
            needs.setdefault(one, []).append(other)
    finished: set[str] = set()
    for start in needs:
        found = _cycle_from(start, needs, finished)
        if found:
            return found
    return ()


def _cycle_from(
    start: str, needs: Mapping[str, Sequence[str]], finished: set[str]
) -> tuple[str, ...]:
    """Return a cycle met on the way from `start`, without recursion (chains may be long)."""
    path: list[str] = []
    on_path: set[str] = set()
    stack: list[tuple[str, bool]] = [(start, False)]
    while stack:
        name, leaving = stack.pop()
        if leaving:
            path.pop()
            on_path.discard(name)
            finished.add(name)
            continue
        if name in on_path:
            return (*path[path.index(name) :], name)
        if name in finished:
            continue
        path.append(name)
        on_path.add(name)
        stack.append((name, True))
        stack += [(other, False) for other in needs.get(name, ())]
    return ()


def _interval(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"[{low:g}, {high:g}]"
