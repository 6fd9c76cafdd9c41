"""A progress bar that stays out of the way of machines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gouvernail_core.kernel import Text

#: What long work calls to say how far it is: a share in [0, 1] and what it is doing.
Report = Callable[[float, Text], None]


@contextmanager
def bar() -> Iterator[Report]:
    """Yield a report function that moves a bar on stderr, or prints steps when not a terminal."""
    if not sys.stderr.isatty():
        last = ""

        def plain(share: float, text: Text) -> None:
            nonlocal last
            if text.fr != last:
                last = text.fr
                print(f"{share:4.0%}  {text.fr}", file=sys.stderr)  # noqa: T201

        yield plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=1.0)

        def report(share: float, text: Text) -> None:
            shown.update(task, completed=share, description=text.fr)

        yield report
