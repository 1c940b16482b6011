"""« Contre-passations »: errors that agents report, a receipt to find, its correction, and the last corrections."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.domain.agents import Branch
from partnernet.domain.keys import is_key
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import branches, corrections
from partnernet.web import (
    branch_choice,
    correction_done,
    correction_form,
    correction_list,
    correction_receipt,
    correction_reports,
    refusal_notes,
)
from partnernet.web.callbacks import finished
from partnernet.web.guard import require_session
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.summary import draw_heading

session = require_session(Permission.VIEW_CORRECTIONS)
agent = session.agent


@finished
def show(number: str) -> None:
    """One receipt with a fresh key, together in the address, or the list; the branch stays in it."""
    st.query_params.pop("op", None)
    st.query_params.pop("recu", None)
    if number:
        st.query_params.update({"recu": number, "op": secrets.token_urlsafe(16)})


def draw_list(branch: Branch) -> None:
    """What waits for an answer comes first, then the way to any receipt."""
    found = corrections.listed(database(), branch.code, by=agent)
    correction_reports.draw(found, show, by=agent)
    correction_list.draw_search(branch, show)
    correction_list.draw_last(found, by=agent)


def draw_one(number: str, branch: Branch) -> None:
    """A receipt: what was done to it, or the form that corrects it."""
    key = st.query_params.get("op", "")
    if not is_key(key):
        key = secrets.token_urlsafe(16)
        st.query_params["op"] = key
    try:
        found = corrections.examined(database(), number, branch.code, by=agent)
    except Refusal as refusal:
        st.title(_("Contre-passations"), anchor=False)
        st.error(inert(sentence(refusal)))
        draw_way_back(focused=True)
        return
    paid = found.receipt
    draw_heading(_("Reçu no {number}").format(number=paid.number), _("Succursale {branch}").format(branch=branch.name))
    may = allowed(agent, Permission.REVERSE_PAYMENT) and not found.is_own(agent)
    draw_way_back(focused=not found.correction and not may)
    if found.correction:
        correction_done.draw(found, by=agent)
        refusal_notes.of_the_form(correction_form.refused(key), drawn=())
    correction_receipt.draw(found)
    if not found.correction:
        correction_form.draw(found, key, session)


def draw_way_back(*, focused: bool) -> None:
    """Back to the list, above what is decided, where it never moves it; focused where there is nothing else to do."""
    with st.container(key="focus-here-back" if focused else "ways-on"):
        st.button(_("Retour à la liste"), icon=":material/arrow_back:", on_click=show, args=("",))


readable = branches.readable(database(), by=agent)
number = st.query_params.get("recu", "")
if not number:
    how = _("Un paiement ne se modifie pas. Une autre personne que celle qui l'a pris le contre-passe.")
    draw_heading(_("Contre-passations"), branch_choice.under_title(readable, how))
branch = branch_choice.draw(readable)
if branch and number:
    draw_one(number, branch)
elif branch:
    draw_list(branch)
