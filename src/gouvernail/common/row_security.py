"""Row-level security on PostgreSQL: who may see and write which rows, table by table.

The policies are the second guard, behind the explicit filter of every query (`tenancy.owned`).
They are written from the models each time the database is migrated, so that a new table with an
authority is closed from its first day; a table that is neither closed here nor named in `OUTSIDE`
is refused by the tests. They bind the owner of the tables too (FORCE), and read the settings that
`tenancy` gives to the transaction: when nothing is set, nothing is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

AUTHORITY = "NULLIF(current_setting('gouvernail.authority', true), '')::bigint"
USER = "NULLIF(current_setting('gouvernail.user', true), '')::bigint"
NETWORKS = "NULLIF(current_setting('gouvernail.networks', true), '')::bigint[]"
TOKEN = "NULLIF(current_setting('gouvernail.token', true), '')"  # noqa: S105 - a setting's name
PLATFORM = "current_setting('gouvernail.platform', true) = 'on'"

MINE = f"authority_id = {AUTHORITY}"
#: The authorities of the networks one supervises; every name here is a constant of ours.
_HOSTED = (
    "SELECT a.authority_id FROM network_affiliation a"  # noqa: S608
    f" WHERE a.network_id = ANY ({NETWORKS})"
)
_WHERE_I_BELONG = f"SELECT m.authority_id FROM accounts_membership m WHERE m.user_id = {USER}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Policy:
    """Which rows may be read, and which may be written; both besides the platform's own work."""

    read: str = MINE
    write: str = MINE


#: What is not simply « the rows of my authority »; every other table with an authority is.
WRITTEN: dict[str, Policy] = {
    # One's own authorities, and those of the networks one supervises, are seen by name.
    "authority.Authority": Policy(
        read=f"id = {AUTHORITY} OR id IN ({_HOSTED}) OR id IN ({_WHERE_I_BELONG})",
        write=f"id = {AUTHORITY}",
    ),
    "accounts.Membership": Policy(
        read=f"{MINE} OR user_id = {USER} OR authority_id IN ({_HOSTED})"
    ),
    "accounts.Delegation": Policy(read=f"{MINE} OR taker_id = {USER} OR giver_id = {USER}"),
    "accounts.Supervision": Policy(
        read=f"user_id = {USER} OR network_id = ANY ({NETWORKS})",
        write=f"network_id = ANY ({NETWORKS})",
    ),
    # What one began and did not save is read by nobody else.
    "facts.Draft": Policy(
        read=f"{MINE} AND user_id = {USER}", write=f"{MINE} AND user_id = {USER}"
    ),
    # Whoever holds the link reads the invitation, and says that it is taken.
    "accounts.Invitation": Policy(
        read=f"{MINE} OR network_id = ANY ({NETWORKS}) OR authority_id IN ({_HOSTED})"
        f" OR digest = {TOKEN}",
        write=f"{MINE} OR network_id = ANY ({NETWORKS}) OR digest = {TOKEN}",
    ),
    # A program shows its key before anybody knows which authority it is for.
    "accounts.ApiToken": Policy(
        read=f"{MINE} OR network_id = ANY ({NETWORKS}) OR creator_id = {USER} OR digest = {TOKEN}",
        write=f"{MINE} OR network_id = ANY ({NETWORKS}) OR digest = {TOKEN}",
    ),
    "network.Affiliation": Policy(
        read=f"{MINE} OR network_id = ANY ({NETWORKS})",
        write=f"network_id = ANY ({NETWORKS})",
    ),
}

#: Tables that row-level security leaves open, each with its reason.
OUTSIDE: dict[str, str] = {
    "accounts.User": "an account is looked up by its name before anybody is signed in",
    "network.Network": "a network's name and contact are public; who belongs to it is not",
    "contenttypes.ContentType": "names of tables",
    "auth.Permission": "unused table of a library",
    "auth.Group": "unused table of a library",
    "auth.Group_permissions": "unused table of a library",
    "sessions.Session": "read by its secret key, before anybody is known",
    "accounts.OidcIdentity": "read by issuer and subject, before anybody is signed in",
    "mfa.Authenticator": "the second factors of an account, read before it is signed in",
    "usersessions.UserSession": "the sessions of an account, which has several authorities",
    "account.EmailAddress": "unused table of a library",
    "account.EmailConfirmation": "unused table of a library",
    "axes.AccessAttempt": "written before anybody is signed in",
    "axes.AccessAttemptExpiration": "written before anybody is signed in",
    "axes.AccessFailureLog": "written before anybody is signed in",
    "axes.AccessLog": "written before anybody is signed in",
    "django_tasks_database.DBTaskResult": "holds the number of a run, nothing of an authority",
}

#: Tables to which entries are only added; the columns that an erasure may empty.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "journal.Entry": ("actor_name", "standing_in", "subject", "before", "after", "salts"),
}


def policies() -> dict[str, Policy]:
    """Return the policy of each closed table, by the label of its model."""
    closed = dict(WRITTEN)
    for model in apps.get_models(include_auto_created=True):
        fields = {field.column for field in model._meta.concrete_fields}
        if "authority_id" in fields:
            closed.setdefault(model._meta.label, Policy())
    return closed


def unsorted_tables() -> list[str]:
    """Return the tables that are neither closed nor left open for a reason."""
    known = {*policies(), *OUTSIDE}
    models = apps.get_models(include_auto_created=True)
    return sorted(m._meta.label for m in models if m._meta.managed and m._meta.label not in known)


def apply(**_: Any) -> None:
    """Write the policies and the rights of the serving role; only the tables' owner does it.

    A receiver of `post_migrate`: the flush of a test, which the serving role may not do more than
    ask for, changes nothing.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql" or not _owns_tables():
        return
    with connection.cursor() as cursor:
        for label, policy in policies().items():
            for statement in _statements(apps.get_model(label)._meta.db_table, policy):
                cursor.execute(statement)
        for statement in _rights(settings.DATABASE_SERVING_ROLE):
            cursor.execute(statement)


def bypassed() -> bool:
    """Return whether the role that serves ignores row-level security: it must not."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def _owns_tables() -> bool:
    table = apps.get_model("authority.Authority")._meta.db_table
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT tableowner = current_user FROM pg_tables"
            " WHERE schemaname = current_schema() AND tablename = %s",
            [table],
        )
        found = cursor.fetchone()
    return bool(found and found[0])


def _statements(table: str, policy: Policy) -> list[str]:
    name = f'"{table}"'
    return [
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS readers ON {name}",
        f"DROP POLICY IF EXISTS writers ON {name}",
        f"CREATE POLICY readers ON {name} FOR SELECT USING ({PLATFORM} OR {policy.read})",
        f"CREATE POLICY writers ON {name} FOR ALL USING ({PLATFORM} OR {policy.write})"
        f" WITH CHECK ({PLATFORM} OR {policy.write})",
    ]


def _rights(role: str) -> list[str]:
    """Return the grants of the role that serves the pages, none when it is the owner itself."""
    if not role:
        return []
    name = '"' + role.replace('"', '""') + '"'
    listed = [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}",
    ]
    for label, columns in APPEND_ONLY.items():
        table = f'"{apps.get_model(label)._meta.db_table}"'
        listed.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
        if columns:
            listed.append(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {name}")
    return listed
