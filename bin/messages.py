"""Collect the texts to translate, update and compile the French catalogue, without gettext tools.

The texts in code and templates are English; French lives in the catalogue, and the compiled file is
committed so that an installation needs nothing more.

Usage: python bin/messages.py [--check]     --check changes nothing and exits 1 when something lacks
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "gouvernail"
CATALOGUE = SOURCES / "locale" / "fr" / "LC_MESSAGES" / "django.po"

PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop")
PLURAL = ("ngettext", "ngettext_lazy")
CONTEXT = ("pgettext", "pgettext_lazy")
CONTEXT_PLURAL = ("npgettext", "npgettext_lazy")
FUNCTIONS = (*PLAIN, *PLURAL, *CONTEXT, *CONTEXT_PLURAL)

#: Dates that move at each run would make every catalogue differ from the committed one.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = """\
# French texts of Gouvernail's pages and commands. `make messages` collects, sorts and compiles."""

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def extract_file(file: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the calls of a file: the function's name and its constant arguments, in order."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # Django's own reading of a template, as Python-like calls between words that mean nothing.
        # Indentation means nothing either, but Python's tokenizer would refuse it.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(file)).splitlines())
    for _, function, found, _ in extract_python(
        io.BytesIO(text.encode()), FUNCTIONS, (), {"encoding": "utf-8"}
    ):
        arguments = found if isinstance(found, tuple) else (found,)
        yield function or "", tuple(a for a in arguments if isinstance(a, str))


def collect(sources: Path = SOURCES) -> Catalog:
    """Return a catalogue of what the code and the templates ask, without translations."""
    catalogue = Catalog(
        locale="fr",
        project="gouvernail",
        version="-",
        msgid_bugs_address="CONTRIBUTING.md",
        last_translator="Gouvernail",
        language_team="Gouvernail",
        header_comment=HEADER,
        charset="utf-8",
        creation_date=EPOCH,
        revision_date=EPOCH,
        fuzzy=False,
    )
    suffixes = {".py", ".html", ".txt"}
    for file in sorted(f for f in sources.rglob("*") if f.suffix in suffixes):
        for function, given in extract_file(file):
            context = None
            if function in (*CONTEXT, *CONTEXT_PLURAL) and given:
                context, *rest = given
                given = tuple(rest)
            if not given or not given[0]:
                continue
            plural = function in (*PLURAL, *CONTEXT_PLURAL) and len(given) > 1
            where = [(file.relative_to(sources).as_posix(), None)]
            catalogue.add(given[:2] if plural else given[0], locations=where, context=context)
    return catalogue


def translated(wanted: Catalog, known: Catalog) -> Catalog:
    """Return `wanted` with the translations of `known`; what nobody asks for is dropped."""
    for message in wanted:
        if message.id and (old := known.get(message.id, message.context)):
            message.string = old.string
            message.user_comments = old.user_comments
            if old.fuzzy:
                message.flags.add("fuzzy")
    return wanted


def problems(catalogue: Catalog) -> list[str]:
    """Return what is missing or wrong in a catalogue, one sentence per message."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        where = message.locations[0][0] if message.locations else "?"
        if message.fuzzy:
            found.append(f"to be confirmed (fuzzy): {ids[0]!r}, {where}")
        elif not all(strings):
            found.append(f"without French: {ids[0]!r}, {where}")
        elif lost := _placeholders(ids) ^ _placeholders(strings):
            names = ", ".join(sorted(lost))
            found.append(f"placeholders differ ({names}): {ids[0]!r}, {where}")
    return found


def _placeholders(texts: tuple[str, ...]) -> set[str]:
    return {"".join(groups) for text in texts for groups in _PLACEHOLDER.findall(text)}


def read(file: Path = CATALOGUE) -> Catalog:
    """Return a catalogue as written, an empty one when there is no file."""
    if not file.exists():
        return Catalog(locale="fr")
    with file.open("rb") as stream:
        return read_po(stream, locale="fr", charset="utf-8")


def as_po(catalogue: Catalog) -> bytes:
    """Return the text form: sorted, without line numbers, so that only real changes show."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=100, sort_output=True, include_lineno=False)
    return stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return the compiled form."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def current() -> Catalog:
    """Return the catalogue as it should be: what is asked today, with the French we have."""
    return translated(collect(), read())


def stale(catalogue: Catalog) -> list[str]:
    """Return the files that differ from what the catalogue gives."""
    expected = {CATALOGUE: as_po(catalogue), CATALOGUE.with_suffix(".mo"): as_mo(catalogue)}
    return [
        f"out of date, run `make messages`: {file.relative_to(ROOT)}"
        for file, content in expected.items()
        if not file.exists() or file.read_bytes() != content
    ]


def main(arguments: list[str]) -> int:
    """Update the files, or only check them; return 1 when a translation lacks."""
    catalogue = current()
    said = problems(catalogue)
    if arguments == ["--check"]:
        said += stale(catalogue)
    else:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(as_po(catalogue))
        CATALOGUE.with_suffix(".mo").write_bytes(as_mo(catalogue))
    for sentence in said:
        print(sentence)
    print(f"{len(catalogue)} messages, {len(said)} to see to")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
