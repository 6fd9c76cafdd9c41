"""HTML and XML as text, by one pass over the tags: no tree, no entity but the usual ones.

A parser of HTML that corrects what it reads can be made slow or stopped by what it reads; here
a tag is what stands between two signs, and whatever is not a tag is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from gouvernail_scan.extract.reading import Context, Found, blocks

#: A tag longer than this is no tag: what was held is text.
TAG = 1 << 20

_TAG = re.compile(
    r"<(?:(/?)([A-Za-z_][^\s/>]{0,200})((?:[^\"'>]|\"[^\"]*+\"|'[^']*+')*+)|[!?][^>]*+)>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w:.-]{0,100})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SPACES = re.compile(r"[ \t\r\n\f]+")

_BREAK_NAMES = (
    "address article aside blockquote body br button caption center dd div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html label legend li main "
    "nav ol option p pre section select summary table tbody textarea tfoot thead title tr "
    "ul"
)
_BREAKS = frozenset(_BREAK_NAMES.split())
_SILENT = frozenset(("script", "style"))
_SAID = frozenset(("alt", "title", "value", "placeholder", "content", "aria-label"))
_LINKS = ("mailto:", "tel:", "sms:")


def read_html(texts: Iterator[str], context: Context) -> Found:
    """Return what a page of HTML says, its hidden attributes and its comments."""
    yield from blocks(html_text(texts), context.place)


def read_xml(texts: Iterator[str], context: Context) -> Found:
    """Return the text of an XML document, each element and attribute after its name."""
    yield from blocks(xml_text(texts), context.place)


def html_text(texts: Iterable[str]) -> Iterator[str]:
    """Return the text of a page by pieces.

    >>> "".join(html_text(["<p>T&eacute;l. <b>06</b> 12<br>x</p><script>no</script>"]))
    '\\nTél. 06 12\\nx\\n'
    """
    aside: list[str] = []
    silent = ""
    for kind, name, rest in _tokens(texts, _SILENT):
        if kind == "text":
            if not silent:
                yield html.unescape(_SPACES.sub(" ", rest))
        elif kind == "comment":
            aside.append(rest)
        elif kind == "close":
            silent = ""
            yield from _html_break(name, aside)
        elif kind == "open":
            if name in _SILENT:
                silent = "" if rest.endswith("/") else name
            if "=" in rest:
                aside.extend(_said(rest))
            yield from _html_break(name, aside)
    yield from _flushed(aside)


def _html_break(name: str, aside: list[str]) -> Iterator[str]:
    if name in ("td", "th"):
        yield "\t"
    elif name in _BREAKS:
        # What is said aside waits for the end of the line: it must not cut a number in two.
        yield from _flushed(aside)
        yield "\n"


def _flushed(aside: list[str]) -> Iterator[str]:
    if aside:
        yield "\n" + "\n".join(map(html.unescape, aside)) + "\n"
        aside.clear()


def _said(attributes: str) -> Iterator[str]:
    for name, double, single, bare in _ATTRIBUTE.findall(attributes):
        value = double or single or bare
        name = name.lower()
        if name in _SAID or (name == "href" and value.lower().startswith(_LINKS)):
            yield value


def xml_text(texts: Iterable[str]) -> Iterator[str]:
    """Return the text of a document, « name: » before what an element or an attribute holds.

    >>> "".join(xml_text(['<a><nir cle="41">185</nir></a>']))
    'cle: 41\\nnir: 185\\n'
    """
    opened = ""
    for kind, name, rest in _tokens(texts, frozenset()):
        if kind == "open":
            opened = name.rpartition(":")[2]
            if "=" in rest:
                for key, double, single, bare in _ATTRIBUTE.findall(rest):
                    if key.startswith("xmlns"):
                        continue
                    yield f"{key}: {html.unescape(double or single or bare)}\n"
        elif kind == "close":
            opened = ""
        elif kind == "comment":
            yield rest + "\n"
        elif rest.strip():
            said = html.unescape(rest) if kind == "text" else rest
            yield f"{opened}: {said}\n" if opened else f"{said}\n"
            opened = ""


def _tokens(texts: Iterable[str], raw: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Return what a text of tags is made of: (kind, name, rest).

    Kinds: text, cdata, open (with its attributes), close, comment. The content of the elements of
    `raw` is text up to their own closing tag. Linear whatever the text: where the end of something
    is not found in all that is held, it is not looked for again.
    """
    held = ""
    until = ""  # what ends the comment, section or raw element we are in
    for text in _and_the_end(texts):
        last = text is None
        held += text or ""
        at = 0
        while at < len(held):
            if until:
                kind = {"-->": "comment", "]]>": "cdata"}.get(until, "text")
                end = _find(held, until, at)
                if end < 0:
                    keep = 0 if last else len(until)
                    stop = max(len(held) - keep, at)
                    if stop > at and (last or stop - at > TAG):
                        yield kind, "", held[at:stop]
                        at = stop
                    break
                yield kind, "", held[at:end]
                at = end + (len(until) if kind != "text" else 0)
                until = ""
                continue
            start = held.find("<", at)
            if start < 0:
                # An entity may be cut by the end of what is held.
                cut = len(held) if last else held.rfind("&", max(at, len(held) - 32))
                stop = cut if cut >= at else len(held)
                if stop > at:
                    yield "text", "", held[at:stop]
                at = stop
                break
            if start > at:
                yield "text", "", held[at:start]
                at = start
            if held.startswith("<!--", at):
                at, until = at + 4, "-->"
                continue
            if held.startswith("<![CDATA[", at):
                at, until = at + 9, "]]>"
                continue
            match = _TAG.match(held, at)
            if match is None:
                if held[at + 1 : at + 2].isspace() or held[at + 1 : at + 2].isdigit():
                    yield "text", "", "<"
                    at += 1
                    continue
                if last or len(held) - at > TAG:
                    # No tag ends here: neither would those that begin after it.
                    yield "text", "", held[at:]
                    at = len(held)
                break
            at = match.end()
            name = (match.group(2) or "").lower() if raw else (match.group(2) or "")
            if not name:
                if "<!ENTITY" in match.group():
                    # Nothing expands it: what it holds is said where it is declared.
                    yield "comment", "", match.group()
                continue
            if match.group(1):
                yield "close", name, ""
            else:
                yield "open", name, match.group(3)
                if name in raw and not match.group(3).endswith("/"):
                    until = f"</{name}"
        held = held[at:]


def _find(held: str, until: str, at: int) -> int:
    if not until.startswith("</"):
        return held.find(until, at)
    match = re.compile(re.escape(until), re.I).search(held, at)
    return match.start() if match else -1


def _and_the_end(texts: Iterable[str]) -> Iterator[str | None]:
    yield from texts
    yield None
