"""What the law asks: of the authority, then of each chosen case, by deadline, with sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Plan, chosen_cases, reasons_words, sources_words
from gouvernail.documents.voice import Voice

#: The stages a rule may have to be met before, in order.
STAGES = ("trial", "pilot", "general")
#: Outcomes shown, the most binding first; what does not apply is counted, not listed.
SHOWN = ("blocking", "due", "to_examine", "watch")
Findings = list[Mapping[str, Any]]


def law(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the section on obligations."""
    found: list[b.Block] = [
        b.Heading(
            1,
            v.say("Ce que le droit demande", "What the law asks"),
            new_page=bool(chosen_cases(plan)),
        ),
        b.Paragraph(
            b.content(
                v.say(
                    "Classé par échéance. Chaque ligne dit pourquoi, d’où vient la règle et "
                    "comment "
                    "le texte a été lu : « lu », « lu dans une source qui le cite » ou « de "
                    "mémoire, à vérifier ».",
                    "Sorted by deadline. Each line says why, where the rule comes from and how the "
                    "text was read: “read”, “read in a source that quotes it” or “from memory, to "
                    "be checked”.",
                )
            )
        ),
    ]
    on = str(plan["on"])
    authority = (plan.get("obligations") or {}).get("authority") or {}
    found.append(b.Heading(2, v.say("Pour toute la collectivité", "For the whole authority")))
    found.extend(obligations_blocks(v, authority, v.say("la collectivité", "the authority"), on))
    for case in chosen_cases(plan):
        found.append(b.Heading(2, case["title"]))
        found.extend(obligations_blocks(v, case.get("obligations") or {}, case["title"], on))
    return found


def shown_findings(answer: Mapping[str, Any]) -> Findings:
    """Return the findings to show, by deadline then by weight; without a date, last."""
    findings = [f for f in answer.get("findings") or [] if f.get("outcome") in SHOWN]
    return sorted(
        findings,
        key=lambda f: (
            f.get("applies_from") or "9999",
            _stage_rank(f),
            SHOWN.index(f["outcome"]),
            f.get("rule") or "",
        ),
    )


def _stage_rank(finding: Mapping[str, Any]) -> int:
    stages = [s for s in finding.get("before") or [] if s in STAGES]
    return min((STAGES.index(s) for s in stages), default=len(STAGES))


def obligations_blocks(
    v: Voice, answer: Mapping[str, Any], of: str, on: str, *, facts: bool = False
) -> list[b.Block]:
    """Return the table of what is asked, then the answers awaited.

    `facts` adds the facts each conclusion rests on.
    """
    findings = shown_findings(answer)
    if not findings:
        text = v.say(
            "Aucune règle connue ne s’applique, au vu des faits renseignés.",
            "No known rule applies, from the facts given.",
        )
        return [b.Paragraph(b.content(text))]
    found: list[b.Block] = [
        b.Table(
            v.say("Ce qui est demandé : {of}", "What is asked: {of}", of=of),
            (
                b.Column(v.say("Échéance", "Deadline"), "date"),
                b.Column(v.word("obligation"), share=1.4),
                b.Column(v.say("Pourquoi, et d’où cela vient", "Why, and the source"), share=2.6),
                b.Column(v.say("Qui, quelle preuve", "Who, what evidence"), share=1.3),
            ),
            tuple(_row(v, finding, on, facts=facts) for finding in findings),
        )
    ]
    awaited = dict.fromkeys(v.text(m["question"]) for f in findings for m in f.get("missing") or [])
    if awaited:
        blanks = [(b.Blank(v.colon(v.word("to_complete")) + text),) for text in awaited]
        found.append(b.Bullets(tuple(blanks)))
    if facts:
        found.extend(_presumed(v, findings))
    return [*found, *_notes(v, answer, findings)]


def _presumed(v: Voice, findings: Findings) -> list[b.Block]:
    """Return what was presumed for want of an answer, said once for all rules."""
    reasons = [r for f in findings for r in f.get("reasons") or []]
    said = dict.fromkeys(
        v.text(r["text"]) for r in reasons if str(r.get("code")).startswith("presumed:")
    )
    if not said:
        return []
    label = v.say("Ce que nous présumons, faute de réponse :", "Presumed, for want of an answer:")
    items = tuple(b.content(text) for text in said)
    return [b.Paragraph((b.strong(label),)), b.Bullets(items)]


def _notes(v: Voice, answer: Mapping[str, Any], findings: Findings) -> list[b.Block]:
    notes = []
    counted = (answer.get("counts") or {}).get("not_applicable")
    if counted:
        notes.append(
            v.say(
                "{n} autres règles ont été examinées et ne s’appliquent pas.",
                "{n} other rules were examined and do not apply.",
                n=counted,
            )
        )
    if any(f.get("jurist") for f in findings):
        notes.append(v.say("* À confirmer avec un juriste.", "* To be confirmed with a lawyer."))
    return [b.Paragraph(b.content(" ".join(notes)), "small")] if notes else []


def _deadline(v: Voice, finding: Mapping[str, Any], on: str) -> str:
    """Return the day to come, since when the rule has applied, or the stage it comes before."""
    day = finding.get("applies_from")
    rank = _stage_rank(finding)
    if not day and rank < len(STAGES):
        return v.word(f"before_{STAGES[rank]}")
    words = v.day(day, short=True)
    return v.say("depuis le {day}", "since {day}", day=words) if day and day <= on else words


def _concludes(reason: Mapping[str, Any], outcome: str) -> bool:
    """Return whether a reason is a conclusion to print, rather than a fact it rests on.

    Where an answer is missing, the conclusion alone is printed: the rest is what was presumed.
    """
    code = str(reason.get("code"))
    if outcome == "to_examine":
        return code.endswith(":to_examine")
    return not code.startswith("fact:")


def _row(v: Voice, finding: Mapping[str, Any], on: str, *, facts: bool) -> tuple[b.Content, ...]:
    word = v.text(finding.get("outcome_label")) or v.known(f"outcome_{finding['outcome']}")
    star = " *" if finding.get("jurist") else ""
    # What is presumed or missing is said once, under the table.
    reasons = [
        r
        for r in finding.get("reasons") or []
        if not str(r.get("code")).startswith(("presumed:", "missing:"))
    ]
    if not facts:
        # The facts themselves are in the case sheet; here, the conclusion and its text.
        reasons = [r for r in reasons if _concludes(r, finding["outcome"])]
    said = [{"text": r["text"]} for r in reasons] or [{"text": finding.get("explanation")}]
    cited = [r["source"] for r in reasons if r.get("source")]
    sources = sources_words(v, [*cited, *(finding.get("sources") or [])])
    awaited = v.say("Réponse attendue, voir plus bas.", "Answer awaited, see below.")
    who = v.series(v.text(w) for w in finding.get("who") or [])
    evidence = v.series(v.text(e) for e in finding.get("evidence") or [])
    return (
        b.content(_deadline(v, finding, on)),
        b.content(v.text(finding.get("title")), f" ({word[:1].lower()}{word[1:]}){star}"),
        b.content(
            reasons_words(v, said),
            (" ", *sources, ".") if sources else None,
            f" {awaited}" if finding.get("missing") else "",
        ),
        b.content(v.colon(who) if who and evidence else who, evidence) or ("–",),
    )
