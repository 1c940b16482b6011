"""A receipt found by its number, and the corrections made last."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.correction_form import receipt_number
from partnernet.domain.corrections import Corrections
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import moment, money
from partnernet.i18n.labels import reversal_reason, where_is_the_money
from partnernet.services import corrections
from partnernet.web import receipt_paper, refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database
from partnernet.web.summary import Cell, Column, Link, draw_table

_NUMBER = "correction_number"
_REFUSED = "correction_number_refused"


def draw_search(branch: Branch, show: Callable[[str], None]) -> None:
    """The field that finds a receipt, and its button; the branch's code and the zeros may be left out."""
    st.header(_("Trouver un reçu"), anchor=False)
    with st.form("find_receipt", border=False):
        field, button, _rest = st.columns([4, 2, 5], vertical_alignment="bottom")
        with field.container(key="focus-here-number"):
            st.text_input(_("Numéro de reçu"), key=_NUMBER, placeholder=f"{branch.code}-000012")
        button.form_submit_button(_("Ouvrir le reçu"), width="stretch", on_click=_find, args=(branch.code, show))
    refusal_notes.of_the_form(st.session_state.get(_REFUSED, ()), drawn=())


@callback
def _find(by: Agent, branch_code: str, show: Callable[[str], None]) -> None:
    number = receipt_number(str(st.session_state.get(_NUMBER) or ""), branch_code)
    refused: refusal_notes.Notes = ()
    try:
        corrections.examined(database(), number, branch_code, by=by)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_REFUSED] = refused
    if not refused:
        show(number)


def draw_last(found: Corrections, *, by: Agent) -> None:
    """The last corrections, newest first, each with its slip; papers are a branch's own."""
    st.header(_("Dernières contre-passations"), anchor=False)
    if not found.last:
        st.info(_("Aucun paiement n'a été contre-passé."))
        return
    columns = [
        Column(_("Reçu")),
        Column(_("Client"), long=True),
        Column(_("Montant"), figures=True),
        Column(_("Raison")),
        Column(_("Où est l'argent")),
        Column(_("Remplacé par")),
        Column(_("Contre-passé le")),
        Column(_("Par")),
    ]
    if by.branch:
        columns.append(Column(_("Avis")))
    draw_table(tuple(columns), [_row(each, by) for each in found.last])


def _row(undone: Receipt, by: Agent) -> tuple[Cell, ...]:
    made = undone.reversal
    if made is None:
        return ()
    cells: tuple[Cell, ...] = (
        undone.number,
        f"{undone.customer.number} {undone.customer.name}",
        money(undone.amount),
        reversal_reason(made.reason),
        where_is_the_money(made.where),
        made.reentered,
        moment(made.at, undone.branch.timezone),
        made.by_name,
    )
    if not by.branch:
        return cells
    name = _("Imprimer l'avis de contre-passation du reçu no {number}").format(number=undone.number)
    address = f"/print/reversal/{undone.number}?lang={receipt_paper.kept().language}"
    return (*cells, Link(_("Imprimer"), address, name))
