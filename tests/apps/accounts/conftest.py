"""Everything of Alice's that could be seen, and a plan of Chloé's own beside it."""

from __future__ import annotations

import pytest

from apps.conftest import small


@pytest.fixture
def filled(exempleville, elsewhere, someone, at, settings, tmp_path):
    """Return the ids of everything Alice's authority has; Chloé's has a plan of its own."""
    from gouvernail.apps.facts import services
    from gouvernail.apps.facts.tables import of_authority
    from gouvernail.apps.files.services import add_file
    from gouvernail.apps.steering.services import run_now
    from gouvernail.common.inspection import inspect
    from gouvernail_core.facts import sheets

    settings.MEDIA_ROOT = tmp_path / "files"
    given = inspect(b"Exempleville", "Exempleville.txt", limit=100)
    file = add_file(exempleville.pk, given, sheet="services", row="accueil", by=someone, at=at)
    # Before and after Chloé's: a query that forgets whose they are takes one of them.
    run_now(exempleville.pk, by=someone, at=at)
    run_now(elsewhere.pk, by=someone, at=at)
    run = run_now(exempleville.pk, by=someone, at=at)
    kept = services.keep_upload(
        exempleville.pk, name="Exempleville.ods", sha256="0" * 64, rows=small(), problems=(),
        by=someone, at=at,
    )  # fmt: skip
    rows = {
        s.code: of_authority(s, exempleville.pk).values_list("pk", flat=True).last() or 0
        for s in sheets()
    }
    return {"run": run.id, "upload": kept.pk, "rows": rows, "file": str(file.uid)}
