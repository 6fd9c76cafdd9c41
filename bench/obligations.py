"""A thousand cases before every rule, and every authority of France before its own rules.

    python bench/obligations.py

Each case is drawn with a seed: any fact is stated one time in two, with one of the values that
tell its rules apart; none is stopped by a prohibited practice, which would spare the other rules.
The authorities are those of the official list, with their kind and their
population; their staff, which the list does not give, is taken at one person for fifty
inhabitants. CPU seconds of one process (`time.process_time`), the best of three: whatever else
the machine does only ever adds. Exits 1 when a target is missed.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date

from gouvernail_core.authority import directory
from gouvernail_core.knowledge.loader import load_facts
from gouvernail_core.obligations import Situation, assess, assess_authority
from gouvernail_core.obligations.engine import rules, trial_values

ON = date(2026, 11, 22)
CASES = 1_000
RUNS = 3
CASES_TARGET = 1.0
AUTHORITIES_TARGET = 30.0
INHABITANTS_PER_AGENT = 50
NOT_STOPPED = {
    "use_case.video_analytics_public_space": (False,),
    "use_case.prohibited_flags": ((),),
}


def drawn_cases(count: int, seed: int = 1) -> list[Situation]:
    """Return `count` situations drawn from `seed`."""
    rng = random.Random(seed)
    values = {name: trial_values(spec) for name, spec in load_facts().items()} | NOT_STOPPED
    return [
        Situation.of({n: rng.choice(v) for n, v in values.items() if v and rng.random() < 0.5})
        for _ in range(count)
    ]


def each(answer: Callable[[Situation], object], situations: list[Situation]) -> None:
    """Answer for each situation in turn, and keep nothing."""
    for situation in situations:
        answer(situation)


def authorities() -> list[Situation]:
    """Return what the official list says of each authority, and a staff that goes with it."""
    return [
        Situation.of(
            {
                "authority.type": entry.kind.value,
                "authority.population": entry.population,
                "authority.agents": (entry.population or 0) // INHABITANTS_PER_AGENT,
            }
        )
        for entry in directory.entries()
    ]


def best(run: Callable[[], object]) -> float:
    """Return the CPU seconds of the quickest of a few runs."""
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> int:
    """Time both, print the figures, and return 1 when one is over its target."""
    rules()
    cases = drawn_cases(CASES)
    outcomes = Counter(f.outcome.value for f in assess(cases[0], on=ON, ask=False).findings)
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    print(f"{len(rules())} rules; the first case: {said}")
    for_cases = best(lambda: each(lambda case: assess(case, on=ON, ask=False), cases))
    print(f"{CASES} cases: {for_cases:.2f} s of CPU (target {CASES_TARGET:.0f} s)")
    asked = best(lambda: each(lambda case: assess(case, on=ON), cases[:50])) / 50
    print(f"one case with its questions: {asked * 1000:.0f} ms")
    places = authorities()
    own = best(lambda: each(lambda place: assess_authority(place, on=ON), places))
    print(f"{len(places)} authorities: {own:.1f} s of CPU (target {AUTHORITIES_TARGET:.0f} s)")
    return int(for_cases > CASES_TARGET or own > AUTHORITIES_TARGET)


if __name__ == "__main__":
    sys.exit(main())
