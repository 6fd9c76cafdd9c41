"""Turn away at once, with arrays, most runs of digits that no identifier can end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_BACK = 16
_DOUBLED = np.array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9], dtype=np.uint8)


def likely_numbers(text: bytes, hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the hits that `confirm.number` may still accept, in the same order.

    Only what it would refuse for certain is dropped: a run of digits without separator whose length
    is that of nothing, or whose Luhn key fails; a group of digits that ends no known form. A test
    holds that the outcome is the same with and without this function.
    """
    ends = np.fromiter((end for _identity, end in hits), dtype=np.int64, count=len(hits))
    near = ends < _BACK
    bytes_ = np.frombuffer(text, dtype=np.uint8)
    places = np.maximum(ends, _BACK)[:, None] + np.arange(-1, -_BACK - 1, -1)
    window = bytes_[places] - np.uint8(48)  # column 0 is the last character; digits are under 10
    is_digit = window < 10
    run = np.where(is_digit.all(axis=1), _BACK, np.argmin(is_digit, axis=1))
    digit = np.where(is_digit, window, 0)
    luhn = digit.copy()
    luhn[:, 1::2] = _DOUBLED[digit[:, 1::2]]
    sums = np.cumsum(luhn, axis=1, dtype=np.uint16)
    rows = np.arange(len(hits))
    passes = sums[rows, np.maximum(run, 1) - 1] % 10 == 0
    # A SIRET begins with a SIREN: the nine first of fourteen, whose key is read from the ninth.
    head = digit[:, 5:14]
    head_sum = head[:, ::2].sum(axis=1) + _DOUBLED[head[:, 1::2]].sum(axis=1)
    post = (digit[:, 11:14] == (6, 5, 3)).all(axis=1)  # 356…: La Poste has a key of its own
    separator = window[rows, np.minimum(run, _BACK - 1)] + np.uint8(48)
    second = is_digit[rows, np.minimum(run + 1, _BACK - 1)]
    keep = (
        ((run == 9) & passes)
        | ((run == 10) & (digit[:, 9] == 0))
        | (run == 13)
        | ((run == 14) & ((passes & (head_sum % 10 == 0)) | post))
        | ((run == 15) & passes)
        | ((run == 16) & (passes | ~near))
        | ((run < 9) & second & np.isin(run, (2, 3, 4, 5, 6, 8)) & (separator != 47) & (run > 2))
        | ((run == 2) & _spaced_phone(window, is_digit))
        | ((run == 2) & _ends_long(window, is_digit))
        | ((run == 3) & (separator == 47))
        | near
    )
    return [hits[place] for place in np.flatnonzero(keep)]


def _spaced_phone(window: Bytes, is_digit: Mask) -> Mask:
    """Return whether five pairs of digits end here, with one separator throughout."""
    sign = window[:, 2]
    same = (window[:, 5] == sign) & (window[:, 8] == sign)
    pairs = is_digit[:, [0, 1, 3, 4, 6, 7]].all(axis=1)
    found: Mask = same & pairs
    return found


def _ends_long(window: Bytes, is_digit: Mask) -> Mask:
    """Return whether two last digits may end a SIRET in threes, a telephone or a bank account."""
    threes = is_digit[:, [3, 4, 5, 7, 8, 9]].all(axis=1) & ~is_digit[:, 6]
    long = is_digit[:, 3:14].all(axis=1)
    found: Mask = threes | long
    return found
