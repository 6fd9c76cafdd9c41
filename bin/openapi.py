#!/usr/bin/env python3
"""Write docs/reference/openapi.json from the operations; with --check, only say whether it is so.

Usage: bin/openapi.py [--check]
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "reference" / "openapi.json"


def wanted() -> str:
    """Return the document of the operations as they are."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings_for_tests")
    import django

    django.setup()
    from gouvernail import api

    told = api.document(api.build())
    told["info"].pop("x-software")  # the document moves with the operations, not with each version
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write, or check, and say it."""
    found = wanted()
    same = FILE.exists() and FILE.read_text(encoding="utf-8") == found
    if "--check" in arguments:
        print("openapi.json is current" if same else "openapi.json is not current: bin/openapi.py")
        return 0 if same else 1
    FILE.write_text(found, encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)}: {'unchanged' if same else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
