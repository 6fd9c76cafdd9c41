"""Everything a plan leaves as files: written beside, then put in place in one go."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from gouvernail.documents import pandoc_out, plan_workbook, typst_out
from gouvernail.documents.blocks import Document
from gouvernail.documents.case_sheet import case_sheet
from gouvernail.documents.papers import OFFERED, PAPERS
from gouvernail.documents.parts import Plan, chosen_cases
from gouvernail.documents.roadmap_document import roadmap_document
from gouvernail_core.kernel import Text

#: Called before each file with the share already done, in [0, 1], and what is being written.
Progress = Callable[[float, Text], None]
_Job = tuple[str, Callable[[], bytes]]
_FORMS = ("pdf", "odt", "docx")
#: The files `write_all` makes, which a new run replaces; anything else in the folder is somebody's.
OURS = (
    "feuille-de-route.pdf",
    "feuille-de-route.odt",
    "feuille-de-route.docx",
    "plan.ods",
    "plan.json",
    *(
        f"{'cas/*' if paper.about_case else 'pieces'}/{paper.code}.{form}"
        for paper in PAPERS
        for form in _FORMS
    ),
    *(f"cas/*/fiche.{form}" for form in _FORMS),
)
#: A draft older than that was left by a run that was killed.
ABANDONED_SECONDS = 3600


def write_all(
    plan: Plan,
    out_dir: Path | str,
    *,
    language: str = "fr",
    progress: Progress | None = None,
    reference_odt: Path | None = None,
    reference_docx: Path | None = None,
) -> list[Path]:
    """Return the paths of the files written in `out_dir`, which is made if needed.

    Files are written in a folder beside, then moved: on a failure `out_dir` is as it was. A new run
    replaces the files of the last one and leaves the others alone.
    """
    out = Path(out_dir)
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    jobs = list(_jobs(plan, language, reference_odt, reference_docx))
    draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        for number, (name, make) in enumerate(jobs):
            if progress:
                progress(number / len(jobs), Text(f"Écrire {name}", f"Write {name}"))
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(make())
        _put_in_place(draft, out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return [out / name for name, _ in jobs]


def _jobs(
    plan: Plan, language: str, reference_odt: Path | None, reference_docx: Path | None
) -> Iterator[_Job]:
    """Yield the name of each file with what makes it."""

    def three_ways(name: str, document: Document) -> Iterator[_Job]:
        yield f"{name}.pdf", lambda: typst_out.pdf(document)
        yield f"{name}.odt", lambda: pandoc_out.odt(document, reference=reference_odt)
        yield f"{name}.docx", lambda: pandoc_out.docx(document, reference=reference_docx)

    yield from three_ways("feuille-de-route", roadmap_document(plan, language=language))
    yield "plan.ods", lambda: plan_workbook.ods(plan, language=language)
    yield "plan.json", lambda: plan_json(plan)
    for paper in PAPERS:
        if not paper.about_case and paper.standing(plan, None).need in OFFERED:
            yield from three_ways(f"pieces/{paper.code}", paper.build(plan, None, language))
    taken: set[str] = set()
    for case in chosen_cases(plan):
        folder = f"cas/{_free(safe_name(case['id']), taken)}"
        yield from three_ways(f"{folder}/fiche", case_sheet(plan, case, language=language))
        for paper in PAPERS:
            if paper.about_case and paper.standing(plan, case).need in OFFERED:
                yield from three_ways(f"{folder}/{paper.code}", paper.build(plan, case, language))


def plan_json(plan: Plan) -> bytes:
    """Return the plan as JSON for other programs."""
    return (json.dumps(plan, ensure_ascii=False, indent=1) + "\n").encode()


def safe_name(text: str) -> str:
    """Return a file name made of the text: ASCII letters, digits and dashes, never empty.

    >>> safe_name("../Prévision des repas"), safe_name("…")
    ('prevision-des-repas', 'cas')
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:60].strip("-") or "cas"


def _free(name: str, taken: set[str]) -> str:
    """Return the name, numbered when another case already has it."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _put_in_place(draft: Path, out: Path) -> None:
    """Put each file in its place, in one move each; on a failure, put back what was there.

    Files of ours that this plan no longer has are removed; files of others are not touched.
    """
    if not out.exists():
        draft.chmod(0o755)
        os.replace(draft, out)
        return
    kept = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    new, old = _files(draft, ("**/*",)), _files(out, OURS)
    moved: list[str] = []
    try:
        for name in sorted(new | old):
            if (out / name).exists():
                (kept / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(out / name, kept / name)
            moved.append(name)
            if name in new:
                (out / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(draft / name, out / name)
            else:
                (out / name).unlink()
    except OSError:
        for name in moved:
            (out / name).unlink(missing_ok=True)
            if (kept / name).exists():
                shutil.copy2(kept / name, out / name)
        raise
    finally:
        shutil.rmtree(kept, ignore_errors=True)
        _prune(out / "cas")
        _prune(out / "pieces")


def _files(folder: Path, patterns: tuple[str, ...]) -> set[str]:
    """Return the files of the folder that match, relative to it."""
    return {
        path.relative_to(folder).as_posix()
        for pattern in patterns
        for path in folder.glob(pattern)
        if path.is_file()
    }


def _prune(folder: Path) -> None:
    """Remove the folders left empty."""
    for path in (*folder.glob("*"), folder):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _sweep(out: Path) -> None:
    """Remove the drafts beside `out` that a killed run left behind."""
    limit = time.time() - ABANDONED_SECONDS
    for path in out.parent.glob(f".{out.name}-*"):
        if path.is_dir() and path.stat().st_mtime < limit:
            shutil.rmtree(path, ignore_errors=True)
