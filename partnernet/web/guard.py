"""The first statement of every page."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.sign_in import OpenSession
from partnernet.i18n import _
from partnernet.web import password_form, sign_in_form
from partnernet.web.presence import current_session

_WHOSE = "whose"


def require_agent(permission: Permission) -> Agent:
    """The person at this tab, who has this permission; otherwise as `require_session`."""
    return require_session(permission).agent


def require_session(permission: Permission) -> OpenSession:
    """The session at this tab. Otherwise draws the sign-in, the new password that is due, or a refusal, and stops."""
    session = current_session()
    if session is None:
        st.session_state.clear()
        sign_in_form.draw()
        st.stop()
    _forget_what_was_another_s(session.agent)
    if session.new_password_due:
        password_form.draw(session)
        st.stop()
    if not allowed(session.agent, permission):
        st.error(_("Vous n'avez pas accès à cette page"))
        st.stop()
    return session


def _forget_what_was_another_s(agent: Agent) -> None:
    """What a tab holds belongs to a person in a role and a branch: when one of them changes, it is forgotten."""
    whose = f"{agent.id}/{agent.role}/{agent.branch.id if agent.branch else ''}"
    if st.session_state.get(_WHOSE, whose) != whose:
        st.session_state.clear()
    st.session_state[_WHOSE] = whose
