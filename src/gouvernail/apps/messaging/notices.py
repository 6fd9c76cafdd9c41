"""The only writer of messages on screen and of how each person wants them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction

from gouvernail.apps.messaging.kinds import DIGEST, KINDS, Channel
from gouvernail.apps.messaging.letters import notice as letter_of
from gouvernail.apps.messaging.letters import public_address
from gouvernail.apps.messaging.models import Notice, Preference
from gouvernail.apps.messaging.queries import choices_of
from gouvernail.apps.messaging.services import Recipient, queue, recipient_of
from gouvernail.common.tenancy import owned
from gouvernail.common.wording import in_french
from gouvernail_core.access import Act, may
from gouvernail_core.kernel import Text

#: Messages kept for one person in one authority: the oldest leave.
KEPT = 500


def sentence(kind: str, words: Mapping[str, Any]) -> Text:
    """Return what a message says."""
    said = KINDS[kind].sentence
    given = {"fr": "", "en": "", "by": "", "name": "", "starts": "", "ends": ""} | dict(words)
    return Text(said.fr.format(**given).strip(), said.en.format(**given).strip())


@transaction.atomic
def notify(
    kind: str,
    user_id: int,
    *,
    authority_id: int,
    at: datetime,
    words: Mapping[str, Any] | None = None,
    link: str = "",
) -> bool:
    """Tell a member of an authority something, the way they chose; return whether they are told."""
    members = owned(apps.get_model("accounts.Membership"), authority_id)
    member = members.select_related("user", "authority").filter(user_id=user_id).first()
    return bool(member and _tell(member, kind, at, dict(words or {}), link))


@transaction.atomic
def notify_those_who(
    act: Act,
    kind: str,
    *,
    authority_id: int,
    at: datetime,
    words: Mapping[str, Any] | None = None,
    link: str = "",
) -> int:
    """Tell each member whose profiles open `act`; return how many are told."""
    members = owned(apps.get_model("accounts.Membership"), authority_id)
    found = members.select_related("user", "authority").filter(user__is_active=True)
    told = (_tell(m, kind, at, dict(words or {}), link) for m in found if may(m.roles, act))
    return sum(told)


def _tell(member: Any, kind: str, at: datetime, words: dict[str, Any], link: str) -> bool:
    channel = choices_of(member.user_id, member.authority_id, member.roles)[kind]
    if channel is Channel.NONE:
        return False
    made = Notice.objects.create(
        authority_id=member.authority_id, user_id=member.user_id, kind=kind, words=words,
        link=link, created_at=at, in_digest=channel is Channel.DIGEST,
    )  # fmt: skip
    _forget_old(member)
    if channel is Channel.EMAIL:
        _by_mail(member, made, recipient_of(member.user), at)
    return True


def _by_mail(member: Any, made: Notice, to: Recipient, at: datetime) -> None:
    text = sentence(made.kind, made.words)
    queue(
        "notice", to,
        lambda: letter_of(
            text.in_("fr" if in_french() else "en"), place=str(member.authority),
            link=public_address(made.link or "/messages/"), name=to.name,
        ),
        key=f"notice:{made.pk}", at=at, authority_id=made.authority_id,
    )  # fmt: skip


def _forget_old(member: Any) -> None:
    mine = owned(Notice, member.authority_id).filter(user_id=member.user_id)
    old = list(mine.values_list("pk", flat=True)[KEPT : KEPT + 50])
    if old:
        mine.filter(pk__in=old).delete()


def mark_read(user_id: int | None, authority_id: int, *, at: datetime, only: int = 0) -> int:
    """Say that one's messages, or only one of them, are read; return how many were not."""
    mine = owned(Notice, authority_id).filter(user_id=user_id, read_at=None)
    moved: int = (mine.filter(pk=only) if only else mine).update(read_at=at)
    return moved


@transaction.atomic
def choose(user_id: int, authority_id: int, chosen: Mapping[str, str]) -> None:
    """Keep how one wants each kind of message; what a kind does not offer is ignored."""
    known = {**KINDS, DIGEST.code: DIGEST}
    for code, channel in chosen.items():
        if code in known and channel in known[code].channels:
            Preference.objects.update_or_create(
                user_id=user_id, authority_id=authority_id, kind=code,
                defaults={"channel": channel},
            )  # fmt: skip


def forget_notices(authority_id: int, user_id: int) -> None:
    """Remove what was told to somebody who is erased, and what they chose."""
    owned(Notice, authority_id).filter(user_id=user_id).delete()
    owned(Preference, authority_id).filter(user_id=user_id).delete()
