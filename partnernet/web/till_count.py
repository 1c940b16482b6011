"""« Décompte »: count the till without seeing what it should hold, freeze, account for the difference, hand over."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import counts
from partnernet.web.callbacks import callback
from partnernet.web.inert import inert
from partnernet.web.runtime import database

_REFUSED = "count_refused"


def draw(by: Agent) -> None:
    """Draw where the agent's own count stands."""
    st.header(_("Décompte"), anchor=False)
    if counts.current(database(), by=by, at=now()) is None:
        st.button(_("Commencer le décompte"), type="primary", on_click=_start)
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error(inert(refused))


@callback
def _start(by: Agent) -> None:
    try:
        counts.start(database(), by=by, at=now())
    except Refusal as refusal:
        st.session_state[_REFUSED] = sentence(refusal)
