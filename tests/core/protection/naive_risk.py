"""The formula of the risk written a second time, in one breath, for the tests to compare with."""

import math

WEIGHTS = {
    "SECRET": 10, "ART9": 10, "NIR": 8, "IBAN": 6, "RIB": 6, "CARD": 6, "CAF": 6, "FISCAL": 6,
    "DDN": 3, "ADRESSE": 3, "PER": 2, "TEL": 2, "EMAIL": 2, "PLAQUE": 2, "SIREN": 0.2, "SIRET": 0.2,
}  # fmt: skip


def naive_risk(found, a, l, t, persons=None):  # noqa: E741 - the letters of the formula
    """Return R of a file from (code, count, distinct, confidence, professional) rows."""
    rows = [row for row in found if row[1] and row[3] >= 0.5]
    if not rows:
        return 0.0
    codes = {row[0] for row in rows}
    s = max((0.3 if pro and code == "EMAIL" else WEIGHTS[code]) * c for code, _, _, c, pro in rows)
    told = [max(1, d) for code, _, d, _, _ in rows if code not in ("SIREN", "SIRET", "SECRET")]
    people = max(told, default=0) if persons is None or not told else persons
    s += ("PER" in codes and "DDN" in codes) + (
        "PER" in codes and bool(codes & {"NIR", "IBAN", "RIB"})
    )
    s = min(10, s + (people >= 100))
    d = max([people] + [max(1, row[2]) for row in rows])
    return s * s * math.log10(1 + d) * a * l * t
