"""A run has no request: it says itself whose rows it reads and writes."""

from __future__ import annotations

from django.apps import apps

from gouvernail.apps.jobs.services import ask
from gouvernail.apps.steering.services import compute
from gouvernail.common import tenancy
from gouvernail.server import tick


def test_a_run_is_done_where_nobody_has_said_who_asks(exempleville, at):
    run, _made = ask(exempleville.pk, "steering", by="test", at=at)
    with tenancy.scoped():  # as a worker starts: nobody, who sees nothing
        assert compute(run.id) is not None
    assert apps.get_model("jobs.Run").objects.get(pk=run.id).state == "done"


def test_the_upkeep_sees_every_authority(exempleville, elsewhere, at):
    runs = apps.get_model("jobs.Run").objects
    for authority in (exempleville, elsewhere):
        runs.create(
            authority_id=authority.pk,
            kind="steering",
            state="running",
            asked_at=at,
            lease_until=at,
            attempts=3,
        )
    with tenancy.scoped():
        assert tick()["abandoned"] == 2
