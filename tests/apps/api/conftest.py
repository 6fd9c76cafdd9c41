"""Programs that show a key."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from apps.conftest import AT, member


@pytest.fixture(autouse=True)
def calm():
    """Forget how many requests were counted: the keys of the tests are the same in each."""
    cache.clear()


class Program:
    """A program: a client of the API with its key and its language."""

    def __init__(self, key: str, language: str = "fr") -> None:
        self.key = key
        self.client = Client(headers={"accept-language": language})

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        given = {"authorization": f"Bearer {self.key}", **headers}
        kind = {"content_type": "application/json"} if body is not None else {}
        return self.client.generic(
            method, f"/api/v1/{path}", b"" if body is None else _json(body), headers=given, **kind
        )

    def send(self, path: str, field: str, content: bytes, name: str) -> Any:
        """Send a file."""
        from django.core.files.uploadedfile import SimpleUploadedFile

        given = {field: SimpleUploadedFile(name, content)}
        return self.client.post(
            f"/api/v1/{path}", given, headers={"authorization": f"Bearer {self.key}"}
        )


def _json(body: Any) -> bytes:
    import json

    return body if isinstance(body, bytes) else json.dumps(body).encode()


def key_of(user: Any, *, authority: Any = None, network: Any = None, acts: Any = None) -> str:
    """Return the key of a token that may do everything its maker may, or only `acts`."""
    from datetime import timedelta

    from gouvernail.apps.accounts.invitations import digest_of
    from gouvernail.apps.accounts.models import ApiToken
    from gouvernail_core.access import Act

    key = f"gv_{user.pk}-{ApiToken.objects.count()}-of-the-tests"
    ApiToken.objects.create(
        authority=authority, network=network, creator=user, name="Essai", digest=digest_of(key),
        acts=[a.value for a in Act] if acts is None else acts, prefix=key[:9],
        created_at=AT, expires_at=AT + timedelta(days=36500),
    )  # fmt: skip
    return key


@pytest.fixture
def alices(exempleville):
    """Return a program of the general director."""
    return Program(key_of(member(exempleville, "alice", "dgs"), authority=exempleville))


@pytest.fixture
def chloes(elsewhere):
    """Return a program of the general director of another authority."""
    return Program(key_of(member(elsewhere, "chloe", "dgs"), authority=elsewhere))


@pytest.fixture
def network(exempleville):
    """Return a network that hosts Alice's authority."""
    from gouvernail.apps.network.models import Affiliation, Network

    network = Network.objects.create(code="cdg", name="Centre de gestion")
    Affiliation.objects.create(network=network, authority=exempleville, since=AT)
    return network


@pytest.fixture
def supervisors(network):
    """Return a program of somebody who supervises that network."""
    from gouvernail.apps.accounts.models import Supervision, User

    user = User.objects.create(username="sam@test", name="Sam")
    Supervision.objects.create(user=user, network=network)
    return Program(key_of(user, network=network))
