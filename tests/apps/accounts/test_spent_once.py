"""What opens once opens once, even for four who show it at the same moment."""

from __future__ import annotations

import threading

from allauth.mfa.totp.internal import auth as totp
from django.db import connections

from apps.accounts.test_second_factors import code_now
from apps.conftest import AT, member, open_with, small
from gouvernail.apps.accounts import factors, invitations
from gouvernail.apps.accounts.models import Membership, User
from gouvernail.common.actor import command
from gouvernail_core.kernel import RefusedError
from services.files_of_sqlite import several_connections

CLIENTS = 4


def at_once(show):
    """Return what `show` gave to each of several threads, None for one that was refused."""
    given, start = [], threading.Barrier(CLIENTS)

    def one(number):
        try:
            start.wait()
            given.append(show(number))
        except RefusedError:
            given.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=[number]) for number in range(CLIENTS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(given) == CLIENTS
    return [each for each in given if each]


def test_a_code_a_recovery_code_and_a_link_are_spent_once(transactional_db, tmp_path):
    with several_connections(tmp_path):
        by = command("test")
        authority = open_with(small(), by, AT)
        user, secret = member(authority, "alice", "dgs"), totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        recovery, code = factors.new_recovery_codes(user)[0], code_now(secret)
        for shown in (code, recovery):
            assert len(at_once(lambda _number, shown=shown: factors.check_code(user, shown))) == 1
        key = invitations.invite(authority.pk, name="Élu", roles=["elu"], by=by, at=AT).key

        def come_in(number):
            return invitations.accept_new(key, username=f"elu{number}", password="x" * 20, at=AT)

        assert len(at_once(come_in)) == 1
        assert Membership.objects.filter(authority=authority).count() == 2
        assert User.objects.filter(username__startswith="elu").count() == 1
