"""The acts the journal knows: one entry type each, its sentence, and how it is erased."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail_core.kernel import Text


@dataclass(frozen=True, slots=True)
class EntryType:
    """One act. `sentence` takes {subject}; `personal` says where data about people may lie.

    `erasure` is what is done with them when the person must be forgotten: the entry stays, so
    that the order of events still reads, and what names somebody is replaced.
    """

    code: str
    sentence: Text
    personal: tuple[str, ...]
    erasure: Text


_NOBODY = Text("Rien à effacer.", "Nothing to erase.")
_THE_ACTOR = Text(
    "Le nom de l’auteur devient « personne effacée ».", "The author’s name becomes “erased person”."
)
_THE_FACTS = Text(
    "Le nom de l’auteur devient « personne effacée » ; les valeurs qui nomment une personne sont "
    "vidées dans l’avant et l’après.",
    "The author’s name becomes “erased person”; values that name somebody are emptied in before "
    "and after.",
)
_WHO = ("actor_name",)
_FILE = (
    ("actor_name", "subject"),
    Text(
        "Le nom de l’auteur devient « personne effacée », celui du fichier « fichier ».",
        "The author’s name becomes “erased person”, that of the file “file”.",
    ),
)
_WHO_AND_WHAT = ("actor_name", "subject", "before", "after")

_ALL = (
    EntryType("signed-in", Text("s’est connecté", "signed in"), _WHO, _THE_ACTOR),
    EntryType("signed-out", Text("s’est déconnecté", "signed out"), _WHO, _THE_ACTOR),
    EntryType(
        "sign-in-locked",
        Text(
            "a vu ses essais de connexion suspendus un moment",
            "had their sign-in attempts paused for a while",
        ),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "password-changed",
        Text("a changé son mot de passe", "changed their password"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "name-changed",
        Text("se fait désormais appeler {subject}", "now goes by the name {subject}"),
        _WHO_AND_WHAT,
        _THE_FACTS,
    ),
    EntryType(
        "password-reset",
        Text(
            "a choisi un nouveau mot de passe par un lien reçu",
            "chose a new password by a link received",
        ),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "factor-added",
        Text("a ajouté un second facteur : {subject}", "added a second factor: {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "factor-removed",
        Text("a retiré un second facteur : {subject}", "removed a second factor: {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "recovery-codes-made",
        Text("a demandé de nouveaux codes de secours", "asked for new recovery codes"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "recovery-code-used",
        Text("s’est connecté avec un code de secours", "signed in with a recovery code"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "sessions-closed",
        Text("a fermé des sessions de son compte", "closed sessions of their account"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "identity-linked",
        Text("a relié son compte à {subject}", "linked their account to {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "identity-unlinked",
        Text("a délié son compte de {subject}", "unlinked their account from {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "token-made",
        Text("a donné un jeton d’accès à {subject}", "gave an access token to {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "token-revoked",
        Text("a fermé le jeton d’accès de {subject}", "closed the access token of {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "authority-created",
        Text("a ouvert l’espace de {subject}", "opened the space of {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "authority-exported",
        Text("a exporté toute la collectivité", "exported the whole authority"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "export-asked",
        Text(
            "a demandé l’export de toute la collectivité",
            "asked for the export of the whole authority",
        ),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "export-taken",
        Text("a téléchargé l’export {subject}", "downloaded the export {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "export-failed",
        Text("n’a pas pu préparer l’export", "could not make the export"),
        (),
        _NOBODY,
    ),
    EntryType(
        "job-cancelled",
        Text("a annulé un calcul : {subject}", "cancelled a computation: {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "job-retried",
        Text("a relancé un calcul : {subject}", "started a computation again: {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "authority-imported",
        Text(
            "a fait entrer {subject}, exportée d’une autre installation",
            "brought in {subject}, exported from another installation",
        ),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "member-added",
        Text("a donné un accès à {subject}", "gave access to {subject}"),
        ("actor_name", "subject"),
        _THE_FACTS,
    ),
    EntryType(
        "member-changed",
        Text("a changé les profils de {subject}", "changed the profiles of {subject}"),
        ("actor_name", "subject"),
        _THE_FACTS,
    ),
    EntryType(
        "member-withdrawn",
        Text("a retiré l’accès de {subject}", "withdrew the access of {subject}"),
        ("actor_name", "subject"),
        _THE_FACTS,
    ),
    EntryType(
        "invitation-sent",
        Text("a invité {subject}", "invited {subject}"),
        ("actor_name", "subject"),
        _THE_FACTS,
    ),
    EntryType(
        "invitation-accepted",
        Text("a accepté l’invitation de {subject}", "accepted the invitation from {subject}"),
        ("actor_name", "subject"),
        _THE_FACTS,
    ),
    EntryType(
        "invitation-revoked",
        Text("a annulé l’invitation de {subject}", "cancelled the invitation of {subject}"),
        ("actor_name", "subject"),
        _THE_FACTS,
    ),
    EntryType(
        "delegation-given",
        Text("a délégué ses profils à {subject}", "delegated their profiles to {subject}"),
        _WHO_AND_WHAT,
        _THE_FACTS,
    ),
    EntryType(
        "delegation-ended",
        Text("a mis fin à la délégation à {subject}", "ended the delegation to {subject}"),
        _WHO_AND_WHAT,
        _THE_FACTS,
    ),
    EntryType(
        "authority-affiliated",
        Text("a affilié la collectivité à {subject}", "affiliated the authority to {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "workbook-read",
        Text(
            "a déposé le classeur {subject}, sans rien changer",
            "handed in the workbook {subject}, changing nothing",
        ),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "workbook-imported",
        Text("a importé le classeur {subject}", "imported the workbook {subject}"),
        _WHO_AND_WHAT,
        _THE_FACTS,
    ),
    EntryType(
        "fact-added", Text("a ajouté {subject}", "added {subject}"), _WHO_AND_WHAT, _THE_FACTS
    ),
    EntryType(
        "fact-changed", Text("a modifié {subject}", "changed {subject}"), _WHO_AND_WHAT, _THE_FACTS
    ),
    EntryType(
        "fact-removed", Text("a retiré {subject}", "removed {subject}"), _WHO_AND_WHAT, _THE_FACTS
    ),
    EntryType(
        "gate-overridden",
        Text(
            "a passé outre un avis qui manque : {subject}", "overrode a missing opinion: {subject}"
        ),
        _WHO_AND_WHAT,
        _THE_FACTS,
    ),
    EntryType(
        "gate-override-changed",
        Text("a modifié la décision de {subject}", "changed the decision of {subject}"),
        _WHO_AND_WHAT,
        _THE_FACTS,
    ),
    EntryType(
        "gate-override-withdrawn",
        Text("a retiré la décision de {subject}", "withdrew the decision of {subject}"),
        _WHO_AND_WHAT,
        _THE_FACTS,
    ),
    EntryType(
        "examination-asked",
        Text("a demandé l’examen des fichiers", "asked for the files to be examined"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "examination-paused",
        Text("a mis l’examen des fichiers en pause", "paused the examination of the files"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "files-examined",
        Text("a terminé l’examen des fichiers", "ended the examination of the files"),
        (),
        _NOBODY,
    ),
    EntryType(
        "examination-failed",
        Text("n’a pas pu examiner les fichiers", "could not examine the files"),
        (),
        _NOBODY,
    ),
    EntryType(
        "plan-asked", Text("a demandé le calcul du plan", "asked for the plan"), _WHO, _THE_ACTOR
    ),
    EntryType("plan-computed", Text("a calculé le plan", "computed the plan"), (), _NOBODY),
    EntryType(
        "plan-failed",
        Text("n’a pas pu calculer le plan", "could not compute the plan"),
        (),
        _NOBODY,
    ),
    EntryType(
        "document-taken",
        Text("a téléchargé {subject}", "downloaded {subject}"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType("file-added", Text("a joint {subject}", "attached {subject}"), *_FILE),
    EntryType("file-removed", Text("a retiré {subject}", "removed {subject}"), *_FILE),
    EntryType("file-taken", Text("a téléchargé {subject}", "downloaded {subject}"), *_FILE),
    EntryType(
        "mail-tried",
        Text("a envoyé un courriel d’essai", "sent a test e-mail"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "letter-retried",
        Text("a fait repartir un courriel ({subject})", "made an e-mail leave again ({subject})"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "letter-cancelled",
        Text("a annulé un courriel ({subject})", "cancelled an e-mail ({subject})"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "quiet-hours-changed",
        Text("a changé les heures sans courriel", "changed the hours without e-mail"),
        _WHO,
        _THE_ACTOR,
    ),
    EntryType(
        "person-erased",
        Text(
            "a effacé une personne du journal, à sa demande",
            "erased a person from the journal, as asked",
        ),
        _WHO,
        _THE_ACTOR,
    ),
)
TYPES: dict[str, EntryType] = {each.code: each for each in _ALL}
