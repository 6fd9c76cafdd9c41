"""The seal of an entry: short enough for the foot of a page, keyed with a secret kept elsewhere.

Whoever rewrites the whole chain in the database cannot make the seals already printed on paper.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from gouvernail_core.journal.chain import canonical

#: 80 bits: sixteen signs, which nobody finds by trying.
_BYTES = 10
#: Signs that paper confuses, and that the alphabet does not have.
_CONFUSED = str.maketrans("018", "OIB")
_READ = re.compile(r"(\d+)-?([A-Z0-9]{16})")


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal read from paper: the number of its entry, and its sixteen signs."""

    seq: int
    signs: str


def seal(key: str, chain: str, seq: int, digest: str) -> str:
    """Return the seal of an entry, as it is printed: « 214-7FQA-… »."""
    made = hmac.new(key.encode(), canonical([chain, seq, digest]), hashlib.sha256).digest()
    signs = base64.b32encode(made[:_BYTES]).decode("ascii")
    return "-".join((str(seq), *(signs[at : at + 4] for at in range(0, 16, 4))))


def read_seal(text: str) -> Seal | None:
    """Return a seal typed from paper, whatever its case and spaces; None when it is not one.

    >>> read_seal("214-abcd-efgh-ijkl-mn0p")
    Seal(seq=214, signs='ABCDEFGHIJKLMNOP')
    """
    number, _dash, rest = "".join(text.split()).upper().partition("-")
    found = _READ.fullmatch(f"{number}-{rest.replace('-', '')}")
    if found is None or not found[1].isascii():
        return None
    return Seal(int(found[1]), found[2].translate(_CONFUSED))
