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
JOURNAL_FILE = "journal-key"
SHORTEST_SECRET = 32
DATABASE = "gouvernail.sqlite3"
#: A demonstration begins by erasing its database: it never bears the name of a real one.
DEMO_DATABASE = "demo.sqlite3"


class EnvironmentRefused(RefusedError):
    """The installation cannot start as it is set; each sentence says what to change."""

    def __init__(self, *sentences: Text) -> None:
        super().__init__(*(Problem("environment", sentence) for sentence in sentences))


@dataclass(frozen=True, slots=True)
class Environment:
    """The installation's choices. `data` holds the database, the documents and the static files."""

    data: Path
    secret_key: str
    journal_key: str
    database_url: str
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    debug: bool
    demo: bool
    https: bool
    language: str

    @property
    def database(self) -> dict[str, object]:
        """Return Django's settings of the database."""
        if not self.database_url:
            return sqlite(self.data / (DEMO_DATABASE if self.demo else DATABASE))
        return postgres(self.database_url)

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
    if url:
        postgres(url)
    return Environment(
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
        allowed_hosts=_list(values, "GOUVERNAIL_ALLOWED_HOSTS")
        or ("localhost", "127.0.0.1", "[::1]"),
        trusted_origins=_list(values, "GOUVERNAIL_TRUSTED_ORIGINS"),
        debug=_flag(values, "GOUVERNAIL_DEBUG", default=False),
        demo=demo,
        https=_flag(values, "GOUVERNAIL_HTTPS", default=not demo),
        language=language,
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


def _list(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in values.get(name, "").split(",") if part.strip())


def _secret(values: Mapping[str, str], names: tuple[str, str], own: Path, *, demo: bool) -> str:
    name, in_file = names
    if given := values.get(name, "").strip():
        return given
    if file := values.get(in_file, ""):
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
