"""No value found in a file is kept, told or written anywhere."""

import random
import subprocess
import sys

from gouvernail_scan.examination import examine
from gouvernail_scan.state import State
from services.examining import answer_of


def planted(count: int) -> list[str]:
    """Return that many different values of several kinds, each easy to search for."""
    rng = random.Random(500)
    values = []
    while len(values) < count:
        body = f"{rng.choice('12')}{rng.randint(10, 99)}{rng.randint(1, 12):02d}"
        body += f"{rng.randint(21, 95)}{rng.randint(100, 999)}{rng.randint(100, 999)}"
        values += [
            f"{body}{97 - int(body) % 97:02d}",
            f"06{rng.randint(10**7, 10**8 - 1)}",
            f"p{rng.randint(10**6, 10**7)}@courriel.example",
            f"Zq{rng.choice('bcdfgh')}{rng.randint(10**5, 10**6)}!kW",
        ]
    return sorted(set(values[:count]))


def lines_of(values: list[str]) -> str:
    labels = {"@": "Courriel", "!": "mot de passe :", "06": "Tél."}
    told = []
    for value in values:
        label = next(
            (word for sign, word in labels.items() if sign in value[:2] + value[-12:]), "NIR"
        )
        told.append(f"Mme Odile Belladone, {label} {value}\n")
    return "".join(told)


def test_five_hundred_planted_values_are_found_and_none_is_kept(tmp_path):
    values = planted(500)
    top = tmp_path / "partage"
    top.mkdir()
    (top / "tout.txt").write_text(lines_of(values), encoding="utf-8")
    with State(tmp_path / "etat") as state:
        examine([str(top)], state, workers=1)
        answer = answer_of(state, top)
        left = list(tmp_path.glob("etat*"))
        # While it runs, the journal of the database is there too.
        on_disk = b"".join(path.read_bytes() for path in left)
    types = answer["files"][0]["types"]
    found = sum(types[kind]["distinct"] for kind in ("NIR", "TEL", "EMAIL", "SECRET"))
    assert found >= 499
    done = subprocess.run(
        [sys.executable, "-m", "gouvernail", "scan", str(top), "--json"],
        capture_output=True,
        check=True,
    )
    plain = subprocess.run(
        [sys.executable, "-m", "gouvernail", "scan", str(top)], capture_output=True, check=True
    )
    written = on_disk + done.stdout + done.stderr + plain.stdout + plain.stderr
    assert [value for value in values if value.encode() in written] == []
    assert b"Belladone" not in written
