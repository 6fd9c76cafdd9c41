#!/usr/bin/env python3
"""Write docs/reference/json.md from the schemas `gouvernail schema` prints; `--check` compares."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gouvernail.formats.catalogue import FORMATS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "json.md"
EXAMPLES = Path(__file__).resolve().parent.parent / "docs" / "reference" / "exemples"
#: What each field means, by object: the schemas give its shape, not its French.
MEANINGS: dict[str, dict[str, str]] = yaml.safe_load(
    (PAGE.parent / "champs.yaml").read_text(encoding="utf-8")
)

HEAD = """# Les formats JSON

Page engendrée par `bin/formats_reference.py` ; ne la modifiez pas à la main.

Chaque commande lit un document JSON (un fichier, ou `-` pour l’entrée standard) et, avec
`--json`, écrit sa réponse en JSON sur la sortie standard ; les messages vont sur la sortie
d’erreur. Le code de sortie vaut 0 quand c’est fait, 1 quand la demande est refusée pour une
raison qui est dite, 2 quand la commande est mal écrite. `gouvernail schema NOM` écrit le schéma
JSON complet d’un format.

Ce qui est inconnu se laisse absent : `NaN` et `Infinity` n’existent pas en JSON et sont
refusés, une clé écrite deux fois aussi. Les montants sont en euros, les dates en `AAAA-MM-JJ`,
les valeurs et les parts entre 0 et 1.
"""

ABOUT = {
    "obligations": (
        "obligations",
        "Les faits d’une collectivité (`authority`), d’un cas (`use_case`) et du contrat "
        "(`contract`). Un fait absent est inconnu : il donne « à examiner » et nomme ce qui "
        "manque. "
        "La liste des faits et leurs questions sont dans la feuille « Aide » du classeur et "
        "dans le "
        "schéma.",
    ),
    "select": (
        "select",
        "`values` : de 0 à 1, plus haut vaut mieux ; un intervalle `[bas, haut]` quand les notes "
        "divergent. `requires` : `[a, b]` veut dire que a a besoin de b. `weightings` : un jeu de "
        "pondérations par acteur, par rang (les ex æquo dans une liste) ou par bornes. La réponse "
        "donne `recommended`, la part et le statut de chaque cas, ce qui est prouvé (`complete`), "
        "le regret, et `conflict` quand rien ne tient (code de sortie 1).",
    ),
    "select-result": (None, "La réponse de `gouvernail select --json`."),
    "schedule": (
        "schedule",
        "Le temps se compte en unités entières à partir de 0. `after` : après la fin ; "
        "`lag_before` : "
        "au moins tant d’unités après la fin ; `only_at` : départs permis ; `due` : fin attendue, "
        "dure si `due_hard`. `pay` vaut `start` ou `spread`. La réponse donne `starts`, "
        "l’objectif, la borne, l’écart, ce qui est prouvé, ce qui a bougé et ce qui retient "
        "le plan.",
    ),
    "schedule-result": (None, "La réponse de `gouvernail schedule --json`."),
    "scan-result": (
        None,
        "La réponse de `gouvernail scan --json`. Tout ce qui a été inventorié est dans l’une des "
        "trois parts du registre (`ledger`), à l’octet près. Aucune valeur trouvée n’y figure : "
        "des comptes, des échantillons masqués, une classe, un risque et ses facteurs. Le risque "
        "d’un fichier non examiné est absent : il n’est pas connu, ce qui n’est pas nul.",
    ),
    "detect-result": (
        None,
        "La réponse de `gouvernail detect --json` : où un texte contient des données, en "
        "caractères comptés depuis 0, `end` exclu. En dessous de 0,5 de confiance, rien n’est "
        "donné, sauf demande (`--least`).",
    ),
    "plan": (
        None,
        "Le plan entier : ce que `gouvernail steer --json` écrit, ce que contient "
        "`plan.json`, ce que "
        "lisent les pages et les documents. Chaque texte y est en français et en anglais ; chaque "
        "raison porte sa source ; `facts_digest` et `rules_version` disent de quels faits et de "
        "quelles règles il est tiré.",
    ),
}


def kind_of(field: dict[str, Any]) -> str:
    """Return the type of a field in a few words."""
    if "$ref" in field:
        return f"`{field['$ref'].rsplit('/', 1)[1]}`"
    if "anyOf" in field:
        return " ou ".join(dict.fromkeys(kind_of(one) for one in field["anyOf"]))
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    words = {
        "string": "texte",
        "number": "nombre",
        "integer": "entier",
        "boolean": "vrai ou faux",
        "null": "rien",
        "object": "objet",
    }
    if field.get("type") == "array":
        if "prefixItems" in field:
            inside = ", ".join(kind_of(item) for item in field["prefixItems"])
            return f"[{inside}]"
        return f"liste de {kind_of(field.get('items', {}))}"
    return words.get(str(field.get("type")), "valeur")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def table(name: str, described: dict[str, Any]) -> list[str]:
    """Return the table of the fields of one object."""
    needed = set(described.get("required", ()))
    meanings = MEANINGS.get(name)
    heads = ["champ", "contenu", "nécessaire", *(["sens"] if meanings else [])]
    lines = [f"#### `{name}`", "", _row(heads), _row(["---"] * len(heads))]
    for field, content in described.get("properties", {}).items():
        cells = [f"`{field}`", kind_of(content), "oui" if field in needed else "non"]
        lines.append(_row([*cells, *([meanings[field]] if meanings else [])]))
    return [*lines, ""]


def answer(command: str) -> list[str]:
    """Return what the command answers to its example, as the page shows it."""
    from gouvernail.cli import engines
    from gouvernail.formats import obligations
    from gouvernail_core.obligations import assess

    path = EXAMPLES / f"{command}.json"
    if command == "obligations":
        # The findings follow the rules, which move; what follows from the facts alone does not.
        situation = obligations.read(json.loads(path.read_text(encoding="utf-8")))
        said = obligations.to_json(assess(situation, on=date(2026, 11, 23)))
        shown = json.dumps({"derived": said["derived"]}, ensure_ascii=False, indent=2)
        finding = ", ".join(f"`{key}`" for key in said["findings"][0])
        return [
            "Dans la réponse, ce qui découle des faits :", "", "```json", shown, "```", "",
            f"puis `findings`, un par règle ({finding}),",
            "et `questions`, la plus décisive d’abord.",
            "",
        ]  # fmt: skip
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        {"select": engines.select_file, "schedule": engines.schedule_file}[command](
            str(path), as_json=False
        )
    return ["Sans `--json`, la réponse est en phrases :", "", "```text",
            written.getvalue().strip("\n"), "```", ""]  # fmt: skip


def section(code: str) -> list[str]:
    """Return the section of one format: what it is for, an example, its fields."""
    command, about = ABOUT[code]
    lines = [f"## `{code}`", "", FORMATS[code].label.fr + ".", "", about, ""]
    if command is not None:
        example = json.dumps(
            json.loads((EXAMPLES / f"{command}.json").read_text(encoding="utf-8")),
            ensure_ascii=False,
            indent=2,
        )
        lines += [f"Exemple (`docs/reference/exemples/{command}.json`) :", ""]
        lines += ["```json", example, "```", "", "```sh"]
        lines += [f"gouvernail {command} docs/reference/exemples/{command}.json --json", "```", ""]
        lines += answer(command)
    schema = FORMATS[code].schema()
    if code != "obligations":
        lines += ["### Champs", ""]
        lines += table(schema.get("title", code), schema)
        for name, described in sorted(schema.get("$defs", {}).items()):
            if described.get("properties"):
                lines += table(name, described)
    return lines


def page() -> str:
    """Return the whole page."""
    return (
        HEAD + "\n" + "\n".join(line for code in FORMATS for line in section(code)).rstrip() + "\n"
    )


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is current."""
    if "--check" in arguments:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
