"""Numbers in words, short enough for a reason."""

from __future__ import annotations

from gouvernail_core.kernel import Text


def short(value: float) -> Text:
    r"""Return a number with three significant digits, or all those before the point.

    >>> short(0.3333).fr, short(12345.6).fr, short(12345.6).en
    ('0,333', '12\u202f346', '12,346')
    """
    english = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return Text(english.replace(",", "\u202f").replace(".", ","), english)


def small(text: str) -> str:
    """Return the text with a small first letter.

    >>> small("Une équipe")
    'une équipe'
    """
    return text[:1].lower() + text[1:]
