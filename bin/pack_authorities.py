#!/usr/bin/env python3
"""Pack the official lists of authorities into the one file the core reads.

Usage: bin/pack_authorities.py DIR

DIR holds communes_2026.csv, epci_2026.csv, ept_2026.csv, departements_2026.csv and
regions_2026.csv; the README next to the packed file says where they come from.
"""

from __future__ import annotations

import csv
import io
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path("src/gouvernail_core/knowledge/authorities/authorities-2026.csv.xz")
COLUMNS = ("kind", "insee", "siren", "name", "nature", "population", "departments", "region")
Line = tuple[str, ...]


def pack(folder: Path) -> bytes:
    """Return the packed list of every authority described in `folder`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_regions(folder))
    writer.writerows(_departments(folder))
    writer.writerows(_groups(folder))
    writer.writerows(_communes(folder))
    return lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME)


def _read(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}_2026.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _regions(folder: Path) -> Iterator[Line]:
    population: dict[str, int] = {}
    for row in _read(folder, "departements"):
        region, count = row["region"], row["population_municipale"]
        population[region] = population.get(region, 0) + int(count or 0)
    for row in _read(folder, "regions"):
        count = str(population.get(row["code"]) or "")
        yield ("region", row["code"], "", row["nom"], "", count, "", row["code"])


def _departments(folder: Path) -> Iterator[Line]:
    for row in _read(folder, "departements"):
        population = row["population_municipale"].removeprefix("0")  # nobody lives in the TAAF
        code = row["code"]
        yield ("departement", code, "", row["nom"], "", population, code, row["region"])


def _groups(folder: Path) -> Iterator[Line]:
    """Yield the groupings: the départements of a territory are those of its communes."""
    region_of = {row["code"]: row["region"] for row in _read(folder, "departements")}
    for row in _read(folder, "epci"):
        departments = row["departements"].replace("|", "/")
        region = region_of.get(departments.split("/")[0], "")
        population = row["population_municipale"]
        yield (
            "epci_fp",
            "",
            row["siren"],
            row["nom"],
            row["type"],
            population,
            departments,
            region,
        )
    for row in _read(folder, "ept"):
        population = row["population_totale"]
        yield ("autre", "", row["siren"], row["nom"], row["type"], population, "", "11")


def _communes(folder: Path) -> Iterator[Line]:
    for row in _read(folder, "communes"):
        yield (
            "commune",
            row["insee"],
            row["siren"],
            row["nom"],
            "",
            row["population_municipale"],
            row["departement"],
            row["region"],
        )


def main() -> int:
    """Pack the folder given, and say how large the result is."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    packed = pack(Path(sys.argv[1]))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(packed)
    print(f"{TARGET}: {len(packed):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
