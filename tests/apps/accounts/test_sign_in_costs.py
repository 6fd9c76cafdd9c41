"""Signing in does not make every page dearer, and leaves nothing open between two at once."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.conftest import member
from gouvernail.apps.accounts import factors


def test_an_ordinary_page_neither_writes_nor_reads_the_table_of_sessions(alice):
    with CaptureQueriesContext(connection) as asked:
        alice.get("/faits/importer/")
    tables = (UserSession._meta.db_table, Authenticator._meta.db_table, "axes_")
    assert len(asked) > 3
    assert not [q for q in asked.captured_queries if any(t in q["sql"] for t in tables)]


def test_an_application_is_added_once(exempleville):
    user, secret = member(exempleville, "alice", "dgs"), totp.generate_totp_secret()
    counter = list(totp.yield_hotp_counters_from_time())[1]
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    assert [factors.add_totp(user, secret, code) for _ in range(2)] == [True, False]
    assert factors.check_code(user, code) == ""
