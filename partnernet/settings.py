"""What a deployment can set, read once from `PARTNERNET_…` environment variables.

The launcher and the command line call `settings()` before anything else, so that a misspelt name or bad
value stops the start with a sentence instead of surfacing in front of a customer. Limits that change while the
server runs (vouchers, tolerance, cash thresholds) are not here: they live in the database.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "PARTNERNET_"
TEST_PREFIX = "PARTNERNET_TEST_"
LANGUAGES = ("fr", "en")
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})

_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:]+\])(:(?P<port>[0-9]{1,5}))?/?")


class SettingsError(Exception):
    """A setting that cannot be used. Its text is the sentence to print, in French and in English."""

    def __init__(self, name: str, french: str, english: str) -> None:
        super().__init__(f"{name} : {french} / {english}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of this process. The database addresses may hold a password: they stay out of `repr`."""

    database_url: str = field(default=f"sqlite:///{ROOT / 'var' / 'partnernet.db'}", repr=False)
    owner_database_url: str | None = field(default=None, repr=False)
    public_url: str = "http://localhost:8501"
    principal_name: str = "BOC"
    support_contact: str = ""
    language: str = "fr"
    timezone: str = "America/Toronto"
    idle_minutes: int = 60
    day_hours: int = 10

    @property
    def https(self) -> bool:
        """Whether people reach the application over HTTPS, which decides the cookie's name and flags."""
        return self.public_url.startswith("https://")

    @property
    def uses_default_database(self) -> bool:
        """Whether the database is the project folder's own file, the only one created without being asked."""
        return self.database_url == Settings().database_url


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings from `environ`. A blank value counts as not set. Raises SettingsError."""
    readers: dict[str, Callable[[str, str], object]] = {
        "PARTNERNET_DATABASE_URL": _database_url,
        "PARTNERNET_OWNER_DATABASE_URL": _owner_database_url,
        "PARTNERNET_PUBLIC_URL": _origin,
        "PARTNERNET_PRINCIPAL_NAME": _line_of_text,
        "PARTNERNET_SUPPORT_CONTACT": _line_of_text,
        "PARTNERNET_LANGUAGE": _language,
        "PARTNERNET_TIMEZONE": _timezone,
        "PARTNERNET_IDLE_MINUTES": _whole_number(1, 24 * 60),
        "PARTNERNET_DAY_HOURS": _whole_number(1, 24),
    }
    _refuse_unknown_names(environ, known=list(readers))
    values = {
        name.removeprefix(PREFIX).lower(): read(name, text)
        for name, read in readers.items()
        if (text := environ.get(name, "").strip())
    }
    return Settings(**values)  # type: ignore[arg-type]  # each reader returns its field's type


@cache
def settings() -> Settings:
    """The settings of this process, read and checked once. Raises SettingsError."""
    return load(os.environ)


def _refuse_unknown_names(environ: Mapping[str, str], known: list[str]) -> None:
    for name in sorted(environ):
        if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            french, english = "ce réglage n'existe pas.", "there is no such setting."
            if near:
                french += f" Vouliez-vous dire {near[0]} ?"
                english += f" Did you mean {near[0]}?"
            raise SettingsError(name, french, english)


def _database_url(name: str, text: str) -> str:
    """A SQLite file (relative to the project folder) or a PostgreSQL database.

    What was given is not repeated in the refusal: it may hold a password.
    """
    scheme, separator, rest = text.partition("://")
    if scheme in ("postgresql", "postgres", "postgresql+psycopg") and rest.strip("/"):
        return f"postgresql+psycopg://{rest}"
    path = rest.removeprefix("/")
    if scheme == "sqlite" and separator and rest.startswith("/") and path not in ("", ":memory:"):
        return f"sqlite:///{ROOT / path}"
    raise SettingsError(
        name,
        "attendu sous la forme sqlite:///chemin/fichier.db ou postgresql://utilisateur:mot-de-passe@hôte/base.",
        "expected as sqlite:///path/file.db or postgresql://user:password@host/database.",
    )


def _owner_database_url(name: str, text: str) -> str:
    url = _database_url(name, text)
    if url.startswith("sqlite"):
        raise SettingsError(
            name,
            "ne sert qu'avec PostgreSQL ; avec SQLite, retirez ce réglage.",
            "is for PostgreSQL only; with SQLite, remove this setting.",
        )
    return url


def _origin(name: str, text: str) -> str:
    """The exact origin that browsers send: lower case, no path, no port when it is the scheme's own."""
    match = _ORIGIN.fullmatch(text.lower())
    if match is None or int(match["port"] or 1) not in range(1, 65536):
        raise SettingsError(
            name,
            f"adresse sans chemin attendue, par exemple https://partnernet.exemple.ca ; reçu « {text} ».",
            f'expected an address without a path, such as https://partnernet.example.ca; got "{text}".',
        )
    scheme, host, port = match["scheme"], match["host"], match["port"]
    if scheme == "http" and host not in LOOPBACK_HOSTS:
        raise SettingsError(
            name,
            f"HTTPS est obligatoire hors de cet ordinateur ; reçu « {text} ».",
            f'HTTPS is required beyond this computer; got "{text}".',
        )
    is_own_port = port is None or int(port) == {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{host}" if is_own_port else f"{scheme}://{host}:{int(port)}"


def _line_of_text(name: str, text: str) -> str:
    if not text.isprintable() or len(text) > 200:
        raise SettingsError(
            name,
            "une ligne d'au plus 200 caractères, sans caractère de contrôle, est attendue.",
            "expected one line of at most 200 characters, without control characters.",
        )
    return text


def _language(name: str, text: str) -> str:
    if text not in LANGUAGES:
        raise SettingsError(name, f"fr ou en attendu ; reçu « {text} ».", f'expected fr or en; got "{text}".')
    return text


def _timezone(name: str, text: str) -> str:
    if text not in available_timezones():
        raise SettingsError(
            name,
            f"fuseau horaire inconnu : « {text} » ; par exemple America/Toronto.",
            f'unknown time zone "{text}"; for instance America/Toronto.',
        )
    return text


def _whole_number(least: int, most: int) -> Callable[[str, str], int]:
    def read(name: str, text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise SettingsError(
                name,
                f"nombre entier de {least} à {most} attendu ; reçu « {text} ».",
                f'expected a whole number from {least} to {most}; got "{text}".',
            )
        return int(text)

    return read
