"""The profiles people hold here, and the acts that can be done."""

from __future__ import annotations

from enum import StrEnum

from gouvernail_core.kernel import Text


class Scope(StrEnum):
    """Where an act is done: an authority, a network, either of them, oneself, or in public."""

    AUTHORITY = "authority"
    NETWORK = "network"
    PLACE = "place"
    ONESELF = "oneself"
    PUBLIC = "public"


class Profile(StrEnum):
    """What a person may be on the platform; one person may hold several, in several places.

    The codes shared with `authority.Role` are the same people: the steering names them, the
    platform lets them in. `SECRETARY` is the one person of a small town hall who holds every
    part; `USAGER` is the public, without an account.
    """

    DGS = "dgs"
    ELU = "elu"
    DIRECTOR = "director"
    AGENT = "agent"
    DRH = "drh"
    DPO = "dpo"
    RSSI = "rssi"
    STAFF_REP = "staff_rep"
    INSPECTION = "inspection"
    OTHER = "other"
    USAGER = "usager"
    PARTNER = "partner"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    SECRETARY = "secretary"

    @property
    def label(self) -> Text:
        """Return the words the pages use for it."""
        return _PROFILES[self]


_PROFILES = {
    Profile.DGS: Text("Direction générale", "General director"),
    Profile.ELU: Text("Élu ou élue", "Elected member"),
    Profile.DIRECTOR: Text("Direction de service", "Head of service"),
    Profile.AGENT: Text("Agent", "Staff member"),
    Profile.DRH: Text("Ressources humaines", "Human resources"),
    Profile.DPO: Text("Protection des données (DPO)", "Data protection officer"),
    Profile.RSSI: Text("Sécurité et informatique", "Security and IT"),
    Profile.STAFF_REP: Text("Représentation du personnel", "Staff representative"),
    Profile.INSPECTION: Text("Inspection", "Inspection"),
    Profile.OTHER: Text("Lecture", "Reader"),
    Profile.USAGER: Text("Public", "Public"),
    Profile.PARTNER: Text("Partenaire (lecture seule)", "Partner (read-only)"),
    Profile.SUPERVISOR: Text("Supervision du réseau", "Network supervisor"),
    Profile.ADMINISTRATOR: Text("Administration de l’espace", "Administrator of the space"),
    Profile.SECRETARY: Text("Secrétariat de mairie", "Town-hall secretary"),
}


class Act(StrEnum):
    """What can be done here. Each page and each operation of the API names one."""

    READ = "read"
    READ_OWN = "read_own"
    EDIT_FACTS = "edit_facts"
    IMPORT = "import"
    OVERRIDE_GATE = "override_gate"
    RUN = "run"
    EXAMINE = "examine"
    READ_FILES = "read_files"
    SEND_FILES = "send_files"
    READ_JOURNAL = "read_journal"
    MANAGE_PEOPLE = "manage_people"
    DELEGATE = "delegate"
    MANAGE_TOKENS = "manage_tokens"
    ADMINISTER = "administer"
    ERASE_PERSON = "erase_person"
    EXPORT_AUTHORITY = "export_authority"
    SUPERVISE = "supervise"
    OPEN_AUTHORITY = "open_authority"
    CHOOSE_PLACE = "choose_place"
    OWN_ACCOUNT = "own_account"
    READ_PUBLIC = "read_public"

    @property
    def scope(self) -> Scope:
        """Return where the act is done."""
        return _SCOPES.get(self, Scope.AUTHORITY)

    @property
    def label(self) -> Text:
        """Return what the act is, in a few words."""
        return _ACTS[self]


_SCOPES = {
    Act.MANAGE_TOKENS: Scope.PLACE,
    Act.SUPERVISE: Scope.NETWORK,
    Act.OPEN_AUTHORITY: Scope.NETWORK,
    Act.CHOOSE_PLACE: Scope.ONESELF,
    Act.OWN_ACCOUNT: Scope.ONESELF,
    Act.READ_PUBLIC: Scope.PUBLIC,
}
_ACTS = {
    Act.READ: Text("Lire les pages de pilotage", "Read the steering pages"),
    Act.READ_OWN: Text("Lire ce qui me concerne", "Read what concerns me"),
    Act.EDIT_FACTS: Text("Modifier les faits", "Change the facts"),
    Act.IMPORT: Text("Importer un classeur", "Import a workbook"),
    Act.OVERRIDE_GATE: Text(
        "Passer outre un avis qui manque", "Go on without an opinion that is missing"
    ),
    Act.RUN: Text("Demander le plan", "Ask for the plan"),
    Act.EXAMINE: Text(
        "Faire examiner les fichiers et lire ce qui y est repéré",
        "Have files examined and read what was found in them",
    ),
    Act.READ_FILES: Text("Lire les pièces jointes", "Read the attached files"),
    Act.SEND_FILES: Text("Joindre une pièce", "Attach a file"),
    Act.READ_JOURNAL: Text("Lire le journal", "Read the journal"),
    Act.MANAGE_PEOPLE: Text("Inviter et changer les rôles", "Invite people and change roles"),
    Act.DELEGATE: Text("Déléguer pendant une absence", "Delegate while away"),
    Act.MANAGE_TOKENS: Text("Donner des jetons d’accès", "Give access tokens"),
    Act.ADMINISTER: Text("Suivre les calculs et l’espace", "Look after jobs and space"),
    Act.ERASE_PERSON: Text("Effacer une personne", "Erase a person"),
    Act.EXPORT_AUTHORITY: Text("Exporter toute la collectivité", "Export the whole authority"),
    Act.SUPERVISE: Text("Suivre les collectivités du réseau", "Follow the network’s authorities"),
    Act.OPEN_AUTHORITY: Text("Ouvrir une collectivité", "Open an authority"),
    Act.CHOOSE_PLACE: Text("Changer de lieu", "Change place"),
    Act.OWN_ACCOUNT: Text("Gérer mon compte", "Look after my account"),
    Act.READ_PUBLIC: Text("Lire ce qui est public", "Read what is public"),
}
