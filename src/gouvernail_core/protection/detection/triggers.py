r"""What vectorscan looks for: short, fixed-ended expressions over UTF-8 bytes.

A trigger says « something may end here »; `confirm` decides. There are several small databases,
because mixing expressions anchored on letters with expressions made of digits makes one automaton
slower than two (`bench/detection.py` prints each), and no start of match, because asking for it
makes most of these expressions too large to compile.
"""

from __future__ import annotations

from typing import NamedTuple

from gouvernail_core.protection.detection import keys, vocabulary

#: Between two groups of a number that a line end may have cut.
GAP = r"(?:[ .\-]|\r?\n)?"


class Trigger(NamedTuple):
    """An expression, whether its case is free, and the name of what confirms it."""

    expression: bytes
    caseless: bool
    confirm: str


def _exact(confirm: str, expression: str) -> Trigger:
    return Trigger(expression.encode(), False, confirm)


def _letters(confirm: str, expression: str) -> Trigger:
    return Trigger(expression.encode(), True, confirm)


#: Any run of nine to twenty-three digits: telephones, companies, cards, tax numbers, accounts.
DIGITS = (_exact("number", r"\b\d(?:[ .\-/]?\d){8,22}\b"),)

#: A table drawn with spaces, or read by a scanner, puts several between two groups.
WIDE = r"(?:[ .\-]{0,3}|\r?\n)"
_NIR_13 = rf"[1-478]{WIDE}\d\d{WIDE}\d\d{WIDE}(?:\d\d|2[AB]){WIDE}\d{{3}}{WIDE}\d{{3}}"
NIRS = (
    _exact("nir", rf"\b{_NIR_13}(?:{WIDE}| ?[/|] ?| ?\(| ?,? ?cl(?:\xc3\xa9|e) ?:? ?)\d\d\b"),
    _exact("nir_without_key", rf"\b{_NIR_13}\b"),
)

_CELL = r"[ \t]{0,2}[\-/|;]?[ \t]{0,2}"
_PLATE = "[A-HJ-NP-TV-Z]"
FORMS = (
    _exact("rib", rf"\b\d{{5}}{_CELL}\d{{5}}{_CELL}[0-9A-Z]{{11}}{_CELL}\d\d\b"),
    _exact("plate", rf"\b{_PLATE}{{2}}[ \-]?\d{{3}}[ \-]?{_PLATE}{{2}}\b"),
    _exact("old_plate", r"\b\d{1,4}[ \-][A-Z]{2,3}[ \-](?:\d\d|2[AB]|97\d)\b"),
)

_COUNTRIES = b"|".join(sorted(keys.IBAN_LENGTHS)).decode()
_STREET = (
    r"(?:all(?:\xc3\xa9|\xc3\x89|e)es?|av(?:enue)?\.?|b(?:oulevar)?d\.?|chauss(?:\xc3\xa9|e)e|chem(?:in)?\.?"
    r"|cit(?:\xc3\xa9|\xc3\x89|e)|cours|domaine|esplanade|faubourg|fg|h(?:ameau|lm)|imp(?:asse)?\.?|lieu-dit"
    r"|lot(?:issement)?\.?|mail|mont(?:\xc3\xa9|e)e|parvis|passage|pl(?:ace)?\.?|promenade|quai"
    r"|quartier|r(?:ue)?\.?|r(?:\xc3\xa9|\xc3\x89|e)sidence|rond-point|route|rte\.?|ruelle|sentier|sente|square"
    r"|traverse|venelle|villa|voie|z\.?a\.?c?\.?)"
)
_LABELS = (
    r"(?:mots?[ _]?de[ _]?passe|\bpasse?|m\.?d\.?p\.?|passwo?r?d|passwd|pwd|passphrase"
    r"|code[ ](?:d.acc\xc3\xa8s|wifi|wi-fi|confidentiel|secret|pin|alarme)"
    r"|cl(?:\xc3\xa9|e)[ ](?:api|d.api|wifi|wi-fi|secr..?te)"
    r"|(?:api|app|private|signing|encryption|master)[ _-]?key"
    r"|secret(?:[_-]?(?:key|access[_-]?key))?|access[_-]?(?:key|token)|auth[_-]?token"
    r"|\bjeton|token|client[_-]?secret|psk|_pass)"
)

_LOOSE_LABELS = r"(?:mots?[ _]?de[ _]?passe|mdp|passe)"

LETTERS = (
    _exact("tel_abroad", r"(?:\+|\b00 ?)(?:33|262|508|59[046]|687|689)[ .\-]?(?:\(0\)[ .\-]?)?[1-9]"
            r"(?:[ .\-]?\d\d){4}\b"),
    _letters("iban", rf"\b(?:{_COUNTRIES})[ ]?\d\d{GAP}[A-Z0-9]{{4}}{GAP}[A-Z0-9]{{4}}"),
    _letters("iban", rf"\b(?:{_COUNTRIES})\d\d[ ][A-Z0-9]{{5}}[ ][A-Z0-9]{{5}}"),
    _letters("email", r"[a-z0-9_%+\-]@[a-z0-9]"),
    _letters("birth", r"\bn(?:\xc3\xa9|\xc3\x89)(?:e|\(e\)|es|s|\.e|-e|/e)?[ :,\n]"),
    _letters("birth", r"\bne(?:e|\(e\))?(?: (?:le|en))?[ :]{1,3}\d"),
    _letters(
        "birth_label", r"(?:naissance|\bbday|naiss\.?|\bddn|\bd\.d\.n\.?|date_naiss\w*|dt_naiss)"
    ),
    _letters("caf", r"\b(?:alloc(?:ataires?)?\b|caf\b)"),
    _letters("rib_label", r"\bguichet"),
    _letters("address", rf"\d[ ]{{0,2}}(?:bis|ter|quater|[a-d])?,?[ ]{{1,2}}{_STREET}[ ]"),
    _letters("secret", rf"{_LABELS}[\x22'`]?\]?[ ]?(?:[:=]|=>|est|is|->)"),
    _letters("secret", rf"\b{_LABELS}[\t\n]"),
    _letters("secret", rf"\b{_LOOSE_LABELS}[^:=\n;.]{{1,24}}[:=]"),
    _letters("secret_word", rf"\b{_LOOSE_LABELS}[ ]"),
    _letters("secret_word", r"\bbearer[ ]"),
    _letters("url_secret", r"://[a-z0-9._%\-]{1,40}:[^@\s/:]{3,60}@"),
    _letters("key", r"\b(?:sk|pk|rk)[-_](?:live[-_]|test[-_]|proj-|ant-)?[A-Z0-9_\-]{20}"),
    _exact("key", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    _exact("key", r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|hf_|AIza)[A-Za-z0-9_\-]{20}"),
    _exact("key", r"\beyJ[A-Za-z0-9_\-]{10,60}\.eyJ"),
    _exact("key", r"-----BEGIN (?:[A-Z]{2,8} )?(?:ENCRYPTED )?PRIVATE KEY-----"),
)  # fmt: skip

#: Sensitive words have a database of their own, with the start of match: they are short.
WORDS = tuple(
    Trigger(vocabulary.expression(term), True, "article_9") for term in vocabulary.terms()
) + tuple(
    Trigger(vocabulary.expression(acronym), False, "article_9") for acronym in vocabulary.ACRONYMS
)
