"""Backups, exports and their return, from the command line. Django is set up here only."""

from __future__ import annotations

from pathlib import Path

from gouvernail.cli.console import say, tell


def back_up(path: Path) -> None:
    """Take a backup; say where it is, its size, and the seals to keep elsewhere."""
    _setup()
    from django.utils import timezone

    from gouvernail.keeping.backup import back_up as do

    saved = do(path, at=timezone.now())
    tell(str(saved.path))
    say(f"Sauvegarde écrite : {saved.rows} lignes, {saved.files} fichiers, {_size(saved.size)}.")
    if saved.seals:
        say("Sceaux des journaux, à garder ailleurs que cette sauvegarde :")
    for code, seal in saved.seals.items():
        tell(f"{code} : {seal}")
    say(
        "Les clés (GOUVERNAIL_SECRET_KEY, GOUVERNAIL_JOURNAL_KEY) n’y sont pas : gardez-les à part."
    )


def restore(path: Path, *, replace: bool) -> None:
    """Bring a backup back; say what came back and where the former state is."""
    _setup()
    from django.utils import timezone

    from gouvernail.keeping.restore import restore as do

    done = do(path, replace=replace, at=timezone.now())
    say(f"Sauvegarde du {done.at} remise en place : {done.rows} lignes, {done.files} fichiers.")
    if done.migrated:
        say("La base a été mise à jour pour cette version.")
    for place in done.aside:
        say(f"Mis de côté : {place}")
    if not done.seals_hold:
        say(
            "Les sceaux des journaux ne sont pas ceux de la sauvegarde : GOUVERNAIL_JOURNAL_KEY "
            "n’est sans doute pas la même clé. Remettez la clé d’origine, puis lancez gouvernail "
            "verify-journal."
        )


def export_authority(path: Path, code: str) -> None:
    """Export one authority; say where and how much."""
    _setup()
    from django.utils import timezone

    from gouvernail.common.actor import command
    from gouvernail.common.tenancy import scoped
    from gouvernail.keeping.export import authority_of, write_export

    with scoped(platform=True, lasting=True):
        by, at = command("gouvernail export"), timezone.now()
        done = write_export(authority_of(code), path, by=by, at=at)
    tell(str(path))
    say(f"{done.name} : {done.rows} lignes, {done.files} fichiers, {_size(path.stat().st_size)}.")


def restore_authority(path: Path, *, code: str) -> None:
    """Bring in an exported authority; say what could not follow."""
    _setup()
    from django.utils import timezone

    from gouvernail.common.actor import command
    from gouvernail.common.tenancy import scoped
    from gouvernail.keeping.import_ import bring_in

    with scoped(platform=True, lasting=True):
        done = bring_in(path, code=code, by=command("gouvernail"), at=timezone.now())
    say(f"{done.name} ({done.code}) est entrée : {done.rows} lignes, {done.files} fichiers.")
    for sentence in done.notes:
        say(f"- {sentence}")


def _size(size: int) -> str:
    megabytes = size / 1024 / 1024
    return f"{megabytes:.1f} Mo".replace(".", ",") if megabytes >= 0.1 else f"{size} octets"


def _setup() -> None:
    from gouvernail import server

    server.setup()
