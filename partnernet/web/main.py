"""The script that Streamlit runs at every interaction: the menus, then the page asked for.

Every page is registered for everyone, so that a link to it leads to the sign-in or to a sentence; the page's own guard
decides. The menus show what the person may open.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import allowed
from partnernet.i18n import _
from partnernet.web.callbacks import follow
from partnernet.web.presence import current_session
from partnernet.web.runtime import is_demonstration
from partnernet.web.screens import screens

WORDMARK = Path(__file__).parent / "static" / "wordmark.svg"


def menus(agent: Agent | None) -> dict[str, list[st.Page]]:
    """The pages by menu; those that the person may not open are there, unseen."""
    found: dict[str, list[st.Page]] = {"": []}
    for screen in screens():
        seen = agent is not None and allowed(agent, screen.permission)
        found.setdefault(screen.menu if seen else "", []).append(screen.page(seen=seen))
    return found


def who(agent: Agent) -> str:
    """Several people share a counter: whose session this is stands in sight. The page takes its language (app.js)."""
    parts = [agent.login, agent.name, agent.branch.name if agent.branch else ""]
    return f'<p class="pn-who" lang="{agent.language}">{escape(" · ".join(filter(None, parts)))}</p>'


follow()
session = current_session()
agent = session.acting if session else None
page = st.navigation(menus(agent), position="top" if agent else "hidden")
st.set_page_config(page_title=f"{page.title} · PartnerNET", layout="wide")
if session:
    st.logo(str(WORDMARK), size="large")
    st.html(who(session.agent))
if is_demonstration():
    ribbon = _("Démonstration — données fictives")
    st.html(f'<p class="pn-ribbon">{escape(ribbon)}</p>')
page.run()
