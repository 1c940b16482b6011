"""What one process shares: its database, and how it starts."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import streamlit as st

from partnernet.domain.refusals import DatabaseUnavailable, Refusal
from partnernet.domain.sign_in import SessionLimits
from partnernet.i18n import _, use_language
from partnernet.i18n.sentences import sentence
from partnernet.incidents import start_logging
from partnernet.settings import SettingsError, settings
from partnernet.storage import schema
from partnernet.storage.database import Database
from partnernet.storage.marks import DEMONSTRATION, is_marked

SESSION_HEADER = "x-partnernet-session"  # the edge sets it, `[server.trustedUserHeaders]` hands it to the pages


@cache
def database() -> Database:
    """The database of this process; the default one is made when it is missing. Raises a storage refusal."""
    url = settings().database_url
    if settings().uses_default_database and not Path(url.removeprefix("sqlite:///")).exists():
        schema.upgrade(url)
    return schema.open_database(url)


@cache
def is_demonstration() -> bool:
    """Whether the database holds invented people and amounts; it cannot become so, or cease to, while it is open."""
    with database().read() as connection:
        return is_marked(connection, DEMONSTRATION)


def session_limits() -> SessionLimits:
    """How long sessions last here."""
    return SessionLimits(settings().idle_minutes, settings().day_hours)


def start() -> None:
    """Check what would otherwise fail in front of a customer; one sentence and a bad exit status if it does."""
    start_logging()
    # Streamlit would log the message of every error: a driver's quotes the row. Ours keeps types and places.
    logging.getLogger("streamlit.error_util").addFilter(lambda _line: False)
    try:
        use_language(settings().language)
        database()
    except SettingsError as error:
        raise SystemExit(f"PartnerNET : {error}") from None
    except DatabaseUnavailable as refusal:
        raise SystemExit(f"PartnerNET : {sentence(refusal)} ({refusal.reason})") from None
    except Refusal as refusal:
        raise SystemExit(f"PartnerNET : {sentence(refusal)}") from None
    if SESSION_HEADER not in st.get_option("server.trustedUserHeaders"):
        raise SystemExit("PartnerNET : " + _("lancez-le depuis son dossier : .streamlit/config.toml n'a pas été lu."))


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Set what was loaded at start aside from garbage collection, and close the database at the end."""
    gc.collect()
    gc.freeze()
    yield
    database().dispose()
