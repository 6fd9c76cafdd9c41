"""The look keeps its promises: contrasts, one dark theme, no colour outside of the tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[3] / "src" / "gouvernail"
CSS = SOURCES / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")

#: Text on its background: 4.5 to 1 at least (WCAG 2.2, 1.4.3).
TEXTS = [
    ("encre", "papier"), ("encre", "surface"), ("encre", "creux"),
    ("encre-2", "papier"), ("encre-2", "surface"), ("encre-2", "creux"),
    ("cap", "papier"), ("cap", "surface"), ("cap-fort", "cap-clair"), ("sur-cap", "cap"),
    ("cuivre", "papier"), ("cuivre", "surface"), ("cuivre", "cuivre-clair"),
    ("vert", "vert-clair"), ("ocre", "ocre-clair"), ("rouge", "rouge-clair"),
    ("bleu", "bleu-clair"), ("encre", "ocre-clair"), ("encre", "rouge-clair"),
    ("encre", "bleu-clair"), ("sur-g", "g3"), ("sur-g", "g4"), ("sur-cap", "g1"),
]  # fmt: skip
#: Borders of fields and marks of charts: 3 to 1 at least (1.4.11).
MARKS = [
    ("trait-fort", "papier"), ("trait-fort", "surface"), ("g1", "papier"), ("g2", "papier"),
    ("g3", "papier"), ("g4", "papier"), ("g5", "papier"), ("focus-2", "papier"),
]  # fmt: skip


def theme(selector: str) -> dict[str, str]:
    """Return the colours of a block of the tokens."""
    block = TOKENS[TOKENS.index(selector) :]
    block = block[: block.index("}")]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


LIGHT = theme(':root, [data-theme="clair"]')
DARK = theme('[data-theme="sombre"] {')
AUTOMATIC = theme(":root:not([data-theme])")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, definition)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_definition():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_texts_are_readable(colours, text, ground):
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_are_visible(colours, mark, ground):
    if colours is DARK and mark == "focus-2":
        mark = "focus"  # in the dark the copper ring is the visible one
    assert contrast(colours[mark], colours[ground]) >= 3


def test_the_automatic_dark_theme_is_the_chosen_one():
    assert AUTOMATIC == DARK
    assert set(LIGHT) == set(DARK)


def test_components_take_their_colours_from_the_tokens():
    text = (CSS / "gouvernail.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", re.sub(r"url\([^)]*\)", "", text)) == []
    used = set(re.findall(r"var\(--([\w-]+)", text))
    known = set(re.findall(r"--([\w-]+):", TOKENS + text))
    assert used <= known


def test_every_component_is_used_and_every_use_exists():
    folder = SOURCES / "templates" / "cotton"
    known = {file.stem.replace("_", "-") for file in folder.glob("*.html")}
    used = set()
    for file in SOURCES.rglob("*.html"):
        used |= set(re.findall(r"<c-([\w-]+)", file.read_text(encoding="utf-8"))) - {"vars", "slot"}
    assert used == known


def test_fonts_come_with_their_licence():
    assert len(list((CSS / "polices").glob("*.woff2"))) == 2
    assert len(list((CSS / "polices").glob("OFL-*.txt"))) == 2
