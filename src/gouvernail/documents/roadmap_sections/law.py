"""What the law asks: counted in the body, told in an annex case by case, with sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouvernail.documents import blocks as b
from gouvernail.documents.parts import Plan, chosen_cases, reasons_words, sources_words
from gouvernail.documents.voice import Voice, people_named

#: The stages a rule may have to be met before, in order.
STAGES = ("trial", "pilot", "general")
#: Outcomes shown, the most binding first; what does not apply is counted, not listed.
SHOWN = ("blocking", "due", "to_examine", "watch")
#: The body tells the first ones; the annex has them all.
NEXT_DUTIES = 3
Findings = list[Mapping[str, Any]]


def law(v: Voice, plan: Plan) -> list[b.Block]:
    """Return what is to do, done or to examine, counted, and the next duties by date."""
    return [
        b.Heading(1, v.say("Ce que le droit demande", "What the law asks")),
        _counts_table(v, plan),
        *_next_duties(v, plan),
        b.Paragraph(
            b.content(
                v.say(
                    "Chaque règle, sa raison et sa source sont dans l’annexe, cas par cas.",
                    "Each rule, its reason and its source are in the annex, case by case.",
                )
            ),
            "small",
        ),
    ]


def annex(v: Voice, plan: Plan) -> list[b.Block]:
    """Return every duty, of the authority then of each case, with reasons and sources."""
    found: list[b.Block] = [
        b.Heading(
            1,
            v.say(
                "Annexe : ce que le droit demande, cas par cas",
                "Annex: what the law asks, case by case",
            ),
        ),
        b.Paragraph(
            b.content(
                v.say(
                    "Classé par échéance, ce qui est fait en dernier. Chaque ligne dit pourquoi, "
                    "d’où vient la règle et comment le texte a été lu : « lu », « lu dans une "
                    "source qui le cite » ou « de mémoire, à vérifier ».",
                    "Sorted by deadline, what is done last. Each line says why, where the rule "
                    "comes from and how the text was read: “read”, “read in a source that quotes "
                    "it” or “from memory, to be checked”.",
                )
            )
        ),
    ]
    on = str(plan["on"])
    for title, of, answer in _subjects(v, plan):
        found.append(b.Heading(2, title))
        found.extend(obligations_blocks(v, answer, of, on))
    return found


def _subjects(v: Voice, plan: Plan) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Return whom the rules speak of: the title, the short name, the answer of the rules."""
    authority = (plan.get("obligations") or {}).get("authority") or {}
    whole = v.say("Pour toute la collectivité", "For the whole authority")
    found = [(whole, v.say("la collectivité", "the authority"), authority)]
    found += [(c["title"], c["title"], c.get("obligations") or {}) for c in chosen_cases(plan)]
    return found


def _counts_table(v: Voice, plan: Plan) -> b.Table:
    """Return, per case, how many duties are to do, done, to examine."""
    rows = []
    for title, _, answer in _subjects(v, plan):
        findings = shown_findings(answer)
        left = [f for f in findings if not f.get("done_on")]
        todo = sum(f["outcome"] in {"due", "blocking"} for f in left)
        examine = sum(f["outcome"] == "to_examine" for f in left)
        counts = (todo, len(findings) - len(left), examine)
        rows.append((b.content(title), *(b.content(v.number(n)) for n in counts)))
    return b.Table(
        v.say("Ce qui reste à faire, et ce qui est fait", "What is left to do, and what is done"),
        (
            b.Column(v.word("case"), share=3),
            b.Column(v.word("outcome_due"), "number"),
            b.Column(v.word("outcome_done"), "number"),
            b.Column(v.word("outcome_to_examine"), "number"),
        ),
        tuple(rows),
    )


def dated_duties(v: Voice, plan: Plan) -> list[tuple[str, str, str, str]]:
    """Return the duties left with a day to come: the day, the duty, the case, who; in order."""
    on, found = str(plan["on"]), []
    for title, _, answer in _subjects(v, plan):
        for finding in shown_findings(answer):
            day = finding.get("promised_on") or finding.get("applies_from")
            if not finding.get("done_on") and finding["outcome"] in {"due", "blocking"} and day:
                who = people_named(v, [finding.get("owner")])
                who = who or v.series(v.text(w) for w in finding.get("who") or [])
                found.append((str(day), v.text(finding.get("title")), title, who))
    return sorted(row for row in found if row[0] >= on)


def _next_duties(v: Voice, plan: Plan) -> list[b.Block]:
    rows = tuple(
        (b.content(v.day(day)), b.content(what), b.content(of), b.content(who or "–"))
        for day, what, of, who in dated_duties(v, plan)[:NEXT_DUTIES]
    )
    if not rows:
        return []
    return [
        b.Table(
            v.say("Les prochaines échéances", "The next deadlines"),
            (
                b.Column(v.word("date"), "date"),
                b.Column(v.word("obligation"), share=1.6),
                b.Column(v.word("case"), share=1.3),
                b.Column(v.word("who")),
            ),
            rows,
        )
    ]


def shown_findings(answer: Mapping[str, Any]) -> Findings:
    """Return the findings to show, by deadline then by weight; what is done comes last."""
    findings = [f for f in answer.get("findings") or [] if f.get("outcome") in SHOWN]
    return sorted(
        findings,
        key=lambda f: (
            bool(f.get("done_on")),
            f.get("applies_from") or f.get("promised_on") or "9999",
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
                b.Column(v.say("Échéance", "Deadline"), share=1.1),
                b.Column(v.word("obligation"), share=1.4),
                b.Column(v.say("Pourquoi, et d’où cela vient", "Why, and the source"), share=2.6),
                b.Column(v.say("Qui, quelle preuve", "Who, what evidence"), share=1.3),
            ),
            tuple(_row(v, finding, on, facts=facts) for finding in findings),
        )
    ]
    awaited = dict.fromkeys(
        v.text(m["question"])
        for f in findings
        if not f.get("done_on")
        for m in f.get("missing") or []
    )
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
    """Return the day done or to come, since when the rule applies, or the stage it precedes."""
    if finding.get("done_on"):
        return v.say("Fait le {day}", "Done on {day}", day=v.day(finding["done_on"], short=True))
    if finding.get("promised_on"):
        promised = v.day(finding["promised_on"], short=True)
        words = v.say("attendu le {day}", "expected on {day}", day=promised)
        since = _deadline(v, {**finding, "promised_on": None, "before": ()}, on)
        # A promise does not hide since when, or from when, the rule applies.
        return f"{since}, {words}" if finding.get("applies_from") else words
    day = finding.get("applies_from")
    rank = _stage_rank(finding)
    if not day and rank < len(STAGES):
        return v.word(f"before_{STAGES[rank]}")
    words = v.day(day, short=True)
    return v.say("depuis le {day}", "since {day}", day=words) if day and day <= on else words


def standing(v: Voice, finding: Mapping[str, Any]) -> str:
    """Return where a duty stands, in words that go inside brackets."""
    if finding.get("done_on"):
        return v.say("fait le {day}", "done on {day}", day=v.day(finding["done_on"]))
    word = v.text(finding.get("outcome_label")) or v.known(f"outcome_{finding['outcome']}")
    return f"{word[:1].lower()}{word[1:]}"


def _concludes(reason: Mapping[str, Any], outcome: str) -> bool:
    """Return whether a reason is a conclusion to print, rather than a fact it rests on.

    Where an answer is missing, the conclusion alone is printed: the rest is what was presumed.
    """
    code = str(reason.get("code"))
    if outcome == "to_examine":
        return code.endswith(":to_examine")
    return not code.startswith("fact:")


def _row(v: Voice, finding: Mapping[str, Any], on: str, *, facts: bool) -> tuple[b.Content, ...]:
    word = v.say("fait", "done") if finding.get("done_on") else standing(v, finding)
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
    who = people_named(v, [finding.get("owner")])
    who = who or v.series(v.text(w) for w in finding.get("who") or [])
    evidence = v.series(v.text(e) for e in finding.get("evidence") or [])
    return (
        b.content(_deadline(v, finding, on)),
        b.content(v.text(finding.get("title")), f" ({word}){star}"),
        b.content(
            reasons_words(v, said),
            (" ", *sources, ".") if sources else None,
            f" {awaited}" if finding.get("missing") and not finding.get("done_on") else "",
        ),
        b.content(v.colon(who) if who and evidence else who, evidence) or ("–",),
    )
