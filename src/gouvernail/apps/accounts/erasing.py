"""Erasing somebody: their access here, and their account when it opens no other place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.db.models import Q

from gouvernail.apps.accounts.members import forget, keep_a_leader, lock
from gouvernail.apps.accounts.models import Invitation, Membership, Supervision, User
from gouvernail.apps.accounts.queries import member_for
from gouvernail.apps.messaging.notices import forget_notices
from gouvernail.apps.messaging.services import forget_letters
from gouvernail.common import tenancy
from gouvernail.common.actor import Actor
from gouvernail.common.tenancy import owned
from gouvernail_core.kernel import Problem, RefusedError, Text

ERASED = Text("Personne effacée", "Erased person")
_ONESELF = Problem(
    "erase-oneself",
    Text(
        "On ne s’efface pas soi-même : demandez à une autre personne de cette collectivité.",
        "One does not erase oneself: ask another person of this authority.",
    ),
)


@dataclass(frozen=True, slots=True)
class Erased:
    """Who was erased, for what else names them; `whole` when their account went too."""

    uid: str
    name: str
    person: str
    whole: bool


def belongs_elsewhere(user_id: int, authority_id: int) -> bool:
    """Return whether an account opens another place, which row-level security hides from here."""
    with tenancy.scoped(platform=True):
        others = Membership.objects.filter(user_id=user_id).exclude(authority_id=authority_id)
        return others.exists() or Supervision.objects.filter(user_id=user_id).exists()


@transaction.atomic
def erase_member(authority_id: int, pk: int, *, by: Actor, at: datetime) -> Erased:
    """Remove somebody's access and, when it opens nothing else, make their account nobody's.

    Raises RefusedError for the last leader and for oneself.
    """
    lock(authority_id)
    member = member_for(authority_id, pk)
    if member.user_id == by.user_id:
        raise RefusedError(_ONESELF)
    keep_a_leader(authority_id, pk)
    user, whole = member.user, not belongs_elsewhere(member.user_id, authority_id)
    erased = Erased(str(user.uid), user.name, member.person, whole)
    named = Q(name=user.name) | (Q(email=user.email) if user.email else Q(pk__in=[]))
    owned(Invitation, authority_id).filter(named).delete()
    forget_letters(authority_id, user.pk, user.email)
    forget_notices(authority_id, user.pk)
    forget(member, at=at)
    if whole:
        _make_nobody(user)
    return erased


def _make_nobody(user: User) -> None:
    """Empty an account; its sessions die with its password, since each is signed by it.

    The row stays, without a name, for what was written by it; all that exists only for it goes.
    """
    for relation in User._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            relation.related_model._base_manager.filter(**{relation.field.name: user.pk}).delete()
    User.objects.filter(pk=user.pk).update(
        username=f"effacee-{user.uid.hex}",
        name=ERASED.fr,
        email="",
        password=make_password(None),
        is_active=False,
        last_login=None,
    )
