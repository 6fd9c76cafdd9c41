"""Two who write at the same moment take two numbers: the chain has no fork and no gap."""

from __future__ import annotations

import threading

from django.db import connections, transaction

from apps.conftest import AT
from gouvernail.apps.journal.models import Entry
from gouvernail.apps.journal.queries import verified
from gouvernail.apps.journal.services import record
from gouvernail.common.actor import service
from services.files_of_sqlite import several_connections

WRITERS, EACH = 4, 6


def write_at_once():
    """Let several threads append to the platform's chain, which none has begun."""
    wrong, start = [], threading.Barrier(WRITERS)

    def write():
        try:
            start.wait()
            for _turn in range(EACH):
                with transaction.atomic():
                    record("plan-computed", by=service(), at=AT)
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _writer in range(WRITERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return wrong


def check():
    assert write_at_once() == []
    numbers = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, WRITERS * EACH + 1))
    assert verified(None).alterations == ()


def test_four_writers_at_once(transactional_db, tmp_path):
    with several_connections(tmp_path):
        check()
