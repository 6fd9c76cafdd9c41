"""Machines to install on: each its own folder and database, SQLite or PostgreSQL."""

from __future__ import annotations

import secrets

import psycopg
import pytest

from services.installations import installation
from services.postgres import Cluster, find_programs


@pytest.fixture(scope="module")
def cluster():
    """Return a running PostgreSQL of its own."""
    with Cluster() as running:
        yield running


@pytest.fixture
def on_sqlite(tmp_path):
    """Return how to make an installation on SQLite."""
    return lambda name: installation(tmp_path / name)


@pytest.fixture
def on_postgres(tmp_path, cluster):
    """Return how to make an installation on PostgreSQL, served by another role than the owner."""

    def made(name):
        base = f"gv_{secrets.token_hex(8)}"
        with psycopg.connect(cluster.url(), autocommit=True) as owner:
            owner.execute(f"CREATE DATABASE {base} OWNER gv_owner TEMPLATE template0")
        with psycopg.connect(cluster.url(database=base), autocommit=True) as owner:
            # As deploy/postgres-roles.sql does.
            owner.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
            owner.execute("ALTER SCHEMA public OWNER TO gv_owner")
        return installation(
            tmp_path / name,
            GOUVERNAIL_DATABASE_URL=cluster.url("gv_app", base),
            GOUVERNAIL_DATABASE_OWNER_URL=cluster.url("gv_owner", base),
            GOUVERNAIL_PG_BIN=str(find_programs().folder),
        )

    return made


@pytest.fixture(params=["sqlite", "postgres"])
def machine(request):
    """Return how to make an installation, on each database."""
    return request.getfixturevalue(f"on_{request.param}")
