"""The detector against ripgrep and Presidio with the same patterns, and its names beside spaCy.

    python bench/detection.py

Three texts of 4 MB from one seed: `dense` is a file of beneficiaries (a value every 70 bytes or
so), `sparse` is administrative prose full of dates, amounts and references with a value every few
kilobytes, `real` is the French of this project (documentation, catalogue, rules). CPU seconds,
children included, the median of five passes in which the engines take turns: a ratio is that of one
moment. ripgrep runs on one thread with every pattern in one alternation, counting its matches;
Presidio gets the same patterns and the same keys, a blank spaCy pipeline, chunks of 100 lines (its
best mode), on the first 100 kB. Names are scored on documents of the held-out corpus: the exact
span, then any overlap. Exits 1 when a target is missed.
"""

from __future__ import annotations

import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from corpus.generate import Document, documents, prose  # noqa: E402
from gouvernail_core.protection.detection import keys, vocabulary  # noqa: E402
from gouvernail_core.protection.detection.engine import detector  # noqa: E402
from gouvernail_core.protection.detection.kinds import PersonalData  # noqa: E402
from gouvernail_core.protection.detection.names import names  # noqa: E402
from gouvernail_core.protection.detection.text import plain_spaces  # noqa: E402

BYTES, PASSES, SEED = 4_000_000, 5, 1
PRESIDIO_BYTES = 100_000
#: Least ratio of throughputs, by text: against ripgrep, then against Presidio.
TARGETS = {"dense": (0.3, 30.0), "sparse": (0.6, 100.0), "real": (2.0, 100.0)}

#: What the detector looks for, as plain expressions without look-around; accents are literal.
PATTERNS: tuple[tuple[str, str, bool], ...] = (
    ("NIR", r"\b[1-478][ .-]?\d\d[ .-]?\d\d[ .-]?(?:\d\d|2[AB])[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d\d\b",
     False),
    ("IBAN", r"\b[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{4}){3,7}(?:[ -]?[A-Z0-9]{1,3})?\b", False),
    ("RIB", r"\b\d{5}[ -]?\d{5}[ -]?[0-9A-Z]{11}[ -]?\d\d\b", False),
    ("CARD", r"\b[2-6]\d{3}(?:[ -]?\d{4}){3}\b", False),
    ("SIRET", r"\b\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{5}\b", False),
    ("SIREN", r"\b\d{3}[ .]?\d{3}[ .]?\d{3}\b", False),
    ("FISCAL", r"\b[0-3]\d ?\d\d ?\d{3} ?\d{3} ?\d{3}\b", False),
    ("TEL", r"(?:\+|00)(?:33|262|590|594|596)[ .-]?(?:\(0\) ?)?[1-9](?:[ .-]?\d\d){4}\b", False),
    ("TEL", r"\b0[1-9](?:[ .-]?\d\d){4}\b", False),
    ("EMAIL", r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,63}){1,4}", True),
    ("PLAQUE", r"\b[A-HJ-NP-TV-Z]{2}[- ]?\d{3}[- ]?[A-HJ-NP-TV-Z]{2}\b", False),
    ("PLAQUE", r"\b\d{1,4}[- ][A-Z]{2,3}[- ](?:\d\d|2[AB]|97\d)\b", False),
    ("CAF", r"(?:allocataires?|alloc|caf)[^0-9\n]{0,25}\d{6,8}\b", True),
    ("DDN", r"(?:née?|né\(e\)|naissance|ddn)[^0-9\n]{0,30}\d{1,2}[/. -]\d{1,2}[/. -]"
     r"(?:19|20)?\d\d\b", True),
    ("ADRESSE", r"\b\d{1,4}(?: ?(?:bis|ter|quater))?,? (?:rue|avenue|av\.|boulevard|bd|impasse"
     r"|place|chemin|allée|route|quai|square|cours) [^\n;]{3,60}[ ,]\d{5} [A-Z]",
     True),
    ("SECRET", r"(?:mot de passe|mdp|password|passwd|pwd|api[_-]?key|secret|token) ?[:=]{1,2} ?"
     r"[^\s]{6,64}", True),
    ("SECRET", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b", False),
    ("SECRET", r"\b(?:gh[pousr]_|glpat-|sk-)[A-Za-z0-9_-]{20,60}\b", False),
    ("SECRET", r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----", False),
    ("ART9", r"\b(?:" + "|".join(map(re.escape, vocabulary.terms())).replace(r"\ ", " ")
     + r")(?:s|e|es)?\b", True),
    ("ART9", r"\b(?:" + "|".join(map(re.escape, vocabulary.ACRONYMS)) + r")\b", False),
)  # fmt: skip
#: The same keys for both: what they refuse is no finding.
VALID: dict[str, Callable[[bytes], bool]] = {
    "NIR": keys.is_nir,
    "IBAN": keys.is_iban,
    "RIB": keys.is_rib,
    "CARD": keys.is_card,
    "SIRET": keys.is_siret,
    "SIREN": keys.is_siren,
    "FISCAL": keys.is_tax_number,
}


def texts() -> dict[str, bytes]:
    """Return the three texts, each of about `BYTES` bytes."""
    rng = random.Random(SEED)
    return {"dense": _dense(rng), "sparse": _sparse(rng), "real": _real()}


def _dense(rng: random.Random) -> bytes:
    """Return documents full of values, and as much prose as makes one value every 73 bytes."""
    paragraphs = prose(SEED, 400_000).split("\n\n")
    lines, size, values = [], 0, 0
    while size < BYTES:
        document = rng.choice(_SOURCE)
        values += len(document.spans)
        lines.append(document.text)
        size += len(document.text.encode())
        while size < values * 73:
            lines.append(rng.choice(paragraphs))
            size += len(lines[-1].encode())
    return plain_spaces("\n".join(lines).encode())[:BYTES]


def _sparse(rng: random.Random) -> bytes:
    whole = prose(SEED, 1_000_000)
    paragraphs = whole.split("\n\n")
    out, size = [], 0
    while size < BYTES:
        rng.shuffle(paragraphs)
        for paragraph in paragraphs:
            out.append(paragraph)
            size += len(paragraph.encode()) + 2
            if rng.random() < 0.15:
                document = rng.choice(_SOURCE)
                if document.spans:
                    span = rng.choice(document.spans)
                    value = document.text[max(0, span.start - 30) : span.end]
                    out.append(value.replace("\n", " "))
    return plain_spaces("\n\n".join(out).encode())[:BYTES]


def _real() -> bytes:
    files = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/fr/**/*.po")]
    files += [*ROOT.glob("src/gouvernail_core/knowledge/**/*.yaml"), *ROOT.glob("*.md")]
    read = [path.read_bytes() for path in sorted(files)]
    once = b"\n".join(read)
    return plain_spaces(
        (once * (1 + BYTES // len(once)))[:BYTES].decode("utf-8", "ignore").encode()
    )


_SOURCE = documents(SEED, 400)


def cpu(do: Callable[[], object]) -> float:
    """Return the CPU seconds that a call takes, its children included."""
    before = _spent()
    do()
    return _spent() - before


def _spent() -> float:
    mine = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def bytewise(pattern: str) -> str:
    """Return a pattern over UTF-8 bytes, as ripgrep reads it without Unicode."""
    return "".join(
        c if c.isascii() else "(?:" + "".join(f"\\x{b:02x}" for b in c.encode()) + ")"
        for c in pattern
    )


def ripgrep(path: Path) -> Callable[[], object]:
    """Return a run of ripgrep over a file, on one thread."""
    parts = [f"(?i:{bytewise(p)})" if free else f"(?:{bytewise(p)})" for _, p, free in PATTERNS]
    command = ["rg", "--no-unicode", "-a", "-j1", "-o", "-c", "-e", "|".join(parts), str(path)]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def presidio() -> Callable[[str], int]:
    """Return Presidio's analyser with the same patterns and keys."""
    import logging

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    import spacy
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "fr", "model_name": "blank"}])
            self.nlp = {"fr": spacy.blank("fr")}

    class Keyed(PatternRecognizer):
        def validate_result(self, pattern_text: str) -> bool | None:
            valid = VALID.get(self.supported_entities[0])
            return None if valid is None else valid(re.sub(r"[ .\-]", "", pattern_text).encode())

    recognizers = [
        Keyed(
            supported_entity=f"{kind}",
            name=f"{kind}{place}",
            supported_language="fr",
            patterns=[Pattern(kind, pattern, 0.6)],
            global_regex_flags=re.MULTILINE | (re.IGNORECASE if free else 0),
        )
        for place, (kind, pattern, free) in enumerate(PATTERNS)
    ]
    registry = RecognizerRegistry(recognizers=recognizers, supported_languages=["fr"])
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["fr"])

    def run(text: str) -> int:
        lines = text.split("\n")
        return sum(
            len(engine.analyze("\n".join(lines[at : at + 100]), language="fr"))
            for at in range(0, len(lines), 100)
        )

    return run


def throughput() -> Iterator[bool]:
    """Measure and print the speeds; give for each target whether it is held."""
    given = texts()
    find, other = detector(), presidio()
    find.find(b"06 12 34 56 78")
    other("06 12 34 56 78")
    print(f"{'text':8}{'detector':>12}{'ripgrep':>12}{'ratio':>8}{'Presidio':>12}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, text in given.items():
            path = Path(folder) / name
            path.write_bytes(text)
            small = text[:PRESIDIO_BYTES]
            letters = small.decode("utf-8", "ignore")
            rows = []
            for _ in range(PASSES):
                mine = cpu(lambda t=text: find.find(t))  # type: ignore[misc]
                grep = cpu(ripgrep(path))
                short = min(cpu(lambda t=small: find.find(t)) for _ in range(5))  # type: ignore[misc]
                theirs = cpu(lambda t=letters: other(t))  # type: ignore[misc]
                rows.append((mine, grep, short, theirs))
            mine, grep, short, theirs = (
                statistics.median(row[n] for row in rows) for n in range(4)
            )
            to_grep = statistics.median(row[1] / row[0] for row in rows)
            to_presidio = statistics.median(row[3] / row[2] for row in rows)
            size = len(text) / 1e6
            print(
                f"{name:8}{size / mine:>9.1f} MB{size / grep:>9.1f} MB{to_grep:>8.2f}"
                f"{len(small) / 1e6 / theirs:>9.3f} MB{to_presidio:>8.0f}"
            )
            least_grep, least_presidio = TARGETS[name]
            yield to_grep >= least_grep
            yield to_presidio >= least_presidio


def names_scored() -> None:
    """Print how names are found, beside spaCy's models, on documents of the held-out corpus."""
    import spacy

    chosen = [document for document in documents(SEED + 1, 160) if document.spans][:120]
    print(f"\n{'names':22}{'strict F1':>12}{'overlap F1':>12}{'MB per CPU s':>14}")
    _score("dictionary (ours)", chosen, _ours)
    for model in ("fr_core_news_sm", "fr_core_news_md"):
        nlp = spacy.load(
            model, disable=["parser", "lemmatizer", "attribute_ruler", "morphologizer"]
        )
        _score(model, chosen, lambda text, nlp=nlp: _theirs(nlp, text))  # type: ignore[misc]


def _ours(text: str) -> set[tuple[int, int]]:
    raw = text.encode()
    offsets = {0: 0}
    place = 0
    for index, character in enumerate(text, start=1):
        place += len(character.encode())
        offsets[place] = index
    spans = detector().find(raw, names, named=len(raw))
    return {(offsets[s.start], offsets[s.end]) for s in spans if s.type is PersonalData.PERSON}


_TITLE = re.compile(r"^(?:M\.|Mme|Mlle|Mr|Monsieur|Madame|Docteur|Dr|Me|Maître)\s+")


def _theirs(nlp: Any, text: str) -> set[tuple[int, int]]:
    found = set()
    for entity in nlp(text).ents:
        if entity.label_ == "PER":
            title = _TITLE.match(entity.text)
            found.add((entity.start_char + (title.end() if title else 0), entity.end_char))
    return found


def _score(name: str, chosen: list[Document], read: Callable[[str], set[tuple[int, int]]]) -> None:
    exact = hit = found = planted = 0
    size = 0
    began = time.process_time()
    answers = [(document, read(document.text)) for document in chosen]
    spent = time.process_time() - began
    for document, spans in answers:
        size += len(document.text.encode())
        truth = {(s.start, s.end) for s in document.spans if s.type == "PER"}
        exact += len(spans & truth)
        hit += sum(any(a < e and s < b for a, b in truth) for s, e in spans)
        found += len(spans)
        planted += len(truth)
    strict = 2 * exact / max(1, found + planted)
    overlap = 2 * hit / max(1, found + planted)
    print(f"{name:22}{strict:>12.3f}{overlap:>12.3f}{size / 1e6 / spent:>14.3f}")


def main() -> int:
    """Print both tables; return 1 when a target is missed."""
    if shutil.which("rg") is None:
        print("ripgrep (rg) is not installed: nothing to compare with.")
        return 1
    held = list(throughput())
    names_scored()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
