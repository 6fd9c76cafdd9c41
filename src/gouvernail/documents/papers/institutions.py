"""The words of each kind of authority: its assembly, its executive, who sits and who signs."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.documents.parts import Plan
from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class Institution:
    """How an authority is named when it votes. `of_assembly` follows a noun: “vote du conseil”."""

    assembly: Text
    of_assembly: Text
    executive: Text
    to_executive: Text


def _board(fr: str, en: str, executive_fr: str, executive_en: str) -> Institution:
    return Institution(
        Text(f"Le {fr}", f"The {en}"),
        Text(f"du {fr}", f"of the {en}"),
        Text(f"Le {executive_fr}", f"The {executive_en}"),
        Text(f"au {executive_fr}", f"to the {executive_en}"),
    )


_ADMINISTRATIVE = _board("conseil d’administration", "board of directors", "président", "president")
_BY_KIND = {
    "commune": _board("conseil municipal", "municipal council", "maire", "mayor"),
    "epci_fp": _board("conseil communautaire", "community council", "président", "president"),
    "syndicat": _board("comité syndical", "board of the syndicate", "président", "president"),
    "departement": _board(
        "conseil départemental",
        "departmental council",
        "président du conseil départemental",
        "president of the departmental council",
    ),
    "region": _board(
        "conseil régional",
        "regional council",
        "président du conseil régional",
        "president of the regional council",
    ),
    "ccas_cias": _ADMINISTRATIVE,
    "sdis": _ADMINISTRATIVE,
    "cdg": _ADMINISTRATIVE,
}
#: A kind nobody has given, or one with several forms, is named by what it does.
_ANY = Institution(
    Text("L’assemblée délibérante", "The deliberative assembly"),
    Text("de l’assemblée délibérante", "of the deliberative assembly"),
    Text("L’autorité exécutive", "The executive"),
    Text("à l’autorité exécutive", "to the executive"),
)


def institution(plan: Plan) -> Institution:
    """Return the words of the authority of the plan.

    >>> institution({"authority": {"kind": "departement"}}).executive.fr
    'Le président du conseil départemental'
    """
    kind = str((plan.get("authority") or {}).get("kind") or "")
    return _BY_KIND.get(kind, _ANY)
