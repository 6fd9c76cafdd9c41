"""What the documents share: reading the plan, blanks for missing facts, sources, identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.punctuation import settled
from gouvernail.documents.voice import Voice, as_date, people_named
from gouvernail_core.protection import Hosting

Plan = Mapping[str, Any]
Case = Mapping[str, Any]

#: From this stage on, a case is decided: a document may ask to approve only those before it.
COMMITTED = frozenset({"chosen", "consulting", "trial", "pilot", "general"})
_NOWHERE = {"fr": Hosting.UNKNOWN.label.fr, "en": Hosting.UNKNOWN.label.en}
#: Shown on paper in place of a whole digest; the workbook and plan.json carry all of it.
DIGEST_LENGTH = 16


def blank(v: Voice, fr: str, en: str) -> b.Blank:
    """Return the visible place of a fact nobody has given."""
    return b.Blank(v.colon(v.word("to_complete")) + v.say(fr, en))


def or_blank(v: Voice, value: object, fr: str, en: str) -> b.Content:
    """Return the value in words, or its visible blank when it is missing."""
    text = v.text(value)
    return b.content(text) if text else (blank(v, fr, en),)


def labelled(v: Voice, label: str, parts: b.Content) -> b.Paragraph:
    """Return a paragraph opened by its label in bold."""
    return b.Paragraph(b.content(b.strong(v.colon(label)), parts))


def hosting_words(v: Voice, case: Case) -> str:
    """Return where the tool is hosted; empty when that is not known."""
    told = case.get("hosting_label")
    return "" if told == _NOWHERE else v.text(told)


def chosen_cases(plan: Plan) -> list[Case]:
    """Return the cases of the proposal, decided or not yet, in the order of the plan."""
    return [case for case in plan.get("cases") or [] if case.get("chosen")]


def committed(case: Case) -> bool:
    """Return whether the authority has already decided the case: it is chosen, or further."""
    return case.get("stage") in COMMITTED


def proposal_word(v: Voice, case: Case) -> str:
    """Return “proposed”, or “already under way” for a case the authority has already decided."""
    if committed(case):
        return v.say("déjà engagé", "already under way")
    return v.say("proposé", "proposed")


def case_titles(plan: Plan) -> dict[str, str]:
    """Return the title of each case by its identifier."""
    return {case["id"]: case["title"] for case in plan.get("cases") or []}


def years_of(plan: Plan) -> list[int]:
    """Return the years of the plan; without a roadmap, those of the costs."""
    roadmap = plan.get("roadmap")
    if roadmap and roadmap.get("years"):
        return [int(year) for year in roadmap["years"]]
    found = {int(year) for case in plan.get("cases") or [] for year in case.get("costs_eur") or {}}
    return sorted(found)


def span_of_years(plan: Plan) -> str:
    """Return “2027-2029”, or the year of the plan when it has no horizon."""
    years = years_of(plan)
    if not years:
        return str(plan["on"])[:4]
    return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"


def pair_words(v: Voice, case: Case) -> b.Content:
    """Return the elected lead and the lead director, with a blank for a missing one."""
    return b.content(
        or_blank(v, case.get("elu"), "élu référent", "elected lead"),
        ", ",
        or_blank(v, case.get("director"), "directeur référent", "lead director"),
    )


def _how_read(v: Voice, source: Mapping[str, Any]) -> str:
    how = v.text(source.get("provenance_label"))
    if not source.get("read_on"):
        return how
    day = v.day(source["read_on"])
    return v.say("{how} le {day}", "{how} on {day}", how=how, day=day)


def source_words(v: Voice, source: Mapping[str, Any] | None) -> b.Content:
    """Return a source: its text (linked), and how it was read."""
    if not source:
        return ()
    how = _how_read(v, source)
    return b.content(b.link(source["text"], source.get("url")), _beside(source["text"], how))


def _beside(text: str, how: str) -> str:
    """Return how a text was read, in brackets unless the text itself ends with brackets."""
    if not how:
        return ""
    return f", {how}" if text.endswith(")") else f" ({how})"


def cell_blank(v: Voice) -> b.Content:
    """Return a blank short enough for the cell of a table: its column says what is missing."""
    return (b.Blank(v.word("to_complete")),)


def sources_words(v: Voice, sources: Iterable[Mapping[str, Any]]) -> b.Content:
    """Return the sources, those read the same way together, with how they were read."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    seen = set()
    for source in sources:
        if source and source["text"] not in seen:
            seen.add(source["text"])
            groups.setdefault(_how_read(v, source), []).append(source)
    parts: list[b.Inline] = []
    for how, group in groups.items():
        parts += [". "] if parts else []
        for at, source in enumerate(group):
            parts += [("; " if v.english else "\u202f; ")] if at else []
            parts.append(b.link(source["text"], source.get("url")))
        parts.append(_beside(group[-1]["text"], how))
    return b.content(parts)


def reasons_words(v: Voice, reasons: Iterable[Mapping[str, Any]]) -> b.Content:
    """Return the reasons one after the other, each with its source."""
    parts: list[b.Inline] = []
    for reason in reasons:
        parts += [" "] if parts else []
        text = v.text(reason.get("text"))
        parts.append(text if text.endswith((".", "?", "!")) else text + ".")
        source = source_words(v, reason.get("source"))
        if source:
            parts += [" ", *source, "."]
    return b.content(parts)


def identity(v: Voice, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return what every document says of itself: the day, the facts, the rules, the software."""
    authority = plan.get("authority") or {}
    kind = v.text(authority.get("kind_label"))
    people = authority.get("population")
    described = [kind] if kind else []
    if people:
        described.append(v.say("{n} habitants", "{n} inhabitants", n=v.number(people)))
    if authority.get("agents"):
        described.append(v.people(authority["agents"]))
    return (
        (v.say("Collectivité", "Authority"), ", ".join(described)),
        (v.say("État des faits au", "Facts as of"), v.day(plan["on"])),
        (v.say("Empreinte des faits", "Digest of the facts"), digest_words(plan)),
        (
            v.say("Version des règles", "Version of the rules"),
            str(plan.get("rules_version") or "–"),
        ),
        (v.say("Logiciel", "Software"), software_words(plan)),
        *sealed(v, plan),
    )


def sealed(v: Voice, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the seal of the journal when the plan was computed where one is kept."""
    seal = str(plan.get("journal_seal") or "")
    return ((v.say("Sceau du journal", "Seal of the journal"), seal),) if seal else ()


def software_words(plan: Plan) -> str:
    """Return the name and the version of the software."""
    software = str(plan.get("software") or "")
    return software if software[:1].isalpha() else f"Gouvernail {software}".strip()


def missing_words(v: Voice, missing: Iterable[Mapping[str, Any]]) -> str:
    """Return what is missing and from whom, one after the other."""
    found = []
    for item in missing:
        text = v.text(item.get("what")).rstrip(".")
        who = people_named(v, [item.get("owner")])
        # A text that has brackets already does not get others inside or beside them.
        beside = f" – {who}" if "(" in text else f" ({who})"
        found.append(text + beside if who else text)
    return ("; " if v.english else "\u202f; ").join(found)


def digest_words(plan: Plan) -> str:
    """Return the start of the digest of the facts, without its algorithm."""
    digest = str(plan.get("facts_digest") or "–")
    return digest.rsplit(":", 1)[-1][:DIGEST_LENGTH]


def made_document(
    v: Voice,
    plan: Plan,
    blocks: Iterable[b.Block],
    *,
    title: str,
    subtitle: str,
    kicker: str,
    cover: bool = False,
) -> b.Document:
    """Return the document with the identity of the plan on it."""
    authority = (plan.get("authority") or {}).get("name") or v.say("Collectivité", "Authority")
    footer = v.say(
        "{software} · faits {digest} · règles {rules} · {day}",
        "{software} · facts {digest} · rules {rules} · {day}",
        software=software_words(plan),
        digest=digest_words(plan),
        rules=plan.get("rules_version") or "–",
        day=v.day(plan["on"]),
    )
    return b.Document(
        title=title,
        subtitle=subtitle,
        language=v.language,
        authority=authority,
        made_on=as_date(plan["on"]) or date(1970, 1, 1),
        facts_digest=str(plan.get("facts_digest") or ""),
        rules_version=str(plan.get("rules_version") or ""),
        software=software_words(plan),
        blocks=settled(tuple(blocks)),
        kicker=kicker,
        cover=cover,
        contents_title=v.word("contents"),
        footer=footer,
        facts=tuple(
            (label + (":" if v.english else "\u00a0:"), value)
            for label, value in identity(v, plan)
            if value
        ),
    )
