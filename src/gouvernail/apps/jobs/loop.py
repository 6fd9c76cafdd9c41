"""The worker's loop: that of the queue, but a stop gives the run under way back at once."""

from __future__ import annotations

import logging
import sys
from types import FrameType

from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from gouvernail.apps.jobs.work import stop_now


class Loop(Worker):
    """Takes the calls one after the other until asked to stop."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Take nothing more, and leave the work under way to another worker."""
        self.running = False
        if not self.running_task:
            sys.exit(0)
        stop_now()


def loop(*, interval: float = 1.0) -> None:
    """Take calls until a signal ends it."""
    for name in ("django_tasks", "django_tasks_db"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    taking = Loop(
        queue_names=["default"],
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    taking.configure_signals()
    taking.run()
