"""Write the fonts of the PDF documents from the packages their authors publish.

Usage: python bin/document_fonts.py FOLDER
FOLDER holds the unpacked npm packages `@fontsource/public-sans` (5.3.0) and `source-serif` (4.5.1)
and the unpacked Debian package `fonts-dejavu-core` (2.37).
Needs fontTools and brotli, which the project itself does not install: the result is committed.

Public Sans is published as WOFF2 parts, which typst does not read: the Latin parts are merged into
one TTF per style, and the three signs French typography needs are added to it. Source Serif 4 has a
reserved font name: its files are copied as they are. DejaVu Sans, cut down, prints what the two
others lack (arrows, signs, Hebrew, Arabic). `coverage.txt` lists the signs the fonts can print.
"""

from __future__ import annotations

import shutil
import sys
from copy import deepcopy
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]
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
#: Blocks kept of DejaVu Sans: Hebrew, Arabic, arrows, operators, shapes, symbols, dingbats.
FALLBACK = [
    (0x20, 0x7F),
    (0x590, 0x6FF),
    (0x2010, 0x2027),
    (0x2070, 0x209F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x27BF),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFC),
]


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


def write_fallback(folder: Path) -> None:
    """Write the part of DejaVu Sans the documents may need."""
    options = subset.Options()
    options.name_IDs = ["*"]
    options.hinting = False
    font = subset.load_font(str(next(folder.rglob("DejaVuSans.ttf"))), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[code for low, high in FALLBACK for code in range(low, high + 1)])
    cut.subset(font)
    subset.save_font(font, str(FONTS / "DejaVuSans-part.ttf"), options)


def write_coverage() -> None:
    """Write the signs at least one font draws, as ranges of hexadecimal codes."""
    codes: set[int] = set()
    for path in sorted([*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")]):
        codes |= {code for code in TTFont(path).getBestCmap() if code >= 0x20}
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    lines = [f"{low:X}-{high:X}" for low, high in ranges]
    (FONTS / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


def main(folder: Path) -> None:
    """Write the fonts."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for style, (weight, slope) in STYLES.items():
        font = merged(folder, weight, slope)
        add_signs(font)
        rename(font, style)
        font.save(FONTS / f"PublicSans-{style}.ttf")
    for name in SERIF:
        shutil.copyfile(next(folder.rglob(f"OTF/{name}")), FONTS / name)
    write_fallback(folder)
    write_coverage()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
