"""What the installation says of itself: the `GOUVERNAIL_…` variables, read once, refused loudly.

`read` refuses what cannot be understood; `lacking` says what a production needs before it may
serve. Neither asks anything at import time of the commands that need no database.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gouvernail_core.kernel import Problem, RefusedError, Text

_YES = {"1", "oui", "true", "yes", "on"}
_NO = {"", "0", "non", "false", "no", "off"}
SECRET_FILE = "secret-key"  # noqa: S105 - the name of a file, not what it holds
JOURNAL_FILE = "journal-key"
SHORTEST_SECRET = 32
MEGABYTE = 1024 * 1024
HSTS = ("host", "subdomains", "preload")
LOGS = ("json", "text")
MFA = ("none", "leaders", "all")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DATABASE = "gouvernail.sqlite3"
#: A demonstration begins by erasing its database: it never bears the name of a real one.
DEMO_DATABASE = "demo.sqlite3"


class EnvironmentRefused(RefusedError):
    """The installation cannot start as it is set; each sentence says what to change."""

    def __init__(self, *sentences: Text) -> None:
        super().__init__(*(Problem("environment", sentence) for sentence in sentences))


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """The identity provider of the installation; its addresses are read from its own document.

    `acr` is the strength of authentication asked for and then required, when not empty.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    algorithm: str = "RS256"
    scopes: str = "openid email"
    acr: str = ""
    signed_userinfo: bool = True


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes outgoing e-mail; `tls` is "", "starttls" or "ssl" (from the start)."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: str


@dataclass(frozen=True, slots=True)
class Environment:
    """The installation's choices. `data` holds the database, the documents and the static files."""

    data: Path
    secret_key: str
    journal_key: str
    database_url: str
    database_owner_url: str
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    debug: bool
    demo: bool
    https: bool
    language: str
    #: How many relays stand in front, each adding the address it saw; 0 believes nobody.
    trusted_proxies: int = 0
    #: Who needs a second factor: none, leaders, all.
    require_mfa: str = "none"
    oidc: OidcProvider | None = None
    hsts: str = "subdomains"
    file_limit: int = 15 * MEGABYTE
    file_quota: int = 2048 * MEGABYTE
    log: str = ""
    log_level: str = "INFO"
    #: The folder of pg_dump and pg_restore, when they are not on the PATH.
    postgres_bin: str = ""
    #: None: no e-mail leaves.
    mail: MailServer | None = None
    mail_from: str = ""
    #: Where the administrator mounts the folders to examine, one for each authority by its code.
    shares: Path | None = None
    #: Where the platform is reached, without a final slash: for the links of letters.
    address: str = ""

    @property
    def database(self) -> dict[str, object]:
        """Return Django's settings of the database."""
        if not self.database_url:
            return sqlite(self.data / (DEMO_DATABASE if self.demo else DATABASE))
        return postgres(self.database_url)

    @property
    def owner_database(self) -> dict[str, object]:
        """Return the settings of the role that owns the tables: it migrates and saves."""
        return postgres(self.database_owner_url) if self.database_owner_url else self.database

    @property
    def serving_role(self) -> str:
        """Return the role that serves the pages, "" when it is the one that owns the tables."""
        return str(self.database["USER"]) if self.database_owner_url else ""

    def lacking(self) -> list[Text]:
        """Return what must be set before the platform may serve, one sentence each."""
        given = {
            "GOUVERNAIL_SECRET_KEY": self.secret_key,
            "GOUVERNAIL_JOURNAL_KEY": self.journal_key,
        }
        return [
            Text(
                f"{name} doit compter {SHORTEST_SECRET} signes au moins, il en a "
                f"{len(secret)}. Donnez-lui une suite secrète, par exemple : "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'.",
                f"{name} needs {SHORTEST_SECRET} signs at least, it has "
                f"{len(secret)}. Give it a secret, for example: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'.",
            )
            for name, secret in given.items()
            if len(secret) < SHORTEST_SECRET
        ]


def read(given: Mapping[str, str] | None = None) -> Environment:
    """Return the environment; raise EnvironmentRefused with the remedy when it cannot be read."""
    values = _Asked(os.environ if given is None else given)
    demo = _flag(values, "GOUVERNAIL_DEMO", default=False)
    data = Path(values.get("GOUVERNAIL_DATA") or ("var/demo" if demo else "var/data")).absolute()
    language = values.get("GOUVERNAIL_LANGUAGE") or "fr"
    if language not in {"fr", "en"}:
        raise EnvironmentRefused(
            Text(
                f"GOUVERNAIL_LANGUAGE vaut « {language} » ; écrivez fr (français) ou en (anglais).",
                f"GOUVERNAIL_LANGUAGE is “{language}”; write fr (French) or en (English).",
            )
        )
    url = values.get("GOUVERNAIL_DATABASE_URL", "")
    owner_url = values.get("GOUVERNAIL_DATABASE_OWNER_URL", "")
    if url:
        postgres(url)
    if owner_url:
        _check_owner(url, owner_url)
    found = Environment(
        data=data,
        secret_key=_secret(
            values,
            ("GOUVERNAIL_SECRET_KEY", "GOUVERNAIL_SECRET_KEY_FILE"),
            data / SECRET_FILE,
            demo=demo,
        ),
        journal_key=_secret(
            values,
            ("GOUVERNAIL_JOURNAL_KEY", "GOUVERNAIL_JOURNAL_KEY_FILE"),
            data / JOURNAL_FILE,
            demo=demo,
        ),
        database_url=url,
        database_owner_url=owner_url,
        allowed_hosts=_list(values, "GOUVERNAIL_ALLOWED_HOSTS")
        or ("localhost", "127.0.0.1", "[::1]"),
        trusted_origins=_list(values, "GOUVERNAIL_TRUSTED_ORIGINS"),
        debug=_flag(values, "GOUVERNAIL_DEBUG", default=False),
        demo=demo,
        https=_flag(values, "GOUVERNAIL_HTTPS", default=not demo),
        language=language,
        require_mfa=_word(values, "GOUVERNAIL_REQUIRE_MFA", MFA, "none"),
        oidc=_oidc(values),
        trusted_proxies=_number(values, "GOUVERNAIL_TRUSTED_PROXIES", 0, most=5),
        hsts=_word(values, "GOUVERNAIL_HSTS", HSTS, "subdomains"),
        file_limit=MEGABYTE * _number(values, "GOUVERNAIL_FILE_LIMIT_MB", 15, least=1, most=200),
        file_quota=MEGABYTE
        * _number(values, "GOUVERNAIL_FILE_QUOTA_MB", 2048, least=1, most=1_000_000),
        log=_word(values, "GOUVERNAIL_LOG", LOGS, ""),
        log_level=_word(values, "GOUVERNAIL_LOG_LEVEL", LEVELS, "INFO"),
        postgres_bin=values.get("GOUVERNAIL_PG_BIN", "").strip(),
        shares=_folder(values, "GOUVERNAIL_SHARES"),
        mail=_mail(values),
        mail_from=_mail_from(values),
        address=_address(values),
    )
    _refuse_unknown(values)
    return found


def _folder(values: Mapping[str, str], name: str) -> Path | None:
    """Return a folder given by its whole path, None when none is given."""
    given = values.get(name, "").strip()
    if given and not Path(given).is_absolute():
        raise EnvironmentRefused(
            Text(
                f"{name} vaut « {given} » ; écrivez le chemin entier du dossier, depuis /.",
                f"{name} is “{given}”; write the whole path of the folder, from /.",
            )
        )
    return Path(given) if given else None


def sqlite(path: Path) -> dict[str, object]:
    """Return the settings of an embedded database that several processes write to.

    IMMEDIATE takes the lock where a transaction begins, so that two writers wait for each other
    rather than fail; WAL lets readers go on meanwhile.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA foreign_keys=ON;PRAGMA cache_size=-16000;",
        },
    }


def postgres(url: str) -> dict[str, object]:
    """Return the settings of a PostgreSQL database from its address.

    >>> postgres("postgresql://gv@/plan?host=/run/pg")["HOST"]
    '/run/pg'
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise EnvironmentRefused(
            Text(
                "GOUVERNAIL_DATABASE_URL n’est pas l’adresse d’une base PostgreSQL. Écrivez par "
                "exemple postgresql://utilisateur:mot-de-passe@serveur:5432/gouvernail, ou "
                "retirez la variable pour la base embarquée.",
                "GOUVERNAIL_DATABASE_URL is not the address of a PostgreSQL database. Write for "
                "example postgresql://user:password@server:5432/gouvernail, or remove the "
                "variable for the embedded database.",
            )
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _check_owner(url: str, owner_url: str) -> None:
    """Refuse an owner that does not go with the serving role."""
    owner = postgres(owner_url)
    served = postgres(url) if url else {}
    if served.get("NAME") == owner["NAME"] and served.get("USER") != owner["USER"]:
        return
    raise EnvironmentRefused(
        Text(
            "GOUVERNAIL_DATABASE_OWNER_URL doit désigner la même base que "
            "GOUVERNAIL_DATABASE_URL, avec un autre rôle : celui qui possède les tables et sert "
            "à migrer et à sauvegarder. Corrigez l’une des deux, ou retirez la première.",
            "GOUVERNAIL_DATABASE_OWNER_URL must name the same database as "
            "GOUVERNAIL_DATABASE_URL, with another role: the one that owns the tables and serves "
            "to migrate and to save. Correct one of them, or remove the first.",
        )
    )


class _Asked(dict[str, str]):
    """The variables, and which of them were asked for: those are the ones that exist."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.names: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return super().__contains__(name)


def _refuse_unknown(values: _Asked) -> None:
    """Refuse a name nothing reads: a misspelt setting would silently stay at its default."""
    unknown = sorted(n for n in values if n.startswith("GOUVERNAIL_") and n not in values.names)
    if not unknown:
        return
    known = sorted(n for n in values.names if n.startswith("GOUVERNAIL_"))
    said = []
    for name in unknown:
        near = (get_close_matches(name, known, 1) or ["GOUVERNAIL_DATA"])[0]
        said.append(
            Text(
                f"{name} n’est le nom d’aucun réglage ; le plus proche est {near}. Corrigez-le, "
                "ou retirez-le.",
                f"{name} is the name of no setting; the nearest is {near}. Correct it, or "
                "remove it.",
            )
        )
    raise EnvironmentRefused(*said)


def _number(
    values: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int
) -> int:
    given = (values.get(name) or "").strip()
    if not given:
        return default
    if given.isascii() and given.isdigit() and len(given) < 9 and least <= int(given) <= most:
        return int(given)
    raise EnvironmentRefused(
        Text(
            f"{name} vaut « {given} » ; écrivez un nombre entier de {least} à {most}.",
            f"{name} is “{given}”; write a whole number from {least} to {most}.",
        )
    )


def _word(values: Mapping[str, str], name: str, known: tuple[str, ...], default: str) -> str:
    given = (values.get(name) or "").strip()
    for word in known:
        if given.lower() == word.lower():
            return word
    if not given:
        return default
    listed = ", ".join(known)
    raise EnvironmentRefused(
        Text(
            f"{name} vaut « {given} » ; écrivez l’un de ces mots : {listed}.",
            f"{name} is “{given}”; write one of these words: {listed}.",
        )
    )


def _flag(values: Mapping[str, str], name: str, *, default: bool) -> bool:
    if name not in values:
        return default
    word = values[name].strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise EnvironmentRefused(
        Text(
            f"{name} vaut « {values[name]} » ; écrivez 1 (oui) ou 0 (non).",
            f"{name} is “{values[name]}”; write 1 (yes) or 0 (no).",
        )
    )


def _oidc(values: Mapping[str, str]) -> OidcProvider | None:
    """Return the provider, None when no issuer is set; refuse one that is half set."""
    issuer = values.get("GOUVERNAIL_OIDC_ISSUER", "").strip().rstrip("/")
    needed = ("GOUVERNAIL_OIDC_CLIENT_ID", "GOUVERNAIL_OIDC_CLIENT_SECRET")
    given = {name: values.get(name, "").strip() for name in needed}
    name = values.get("GOUVERNAIL_OIDC_NAME", "").strip()
    scopes = values.get("GOUVERNAIL_OIDC_SCOPES", "").strip() or "openid email"
    acr = values.get("GOUVERNAIL_OIDC_ACR", "").strip()
    algorithm = _word(values, "GOUVERNAIL_OIDC_ALGORITHM", ("RS256", "ES256"), "RS256")
    signed = _flag(values, "GOUVERNAIL_OIDC_SIGNED_USERINFO", default=True)
    if not issuer:
        return None
    lacking = [each for each in needed if not given[each]]
    parts = urlsplit(issuer)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if lacking or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        what = ", ".join(lacking) or "GOUVERNAIL_OIDC_ISSUER (https://…)"
        raise EnvironmentRefused(
            Text(
                f"La connexion par un fournisseur d’identité est incomplète. À renseigner : {what}."
                " Pour vous en passer, retirez GOUVERNAIL_OIDC_ISSUER.",
                f"Signing in by an identity provider is half set. To give: {what}. "
                "To do without, remove GOUVERNAIL_OIDC_ISSUER.",
            )
        )
    return OidcProvider(
        issuer=issuer,
        client_id=given[needed[0]],
        client_secret=given[needed[1]],
        name=name or parts.hostname or issuer,
        algorithm=algorithm,
        scopes=scopes,
        acr=acr,
        signed_userinfo=signed,
    )


#: The scheme of GOUVERNAIL_EMAIL_URL: how the link is encrypted, and the usual port.
MAIL_SCHEMES = {"smtp": ("", 25), "smtp+starttls": ("starttls", 587), "smtps": ("ssl", 465)}


def _mail(values: Mapping[str, str]) -> MailServer | None:
    """Return the mail server, None when none is set; the refusal never says the password."""
    url = values.get("GOUVERNAIL_EMAIL_URL", "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        tls, usual = MAIL_SCHEMES[parts.scheme]
        port = parts.port or usual
    except (ValueError, KeyError):
        parts, tls, port = urlsplit(""), "", 0
    if not parts.hostname or parts.path.strip("/"):
        raise EnvironmentRefused(
            Text(
                "GOUVERNAIL_EMAIL_URL n’est pas l’adresse d’un serveur de courriel. Écrivez par "
                "exemple smtp+starttls://nom:mot-de-passe@serveur:587 (ou smtps:// au port 465, "
                "ou smtp:// sans chiffrement), les signes spéciaux du mot de passe codés (%40 "
                "pour @), ou retirez la variable.",
                "GOUVERNAIL_EMAIL_URL is not the address of a mail server. Write for example "
                "smtp+starttls://name:password@server:587 (or smtps:// on port 465, or smtp:// "
                "without encryption), special signs of the password encoded (%40 for @), or "
                "remove the variable.",
            )
        )
    return MailServer(
        parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), tls
    )


def _mail_from(values: Mapping[str, str]) -> str:
    """Return the sending address, made from the first name of the platform when not given."""
    given = values.get("GOUVERNAIL_EMAIL_FROM", "").strip()
    name, _at, domain = parseaddr(given)[1].rpartition("@")
    if given and not (name and domain and given.isprintable()):
        raise EnvironmentRefused(
            Text(
                f"GOUVERNAIL_EMAIL_FROM vaut « {given} » ; écrivez une adresse, par exemple "
                "Gouvernail <gouvernail@macommune.example>.",
                f"GOUVERNAIL_EMAIL_FROM is “{given}”; write an address, for example "
                "Gouvernail <gouvernail@macommune.example>.",
            )
        )
    return given or f"Gouvernail <gouvernail@{_first_host(values)}>"


def _address(values: Mapping[str, str]) -> str:
    given = values.get("GOUVERNAIL_ADDRESS", "").strip().rstrip("/")
    parts = urlsplit(given)
    if given and not (parts.scheme in {"http", "https"} and parts.hostname and not parts.query):
        raise EnvironmentRefused(
            Text(
                f"GOUVERNAIL_ADDRESS vaut « {given} » ; écrivez l’adresse complète de la "
                "plateforme, par exemple https://gouvernail.macommune.example.",
                f"GOUVERNAIL_ADDRESS is “{given}”; write the whole address of the platform, for "
                "example https://gouvernail.macommune.example.",
            )
        )
    https = _flag(values, "GOUVERNAIL_HTTPS", default=True)
    return given or f"{'https' if https else 'http'}://{_first_host(values)}"


def _first_host(values: Mapping[str, str]) -> str:
    hosts = _list(values, "GOUVERNAIL_ALLOWED_HOSTS")
    named = (host.lstrip(".") for host in hosts if host.strip("*."))
    return next(named, "localhost")


def _list(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in values.get(name, "").split(",") if part.strip())


def _secret(values: Mapping[str, str], names: tuple[str, str], own: Path, *, demo: bool) -> str:
    name, in_file = names
    file = values.get(in_file, "")
    if given := values.get(name, "").strip():
        return given
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EnvironmentRefused(
                Text(
                    f"{in_file} désigne {file}, qui ne peut pas être lu "
                    f"({error.strerror}). Corrigez le chemin ou les droits.",
                    f"{in_file} names {file}, which cannot be read "
                    f"({error.strerror}). Correct the path or the permissions.",
                )
            ) from error
    return _demo_secret(own) if demo else ""


def _demo_secret(file: Path) -> str:
    """Return the key of this demonstration, made at its first start and kept beside its data."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return file.read_text(encoding="utf-8").strip()
