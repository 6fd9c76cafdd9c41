"""What a test looks for in a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Page(HTMLParser):
    """The ids, links, headings and inline handlers of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag carries."""
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.inline += [name for name in given if name == "style" or name.startswith("on")]


def part(text: str, identifier: str) -> str:
    """Return the element of this id with everything inside it."""
    start = re.search(rf'<(\w+)[^>]*\bid="{identifier}"', text)
    assert start, f"no element of id {identifier}"
    tag, depth = start[1], 0
    for found in re.finditer(rf"<(/?){tag}\b", text[start.start() :]):
        depth += -1 if found[1] else 1
        if depth == 0:
            end = text.index(">", start.start() + found.start()) + 1
            return text[start.start() : end]
    raise AssertionError(f"element of id {identifier} never ends")


def without_tokens(text: str) -> str:
    """Return a text without what changes at each answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text).strip()
