"""Write the fonts of the PDF documents from the packages their authors publish.

Usage: python bin/document_fonts.py FOLDER
FOLDER holds the unpacked npm packages `@fontsource/public-sans` (5.3.0) and `source-serif` (4.5.1).
Needs fontTools and brotli, which the project itself does not install: the result is committed.

Public Sans is published as WOFF2 parts, which typst does not read: the Latin parts are merged into
one TTF per style, and the three signs French typography needs are added to it. Source Serif 4 has a
reserved font name: its files are copied as they are.
"""

from __future__ import annotations

import shutil
import sys
from copy import deepcopy
from pathlib import Path

from fontTools.merge import Merger  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

FONTS = Path(__file__).resolve().parent.parent / "src/gouvernail/documents/templates/fonts"
STYLES = {
    "Regular": (400, "normal"),
    "Italic": (400, "italic"),
    "SemiBold": (600, "normal"),
    "Bold": (700, "normal"),
}
SERIF = ("SourceSerif4-Regular.otf", "SourceSerif4-Semibold.otf")
#: sign: (sign whose drawing is used, width in thousandths of it)
ADDED = {0x202F: (0x20, 700), 0x2009: (0x20, 700), 0x2011: (0x2D, 1000)}


def merged(folder: Path, weight: int, slope: str) -> TTFont:
    """Return one font holding the Latin and extended Latin parts of a style."""
    parts = []
    for part in ("latin", "latin-ext"):
        font = TTFont(next(folder.rglob(f"public-sans-{part}-{weight}-{slope}.woff2")))
        font.flavor = None
        path = folder / f"{part}-{weight}-{slope}.ttf"
        font.save(path)
        parts.append(str(path))
    return Merger().merge(parts)


def add_signs(font: TTFont) -> None:
    """Give the font the narrow spaces and the non-breaking hyphen it lacks."""
    signs = font.getBestCmap()
    for code, (model, width) in ADDED.items():
        if code in signs:
            continue
        name, source = f"uni{code:04X}", signs[model]
        font["glyf"][name] = deepcopy(font["glyf"][source])
        font.setGlyphOrder(font["glyf"].glyphOrder)
        advance, bearing = font["hmtx"][source]
        font["hmtx"][name] = (advance * width // 1000, bearing)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def rename(font: TTFont, style: str) -> None:
    """Name the family and the style: a static cut keeps the variable font's name otherwise."""
    plain = style in {"Regular", "Italic", "Bold"}
    names = {
        1: "Public Sans" if plain else f"Public Sans {style}",
        2: style if plain else "Regular",
        4: f"Public Sans {style}",
        6: f"PublicSans-{style}",
        16: "Public Sans",
        17: style,
    }
    for identifier, text in names.items():
        font["name"].setName(text, identifier, 3, 1, 0x409)
    font["name"].names = [n for n in font["name"].names if n.platformID == 3]


def main(folder: Path) -> None:
    """Write the fonts."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for style, (weight, slope) in STYLES.items():
        font = merged(folder, weight, slope)
        add_signs(font)
        rename(font, style)
        font.save(FONTS / f"PublicSans-{style}.ttf")
    for name in SERIF:
        shutil.copy(next(folder.rglob(f"OTF/{name}")), FONTS / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
