"""« Mon compte »: who is signed in, in which language, and where else."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.permissions import Permission
from partnernet.domain.refusals import Refusal
from partnernet.domain.sign_in import OwnSession
from partnernet.i18n import LANGUAGES, _
from partnernet.i18n.formats import moment
from partnernet.i18n.labels import role
from partnernet.i18n.sentences import sentence
from partnernet.services import sessions, users
from partnernet.settings import settings
from partnernet.web.callbacks import callback
from partnernet.web.guard import require_session
from partnernet.web.runtime import database, session_limits

_NAMES = {"fr": "Français", "en": "English"}
_REFUSAL = "account_refusal"

session = require_session(Permission.MANAGE_OWN_ACCOUNT)
agent = session.agent


@callback
def choose_language(by: Agent) -> None:
    """Speak the language chosen, from this click on."""
    users.set_language(database(), st.session_state["language"], by=by)


@callback
def end(by: Agent, session_id: int) -> None:
    """End one of one's own sessions, wherever it is open."""
    try:
        sessions.end(database(), session_id, by=by, at=now())
    except Refusal as refusal:
        st.session_state[_REFUSAL] = sentence(refusal)


def draw_session(own: OwnSession) -> None:
    """One line: when it was opened and last used, and the button that ends it."""
    timezone = agent.branch.timezone if agent.branch else settings().timezone
    opened, seen, action = st.columns([2, 2, 2], vertical_alignment="center")
    opened.text(_("Ouverte le {moment}").format(moment=moment(own.opened_at, timezone)))
    seen.text(_("Dernière activité le {moment}").format(moment=moment(own.last_seen_at, timezone)))
    if own.id == session.id:
        action.text(_("Cette session-ci"))
    else:
        action.button(_("Mettre fin à cette session"), key=f"end_{own.id}", on_click=end, args=(own.id,))


st.title(_("Mon compte"), anchor=False)
branch = agent.branch.name if agent.branch else ""
st.text(" · ".join(filter(None, [agent.name, agent.login, role(agent.role), branch])))

st.header(_("Langue"), anchor=False)
st.session_state["language"] = agent.language
st.radio(
    _("Langue"),
    LANGUAGES,
    format_func=_NAMES.__getitem__,
    key="language",
    horizontal=True,
    label_visibility="collapsed",
    on_change=choose_language,
)

st.header(_("Mes sessions ouvertes"), anchor=False)
for own in sessions.own(database(), by=agent, at=now(), limits=session_limits()):
    with st.container(border=True):
        draw_session(own)
refused = st.session_state.pop(_REFUSAL, None)
if refused:
    st.error(refused)
