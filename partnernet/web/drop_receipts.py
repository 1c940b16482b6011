"""« Sacs remis en cours de journée »: bags that agents sealed before any count, taken for the branch by another."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.approvals import Approvals
from partnernet.domain.drops import Drop
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.reconciliations import OwnReconciliation
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import moment, money
from partnernet.i18n.sentences import sentence
from partnernet.services import drops
from partnernet.web import just_done, refusal_notes, till_count_cheques
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database

_DROPS = "drops"


def draw(found: Approvals, *, by: Agent) -> None:
    """Draw each bag, and those just received in their place."""
    waiting, done = {drop.bag.id: drop for drop in found.drops}, just_done.said(_DROPS)
    if not waiting and not done:
        return
    st.header(_("Sacs remis en cours de journée"), anchor=False)
    for bag_id in sorted({*waiting, *done}):
        if bag_id not in waiting:
            just_done.draw(done[bag_id])
        else:
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                _draw_drop(waiting[bag_id], found, by)


def _draw_drop(drop: Drop, found: Approvals, by: Agent) -> None:
    bag = drop.bag
    named = _("Sac no {number}").format(number=bag.number)
    inside = _("scellé le {moment}, espèces {cash}, chèques {cheques}").format(
        moment=moment(bag.sealed_at, found.branch.timezone),
        cash=money(bag.cash),
        cheques=till_count_cheques.in_words(bag.cheques),
    )
    st.html(
        f'<p class="pn-request"><strong>{escape(money(bag.total))}</strong> {escape(named)} · '
        f'{escape(drop.agent_name)} <span class="pn-quiet">{escape(inside)}</span></p>',
        width="stretch",
    )
    if drop.agent_id == by.id and not found.one_person:
        st.html(f'<p class="pn-request pn-quiet">{escape(sentence(OwnReconciliation()))}</p>', width="content")
    elif allowed(by, Permission.DECIDE_RECONCILIATION):
        st.button(_("Recevoir"), key=f"receive_{bag.id}", on_click=_receive, args=(bag.id,))
    refusal_notes.of_the_form(st.session_state.get(f"drop_refused:{bag.id}", ()))


@callback
def _receive(by: Agent, bag_id: int) -> None:
    refused: refusal_notes.Notes = ()
    try:
        received = drops.receive(database(), bag_id, by=by, at=now())
    except Refusal as refusal:
        refused = ((None, refusal_notes.said(refusal)),)
        just_done.keep(_DROPS, bag_id, refusal_notes.said(refusal))  # where it is not waiting any more
    else:
        text = _("Sac no {number} reçu : {amount}, à déposer.").format(
            number=received.bag.number, amount=money(received.bag.total)
        )
        just_done.keep(_DROPS, bag_id, text)
    st.session_state[f"drop_refused:{bag_id}"] = refused
