"""What the command line prints: results on stdout, messages and progress on stderr."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from gouvernail.cli.progress import Report, bar
from gouvernail_core.kernel import Problem, RefusedError, Text

#: More lines than that no longer help; the rest is counted.
MOST_PROBLEMS_SHOWN = 40


def readable_everywhere() -> None:
    """Let French be written whatever the terminal: a sign it lacks becomes a question mark.

    JSON goes to files and pipes in UTF-8, as its standard says.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def say(sentence: str) -> None:
    """Write one message for the person on stderr."""
    print(sentence, file=sys.stderr)  # noqa: T201


def tell(text: str) -> None:
    """Write one line of the result on stdout."""
    print(text)  # noqa: T201


def tell_json(value: Any) -> None:
    """Write the result as JSON on stdout, accents readable, floats never NaN."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def explain(refused: RefusedError) -> None:
    """Write the reasons of a refusal on stderr, one a line."""
    shown = refused.problems[:MOST_PROBLEMS_SHOWN]
    count = len(refused.problems)
    if count > 1:
        say(f"{count} points à corriger ; rien n’a été écrit :")
    for problem in shown:
        say(f"- {problem.sentence()}" if count > 1 else problem.sentence())
    if count > len(shown):
        say(f"… et {count - len(shown)} autres.")


@contextmanager
def progress() -> Iterator[Report]:
    """Show a progress bar on stderr while the block runs; silent when stderr is not a terminal."""
    with bar() as report:
        yield report


def day(raw: str | None) -> date:
    """Return the day typed after ``--on``, or today: the only clock of the command line."""
    if raw is None:
        return date.today()  # noqa: DTZ011 - the person's own day is what they mean by today
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw):
            raise ValueError(raw)
        return date.fromisoformat(raw)
    except ValueError:
        raise RefusedError(
            Problem(
                "not-a-date",
                Text(
                    f"« {raw[:40]} » n’est pas une date. Écrivez AAAA-MM-JJ, par exemple "
                    "2026-11-23.",
                    f"“{raw[:40]}” is not a date. Write YYYY-MM-DD, for example 2026-11-23.",
                ),
                path="--on",
            )
        ) from None
