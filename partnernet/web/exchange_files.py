"""« Fichiers du fournisseur »: a file is chosen, checked, looked at, and only then imported."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.i18n import _
from partnernet.web import exchange_upload

FILES = "fichiers"


def address() -> dict[str, str]:
    """View and key enter the URL together: Back to a URL without the key would make a second import."""
    return {"vue": FILES, "op": secrets.token_urlsafe(16)}


def draw(_by: Agent) -> None:
    """Draw the form of the file."""
    exchange_upload.draw(_("Fichier des clients"), "x", "python -m partnernet import customers")
    st.text(str(exchange_upload.taken("x")))
