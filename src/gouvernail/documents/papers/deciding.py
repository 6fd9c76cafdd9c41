"""What the papers of those who decide share: what is asked, who is named, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.papers.institutions import institution
from gouvernail.documents.papers.model import findings_of
from gouvernail.documents.parts import Case, Plan, chosen_cases, committed
from gouvernail.documents.voice import Voice
from gouvernail_core.kernel import Text

Finding = Mapping[str, Any]
#: A sentence names that many cases, and counts the others.
NAMED = 3
#: Outcomes that bind: what is only to be examined founds no act.
BINDING = frozenset({"due", "blocking"})


def quoted(v: Voice, text: str) -> str:
    """Return the text between the quotation marks of the language."""
    return f"“{text}”" if v.english else f"«\u202f{text}\u202f»"


def said(v: Voice, text: Text) -> str:
    """Return a text of the code in the language of the paper."""
    return v.text({"fr": text.fr, "en": text.en})


def sentence(text: str) -> str:
    """Return the text closed by a full stop, once."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def lowered(text: str) -> str:
    """Return the text with a small first letter, so that it goes on a sentence.

    An acronym keeps its letters: “CST” is not a word at the head of a sentence.

    >>> lowered("Trop de repas"), lowered("CST saisi")
    ('trop de repas', 'CST saisi')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def case_finding(case: Case, rule: str) -> Finding | None:
    """Return what a rule says of a case; None when the plan does not say."""
    found = (case.get("obligations") or {}).get("findings") or ()
    return next((item for item in found if item["rule"] == rule), None)


def waits(finding: Finding | None) -> bool:
    """Return whether a finding asks for an act that nobody has shown done."""
    return bool(finding and finding["outcome"] in BINDING and not finding.get("done_on"))


def cases_waiting_for(plan: Plan, rule: str) -> list[Case]:
    """Return the proposed cases in which a rule asks for an act not yet done."""
    return [case for case in chosen_cases(plan) if waits(case_finding(case, rule))]


def undecided(plan: Plan) -> list[Case]:
    """Return the proposed cases that nobody has decided yet."""
    return [case for case in chosen_cases(plan) if not committed(case)]


def titled(titles: Iterable[str]) -> Text:
    """Return the titles as one series in each language; from four on, the others are counted."""
    found = list(titles)
    kept, left = found[:NAMED], len(found) - NAMED
    return Text(
        *(
            v.series(
                [
                    *(quoted(v, title) for title in kept),
                    v.say("{n} autres", "{n} others", n=left) if left > 1 else "",
                    v.say("un autre", "one other") if left == 1 else "",
                ]
            )
            for v in (Voice("fr"), Voice("en"))
        )
    )


def named_for(v: Voice, plan: Plan, case: Case | None, *rules: str) -> b.Content:
    """Return the person recorded as in charge of one of the rules, the first that has one."""
    found = findings_of(plan, case)
    owners = (v.text(found[rule].get("owner")) for rule in rules if rule in found)
    return b.content(next((owner for owner in owners if owner), None))


def head_of(v: Voice, plan: Plan) -> str:
    """Return the executive as they sign: the office, and the name when it is known."""
    office = said(v, institution(plan).executive)
    people = (plan.get("authority") or {}).get("people") or {}
    name = v.text(people.get("executive"))
    return f"{office}, {name}" if name else office


def sittings_of(plan: Plan, *bodies: str) -> list[Mapping[str, Any]]:
    """Return the sittings to come of these bodies, in order."""
    known = (plan.get("dialogue") or {}).get("sittings") or []
    return [s for s in known if s["body"] in bodies]


def opinion_missing(case: Case, due: str = "yes") -> bool:
    """Return whether the staff committee is to be heard and was not.

    With ``unknown`` for `due`: whether nobody knows yet if it is to be heard.
    """
    consultation = case.get("consultation") or {}
    return consultation.get("due") == due and not consultation.get("opinion_on")
