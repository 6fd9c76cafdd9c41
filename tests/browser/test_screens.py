"""The pictures of the documentation, taken of the example authority; `make screens` writes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
#: Name of the picture, page, width, height.
PICTURES = [
    ("accueil", "/", 1440, 1180),
    ("portefeuille", "/portefeuille", 1440, 1180),
    ("arbitrage", "/choisir", 1440, 1440),
    ("feuille-de-route", "/feuille-de-route", 1440, 1180),
    ("cas", "/cas/entretiens", 1440, 1440),
    ("consulter", "/consulter", 1440, 1180),
    ("proteger", "/proteger", 1440, 1180),
    ("accueil-telephone", "/", 390, 844),
    ("arbitrage-telephone", "/choisir", 390, 844),
]
MOST_BYTES = 300_000
DAY = date(2026, 11, 23)


@pytest.mark.screens
def test_take_the_pictures(page, context, live_server, sign_in, keep, authority, monkeypatch):
    from gouvernail.apps.accounts.models import User
    from gouvernail.apps.home.context import timezone
    from gouvernail.demo.example import example_rows
    from gouvernail.steering_run import compute

    rows = example_rows()
    sign_in(context)
    authority.name = rows["authority"][0]["name"]
    authority.save()
    director = next(row["name"] for row in rows["people"] if row["role"] == "dgs")
    User.objects.update(name=director)
    keep(compute(rows, on=DAY))
    monkeypatch.setattr(timezone, "localdate", lambda: DAY)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, path, width, height in PICTURES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(live_server.url + path)
        page.evaluate("document.fonts.ready")
        file = FOLDER / f"{name}.png"
        page.screenshot(path=file)
        assert file.stat().st_size < MOST_BYTES, name
