"""A small folder to examine, and what examines it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gouvernail_scan.examination import examine
from gouvernail_scan.state import State
from services.examining import PERSON, answer_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a bit of everything that a walk meets."""
    top = tmp_path / "partage"
    (top / "rh" / "paie").mkdir(parents=True)
    (top / "public").mkdir()
    (top / "Privé - Luc").mkdir()
    for number in range(40):
        (top / "rh" / f"fiche {number}.txt").write_text(f"{number}. {PERSON}", encoding="utf-8")
    (top / "rh" / "paie" / "liste.csv").write_text(
        "Nom;Prénom;Né le\nROUX;Léa;3/2/1988\n", encoding="cp1252"
    )
    (top / "public" / "avis.txt").write_text("La piscine ouvre à neuf heures.\n", encoding="utf-8")
    (top / "public" / "vide.txt").write_bytes(b"")
    (top / "Privé - Luc" / "lettre.txt").write_text(PERSON, encoding="utf-8")
    (top / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
    os.symlink("/", top / "lien")
    os.symlink(top, top / "boucle")
    os.mkfifo(top / "tube")
    os.link(top / "public" / "avis.txt", top / "rh" / "avis.txt")
    return top


@pytest.fixture
def examined(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Return what examines folders from nothing, and gives the answer."""

    def run(*folders: Path, **options: Any) -> dict[str, Any]:
        with State(tmp_path / f"etat-{len(list(tmp_path.glob('etat-*')))}") as state:
            finished = examine([str(each) for each in folders], state, **options)
            return answer_of(state, *folders, finished=finished)

    return run
