"""Who is at this tab: read from the database at every run of a page and in every callback."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.sign_in import OpenSession
from partnernet.i18n import LANGUAGES, use_language
from partnernet.services import sessions
from partnernet.settings import settings
from partnernet.web.runtime import database, session_limits


def current_session(*, active: bool = True) -> OpenSession | None:
    """The session whose cookie came with this tab, if it is still in force; speaks its person's language from here on.

    ``active`` is false for what a screen does by itself, which must not keep a session alive.
    """
    token_hash = st.user.get("session")
    session = None
    if isinstance(token_hash, str):
        session = sessions.find(database(), token_hash, at=now(), limits=session_limits(), active=active)
    use_language(session.agent.language if session else _chosen_language())
    return session


def _chosen_language() -> str:
    """Before anyone has signed in: the language clicked, or the deployment's own."""
    asked = st.query_params.get("lang", "")
    return asked if asked in LANGUAGES else settings().language


def current_agent(*, active: bool = True) -> Agent | None:
    """The person at this tab, when they may act. ``None`` in a callback: do nothing, the page will say why."""
    session = current_session(active=active)
    return session.acting if session else None
