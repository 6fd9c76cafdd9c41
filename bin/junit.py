"""Read and write the little of JUnit's XML that `bin/check` and `bin/test` exchange."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Count:
    """How many tests passed and failed, and the names of the latter."""

    passed: int = 0
    failures: tuple[str, ...] = ()

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failures + other.failures)


def read(file: Path) -> Count:
    """Return what a report says; a skipped test counts as failed, as there must be none."""
    count = Count()
    for case in ElementTree.parse(file).iter("testcase"):
        if len(case) == 0 or {child.tag for child in case} <= {"properties", "system-out"}:
            count += Count(passed=1)
        else:
            name = "::".join(filter(None, (case.get("classname"), case.get("name"))))
            count += Count(failures=(name,))
    return count


def write(file: Path, results: dict[str, str | None]) -> None:
    """Write a report: for each name, None when it passed, what was said when it failed."""
    suite = ElementTree.Element("testsuite", name="check")
    for name, said in results.items():
        case = ElementTree.SubElement(suite, "testcase", classname="check", name=name)
        if said is not None:
            ElementTree.SubElement(case, "failure").text = said
    file.parent.mkdir(parents=True, exist_ok=True)
    ElementTree.ElementTree(suite).write(file, encoding="utf-8")
