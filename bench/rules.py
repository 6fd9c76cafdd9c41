"""Every rule spoilt in every way of `tests/rules/mutations.py`: which ones no test notices?

    python bench/rules.py

The situations of `tests/rules` are read once, in this process. Prints each mutation that
survives, and exits 1 when there is one.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# In place of this folder, where this very file would hide `tests/rules`.
sys.path[:1] = [str(ROOT / "src"), str(ROOT / "tests")]


def main() -> int:
    """Try every mutation, print the survivors and the count, and return 1 when some survive."""
    from rules.mutations import mutations, noticed

    start = time.process_time()
    tried = list(mutations())
    survivors = [each for each in tried if not noticed(each)]
    for each in survivors:
        print(f"{each.code}: {each.what}")
    seconds = time.process_time() - start
    print(f"{len(tried)} mutations, {len(survivors)} unnoticed ({seconds:.0f} s of CPU)")
    return int(bool(survivors))


if __name__ == "__main__":
    sys.exit(main())
