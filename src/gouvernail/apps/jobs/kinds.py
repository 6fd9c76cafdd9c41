"""The kinds of work a worker knows: an app says which ones it does, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gouvernail.apps.jobs.queries import Progress
from gouvernail.apps.jobs.services import Lease
from gouvernail_core.access import Act
from gouvernail_core.kernel import Text

Report = Callable[[float, Text], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work.

    `function` does it: it takes the run, the lease by which its effects count, and how to say how
    far it is. `act` is what somebody must be allowed to do to ask for it. `asked` and `failed`
    write their entry in the journal, in the transaction of what they tell: `asked` takes the
    authority, who asks and when; `failed` the run, the sentence and when.
    """

    code: str
    label: Text
    act: Act
    function: Callable[[Progress, Lease, Report], Any]
    asked: Callable[[int, Any, datetime], None]
    failed: Callable[[Progress, Text, datetime], None]


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of work known; an app does it once it is ready."""
    KINDS[kind.code] = kind
