"""Whose rows these are: the explicit filter of every query, and what PostgreSQL is told besides.

Two guards, one behind the other. `owned` is the filter that each reader writes, on both databases.
`scoped` tells PostgreSQL who asks and where, so that its row-level security returns nothing of
another authority even where a filter was forgotten. On SQLite `scoped` does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

#: What the policies read; unset means nobody, who sees nothing.
SETTINGS = ("user", "authority", "networks", "token", "platform")


def owned(model: Any, authority_id: int | None) -> Any:
    """Return the rows of `model` that belong to one authority; None owns nothing.

    `model` is a model or a queryset of rows with a column `authority`.
    """
    rows = model.objects.all() if hasattr(model, "objects") else model
    return rows.none() if authority_id is None else rows.filter(authority_id=authority_id)


@contextmanager
def scoped(
    *,
    user: int | None = None,
    authority: int | None = None,
    networks: tuple[int, ...] = (),
    platform: bool = False,
    lasting: bool = False,
) -> Iterator[None]:
    """Say who asks, and where, for what is done inside.

    The settings live in a transaction, opened here, and die with it: a connection given back to a
    pool knows nobody. `lasting` keeps them outside of any transaction, for a worker or a command,
    which shares its connection with nobody and cannot hold a transaction for minutes. `platform`
    is for what the installation does for all: migrations, backups, the worker's upkeep.
    """
    if not on_postgres():
        yield
        return
    values = _values(user=user, authority=authority, networks=networks, platform=platform)
    if lasting and not connections[DEFAULT_DB_ALIAS].in_atomic_block:
        with _kept(values, local=False):
            yield
        return
    with transaction.atomic(), _kept(values, local=True):
        yield


def enter(
    *,
    user: int | None = None,
    authority: int | None = None,
    networks: tuple[int, ...] = (),
    token: str = "",
) -> None:
    """Say who asks once it is known, inside the scope of a request.

    `token` is the digest of a key or of a link that somebody shows, before anything else is known
    of them: it opens the one row that bears it.
    """
    if on_postgres():
        values = _values(user=user, authority=authority, networks=networks, token=token)
        _set(values, local=True)


def on_postgres() -> bool:
    """Return whether the database isolates authorities by itself."""
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


def _values(
    *,
    user: int | None,
    authority: int | None,
    networks: tuple[int, ...],
    token: str = "",
    platform: bool = False,
) -> tuple[str, ...]:
    listed = "{" + ",".join(str(pk) for pk in networks) + "}" if networks else ""
    return (str(user or ""), str(authority or ""), listed, token, "on" if platform else "")


@contextmanager
def _kept(values: tuple[str, ...], *, local: bool) -> Iterator[None]:
    """Set the values and put back those of the enclosing scope, unless its transaction is lost.

    What was set for the outermost transaction alone needs no putting back: it dies with it.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    outermost = local and not connection.savepoint_ids
    former = () if outermost else _current()
    _set(values, local=local)
    try:
        yield
    finally:
        lost = connection.in_atomic_block and connection.needs_rollback
        if former and not lost and connection.connection is not None:
            _set(former, local=local)


def _current() -> tuple[str, ...]:
    listed = ", ".join(f"current_setting('gouvernail.{name}', true)" for name in SETTINGS)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT {listed}")
        return tuple(value or "" for value in cursor.fetchone())


def _set(values: tuple[str, ...], *, local: bool) -> None:
    listed = ", ".join(f"set_config('gouvernail.{name}', %s, %s)" for name in SETTINGS)
    given = [part for value in values for part in (value, local)]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT {listed}", given)
