"""Cheques that pay several accounts and are not used up: what is left of each, and the way to pay on with it."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.shared_cheques import SharedCheque
from partnernet.i18n import _
from partnernet.i18n.formats import money
from partnernet.services import payments
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES


def draw(*, by: Agent) -> None:
    """Draw a line for each cheque of the person that would hold up the count; nothing when there is none."""
    for sheet in payments.unfinished_cheques(database(), by=by):
        draw_one(sheet, words(sheet))


def words(sheet: SharedCheque) -> str:
    """What is left of a cheque, in a sentence that names it."""
    return _("Chèque no {number} de {face_amount} : il reste {rest} à répartir").format(
        number=sheet.cheque.number, face_amount=money(sheet.face_amount), rest=money(sheet.rest)
    )


def draw_one(sheet: SharedCheque, said: str) -> None:
    """What is left of one cheque, and the button that looks for the next account with the cheque in the address."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"unfinished-cheque-{sheet.id}"):
        st.html(f'<p class="pn-rest">{escape(said)}</p>')
        if st.button(_("Payer un autre compte avec ce chèque"), key=f"pay-with-cheque-{sheet.id}"):
            st.switch_page(PAGES.payment, query_params={"cheque": str(sheet.id)})
