"""Writing the share: a folder for each store, the same bytes each time."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from gouvernail.demo.share.acts import counter_answers, drafts_of_acts, published_acts
from gouvernail.demo.share.common import common_share
from gouvernail.demo.share.formats import File, moment
from gouvernail.demo.share.leftovers import backups, disks
from gouvernail.demo.share.mails import applications, mailboxes
from gouvernail.demo.share.people import Draw
from gouvernail.demo.share.works import networks, photographs, reports, tenders

#: What fills each store of `example.yaml` that is a folder, a mailbox, a database or online.
_STORES: Mapping[str, Callable[[Draw], Iterator[File]]] = {
    "sauvegardes": backups,
    "partage-commun": common_share,
    "messagerie": mailboxes,
    "base-reponses": counter_answers,
    "actes-publies": published_acts,
    "projets-actes": drafts_of_acts,
    "signalements": reports,
    "plans-reseaux": networks,
    "offres-marches": tenders,
    "phototheque": photographs,
    "candidatures-recues": applications,
    "disques-partis": disks,
}

#: How what `people` invents is written, spaces apart; the name is the kind a scanner reports.
_SHAPES = {
    "NIR": re.compile(r"\b[12]\d{4}(?:36|18|37|41|86|2A)[78]\d{7}\b"),
    "IBAN": re.compile(r"\bFR\d\d99999\d{18}\b"),
    "SIRET": re.compile(r"\b00\d{12}\b"),
    "TEL": re.compile(r"\b0(?:19900|26191|35301|46571|53649|63998)\d{4}\b"),
    "CAF": re.compile(r"\b999\d{4}[A-Z]\b"),
    "EMAIL": re.compile(r"[\w.-]+@[\w.-]+\.(?:example|test)\b"),
    "PLAQUE": re.compile(r"\b[X-Z][A-Z]-\d{3}-[A-Z]{2}\b"),
    "SECRET": re.compile(r"\b(?:Beffroi|Brenne|Halles|Lavoir|Mairie|Moulin|Tilleul)\d{4}[!?*#]"),
}
_SPACE_IN_NUMBER = re.compile(r"(?:(?<=[0-9])|(?<=2A))[ \u00a0](?=[0-9A-Z])")


def write_share(folder: Path) -> dict[str, Path]:
    """Write the share under `folder`, with the dates of its files; return the folder of each store.

    What is there already is written over. Raises the `OSError` of a folder that refuses.
    """
    folders = {}
    for store, files in _files():
        folders[store] = folder / store
        for each in files:
            path = folders[store] / each.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(each.content)
            os.utime(path, (moment(each.on),) * 2)
    return folders


def planted() -> dict[str, Counter[str]]:
    """Return what was put into each file, as « store/path » → how many of each kind.

    Counts what was written, even where no reader gets it back: an image, a sealed archive.
    """
    return {
        f"{store}/{each.path}": _kinds(each.said) for store, files in _files() for each in files
    }


def _files() -> Iterator[tuple[str, Iterator[File]]]:
    for store, fill in _STORES.items():
        yield store, fill(Draw(store))


def _kinds(said: str) -> Counter[str]:
    bare = _SPACE_IN_NUMBER.sub("", said)
    return Counter(
        {kind: len(found) for kind, shape in _SHAPES.items() if (found := shape.findall(bare))}
    )
