"""« Réconciliations à approuver »: what waits for another person's decision, and one submission in full."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.approvals import Examination
from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import moment
from partnernet.i18n.sentences import sentence
from partnernet.services import approvals, branches
from partnernet.web import (
    absent_count,
    alone_reviews,
    branch_choice,
    drop_receipts,
    float_handover,
    float_offers,
    proof_form,
    reconciliation_decision,
    reconciliation_detail,
    reconciliation_history,
    reconciliation_list,
    replenishment_requests,
)
from partnernet.web.callbacks import finished
from partnernet.web.guard import require_session
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.summary import draw_heading

session = require_session(Permission.VIEW_RECONCILIATIONS)
agent = session.agent


@finished
def show(number: int | None) -> None:
    """One submission, or the list; the branch stays in the address."""
    st.query_params.pop("no", None)
    if number is not None:
        st.query_params["no"] = str(number)


def draw_list(branch_code: str) -> None:
    """What waits comes first; bags dropped during the day and floats are another person's to take and give too."""
    found = approvals.listed(database(), branch_code, by=agent, at=now())
    reconciliation_list.draw(found, by=agent, has_focus=not replenishment_requests.is_refusing(found))
    alone_reviews.draw_list(found)
    drop_receipts.draw(found, by=agent)
    replenishment_requests.draw(found, by=agent)
    if allowed(agent, Permission.GRANT_REPLENISHMENT):
        st.header(_("Fonds de caisse"), anchor=False)
        float_offers.draw(agent)
        float_handover.draw(ZERO, by=agent)
    if allowed(agent, Permission.COUNT_FOR_ABSENT):
        absent_count.draw_entry(agent)
    reconciliation_list.draw_decided(found, by=agent)


def draw_one(number: str, branch_code: str) -> None:
    """A submission in full, and the decision beside it."""
    try:
        found = approvals.examined(database(), number, branch_code, by=agent, at=now())
    except Refusal as refusal:
        st.title(_("Réconciliation"), anchor=False)
        st.error(inert(sentence(refusal)))
        draw_ways_on(None)
        return
    submitted = found.reconciliation
    who = f"{submitted.agent_name} ({submitted.agent_login})"
    when = _("soumise le {moment}").format(moment=moment(submitted.submitted_at, found.branch.timezone))
    where = _("succursale {branch}").format(branch=found.branch.name)
    draw_heading(_("Réconciliation no {number}").format(number=submitted.number), f"{who} · {when} · {where}")
    draw_ways_on(found)
    evidence, decision = st.columns([7, 4], gap="large")
    with evidence:
        reconciliation_detail.draw(found)
    with decision:
        with st.container(key="decision", border=True):
            st.subheader(_("Décision"), anchor=False)
            reconciliation_decision.draw(found, session)
        reconciliation_history.draw(found)


def draw_ways_on(found: Examination | None) -> None:
    """Back to the list, on to the next one, and the paper: above what is decided, where they never move it."""
    with st.container(key="ways-on" if proof_form.was_asked() else "focus-here-back", horizontal=True):
        st.button(_("Retour à la liste"), icon=":material/arrow_back:", on_click=show, args=(None,))
        if found and found.next_pending is not None:
            label = _("Suivante : no {number}").format(number=found.next_pending)
            st.button(label, icon=":material/arrow_forward:", on_click=show, args=(found.next_pending,))
        if found and agent.branch:  # papers are a branch's own
            st.link_button(_("Imprimer"), f"/print/till-report/{found.reconciliation.id}", icon=":material/print:")


absent = st.query_params.get(absent_count.ABSENT, "")
if absent and allowed(agent, Permission.COUNT_FOR_ABSENT):
    absent_count.draw_count(absent, agent)
    st.stop()
number = st.query_params.get("no", "")
readable = branches.readable(database(), by=agent)
if not number:
    how = _("Une autre personne que celle qui a compté approuve ou retourne.")
    draw_heading(_("Réconciliations à approuver"), branch_choice.under_title(readable, how))
branch = branch_choice.draw(readable)
if branch and number:
    draw_one(number, branch.code)
elif branch:
    draw_list(branch.code)
