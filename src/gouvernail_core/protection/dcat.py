"""The catalogue of the stores that may be shared, in DCAT-AP 3, as JSON-LD.

Only what a person marked open, that was examined whole and holds nobody's data, is in it; every
other store is told with why it is not. Notes on a store are for the house and stay out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gouvernail_core.kernel import Reason, Ternary, Text
from gouvernail_core.protection.model import DataClass, DataStore

#: The vocabularies of the catalogue (W3C DCAT 3, Dublin Core terms, FOAF, XML Schema).
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: The authority tables of the Publications Office of the Union, which DCAT-AP asks for.
_TABLES = "http://publications.europa.eu/resource/authority"
_FRENCH = f"{_TABLES}/language/FRA"
_ACCESS = {DataClass.C0: "PUBLIC", DataClass.C1: "RESTRICTED"}
#: The codes of the table of themes.
THEMES = frozenset(
    {
        "AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "OP_DATPRO", "REGI",
        "SOCI", "TECH", "TRAN",
    }
)  # fmt: skip
#: The State's open licence, one of those local authorities may use (CRPA, D. 323-2-1, from memory).
LICENCE_OUVERTE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A store that is not in the catalogue, and every reason why."""

    store: str
    name: str
    reasons: tuple[Reason, ...]


def why_not_shared(store: DataStore) -> tuple[Reason, ...]:
    """Return what keeps a store out of the catalogue; nothing when it may be shared.

    >>> [reason.code for reason in why_not_shared(DataStore("s", "Commun"))]
    ['opening-unknown', 'no-class', 'not-examined']
    """
    found = []
    if store.open_data is Ternary.NO:
        text = Text("La collectivité a choisi de ne pas l’ouvrir.", "It was chosen not to open it.")
        found.append(Reason("kept-closed", text))
    elif store.open_data is Ternary.UNKNOWN:
        text = Text("Personne n’a dit s’il peut être ouvert.", "Nobody has said it may be opened.")
        found.append(Reason("opening-unknown", text))
    if store.data_class is None:
        text = Text("Sa classe n’est pas connue.", "Its class is not known.")
        found.append(Reason("no-class", text))
    elif store.data_class not in _ACCESS:
        label = store.data_class.label
        text = Text(
            f"Sa classe ne le permet pas : {label.fr}.", f"Its class does not allow it: {label.en}."
        )
        found.append(Reason("class-too-high", text))
    if store.examined is not Ternary.YES:
        text = Text("Il n’a pas été examiné en entier.", "The whole of it has not been examined.")
        found.append(Reason("not-examined", text))
    if store.personal is Ternary.YES:
        text = Text(
            "Il est dit contenir des données personnelles.", "It is said to hold personal data."
        )
        found.append(Reason("personal", text))
    return tuple(found)


def kept_out(stores: Iterable[DataStore]) -> tuple[KeptOut, ...]:
    """Return the stores that are not in the catalogue, in the order of their ids, and why."""
    told = [KeptOut(store.id, store.name, why_not_shared(store)) for store in stores]
    return tuple(sorted((item for item in told if item.reasons), key=lambda item: item.store))


def catalogue(
    stores: Iterable[DataStore],
    *,
    authority: str,
    licence: str = LICENCE_OUVERTE,
    on: date,
    services: Mapping[str, str] | None = None,
    themes: Mapping[str, str] | None = None,
    base: str = "",
) -> str:
    """Return the catalogue as JSON-LD, its datasets in the order of their ids.

    `authority` is the publisher's name, `licence` the address of a licence, `on` the day of the
    catalogue. `services` gives the names of services by id, `themes` a code of the Union's table
    by id of store, `base` the address under which the datasets are published, if any. A class C0
    is public; a C1, marked open but not published yet, is restricted. Raises ValueError for a
    theme that is not in the table or an address that is not one.
    """
    themes, services = themes or {}, services or {}
    if strangers := set(themes.values()) - THEMES:
        raise ValueError(f"no such theme: {', '.join(sorted(strangers))}")
    for address in (licence, base) if base else (licence,):
        if not address.startswith(("https://", "http://")) or any(c.isspace() for c in address):
            raise ValueError(f"not an address: {address!r}")
    publisher = {"@type": "foaf:Agent", "foaf:name": authority}
    shared = sorted(
        (store for store in stores if not why_not_shared(store)), key=lambda store: store.id
    )
    content: dict[str, Any] = {
        "@context": CONTEXT,
        **({"@id": base} if base else {}),
        "@type": "dcat:Catalog",
        "dct:title": _french(f"Données ouvertes de {authority}"),
        "dct:description": _french(
            f"Gisements de données que {authority} a décidé de partager, après examen."
        ),
        "dct:publisher": publisher,
        "dct:language": {"@id": _FRENCH},
        "dct:license": {"@id": licence},
        "dct:modified": _day(on),
        "dcat:dataset": [
            _dataset(store, publisher, licence, services, themes, base) for store in shared
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _dataset(
    store: DataStore,
    publisher: Mapping[str, str],
    licence: str,
    services: Mapping[str, str],
    themes: Mapping[str, str],
    base: str,
) -> dict[str, Any]:
    assert store.data_class is not None
    kind = store.kind.label.fr
    service = services.get(store.service, "")
    described = f"{kind} du service {service}." if service else f"{kind}."
    theme = themes.get(store.id)
    return {
        **({"@id": f"{base.rstrip('/#')}#{store.id}"} if base else {}),
        "@type": "dcat:Dataset",
        "dct:identifier": store.id,
        "dct:title": _french(store.name),
        "dct:description": _french(described),
        "dct:publisher": publisher,
        "dct:language": {"@id": _FRENCH},
        "dct:accessRights": {"@id": f"{_TABLES}/access-right/{_ACCESS[store.data_class]}"},
        "dct:license": {"@id": licence},
        **({"dcat:theme": {"@id": f"{_TABLES}/data-theme/{theme}"}} if theme else {}),
    }


def _french(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "fr"}


def _day(on: date) -> dict[str, str]:
    return {"@value": on.isoformat(), "@type": "xsd:date"}
