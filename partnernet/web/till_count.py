"""« Décompte »: count the till without seeing what it should hold, freeze, account for the difference, hand over.

Nothing here says where the count stands: each render asks the database, so that a reload, a second browser or a lost
connection comes to the same place.
"""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.counts import CountDraft, NoTill
from partnernet.domain.keys import is_key
from partnernet.domain.submissions import to_recount
from partnernet.i18n import _
from partnernet.services import counts, submissions, till
from partnernet.web import refusal_notes, till_count_draft, till_count_frozen, till_count_own
from partnernet.web.runtime import database
from partnernet.web.till_count_begin import begin
from partnernet.web.till_count_notes import draw_whole


def draw(by: Agent) -> None:
    """Draw where the agent's own count stands."""
    key, branch = st.query_params.get("op", ""), branch_of(by)
    submitted = submissions.by_key(database(), key, by=by, at=now()) if is_key(key) else None
    if submitted:
        till_count_own.draw_submitted(submitted, branch.timezone)
        return
    current = counts.current(database(), by=by, at=now())
    ready = None if current is None else submissions.prepared(database(), by=by, at=now())
    own = submissions.own(database(), by=by)
    till_count_own.draw_to_recount(to_recount(own, since=ready.count.frozen_at if ready else None), branch.timezone)
    if isinstance(current, CountDraft):
        till_count_draft.draw(current, branch)
    elif ready:
        till_count_frozen.draw(ready, branch)
    else:
        _draw_start(by)
        till_count_own.draw_list(own, branch.timezone)


def _draw_start(by: Agent) -> None:
    """Nothing is being counted: what a count does, and the button that begins it."""
    draw_whole()
    if till.position(database(), by=by).opened_at is None:
        st.info(refusal_notes.said(NoTill()))
        return
    st.text(
        _(
            "Comptez les pièces, les billets et les chèques de votre caisse. Les montants attendus restent masqués "
            "jusqu'à ce que le décompte soit figé ; vous pouvez continuer à prendre des paiements."
        )
    )
    with st.container(key="focus-here-start", width="content"):
        st.button(_("Commencer le décompte"), type="primary", on_click=begin)
