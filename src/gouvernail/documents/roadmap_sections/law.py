"""What the law asks: of the authority, then of each chosen case, by deadline, with sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Plan, chosen_cases, reasons_words, source_words
from gouvernail.documents.voice import Voice

#: Outcomes shown, the most binding first; what does not apply is counted, not listed.
#: The stages a rule may have to be met before, in order.
STAGES = ("trial", "pilot", "general")
SHOWN = ("blocking", "due", "to_examine", "watch")
Findings = list[Mapping[str, Any]]


def law(v: Voice, plan: Plan) -> list[b.Block]:
    """Return the section on obligations."""
    found: list[b.Block] = [
        b.Heading(1, v.say("Ce que le droit demande", "What the law asks"), new_page=True),
        b.Paragraph(
            b.content(
                v.say(
                    "Classé par échéance. Chaque ligne dit pourquoi, d’où vient la règle et "
                    "comment le texte "
                    "a été lu : « lu », « lu dans une source qui le cite » ou « de mémoire, à "
                    "vérifier ».",
                    "Sorted by deadline. Each line says why, where the rule comes from and how "
                    "the text was "
                    "read: “read”, “read in a source that quotes it” or “from memory, to be "
                    "checked”.",
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
        answer = case.get("obligations") or {}
        found.extend(obligations_blocks(v, answer, case["title"], on))
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
    """Return the table of what is asked. `facts` adds the facts each conclusion rests on."""
    findings = shown_findings(answer)
    if not findings:
        return [
            b.Paragraph(
                b.content(
                    v.say(
                        "Aucune règle connue ne s’applique, au vu des faits renseignés.",
                        "No known rule applies, from the facts given.",
                    )
                )
            )
        ]
    rows = tuple(_row(v, finding, on, facts=facts) for finding in findings)
    found: list[b.Block] = [
        b.Table(
            v.say("Ce qui est demandé : {of}", "What is asked: {of}", of=of),
            (
                b.Column(v.say("Échéance", "Deadline"), "date"),
                b.Column(v.word("obligation"), share=1.5),
                b.Column(
                    v.say("Pourquoi, et d’où cela vient", "Why, and where it comes from"), share=2.4
                ),
                b.Column(v.say("Qui, quelle preuve", "Who, what evidence"), share=1.1),
            ),
            rows,
        )
    ]
    counts = answer.get("counts") or {}
    if counts.get("not_applicable"):
        found.append(
            b.Paragraph(
                b.content(
                    v.say(
                        "{n} autres règles ont été examinées et ne s’appliquent pas.",
                        "{n} other rules were examined and do not apply.",
                        n=counts["not_applicable"],
                    )
                ),
                "small",
            )
        )
    if any(f.get("jurist") for f in findings):
        found.append(
            b.Paragraph(
                b.content(
                    v.say("* À confirmer avec un juriste.", "* To be confirmed with a lawyer.")
                ),
                "small",
            )
        )
    return found


def _deadline(v: Voice, finding: Mapping[str, Any], on: str) -> str:
    """Return the day to come, since when the rule has applied, or the stage it comes before."""
    day = finding.get("applies_from")
    rank = _stage_rank(finding)
    if not day and rank < len(STAGES):
        return v.word(f"before_{STAGES[rank]}")
    words = v.day(day, short=True)
    if day and day <= on:
        return v.say("depuis le {day}", "since {day}", day=words)
    return words


def _row(v: Voice, finding: Mapping[str, Any], on: str, *, facts: bool) -> tuple[b.Content, ...]:
    outcome = v.text(finding.get("outcome_label")) or v.known(f"outcome_{finding['outcome']}")
    star = " *" if finding.get("jurist") else ""
    missing = [
        b.Blank(v.colon(v.word("to_complete")) + v.text(m["question"]))
        for m in finding.get("missing") or []
    ]
    reasons = finding.get("reasons") or []
    if not facts:
        # The facts themselves are in the case sheet; here, the conclusion and its text.
        reasons = [r for r in reasons if not str(r.get("code")).startswith("fact:")]
    cited = {(r.get("source") or {}).get("text") for r in reasons}
    others = [s for s in finding.get("sources") or [] if s.get("text") not in cited]
    why: list[b.Inline] = [*reasons_words(v, reasons)]
    if not why:
        why = [v.text(finding.get("explanation"))]
    for source in others:
        why += [" ", *source_words(v, source), "."]
    for question in missing:
        why += [" ", question]
    who = v.series(v.text(w) for w in finding.get("who") or [])
    evidence = v.series(v.text(e) for e in finding.get("evidence") or [])
    return (
        b.content(_deadline(v, finding, on)),
        b.content(v.text(finding.get("title")), f" ({outcome[:1].lower()}{outcome[1:]}){star}"),
        b.content(why) or ("–",),
        b.content(
            b.strong(who) if who else None, v.say(" : ", ": ") if who and evidence else "", evidence
        )
        or ("–",),
    )
