"""Write docs/reference/classeur.md from the description of the workbook.

Usage: python bin/workbook_reference.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gouvernail.workbook.files import LARGEST_FILE, MEGABYTE
from gouvernail.workbook.layout import example_of, values_of
from gouvernail.workbook.survey import MOST_COLUMNS, MOST_ROWS
from gouvernail_core.facts import Column, Layout, Sheet, sheets

TARGET = Path(__file__).resolve().parent.parent / "docs/reference/classeur.md"

OPENING = f"""# Le classeur

Un seul classeur, ODS ou XLSX, dit tout ce dont Gouvernail a besoin : qui vous êtes, les données que
vous détenez, les cas issus du séminaire, ce qui compte pour les élus et les directions.

```
gouvernail workbook classeur.ods             # à remplir, avec l’aide, les listes et les unités
gouvernail workbook exemple.ods --example    # rempli, pour une collectivité fictive
gouvernail steer classeur.ods --out dossier  # la feuille de route
```

## Comment il est lu

- Une case vide veut dire « nous ne savons pas encore », jamais « non ».
- Les feuilles et les colonnes se trouvent par leur nom, français ou anglais, ou par leur code, dans
  n’importe quel ordre ; les accents, les majuscules et l’unité entre parenthèses ne comptent pas.
- Une étoile marque une colonne nécessaire. Une feuille absente est lue comme vide, sauf
  « Collectivité » et « Cas d’usage ».
- Une colonne ou une feuille en plus n’est pas lue, et c’est dit. Un nom presque juste n’est pas
  deviné : il est montré, pour que rien ne se perde.
- La ligne grise d’exemple n’est pas lue tant qu’elle est intacte.
- Une formule est lue par sa dernière valeur ; une formule en erreur ou jamais calculée est
  signalée. Un texte qui commence par `=` reste un texte.
- Tous les problèmes sont dits à la fois, avec la feuille, la ligne, la colonne et ce qu’il faut
  faire. Rien n’est importé à moitié.
- Au plus {LARGEST_FILE // MEGABYTE} Mo par fichier, et par feuille {MOST_ROWS:_} lignes
  et {MOST_COLUMNS} colonnes.

Cette page est écrite par `bin/workbook_reference.py` à partir de
`src/gouvernail_core/knowledge/workbook.yaml`, qui décrit aussi les écrans et la base.
""".replace(f"{MOST_ROWS:_}", f"{MOST_ROWS:,}".replace(",", "\u202f"))


def reference() -> str:
    """Return the page: one section for each sheet, one line for each column."""
    return "\n".join([OPENING, *(line for one in sheets() for line in _section(one))])


def _section(described: Sheet) -> Iterator[str]:
    yield f"## {described.label.fr}\n"
    yield f"{described.help.fr}\n"
    keys = ", ".join(described.column(code).label.fr for code in described.key)
    shape = "un fait par ligne" if described.layout is Layout.FORM else f"une ligne par : {keys}"
    needed = " Feuille nécessaire." if described.required else ""
    yield f"Code : `{described.code}` ; {shape}.{needed}\n"
    yield "| Colonne | Code | Ce qu’on y écrit | Valeurs | Exemple |"
    yield "| --- | --- | --- | --- | --- |"
    for column in described.columns:
        yield "| " + " | ".join(_escaped(text) for text in _cells(column)) + " |"
    yield ""


def _cells(column: Column) -> tuple[str, ...]:
    unit = f" ({column.unit})" if column.unit else ""
    star = " *" if column.required else ""
    return (
        f"{column.label.fr}{unit}{star}",
        f"`{column.code}`",
        column.help.fr,
        values_of(column, "fr"),
        example_of(column, "fr"),
    )


def _escaped(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("*", "\\*").split())


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(reference(), encoding="utf-8")
    print(TARGET)
