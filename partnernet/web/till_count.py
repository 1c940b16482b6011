"""The count of a till (décompte)."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.i18n import _


def draw(_by: Agent) -> None:
    """Draw the count of the person's own till."""
    st.header(_("Décompte"), anchor=False)
