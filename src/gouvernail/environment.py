"""What the installation says of itself: the `GOUVERNAIL_…` variables, read once, refused loudly.

`read` refuses what cannot be understood; `lacking` says what a production needs before it may
serve. Neither asks anything at import time of the commands that need no database.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from gouvernail_core.kernel import Problem, RefusedError, Text

_YES = {"1", "oui", "true", "yes", "on"}
_NO = {"", "0", "non", "false", "no", "off"}
SECRET_FILE = "secret-key"  # noqa: S105 - the name of a file, not what it holds
SHORTEST_SECRET = 32
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
class Environment:
    """The installation's choices. `data` holds the database, the documents and the static files."""

    data: Path
    secret_key: str
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
        if len(self.secret_key) >= SHORTEST_SECRET:
            return []
        return [
            Text(
                f"GOUVERNAIL_SECRET_KEY doit compter {SHORTEST_SECRET} signes au moins, il en a "
                f"{len(self.secret_key)}. Donnez-lui une suite secrète, par exemple : "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'.",
                f"GOUVERNAIL_SECRET_KEY needs {SHORTEST_SECRET} signs at least, it has "
                f"{len(self.secret_key)}. Give it a secret, for example: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'.",
            )
        ]


def read(given: Mapping[str, str] | None = None) -> Environment:
    """Return the environment; raise EnvironmentRefused with the remedy when it cannot be read."""
    values = dict(os.environ if given is None else given)
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
    return Environment(
        data=data,
        secret_key=_secret(values, data, demo=demo),
        database_url=url,
        database_owner_url=owner_url,
        allowed_hosts=_list(values, "GOUVERNAIL_ALLOWED_HOSTS")
        or ("localhost", "127.0.0.1", "[::1]"),
        trusted_origins=_list(values, "GOUVERNAIL_TRUSTED_ORIGINS"),
        debug=_flag(values, "GOUVERNAIL_DEBUG", default=False),
        demo=demo,
        https=_flag(values, "GOUVERNAIL_HTTPS", default=not demo),
        language=language,
        trusted_proxies=_number(values, "GOUVERNAIL_TRUSTED_PROXIES"),
        require_mfa=_choice(values, "GOUVERNAIL_REQUIRE_MFA", ("none", "leaders", "all")),
        oidc=_oidc(values),
    )


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


def _number(values: Mapping[str, str], name: str) -> int:
    word = values.get(name, "").strip() or "0"
    if word.isascii() and word.isdigit() and len(word) < 3:
        return int(word)
    raise EnvironmentRefused(
        Text(
            f"{name} vaut « {word} » ; écrivez un nombre entier, de 0 à 99.",
            f"{name} is “{word}”; write a whole number, from 0 to 99.",
        )
    )


def _choice(values: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    word = values.get(name, "").strip() or known[0]
    if word in known:
        return word
    listed = ", ".join(known)
    raise EnvironmentRefused(
        Text(
            f"{name} vaut « {word} » ; choisissez parmi : {listed}.",
            f"{name} is “{word}”; choose one of: {listed}.",
        )
    )


def _oidc(values: Mapping[str, str]) -> OidcProvider | None:
    """Return the provider, None when no issuer is set; refuse one that is half set."""
    issuer = values.get("GOUVERNAIL_OIDC_ISSUER", "").strip().rstrip("/")
    if not issuer:
        return None
    needed = ("GOUVERNAIL_OIDC_CLIENT_ID", "GOUVERNAIL_OIDC_CLIENT_SECRET")
    lacking = [name for name in needed if not values.get(name, "").strip()]
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
        client_id=values[needed[0]].strip(),
        client_secret=values[needed[1]].strip(),
        name=values.get("GOUVERNAIL_OIDC_NAME", "").strip() or parts.hostname or issuer,
        algorithm=_choice(values, "GOUVERNAIL_OIDC_ALGORITHM", ("RS256", "ES256")),
        scopes=values.get("GOUVERNAIL_OIDC_SCOPES", "").strip() or "openid email",
        acr=values.get("GOUVERNAIL_OIDC_ACR", "").strip(),
        signed_userinfo=_flag(values, "GOUVERNAIL_OIDC_SIGNED_USERINFO", default=True),
    )


def _list(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in values.get(name, "").split(",") if part.strip())


def _secret(values: Mapping[str, str], data: Path, *, demo: bool) -> str:
    if given := values.get("GOUVERNAIL_SECRET_KEY", "").strip():
        return given
    if file := values.get("GOUVERNAIL_SECRET_KEY_FILE", ""):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EnvironmentRefused(
                Text(
                    f"GOUVERNAIL_SECRET_KEY_FILE désigne {file}, qui ne peut pas être lu "
                    f"({error.strerror}). Corrigez le chemin ou les droits.",
                    f"GOUVERNAIL_SECRET_KEY_FILE names {file}, which cannot be read "
                    f"({error.strerror}). Correct the path or the permissions.",
                )
            ) from error
    return _demo_secret(data) if demo else ""


def _demo_secret(data: Path) -> str:
    """Return the key of this demonstration, made at its first start and kept beside its data."""
    file = data / SECRET_FILE
    data.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return file.read_text(encoding="utf-8").strip()
