"""Eight people write while the web and the worker are killed without a word: nothing is lost.

    python bench/kill.py [--kills 50] [--clients 8] [--seed 1] [--postgres]

A real server and a real worker run on an installation of their own, SQLite unless said otherwise.
The clients add rows, change rows (some of them the same row), ask for the plan and sometimes for
the export of everything, through the pages. Each keeps what was acknowledged: a redirection that
the server sent. At random moments the web or the worker, with all its processes, gets SIGKILL and
is started again. At the end:

- every acknowledged row, change and request is there;
- no row without its journal entry, no entry without its row, no value that no entry tells;
- every chain of the journal verifies;
- no page answered by a fault of ours (two writers in each other's way, a lock held too long);
- no computation is left waiting or running, each one that is done counts once, nothing of a dead
  worker stays on the disk, and the last plan is that of the last facts.

Only the computation itself is light (a fifth of a second) and the lease short (three seconds).
Prints figures; the code is 1 on any miss.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

PASSWORD = "tests only, opens nothing"
#: How long the platform is given to end what it began, once nobody writes any more.
QUIET_SECONDS = 90.0
ANSWER_SECONDS = 45.0
#: The sheet of the row that two clients change at the same time, and its row.
SHARED = "partage"

PREPARE = """
from gouvernail.apps.accounts.services import add_member
rows = {
    "authority": [{"code": "essai", "name": "Ville d’Essai", "kind": "commune"}],
    "services": [{"id": name, "name": name, "agents": 1} for name in NAMES],
    "use_cases": [{"id": "courrier", "title": "Tri du courrier", "service": "partage"}],
}
pk = services.open_authority("essai", by=by, at=at)
services.import_rows(pk, rows, by=by, at=at)
for number in range(CLIENTS):
    add_member(
        pk, username=f"client{number}", name=f"Client {number}", roles=["dgs"], by=by, at=at,
        password=PASSWORD,
    )
Service = apps.get_model("authority.Service")
print(json.dumps(dict(Service.objects.values_list("code", "pk"))))
"""
LOOK = """
from gouvernail.apps.facts.queries import rows_of
from gouvernail_core.facts import digest
def values(label, *names):
    return [list(row) for row in apps.get_model(label).objects.order_by("pk").values_list(*names)]
pk = apps.get_model("authority.Authority").objects.get(code="essai").pk
print(json.dumps({
    "authority": pk,
    "rows": values("authority.Service", "pk", "code", "agents", "version"),
    "entries": values("journal.Entry", "act", "subject", "after", "seq", "authority_id"),
    "runs": values("jobs.Run", "pk", "state", "attempts", "kind"),
    "exports": values("administration.Export", "place", "run_id"),
    "results": values("steering.Result", "pk", "run_id", "facts_digest"),
    "digest": digest(rows_of(pk)),
    "tasks": values("django_tasks_database.DBTaskResult", "status"),
}))
"""


@dataclass
class Ledger:
    """What the server said it did, as its clients heard it."""

    added: list[tuple[str, int]] = field(default_factory=list)
    changed: list[tuple[str, int]] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    exported: int = 0
    unheard: Counter[str] = field(default_factory=Counter)
    worst: float = 0.0


class Browser:
    """One person’s browser: cookies, forms, no patience."""

    def __init__(self, port: int, number: int) -> None:
        self.port, self.number, self.cookies = port, number, dict[str, str]()

    def ask(self, path: str, form: dict[str, Any] | None = None) -> tuple[int, str, str]:
        """Return the status, where it leads and the text; raise OSError when nobody answers."""
        talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form is not None:
            token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
            body = urlencode(token | form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            talk.request("GET" if form is None else "POST", path, body, headers)
            answer = talk.getresponse()
            text = answer.read().decode(errors="replace")
        except http.client.HTTPException as error:
            raise ConnectionError(repr(error)) from error
        finally:
            talk.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or "", text

    def sign_in(self) -> None:
        """Enter, as often as it takes."""
        while True:
            with contextlib.suppress(OSError):
                self.ask("/compte/connexion")
                who = {"username": f"client{self.number}", "password": PASSWORD}
                if self.ask("/compte/connexion", who)[0] == 302:
                    return
            time.sleep(0.2)


class Client(threading.Thread):
    """Writes until told to stop, then asks for the plan a last time."""

    def __init__(self, port: int, number: int, places: dict[str, int], seed: int) -> None:
        super().__init__(name=f"client-{number}", daemon=True)
        self.browser = Browser(port, number)
        self.number, self.places = number, places
        self.draw = random.Random(1000 * seed + number)
        self.ledger = Ledger()
        self.over = threading.Event()
        self.tries = 0

    def run(self) -> None:
        """Write."""
        self.browser.sign_in()
        while not (self.over.is_set() and self.ledger.changed):
            what = self.draw.choices(
                [self.add, self.change, self.plan, self.export], [8, 24, 4, 1]
            )[0]
            self.attempt(what)
            time.sleep(self.draw.uniform(0.02, 0.25))
        before = len(self.ledger.asked)
        while len(self.ledger.asked) == before:
            self.attempt(self.plan)
            time.sleep(0.2)

    def attempt(self, what: Any) -> None:
        """Do one thing; what nobody acknowledged may have been done or not."""
        self.tries += 1
        began = time.monotonic()
        try:
            said = what()
        except OSError:
            said = "no answer"
        if said:
            self.ledger.unheard[said] += 1
            time.sleep(0.1)
        self.ledger.worst = max(self.ledger.worst, time.monotonic() - began)

    def add(self) -> str:
        """Add a row with a code of its own."""
        name, value = f"k{self.number}-{self.tries}", self.value()
        form = {"id": name, "name": name, "agents": value}
        status, where, _ = self.browser.ask("/faits/services/nouveau/", form)
        if status == 302 and where == "/faits/services/":
            self.ledger.added.append((name, value))
            return ""
        return str(status)

    def change(self) -> str:
        """Change one’s own row, or the one that everybody changes."""
        name = SHARED if self.draw.random() < 0.3 else f"own{self.number}"
        path, value = f"/faits/services/{self.places[name]}/", self.value()
        status, _, text = self.browser.ask(path)
        found = re.search(r'name="version" value="(\d+)"', text)
        if status != 200 or not found:
            return f"read {status}"
        form = {"id": name, "name": name, "agents": value, "version": found[1]}
        status, where, _ = self.browser.ask(path, form)
        if status == 302 and where == "/faits/services/":
            self.ledger.changed.append((name, value))
            return ""
        return str(status)

    def plan(self) -> str:
        """Ask for the plan."""
        status, where, _ = self.browser.ask("/plan/calculer", {})
        found = re.search(r"/(\d+)/?$", where)
        if status == 302 and found:
            self.ledger.asked.append(int(found[1]))
            return ""
        return str(status)

    def export(self) -> str:
        """Ask for the export of the whole authority."""
        status, where, _ = self.browser.ask("/administration/export/", {})
        if status == 302 and where == "/administration/export/":
            self.ledger.exported += 1
            return ""
        return str(status)

    def value(self) -> int:
        """Return a number that nobody else writes, nor oneself again."""
        return 10_000 * (self.number + 1) + self.tries


class Server:
    """A process and its children, killed and started again."""

    def __init__(self, machine: Any, *command: str) -> None:
        self.machine, self.command = machine, command
        self.log = (machine.folder / f"{command[-1]}.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, in a group of its own."""
        self.process = subprocess.Popen(
            [sys.executable, *self.command],
            env=self.machine.environment,
            cwd=self.machine.folder,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def end(self, how: signal.Signals) -> None:
        """End the whole group, and wait until it is gone."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def light_plan(rows: Any, *, on: Any, progress: Any = None) -> dict[str, Any]:
    """Return a small plan after a fifth of a second of work that tells how far it is."""
    from apps.conftest import quick_plan

    for _ in range(4):
        time.sleep(0.05)
        quick_plan(rows, on=on, progress=progress)
    return quick_plan(rows, on=on)


def be_the_worker() -> None:
    """Be a worker whose computation is light and whose patience is short."""
    from datetime import timedelta

    from django.conf import settings

    from gouvernail import server

    server.setup()
    from gouvernail.apps.administration import services as administration
    from gouvernail.apps.jobs import services
    from gouvernail.apps.steering import services as steering

    settings.STEERING_RUN = "kill.light_plan"
    settings.DOCUMENTS_WRITER = "apps.conftest.quick_documents"
    services.LEASE = timedelta(seconds=3)
    services.DELAYS = (timedelta(0), timedelta(seconds=1))
    steering.ORPHAN_AFTER = administration.UNFINISHED = timedelta(seconds=5)
    server.TICK_SECONDS = 0.5
    server.worker()


@contextlib.contextmanager
def machine_of(postgres: bool) -> Iterator[Any]:
    """Yield an installation ready to serve; it leaves nothing behind."""
    from services.installations import installation
    from services.postgres import Cluster, find_programs

    folder = Path(tempfile.mkdtemp(prefix="gouvernail-kill-"))
    given = {
        "GOUVERNAIL_HTTPS": "0",
        "GOUVERNAIL_LOG_LEVEL": "WARNING",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "bench"), *sys.path]),
    }
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if postgres:
            cluster = stack.enter_context(Cluster())
            given["GOUVERNAIL_DATABASE_URL"] = cluster.url("gv_app")
            given["GOUVERNAIL_DATABASE_OWNER_URL"] = cluster.url()
            given["GOUVERNAIL_PG_BIN"] = str(find_programs().folder)
        machine = installation(folder / "machine", **given)
        machine.do("migrate")
        yield machine


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def wait_for_web(port: int, *, seconds: float = 60.0) -> None:
    """Return once the pages answer."""
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if Browser(port, 0).ask("/sante")[0] == 200:
                return
        if time.monotonic() > end:
            raise SystemExit("the pages never answered")
        time.sleep(0.05)


def wait_for_load(clients: list[Client], *, seconds: float = 15.0) -> None:
    """Return once people write again, so that each kill falls among acts."""
    end, before = time.monotonic() + seconds, acknowledged(clients)
    while time.monotonic() < end and acknowledged(clients) < before + len(clients):
        time.sleep(0.02)


def acknowledged(clients: list[Client]) -> int:
    """Return how many acts the clients heard acknowledged."""
    ledgers = [client.ledger for client in clients]
    return sum(len(each.added) + len(each.changed) + len(each.asked) for each in ledgers)


def load(machine: Any, arguments: argparse.Namespace) -> tuple[list[Client], Counter[str], float]:
    """Let the clients write while servers are killed; return once everything is quiet."""
    draw = random.Random(arguments.seed)
    names = [SHARED, *(f"own{n}" for n in range(arguments.clients))]
    text = f"NAMES, CLIENTS, PASSWORD = {names!r}, {arguments.clients}, {PASSWORD!r}\nimport json\n"
    places = json.loads(machine.tell(text + PREPARE).splitlines()[-1])
    port = free_port()
    web = Server(machine, "-m", "gouvernail", "serve", "--port", str(port))
    worker = Server(machine, str(ROOT / "bench" / "kill.py"), "--worker")
    servers, kills = {"web": web, "worker": worker}, Counter[str]()
    clients = [Client(port, n, places, arguments.seed) for n in range(arguments.clients)]
    began = time.monotonic()
    try:
        for server in servers.values():
            server.start()
        wait_for_web(port)
        for client in clients:
            client.start()
        for turn in range(arguments.kills):
            wait_for_load(clients)
            time.sleep(draw.uniform(0.3, arguments.pause))
            # The first two are of each kind, however short the run.
            name = ("web", "worker")[turn] if turn < 2 else draw.choice(["web", "worker"])
            servers[name].end(signal.SIGKILL)
            kills[name] += 1
            time.sleep(draw.uniform(0.0, 0.3))
            servers[name].start()
            if name == "web":
                wait_for_web(port)
        time.sleep(1.0)
        for client in clients:
            client.over.set()
        end = time.monotonic() + QUIET_SECONDS
        for client in clients:
            client.join(timeout=max(end - time.monotonic(), 0.1))
        settle(machine)
    finally:
        for server in servers.values():
            if server.process is not None:
                server.end(signal.SIGTERM)
            server.log.close()
    return clients, kills, time.monotonic() - began


def look(machine: Any) -> dict[str, Any]:
    """Return what is in the database."""
    found: dict[str, Any] = json.loads(machine.tell("import json\n" + LOOK).splitlines()[-1])
    return found


def settle(machine: Any) -> None:
    """Wait until no computation is waiting nor running, or until it is too late to hope."""
    end = time.monotonic() + QUIET_SECONDS
    while time.monotonic() < end:
        found = look(machine)
        idle = all(run[1] not in ("queued", "running") for run in found["runs"])
        if idle and ["RUNNING"] not in found["tasks"] and not list(remains(machine, found)):
            return
        time.sleep(0.5)


def misses(machine: Any, found: dict[str, Any], clients: list[Client]) -> dict[str, list[str]]:
    """Return, under each promise, what breaks it."""
    verified, said = machine.run("verify-journal")
    told = journal_of(found)
    return {
        "acknowledged acts are there": list(lost(found, clients, told)),
        "no act is half-written": list(halves(found, told)),
        "the journal verifies": [] if verified == 0 else [said],
        "computations end, and count once": list(wrong_runs(found)),
        "nothing of the dead on the disk": list(remains(machine, found)),
        "the last plan is of the last facts": list(outdated(found)),
        "a server that is up never fails": [
            f"{client.name}: {n} answers {said}"
            for client in clients
            for said, n in client.ledger.unheard.items()
            if said.endswith("500")
        ],
        "everybody could write": [c.name for c in clients if c.is_alive() or not c.ledger.changed],
    }


def journal_of(found: dict[str, Any]) -> dict[str, list[tuple[str, int]]]:
    """Return what the journal tells of each service: in order, the act and the value it gave."""
    told: dict[str, list[tuple[str, int]]] = {}
    for act, subject, after, _, _ in found["entries"]:
        _, _, name = subject.partition(" : ")
        if subject.startswith("Services") and act in ("fact-added", "fact-changed"):
            told.setdefault(name, []).append((act, int(after["agents"])))
    return told


def lost(
    found: dict[str, Any], clients: list[Client], told: dict[str, list[tuple[str, int]]]
) -> Iterator[str]:
    """Yield the acknowledged acts that left no trace."""
    rows = {row[1] for row in found["rows"]}
    runs = {run[0] for run in found["runs"]}
    for client in clients:
        for name, value in client.ledger.added:
            if name not in rows or ("fact-added", value) not in told.get(name, []):
                yield f"row {name} = {value}"
        for name, value in client.ledger.changed:
            if ("fact-changed", value) not in told.get(name, []):
                yield f"change {name} = {value}"
        yield from (f"run {pk}" for pk in client.ledger.asked if pk not in runs)


def halves(found: dict[str, Any], told: dict[str, list[tuple[str, int]]]) -> Iterator[str]:
    """Yield the rows and the entries that do not tell the same story."""
    rows = {name: (agents, version) for _, name, agents, version in found["rows"]}
    for name, (agents, version) in rows.items():
        story = told.get(name, [])
        added = sum(act == "fact-added" for act, _ in story)
        if added != (name.startswith("k")):
            yield f"{name}: {added} entries tell that it was added"
        if story and story[-1][1] != agents:
            yield f"{name}: holds {agents}, the journal tells {story[-1][1]}"
        if version != 1 + len(story) - added:
            yield f"{name}: version {version} after {len(story) - added} changes told"
        if len({value for _, value in story}) != len(story):
            yield f"{name}: one change told twice"
    yield from (f"{name}: told, not there" for name in told if name not in rows)


def wrong_runs(found: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the computations: unended, uncounted or counted twice."""
    acts = Counter(entry[0] for entry in found["entries"])
    states = Counter(run[1] for run in found["runs"])
    for state in ("queued", "running", "failed"):
        if states[state]:
            yield f"{states[state]} runs {state}"
    for kind, asked, counted in (
        ("steering", "plan-asked", "plan-computed"),
        ("export", "export-asked", "authority-exported"),
    ):
        runs = [run for run in found["runs"] if run[3] == kind]
        done = sum(run[1] == "done" for run in runs)
        if acts[asked] != len(runs):
            yield f"{acts[asked]} requests told, {len(runs)} runs of {kind}"
        if acts[counted] != done:
            yield f"{acts[counted]} {counted} told, {done} runs done"
    results = [e[2]["result"] for e in found["entries"] if e[0] == "plan-computed"]
    if len(set(results)) != len(results):
        yield "one plan told twice"
    done = {run[0] for run in found["runs"] if run[1] == "done"}
    yield from (f"plan {pk} of run {run}" for pk, run, _ in found["results"] if run not in done)
    yield from (f"export of run {run}" for _, run in found["exports"] if run not in done)
    if {"RUNNING", "READY"} & {task[0] for task in found["tasks"]}:
        yield f"the queue holds {Counter(task[0] for task in found['tasks'])}"


def remains(machine: Any, found: dict[str, Any]) -> Iterator[str]:
    """Yield the folders of documents that no plan has, and the plans without theirs."""
    data = Path(machine.environment["GOUVERNAIL_DATA"])
    there = {path.name for path in (data / "documents" / str(found["authority"])).iterdir()}
    plans = {str(pk) for pk, _, _ in found["results"]}
    yield from (f"folder {name}" for name in sorted(there - plans))
    yield from (f"plan {name} without documents" for name in sorted(plans - there))
    folder, kept = data / "exports", {place for place, _ in found["exports"]}
    files = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    yield from (f"export {name} on one side only" for name in sorted(files ^ kept))


def outdated(found: dict[str, Any]) -> Iterator[str]:
    """Yield why the plan that people read is not that of the facts, asked after the last write."""
    latest = found["results"][-1][2] if found["results"] else ""
    if latest != found["digest"]:
        yield f"plan of {latest[:8] or 'nothing'}, facts {found['digest'][:8]}"


def report(
    found: dict[str, Any], clients: list[Client], kills: Counter[str], seconds: float
) -> None:
    """Print the figures."""
    ledgers = [client.ledger for client in clients]
    states = Counter(run[1] for run in found["runs"])
    again = sum(run[2] > 1 for run in found["runs"])
    unheard = sum((ledger.unheard for ledger in ledgers), Counter[str]())
    lines = {
        "kills of the web": kills["web"],
        "kills of the worker": kills["worker"],
        "seconds": round(seconds),
        "clients": len(clients),
        "acts tried": sum(client.tries for client in clients),
        "rows acknowledged": sum(len(ledger.added) for ledger in ledgers),
        "changes acknowledged": sum(len(ledger.changed) for ledger in ledgers),
        "requests acknowledged": sum(len(ledger.asked) for ledger in ledgers),
        "exports acknowledged": sum(ledger.exported for ledger in ledgers),
        "not acknowledged": ", ".join(f"{n} {why}" for why, n in unheard.most_common()) or 0,
        "longest answer, seconds": round(max(ledger.worst for ledger in ledgers), 1),
        "journal entries": len(found["entries"]),
        "computations": ", ".join(f"{n} {state}" for state, n in states.most_common()),
        "computations taken over": again,
    }
    for label, value in lines.items():
        print(f"{label:38} {value}")


def main() -> int:
    """Run it whole; return 0 when every promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between kills, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        be_the_worker()
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that it leaves nothing running
    with machine_of(arguments.postgres) as machine:
        clients, kills, seconds = load(machine, arguments)
        found = look(machine)
        wrong = misses(machine, found, clients)
        print(f"{'database':38} {'PostgreSQL' if arguments.postgres else 'SQLite'}")
        report(found, clients, kills, seconds)
        for promise, broken in wrong.items():
            print(f"{promise:38} {'yes' if not broken else f'NO ({len(broken)})'}")
            for each in broken[:10]:
                print(f"    {each}")
        if any(wrong.values()):
            for name in ("--worker.log", f"{arguments.seed}.log"):
                file = machine.folder / name
                if file.exists():
                    print(file.read_text(errors="replace")[-3000:])
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
