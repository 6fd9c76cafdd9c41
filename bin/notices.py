"""Write NOTICE.md: what others made that we install or deliver, and under which licence.

Usage: python bin/notices.py [--check]      --check changes nothing, exits 1 when it is out of date

Names and versions come from requirements.txt, licences from the installed distributions, so that
the file is the same everywhere. A copyleft licence that nobody has thought about is refused.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTICE = ROOT / "NOTICE.md"

#: Where the metadata is silent, vague or a whole page; read in the licence file itself.
READ = {
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",  # PDFium’s parts too: all permissive
    "colorama": "BSD-3-Clause",  # installed on Windows only
    "protobuf": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "scipy": "BSD-3-Clause",
}
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
#: Copyleft that does not reach our code, with the reason, printed in the notice.
THOUGHT_ABOUT = {
    "psycopg": "importée telle quelle à l’exécution, remplaçable, non modifiée",
    "psycopg-binary": "idem",
    "psycopg-pool": "idem",
}

TEXT = """\
# Ce que Gouvernail doit à d’autres

Gouvernail est distribué sous la licence publique de l’Union européenne, version 1.2 (EUPL-1.2,
fichier [LICENSE](LICENSE)). Ce fichier est refait par `make notices`.

*In English: third-party notices. Gouvernail is licensed under the EUPL-1.2; the table below is
generated from the pinned production requirements.*

## Programmes à part

- **pandoc** (GPL-2.0 ou ultérieure) produit les documents ODT et DOCX. Son exécutable est livré par
  le paquet `pypandoc-binary`. C’est un programme séparé, lancé comme un processus avec
  `--sandbox` ; Gouvernail n’en importe, n’en lie et n’en modifie rien.
- **Chromium** et **PostgreSQL** servent aux tests ; PostgreSQL peut aussi servir en production. Ils
  ne sont pas distribués avec Gouvernail.

## Fichiers livrés avec l’interface et les documents

- **htmx** (0BSD), fourni par `django-htmx`.
- **axe-core** (MPL-2.0), non modifié, pour les tests d’accessibilité seulement.
- **Polices de caractères** : SIL Open Font License 1.1 ; chaque licence est à côté de sa police.

## Données

- **Collectivités** (communes, intercommunalités, départements, régions) : code officiel
  géographique 2026 de l’Insee et base de la DGCL, par `@etalab/decoupage-administratif` (code
  MIT), sous Licence Ouverte 2.0 (Etalab).
- **Prénoms et noms de famille** par fréquence : Insee, fichiers des prénoms et des noms, par le
  paquet `prenoms` 0.5.1 (code MIT), réutilisation libre avec mention de la source ; **mots
  courants** : libellés du ROME v347 de France Travail (Licence Ouverte) et textes du projet.
- **Textes de droit** : cités avec leur référence et leur date de lecture.
- **PSPLIB** (R. Kolisch et A. Sprecher, *European Journal of Operational Research* 96, 1997,
  p. 205-216) : instances publiques de planification, pour mesurer la qualité des plannings.

## Bibliothèques installées

{table}

Licences à réciprocité : {copyleft}.

Les paquets de numpy et de scipy contiennent OpenBLAS (BSD-3-Clause) et la bibliothèque d’exécution
de GCC (GPL-3.0 avec l’exception qui autorise à s’en servir dans tout programme) ; `psycopg-binary`
contient libpq (licence PostgreSQL) et OpenSSL (Apache-2.0).
"""


def pinned(requirements: str) -> dict[str, list[str]]:
    """Return the versions of each requirement; there are two when they depend on Python's."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"^([a-z0-9][\w.-]*)(?:\[[^]]*\])?==([\w.]+)", requirements, re.M
    ):
        versions.setdefault(name, []).append(version)
    return versions


def licence_of(name: str) -> str:
    """Return the SPDX expression of a distribution's licence.

    Raises ValueError when the distribution says nothing we can read.
    """
    if name in READ:
        return READ[name]
    said = metadata.metadata(name)
    if expression := said.get("License-Expression"):
        return str(expression)
    classifiers = said.get_all("Classifier") or []
    candidates = [c.rsplit(" :: ", 1)[-1] for c in classifiers if c.startswith("License :: ")]
    candidates.append((said.get("License") or "").strip())
    for candidate in candidates:
        if candidate in SPDX or re.fullmatch(r"[A-Za-z0-9.-]+", candidate):
            return SPDX.get(candidate, candidate)
    raise ValueError(f"{name}: read its licence file and write it down in bin/notices.py")


def is_unthought_copyleft(name: str, licence: str) -> bool:
    """Return whether a licence could reach our own code and nobody has said why it does not."""
    return "GPL" in licence and name not in THOUGHT_ABOUT


def notice(requirements: str) -> str:
    """Return the text of NOTICE.md. Raises ValueError for a licence to look at."""
    rows = []
    for name, versions in sorted(pinned(requirements).items()):
        licence = licence_of(name)
        if is_unthought_copyleft(name, licence):
            raise ValueError(f"{name} is under {licence}: not to be imported by Gouvernail")
        rows.append(f"| {name} | {', '.join(sorted(set(versions)))} | {licence} |")
    table = "\n".join(["| bibliothèque | version | licence |", "| --- | --- | --- |", *rows])
    copyleft = " ; ".join(f"`{name}` ({reason})" for name, reason in THOUGHT_ABOUT.items())
    return TEXT.format(table=table, copyleft=copyleft)


def main(arguments: list[str]) -> int:
    """Write the file, or only compare; return 1 when something is to be done."""
    try:
        text = notice((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    except ValueError as error:
        print(error)
        return 1
    if arguments == ["--check"]:
        if NOTICE.read_text(encoding="utf-8") != text:
            print("NOTICE.md is out of date, run `make notices`")
            return 1
        return 0
    NOTICE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
