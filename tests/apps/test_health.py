"""What watches the server learns what is wrong; nobody else learns anything."""

from __future__ import annotations

from collections import namedtuple
from datetime import timedelta

import pytest
from django.utils import timezone

from gouvernail.common import health

DETAIL = "/sante/detail"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_all_is_well_when_the_worker_was_just_heard(client, db):
    health.heard(at=timezone.now())
    answer = client.get(DETAIL)
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert "no-store" in answer["Cache-Control"]


def test_a_silent_worker_is_told(client, db, data):
    assert client.get(DETAIL).json()["worker"] is False
    health.heard(at=timezone.now() - timedelta(minutes=3))
    answer = client.get(DETAIL)
    assert (answer.status_code, answer.json()["worker"]) == (503, False)
    (data / health.SIGN_OF_LIFE).write_text("not a day")
    assert client.get(DETAIL).json()["worker"] is False


def test_a_full_disk_and_a_late_database_are_told(client, db, monkeypatch):
    health.heard(at=timezone.now())
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: Usage(9, 8, 1))
    assert client.get(DETAIL).json()["disk"] is False
    monkeypatch.setattr(
        health.MigrationExecutor, "migration_plan", lambda self, targets: ["a migration"]
    )
    assert client.get(DETAIL).json()["migrations"] is False


@pytest.mark.parametrize(
    "given", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}]
)
def test_it_does_not_exist_from_elsewhere_nor_through_a_relay(client, db, given):
    assert client.get(DETAIL, **given).status_code == 404
    assert client.get("/sante", **given).status_code == 200


def test_who_administers_sees_it_from_anywhere_and_others_do_not(alice, elu):
    health.heard(at=timezone.now())
    assert alice.get(DETAIL, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert elu.get(DETAIL, REMOTE_ADDR="192.0.2.7").status_code == 404
