"""What people are told of: each kind with its sentence and how it reaches them unless they choose.

The sentence takes the words of the notice by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gouvernail_core.kernel import Text


class Channel(StrEnum):
    """How one is told: on screen; on screen and by e-mail; on screen and in the weekly letter; or
    not at all."""

    SCREEN = "screen"
    EMAIL = "email"
    DIGEST = "digest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message."""

    code: str
    label: Text
    sentence: Text
    usual: Channel
    channels: tuple[Channel, ...] = tuple(Channel)


_ALL = (
    Kind(
        "plan-computed",
        Text("Le plan est calculé", "The plan is computed"),
        Text("Le plan est à jour : il vient d’être calculé.", "The plan is up to date."),
        Channel.SCREEN,
    ),
    Kind(
        "plan-failed",
        Text("Le plan n’a pas pu être calculé", "The plan could not be computed"),
        Text("Le plan n’a pas pu être calculé. {fr}", "The plan could not be computed. {en}"),
        Channel.EMAIL,
    ),
    Kind(
        "role-given",
        Text("Vos profils changent", "Your profiles change"),
        Text("{by} a changé vos profils : {fr}.", "{by} changed your profiles: {en}."),
        Channel.EMAIL,
    ),
    Kind(
        "delegation-given",
        Text("Quelqu’un vous délègue ses profils", "Somebody delegates their profiles to you"),
        Text(
            "{by} vous délègue ses profils, du {starts} au {ends}.",
            "{by} delegates their profiles to you, from {starts} to {ends}.",
        ),
        Channel.EMAIL,
    ),
    Kind(
        "invitation-accepted",
        Text("Une invitation est acceptée", "An invitation is accepted"),
        Text("{name} a accepté l’invitation.", "{name} accepted the invitation."),
        Channel.SCREEN,
    ),
)
KINDS: dict[str, Kind] = {each.code: each for each in _ALL}

#: Whether one receives the weekly letter: kept as a preference like the others.
DIGEST = Kind(
    "digest",
    Text("La lettre de la semaine", "The weekly letter"),
    Text("", ""),
    Channel.NONE,
    (Channel.EMAIL, Channel.NONE),
)
CHANNEL_LABELS = {
    Channel.SCREEN: Text("À l’écran", "On screen"),
    Channel.EMAIL: Text("Par courriel, aussitôt", "By e-mail, at once"),
    Channel.DIGEST: Text("Dans la lettre de la semaine", "In the weekly letter"),
    Channel.NONE: Text("Pas du tout", "Not at all"),
}
#: What leaves by e-mail, in words for whoever looks after the queue.
LETTER_LABELS: dict[str, Text] = {
    "password-reset": Text("Nouveau mot de passe", "New password"),
    "password-changed": Text("Mot de passe changé", "Password changed"),
    "invitation": Text("Invitation", "Invitation"),
    "notice": Text("Message", "Message"),
    "digest": Text("Lettre de la semaine", "Weekly letter"),
    "test": Text("Essai", "Test"),
}
