"""The sentences of a plan: what holds it back, what cannot hold together."""

from __future__ import annotations

from gouvernail_core.kernel import Text
from gouvernail_core.roadmap.model import Budget, Problem, Task, Unit

_MASCULINE = (Unit.DAY, Unit.MONTH)


def the(unit: Unit, number: int) -> Text:
    """Return one unit of time with its article.

    >>> the(Unit.WEEK, 12)
    Text(fr='la semaine 12', en='week 12')
    """
    article = "le" if unit in _MASCULINE else "la"
    return Text(f"{article} {unit.label.fr} {number}", f"{unit.label.en} {number}")


def of_the(unit: Unit, number: int) -> Text:
    """Return one unit of time as a complement.

    >>> of_the(Unit.MONTH, 3).fr
    'du mois 3'
    """
    article = "du" if unit in _MASCULINE else "de la"
    return Text(f"{article} {unit.label.fr} {number}", f"of {unit.label.en} {number}")


def units(unit: Unit, count: int) -> Text:
    """Return a length of time.

    >>> units(Unit.WEEK, 2).fr, units(Unit.MONTH, 2).fr
    ('2 semaines', '2 mois')
    """
    fr = unit.label.fr if count < 2 or unit is Unit.MONTH else f"{unit.label.fr}s"
    return Text(f"{count} {fr}", f"{count} {unit.label.en}{'' if count == 1 else 's'}")


def euros(amount: float) -> Text:
    """Return an amount of money, without cents when there are none.

    >>> euros(60000).fr
    '60\u202f000\u00a0€'
    """
    shown = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    french = shown.replace(",", "\u202f").replace(".", ",")
    return Text(f"{french}\u00a0€", f"€{shown}")


def budget_name(problem: Problem, budget: Budget) -> Text:
    """Return the words for a budget: its label, or the period it covers.

    >>> budget_name(Problem((), 99, unit=Unit.MONTH), Budget(0, 11, 5)).fr
    'le budget du mois 0 au mois 11'
    """
    if budget.label is not None:
        return budget.label
    start, end = of_the(problem.unit, budget.first), the(problem.unit, budget.last)
    to_end = f"à {end.fr}".replace("à le ", "au ")
    return Text(f"le budget {start.fr} {to_end}", f"the budget {start.en[3:]} to {budget.last}")


def conflict_text(problem: Problem, kind: str, label: str) -> Text:
    """Return the sentence of one member of a conflict.

    >>> conflict_text(Problem((), 9), "horizon", "9").fr
    'Tout doit être fini avant la semaine 9.'
    """
    if kind == "horizon":
        end = the(problem.unit, problem.horizon)
        return Text(
            f"Tout doit être fini avant {end.fr}.", f"Everything must be finished before {end.en}."
        )
    if kind == "now":
        now = the(problem.unit, problem.now)
        return Text(
            f"Rien de nouveau ne commence avant {now.fr}.", f"Nothing new starts before {now.en}."
        )
    if kind == "precedence":
        return Text(
            "L’ordre des tâches et les délais entre elles sont respectés.",
            "The order of the tasks and the lags between them are kept.",
        )
    if kind == "capacity":
        name = next(c.name for c in problem.capacities if c.id == label)
        return Text(
            f"La capacité {name.fr} n’est jamais dépassée.",
            f"The capacity {name.en} is never exceeded.",
        )
    if kind == "budget":
        budget = problem.budgets[int(label)]
        name, amount = budget_name(problem, budget), euros(budget.amount)
        return Text(
            f"On ne paie pas plus de {amount.fr} sur {name.fr}.",
            f"No more than {amount.en} is paid from {name.en}.",
        )
    if kind == "calendar":
        return Text(
            f"Les seules dates permises pour « {label} » sont respectées.",
            f"Only the dates allowed for “{label}” are used.",
        )
    return _date_text(problem, kind, next(t for t in problem.tasks if t.id == label))


def _date_text(problem: Problem, kind: str, task: Task) -> Text:
    """Return the sentence of a demand on the dates of one task."""
    name, unit = task.name, problem.unit
    if kind == "deadline":
        due = the(unit, task.due or 0)
        return Text(
            f"{name.fr} doit être fini avant {due.fr}.", f"{name.en} must end before {due.en}."
        )
    if kind == "release":
        date = the(unit, task.release)
        return Text(
            f"{name.fr} ne commence pas avant {date.fr}.",
            f"{name.en} starts no earlier than {date.en}.",
        )
    date = the(unit, problem.pinned(task) or 0)
    if kind == "fixed":
        return Text(
            f"{name.fr} a son début fixé à {date.fr}.".replace("à le ", "au "),
            f"{name.en} has its start fixed at {date.en}.",
        )
    return Text(
        f"{name.fr} a déjà commencé ({date.fr}).", f"{name.en} has already started ({date.en})."
    )


def binding_text(problem: Problem, kind: str, label: str, task: Task, target: int) -> Text:
    """Return the sentence that says why `task` does not start at `target`, before its date."""
    name = task.name
    if kind in ("predecessor", "lag"):
        before = next(other for other in problem.tasks if other.id == label)
        lag = task.waits[label]
        wait = units(problem.unit, lag)
        more = Text(f", plus un délai de {wait.fr}", f", plus a lag of {wait.en}") if lag else _NONE
        return Text(
            f"{name.fr} attend la fin de {before.name.fr}{more.fr}.",
            f"{name.en} waits for the end of {before.name.en}{more.en}.",
        )
    if kind == "capacity":
        scarce = next(c.name for c in problem.capacities if c.id == label)
        return Text(
            f"{name.fr} attend que la capacité {scarce.fr} se libère.",
            f"{name.en} waits for the capacity {scarce.en} to be free.",
        )
    if kind == "budget":
        budget = budget_name(problem, problem.budgets[int(label)])
        return Text(
            f"{name.fr} ne commence pas plus tôt\u00a0: {budget.fr} n’y suffit pas.",
            f"{name.en} does not start earlier: {budget.en} is not enough.",
        )
    return _own_date_text(problem, kind, task, target)


_NONE = Text("", "")


def _own_date_text(problem: Problem, kind: str, task: Task, target: int) -> Text:
    """Return the sentence of a reason that lies in the dates of the task itself."""
    name = task.name
    date = the(problem.unit, target)
    return {
        "calendar": Text(
            f"{name.fr} attend la prochaine date permise, {date.fr}.",
            f"{name.en} waits for the next allowed date, {date.en}.",
        ),
        "release": Text(
            f"{name.fr} ne peut pas commencer avant {date.fr}.",
            f"{name.en} cannot start before {date.en}.",
        ),
        "now": Text(
            f"{name.fr} commence dès maintenant ({date.fr}).", f"{name.en} starts now ({date.en})."
        ),
        "fixed": Text(
            f"{name.fr} a son début fixé ({date.fr}).", f"{name.en} has a fixed start ({date.en})."
        ),
        "started": Text(
            f"{name.fr} a déjà commencé ({date.fr}).",
            f"{name.en} has already started ({date.en}).",
        ),
        "current": Text(
            f"{name.fr} garde sa date du plan en cours ({date.fr}).",
            f"{name.en} keeps its date of the current plan ({date.en}).",
        ),
        "search": Text(
            f"{name.fr} pourrait commencer plus tôt : ce plan n’est pas prouvé le meilleur.",
            f"{name.en} could start earlier: this plan is not proven the best.",
        ),
    }[kind]
