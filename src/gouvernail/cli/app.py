"""The commands, and the one place that turns a refusal into a sentence and an exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from gouvernail import __version__
from gouvernail.cli.console import explain, readable_everywhere, say
from gouvernail.cli.french import FrenchCommand, FrenchGroup, run
from gouvernail_core.kernel import RefusedError

app = typer.Typer(
    name="gouvernail",
    cls=FrenchGroup,
    subcommand_metavar="COMMANDE [SUITE]…",
    help="Garder la main : d’un classeur de faits à une feuille de route IA qui tient.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

JsonOption = Annotated[
    bool, typer.Option("--json", help="Écrire le résultat en JSON sur la sortie standard.")
]
OnOption = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Raisonner à cette date (AAAA-MM-JJ)."),
]


def _version(value: bool) -> None:
    if value:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Dire la version."),
    ] = False,
) -> None:
    """Garder la main : d’un classeur de faits à une feuille de route IA qui tient."""


@app.command(cls=FrenchCommand)
def steer(
    workbook: Annotated[
        Path, typer.Argument(metavar="CLASSEUR", help="Classeur ODS ou XLSX rempli.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DOSSIER", help="Dossier où écrire les documents.")
    ],
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Faire tout le chemin, du classeur à la feuille de route, sans serveur."""
    from gouvernail.cli.way import steer_workbook

    steer_workbook(workbook, out, on=on, as_json=as_json)


@app.command(cls=FrenchCommand)
def workbook(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="Fichier à créer, en .ods ou .xlsx.")
    ],
    example: Annotated[
        bool, typer.Option("--example", help="Écrire l’exemple rempli (Val-de-Brenne).")
    ] = False,
) -> None:
    """Écrire un classeur vide à remplir, ou l’exemple."""
    from gouvernail.cli.way import write_workbook_file

    write_workbook_file(file, example=example)


@app.command(cls=FrenchCommand)
def obligations(
    facts: Annotated[
        str,
        typer.Argument(metavar="FAITS.json", help="Faits en JSON, ou - pour l’entrée standard."),
    ],
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Dire ce que le droit demande pour une collectivité et un cas d’usage."""
    from gouvernail.cli.engines import assess_file

    assess_file(facts, on=on, as_json=as_json)


@app.command(cls=FrenchCommand)
def select(
    problem: Annotated[
        str,
        typer.Argument(
            metavar="PROBLÈME.json", help="Problème en JSON, ou - pour l’entrée standard."
        ),
    ],
    as_json: JsonOption = False,
) -> None:
    """Trouver le portefeuille qui tient quelles que soient les pondérations."""
    from gouvernail.cli.engines import select_file

    select_file(problem, as_json=as_json)


@app.command(cls=FrenchCommand)
def schedule(
    problem: Annotated[
        str,
        typer.Argument(
            metavar="PROBLÈME.json", help="Problème en JSON, ou - pour l’entrée standard."
        ),
    ],
    as_json: JsonOption = False,
) -> None:
    """Ordonnancer une feuille de route."""
    from gouvernail.cli.engines import schedule_file

    schedule_file(problem, as_json=as_json)


@app.command(cls=FrenchCommand)
def scan(
    paths: Annotated[
        list[Path], typer.Argument(metavar="CHEMIN…", help="Dossiers ou fichiers à examiner.")
    ],
    workers: Annotated[
        int,
        typer.Option("--workers", metavar="N", min=0, max=256, help="Processus ; 0 : un par cœur."),
    ] = 0,
    state: Annotated[
        Path | None,
        typer.Option("--state", metavar="FICHIER", help="Où noter l’avancée, pour reprendre."),
    ] = None,
    dask: Annotated[
        str, typer.Option("--dask", metavar="ADRESSE", help="Répartir sur d’autres machines.")
    ] = "",
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="NOM", help="Écarter aussi les dossiers de ce nom."),
    ] = None,
    no_exclusion: Annotated[
        bool,
        typer.Option("--no-exclusion", help="Ne rien écarter : c’est votre propre dossier."),
    ] = False,
    sample: Annotated[
        float | None,
        typer.Option(
            "--sample",
            metavar="MINUTES",
            min=0,
            help="Tirer des fichiers au sort, ce temps durant.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Graine du tirage.")] = 1,
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Repérer les données personnelles et sensibles dans des fichiers ; se reprend."""
    from gouvernail.cli.scan import scan_folders

    scan_folders(
        paths,
        workers=workers,
        state=state,
        dask=dask,
        excluded=exclude or [],
        no_exclusion=no_exclusion,
        drawn=None if sample is None else (60 * sample, seed),
        on=on,
        as_json=as_json,
    )


@app.command(cls=FrenchCommand)
def detect(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Un texte.")],
    least: Annotated[
        float,
        typer.Option("--least", metavar="SEUIL", min=0, max=1, help="Confiance au moins égale."),
    ] = 0.5,
    as_json: JsonOption = False,
) -> None:
    """Repérer les données personnelles et sensibles dans un texte."""
    from gouvernail.cli.scan import detect_file

    detect_file(file, least=least, as_json=as_json)


@app.command(cls=FrenchCommand)
def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="FORMAT", help="Le format ; sans nom, la liste.")
    ] = None,
) -> None:
    """Écrire le schéma JSON d’un format."""
    from gouvernail.cli.engines import print_schema

    print_schema(name)


@app.command(name="import", cls=FrenchCommand)
def import_(
    workbook: Annotated[
        Path, typer.Argument(metavar="CLASSEUR", help="Classeur ODS ou XLSX rempli.")
    ],
    authority: Annotated[
        str, typer.Option("--authority", metavar="CODE", help="Code de la collectivité.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tout vérifier, ne rien écrire.")
    ] = False,
) -> None:
    """Importer un classeur dans une installation."""
    from gouvernail.cli.server import import_workbook

    import_workbook(workbook, authority, dry_run=dry_run)


@app.command(cls=FrenchCommand)
def access(
    username: Annotated[
        str, typer.Argument(metavar="NOM", help="Nom d’utilisateur, d’ordinaire une adresse.")
    ],
    name: Annotated[str, typer.Option("--name", metavar="NOM", help="Prénom et nom.")],
    authority: Annotated[
        str, typer.Option("--authority", metavar="CODE", help="Code de la collectivité.")
    ] = "",
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="RÔLE", help="Son rôle ; à répéter s’il y en a plusieurs."),
    ] = None,
    network: Annotated[
        str,
        typer.Option("--network", metavar="CODE", help="Réseau à superviser, sans collectivité."),
    ] = "",
) -> None:
    """Donner à une personne l’accès à une collectivité, ou à un réseau qu’elle supervise."""
    from gouvernail.cli.networks import give_access

    give_access(username, name=name, authority=authority, roles=role or [], network=network)


@app.command(name="network", cls=FrenchCommand)
def network_(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code du réseau.")],
    name: Annotated[str, typer.Option("--name", metavar="NOM", help="Nom du réseau.")],
    contact: Annotated[
        str,
        typer.Option("--contact", metavar="TEXTE", help="À qui s’adresser : téléphone, bureau."),
    ] = "",
) -> None:
    """Créer un réseau de collectivités, ou en corriger le nom et le contact."""
    from gouvernail.cli.networks import open_network

    open_network(code, name=name, contact=contact)


@app.command(cls=FrenchCommand)
def affiliate(
    authority: Annotated[
        str, typer.Argument(metavar="COLLECTIVITÉ", help="Code de la collectivité.")
    ],
    network: Annotated[str, typer.Option("--network", metavar="CODE", help="Code du réseau.")],
) -> None:
    """Affilier une collectivité à un réseau."""
    from gouvernail.cli.networks import affiliate as do

    do(authority, network=network)


@app.command(cls=FrenchCommand)
def demo(
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--workbook", metavar="CLASSEUR", help="Votre classeur, au lieu de l’exemple."
        ),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Servir les pages ensuite.")
    ] = True,
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Port local.")
    ] = 8000,
    network: Annotated[
        bool, typer.Option("--network", help="Ajouter un réseau fictif autour de la collectivité.")
    ] = False,
    authorities: Annotated[
        int,
        typer.Option(
            "--authorities", metavar="N", min=2, max=5000, help="Collectivités du réseau, en tout."
        ),
    ] = 420,
    people: Annotated[
        int,
        typer.Option(
            "--people", metavar="N", min=3, max=500_000, help="Personnes du réseau, en tout."
        ),
    ] = 16_000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, help="Graine du réseau fictif.")
    ] = 1,
) -> None:
    """Tout essayer : base neuve, collectivité d’exemple, chemin entier, documents, pages."""
    from gouvernail.cli.server import run_demo

    asked = (authorities, people, seed) if network else None
    run_demo(workbook, serve=serve, port=port, network=asked)


@app.command(cls=FrenchCommand)
def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADRESSE", help="Adresse d’écoute.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=1, max=65535, help="Port.")
    ] = 8000,
) -> None:
    """Servir les pages."""
    from gouvernail.cli.server import run_web

    run_web(host, port)


@app.command(cls=FrenchCommand)
def worker() -> None:
    """Exécuter les calculs demandés depuis les pages."""
    from gouvernail.cli.server import run_worker

    run_worker()


@app.command(cls=FrenchCommand)
def migrate() -> None:
    """Mettre la base de données à jour."""
    from gouvernail.cli.server import run_migrate

    run_migrate()


@app.command(cls=FrenchCommand)
def backup(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Fichier à créer, en .zip.")],
) -> None:
    """Sauvegarder toute l’installation, sans l’arrêter."""
    from gouvernail.cli.keeping import back_up

    back_up(file)


@app.command(cls=FrenchCommand)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Sauvegarde à remettre.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Mettre de côté les données en place, au lieu de refuser."),
    ] = False,
) -> None:
    """Remettre une sauvegarde en place et la mettre à jour ; serve et worker arrêtés."""
    from gouvernail.cli.keeping import restore as do

    do(file, replace=replace)


@app.command(cls=FrenchCommand)
def export(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Fichier à créer, en .zip.")],
    authority: Annotated[
        str, typer.Option("--authority", metavar="CODE", help="Code de la collectivité.")
    ],
) -> None:
    """Exporter tout ce qui est à une collectivité, en formats ouverts."""
    from gouvernail.cli.keeping import export_authority

    export_authority(file, authority)


@app.command(name="restore-authority", cls=FrenchCommand)
def restore_authority(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Export d’une collectivité.")],
    code: Annotated[
        str, typer.Option("--code", metavar="CODE", help="Lui donner un autre code ici.")
    ] = "",
) -> None:
    """Faire entrer une collectivité exportée d’une autre installation."""
    from gouvernail.cli.keeping import restore_authority as do

    do(file, code=code)


@app.command(name="verify-journal", cls=FrenchCommand)
def verify_journal(
    authority: Annotated[
        str | None,
        typer.Option(
            "--authority",
            metavar="CODE",
            help="Code de la collectivité, ou platform ; sans lui, tous les journaux.",
        ),
    ] = None,
    seal: Annotated[
        str | None,
        typer.Option("--seal", metavar="SCEAU", help="Sceau imprimé, à comparer au journal."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Vérifier que le journal n’a pas été altéré."""
    from gouvernail.cli.journal import verify

    verify(authority, printed=seal, as_json=as_json)


@app.command(name="rule-changes", cls=FrenchCommand)
def rule_changes(as_json: JsonOption = False) -> None:
    """Dire quels cas changent depuis que les règles du droit ont changé."""
    from gouvernail.cli.rules import changes

    changes(as_json=as_json)


def main() -> None:
    """Run the command line and exit with its code; a bad input never ends in a traceback.

    A wrong usage exits with 2, an interruption with 130.
    """
    readable_everywhere()
    try:
        sys.exit(run(app))
    except RefusedError as refused:
        explain(refused)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of a pipe left (`gouvernail … | head`): that is not an error.
        sys.stderr.close()
        sys.exit(0)
    except OSError as wrong:
        where = f" ({wrong.filename})" if wrong.filename else ""
        say(f"Le système refuse cette opération : {wrong.strerror or wrong}{where}.")
        sys.exit(1)
