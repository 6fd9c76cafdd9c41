"""Refusals and problems, written for the person who must act on them."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail_core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct in what was given: where it is, what is wrong, what to do.

    `sheet`, `row` (1 is the first line of the sheet) and `column` locate it in a workbook;
    `path` locates it in a JSON document (``cases[2].values``).
    """

    code: str
    text: Text
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    path: str | None = None

    def where(self, language: str = "fr") -> str:
        r"""Return the place in words, empty when the problem concerns the whole document.

        >>> Problem("x", Text("", ""), sheet="Cas", row=4, column="Coût 2027").where()
        'feuille «\u202fCas\u202f», ligne 4, colonne «\u202fCoût 2027\u202f»'
        """
        fr = not language.startswith("en")
        parts = []
        if self.sheet is not None:
            parts.append(f"feuille « {self.sheet} »" if fr else f"sheet “{self.sheet}”")
        if self.row is not None:
            parts.append(f"ligne {self.row}" if fr else f"row {self.row}")
        if self.column is not None:
            parts.append(f"colonne « {self.column} »" if fr else f"column “{self.column}”")
        if self.path is not None:
            parts.append(self.path)
        return ", ".join(parts)

    def sentence(self, language: str = "fr") -> str:
        """Return the place and the text in one line."""
        where = self.where(language)
        text = self.text.in_(language)
        separator = " : " if not language.startswith("en") else ": "
        if not where:
            return text
        # A path of a JSON document is a key to look for: it keeps its own letters.
        shown = where if self.sheet is None else f"{where[0].upper()}{where[1:]}"
        return f"{shown}{separator}{text}"


class GouvernailError(Exception):
    """The base of the project's own errors."""


class RefusedError(GouvernailError):
    """The request cannot be served as it stands, for reasons its author can act on.

    The command line prints the problems and exits with 1; a page shows them and keeps what was
    typed.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.sentence() for problem in problems))
        self.problems = problems
