"""The installation: demonstration, pages, worker, database, import. Django is set up here only."""

from __future__ import annotations

from pathlib import Path

from gouvernail.cli.console import progress, say, tell
from gouvernail.cli.way import read_workbook


def run_demo(
    workbook: Path | None,
    *,
    serve: bool,
    port: int,
    network: tuple[int, int, int] | None = None,
) -> None:
    """Build a fresh demonstration and serve it until interrupted."""
    from gouvernail import server

    rows = None if workbook is None else read_workbook(workbook)
    with progress() as report:
        ready = server.prepare_demo(rows, network=network, progress=report)
    tell(ready.sentence(port if serve else None))
    if serve:
        server.serve_demo(port)


def run_web(host: str, port: int) -> None:
    """Serve the pages until interrupted."""
    from gouvernail import server

    server.setup()
    server.serve(host, port)


def run_worker() -> None:
    """Run the queued computations until interrupted."""
    from gouvernail import server

    server.setup()
    server.worker()


def run_migrate() -> None:
    """Bring the database up to date."""
    from gouvernail import server

    server.setup()
    server.migrate()
    say("La base est à jour.")


def import_workbook(path: Path, authority: str, *, dry_run: bool) -> None:
    """Import a workbook into an authority, or only say what it would change."""
    from gouvernail import server

    rows = read_workbook(path)
    server.setup()
    changes = server.import_rows(authority, rows, dry_run=dry_run)
    for line in changes:
        tell(line)
    if dry_run:
        say("Essai : rien n’a été écrit.")
