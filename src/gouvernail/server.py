"""What the command line asks of the platform: prepare it, fill it, run it, stop it.

Django is imported inside the functions: the commands that need no database start without it.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gouvernail_core.facts import Row, Rows
from gouvernail_core.kernel import Problem, RefusedError, Text

Report = Callable[[float, Text], None]

#: How often the worker looks for runs whose worker has died.
TICK_SECONDS = 60.0
#: How long a child is given to end what it is doing.
STOP_SECONDS = 15.0
#: How long a request in flight is given to end once the server is asked to stop.
KILL_SECONDS = 12
#: Those whom a demonstration lets one be, when the workbook names them.
DEMO_ROLES = ("dgs", "elu", "director", "dpo", "drh", "staff_rep")

_PREPARING = Text("Préparation de la base", "Preparing the database")
_IMPORTING = Text("Import du classeur", "Importing the workbook")


def setup() -> None:
    """Start Django; raise EnvironmentRefused with what must be set first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gouvernail.settings")
    import django
    from django.conf import settings

    from gouvernail.environment import EnvironmentRefused

    lacking = settings.ENVIRONMENT.lacking()
    if lacking:
        raise EnvironmentRefused(*lacking)
    for folder in (settings.DATA_DIR, settings.STATIC_ROOT, settings.DOCUMENTS_DIR):
        folder.mkdir(parents=True, exist_ok=True)
    django.setup()


def migrate() -> None:
    """Bring the database and the static files up to date, as the owner of the tables."""
    from django.core.management import call_command

    from gouvernail.common.tenancy import scoped

    with as_owner(), scoped(platform=True, lasting=True):
        call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def as_owner() -> Iterator[None]:
    """Speak to the database as the role that owns the tables, where there are two roles."""
    from django.conf import settings
    from django.db import connection

    owner = settings.ENVIRONMENT.owner_database
    former = dict(connection.settings_dict)
    if owner["ENGINE"] != former["ENGINE"] or not settings.ENVIRONMENT.database_owner_url:
        yield
        return
    connection.close()
    connection.settings_dict.update({k: owner[k] for k in ("USER", "PASSWORD", "HOST", "PORT")})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(former)


def refuse_open_database() -> None:
    """Refuse to serve as a role that PostgreSQL’s row-level security does not bind."""
    from gouvernail.common.row_security import bypassed

    if bypassed():
        raise RefusedError(
            Problem(
                "database-open",
                Text(
                    "Le rôle de GOUVERNAIL_DATABASE_URL est superutilisateur ou ignore la "
                    "séparation des collectivités (BYPASSRLS). Donnez un rôle ordinaire : "
                    "CREATE ROLE gouvernail LOGIN NOSUPERUSER NOBYPASSRLS.",
                    "The role of GOUVERNAIL_DATABASE_URL is a superuser or ignores the "
                    "separation of authorities (BYPASSRLS). Give an ordinary role: "
                    "CREATE ROLE gouvernail LOGIN NOSUPERUSER NOBYPASSRLS.",
                ),
            )
        )


def serve(host: str, port: int, *, workers: int = 1) -> None:
    """Serve the pages until interrupted."""
    refuse_open_database()
    from django.conf import settings
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    Granian(
        "gouvernail.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=KILL_SECONDS,
    ).serve()


def worker() -> None:
    """Do the computations asked from the pages until interrupted, and look after lost ones."""
    from gouvernail.apps.jobs.loop import loop

    stop = threading.Event()
    keeper = threading.Thread(target=_keep_ticking, args=(stop,), daemon=True)
    keeper.start()
    try:
        loop()
    finally:
        stop.set()


def tick() -> dict[str, int]:
    """Do once what the worker does every minute; return how many things it saw to."""
    from django.utils import timezone

    from gouvernail.apps.administration.services import sweep_exports
    from gouvernail.apps.facts.drafts import forget_old
    from gouvernail.apps.facts.services import forget_uploads
    from gouvernail.apps.files.services import sweep
    from gouvernail.apps.home.digest import send_digests
    from gouvernail.apps.jobs.services import reap
    from gouvernail.apps.jobs.work import catch_up
    from gouvernail.apps.messaging.services import deliver
    from gouvernail.apps.steering.services import sweep_documents
    from gouvernail.common.health import heard
    from gouvernail.common.tenancy import scoped

    at = timezone.now()
    heard(at=at)
    with scoped(platform=True, lasting=True):
        return {
            "abandoned": reap(at=at),
            "enqueued": catch_up(at=at),
            "forgotten": forget_uploads(at=at) + forget_old(at=at),
            "swept": sweep(at=at) + sweep_documents(at=at) + sweep_exports(at=at),
            "digests": send_digests(at=at),
            "sent": deliver(at=at),
        }


def _keep_ticking(stop: threading.Event) -> None:
    import logging

    from django.db import close_old_connections

    while not stop.is_set():
        try:
            tick()
        except Exception:
            logging.getLogger(__name__).exception("tick")
        close_old_connections()
        stop.wait(TICK_SECONDS)


def import_rows(authority: str, rows: Rows, *, dry_run: bool) -> list[str]:
    """Import rows into the authority of that code, or only say what would move.

    Returns one sentence a sheet that moves. Raises RefusedError with everything that forbids it;
    a dry run writes nothing, not even the authority.
    """
    from django.db import transaction
    from django.utils import timezone

    from gouvernail.apps.facts import services
    from gouvernail.common.actor import command
    from gouvernail.common.tenancy import scoped

    by, at = command("gouvernail import"), timezone.now()
    with scoped(platform=True), transaction.atomic():
        pk = services.open_authority(authority, by=by, at=at)
        moved = services.import_rows(pk, rows, by=by, at=at)
        if dry_run:
            transaction.set_rollback(True)
    said = [_moved(difference) for difference in moved if difference.moves]
    return said or ["Rien à changer : les faits sont déjà ceux du classeur."]


def _moved(difference: Any) -> str:
    counts = (
        (len(difference.added), "ajoutée(s)"),
        (len(difference.changed), "modifiée(s)"),
        (len(difference.absent), "retirée(s)"),
    )
    said = ", ".join(f"{n} {word}" for n, word in counts if n)
    return f"{difference.sheet.label.fr} : {said}"


def add_person(authority: str, *, username: str, name: str, roles: Sequence[str]) -> str:
    """Give somebody access to an authority and return their first password, "" if they had one.

    Raises RefusedError for a role that does not exist.
    """
    import secrets

    from django.db import transaction
    from django.utils import timezone

    from gouvernail.apps.accounts.permissions import ROLES
    from gouvernail.apps.accounts.services import account_exists, add_member
    from gouvernail.apps.facts.services import open_authority
    from gouvernail.common.actor import command
    from gouvernail.common.tenancy import scoped

    if unknown := sorted(set(roles) - ROLES):
        raise RefusedError(_unknown_role(unknown[0], sorted(ROLES)))
    by, at = command("gouvernail"), timezone.now()
    password = "" if account_exists(username) else secrets.token_urlsafe(12)
    with scoped(platform=True), transaction.atomic():
        pk = open_authority(authority, by=by, at=at)
        add_member(
            pk, username=username, name=name, roles=roles, by=by, at=at, password=password or None
        )
    return password


def _unknown_role(role: str, known: Sequence[str]) -> Problem:
    listed = ", ".join(known)
    return Problem(
        "unknown-role",
        Text(
            f"Le rôle « {role} » n’existe pas. Rôles possibles : {listed}.",
            f"The role “{role}” does not exist. Possible roles: {listed}.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Demo:
    """A demonstration ready to be looked at."""

    authority: str
    people: tuple[str, ...]
    documents: Path

    def sentence(self, port: int | None) -> str:
        """Return what to tell the person who asked for it."""
        lines = [f"{self.authority} est prête. Documents : {self.documents}"]
        if port is not None:
            lines += [
                f"Adresse : http://127.0.0.1:{port}/ (Ctrl-C pour arrêter)",
                "Vous pouvez entrer, d’un clic, en tant que :",
                *(f"  - {person}" for person in self.people),
            ]
        return "\n".join(lines)


def prepare_demo(
    rows: Rows | None,
    *,
    network: tuple[int, int, int] | None = None,
    progress: Report | None = None,
) -> Demo:
    """Return a fresh demonstration of `rows`, the example authority by default, all computed.

    `network` asks for a fictive network around it: how many authorities and people in all, and
    the seed. What the former one held is erased; nothing else is. Raises RefusedError when the rows
    cannot be used.
    """
    from gouvernail.demo.example import example_rows
    from gouvernail.demo.filling import fill_network

    report: Report = progress or (lambda share, text: None)
    report(0.0, _PREPARING)
    os.environ["GOUVERNAIL_DEMO"] = "1"
    os.environ.pop("GOUVERNAIL_DATABASE_URL", None)
    _erase_demo()
    setup()
    migrate()
    report(0.1, _IMPORTING)
    given = example_rows() if rows is None else rows
    part = 0.25 if network else 0.85
    demo = _fill(given, lambda share, text: report(0.15 + part * share, text))
    if network is None:
        return demo
    above = fill_network(*network, progress=lambda share, text: report(0.4 + 0.6 * share, text))
    return replace(demo, people=(*demo.people, *above))


def _erase_demo() -> None:
    from gouvernail.environment import DEMO_DATABASE, read

    data = read().data
    for suffix in ("", "-wal", "-shm", "-journal"):
        (data / f"{DEMO_DATABASE}{suffix}").unlink(missing_ok=True)
    for folder in ("demo-documents", "demo-exports", "demo-shares", "demo-examinations"):
        shutil.rmtree(data / folder, ignore_errors=True)


def _fill(rows: Rows, report: Report) -> Demo:
    from django.utils import timezone

    from gouvernail.apps.facts import services
    from gouvernail.apps.steering.queries import folder_of, latest_plan
    from gouvernail.apps.steering.services import run_now
    from gouvernail.common.actor import command

    by, at = command("gouvernail demo"), timezone.now()
    described = rows["authority"][0] if rows.get("authority") else {}
    pk = services.open_authority(str(described.get("code") or "demonstration"), by=by, at=at)
    services.import_rows(pk, rows, by=by, at=at, name="Démonstration")
    people = _add_people(pk, rows.get("people", []), by=by, at=at)
    _examine_share(pk, str(described.get("code")), by=by, report=_part(report, 0.0, 0.3))
    run = run_now(pk, by=by, at=timezone.now(), told=_part(report, 0.3, 1.0))
    found = latest_plan(pk)
    if found is None:
        raise RefusedError(Problem("not-computed", run.message))
    name = str(described.get("name") or described.get("code"))
    return Demo(name, people, folder_of(found.id, pk))


def _part(report: Report, low: float, high: float) -> Report:
    return lambda share, text: report(low + share * (high - low), text)


def _examine_share(authority_id: int, code: str, *, by: Any, report: Report) -> None:
    """Write the files of the example authority, and examine them; another authority has none."""
    from django.conf import settings
    from django.utils import timezone

    from gouvernail.apps.protection.services import examine_now
    from gouvernail.demo.example import example_rows
    from gouvernail.demo.share import write_share

    if code != str(example_rows()["authority"][0]["code"]):
        return
    write_share(settings.SHARES_DIR / code)
    examine_now(authority_id, by=by, at=timezone.now(), told=report)


def _add_people(authority_id: int, people: Sequence[Row], *, by: Any, at: Any) -> tuple[str, ...]:
    """Give an account to the first person of each role, or to a nameless director."""
    from gouvernail.apps.accounts.services import add_member
    from gouvernail_core.authority import Role

    firsts: dict[str, Row] = {}
    for person in people:
        firsts.setdefault(str(person["role"]), person)
    chosen = [firsts[role] for role in DEMO_ROLES if role in firsts]
    if "dgs" not in firsts:
        chosen.insert(0, {"id": "direction", "name": "Direction générale", "role": "dgs"})
    for person in chosen:
        add_member(
            authority_id,
            username=f"{person['id']}@demo",
            name=str(person["name"]),
            roles=[str(person["role"])],
            by=by,
            at=at,
            person=str(person["id"]),
        )
    return tuple(f"{p['name']}, {Role(p['role']).label.fr.lower()}" for p in chosen)


def serve_demo(port: int) -> None:
    """Run the worker and the pages, each in its own process, until interrupted or one ends.

    Raises RefusedError when the port is already somebody's.
    """
    _check_port(port)
    children = [_child("worker"), _child("serve", "127.0.0.1", str(port))]
    for each in (signal.SIGINT, signal.SIGTERM):  # a solver may have left SIGINT to the system
        signal.signal(each, _interrupt)
    try:
        while all(child.poll() is None for child in children):
            threading.Event().wait(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        _stop(children)


def _check_port(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError as error:
            raise RefusedError(
                Problem(
                    "port-taken",
                    Text(
                        f"Le port {port} est déjà pris sur cette machine. Choisissez-en un autre, "
                        f"par exemple : --port {port + 1 if port < 65535 else 8000}.",
                        f"Port {port} is already taken on this machine. Choose another, for "
                        f"example: --port {port + 1 if port < 65535 else 8000}.",
                    ),
                )
            ) from error


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _child(*arguments: str) -> subprocess.Popen[bytes]:
    # A session of its own: the terminal's Ctrl-C reaches the parent alone, which ends them in turn.
    return subprocess.Popen(  # noqa: S603 - our own module, our own arguments
        [sys.executable, "-m", "gouvernail.server", *arguments],
        start_new_session=True,
        stdin=subprocess.PIPE,
    )


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing ever comes: the pipe closes when the parent is gone
    os.kill(os.getpid(), signal.SIGTERM)


def _main(arguments: list[str]) -> None:
    """Be one of the children of `serve_demo`; end with it, even when it had no time to say so."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    setup()
    if arguments[0] == "worker":
        worker()
    else:
        serve(arguments[1], int(arguments[2]))


if __name__ == "__main__":
    _main(sys.argv[1:])


def verify_journal(code: str | None, *, printed: str = "") -> list[tuple[str, Any]]:
    """Return what the verification of a chain finds, or of every chain, each under its name."""
    from django.apps import apps

    from gouvernail.apps.journal import queries
    from gouvernail.common.tenancy import scoped

    with scoped(platform=True, lasting=True):
        pks = dict(apps.get_model("authority.Authority").objects.values_list("code", "pk"))
        known: dict[str, int | None] = {"platform": None, **dict(sorted(pks.items()))}
        if code is not None and code not in known:
            raise RefusedError(Problem("authority", _unknown(code, sorted(pks))))
        wanted = list(known) if code is None else [code]
        return [(name, queries.verified(known[name], printed=printed)) for name in wanted]


def rule_changes() -> list[tuple[str, Any]]:
    """Return the authorities whose plan was computed with other rules, and what that changes."""
    from gouvernail.apps.steering.rule_changes import every_change
    from gouvernail.common.tenancy import scoped

    with scoped(platform=True, lasting=True):
        return list(every_change())


def _unknown(code: str, known: list[str]) -> Text:
    listed = ", ".join(known[:20])
    return Text(
        f"Aucune collectivité n’a le code « {code} ». Codes connus : {listed or 'aucun'}.",
        f"No authority has the code “{code}”. Known codes: {listed or 'none'}.",
    )
