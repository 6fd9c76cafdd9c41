"""Texts of the domain, written in French and in English side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages.

    Texts of the law and of the domain live next to the rule that says them; gettext is for the
    software only.

    >>> Text("avis préalable", "prior opinion").in_("en")
    'prior opinion'
    """

    fr: str
    en: str

    def in_(self, language: str) -> str:
        """Return the English text for any English locale, and the French text otherwise."""
        return self.en if language.startswith("en") else self.fr

    def format(self, **values: object) -> Text:
        """Return the text with its named placeholders filled in both languages.

        >>> Text("{n} agents", "{n} staff members").format(n=14).fr
        '14 agents'
        """
        return Text(self.fr.format(**values), self.en.format(**values))
