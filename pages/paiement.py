"""« Paiement de compte »: find the customer, take the payment, hand over the receipt.

A cheque that pays several accounts stands in the address as ``cheque``, from the search on.
"""

from __future__ import annotations

import secrets
from functools import partial
from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.keys import is_key
from partnernet.domain.permissions import Permission
from partnernet.domain.refusals import Refusal
from partnernet.domain.shared_cheques import NothingLeftToShare, SharedCheque
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import customers, payments
from partnernet.web import customer_search, payment_form, payment_panel, unfinished_cheques
from partnernet.web.guard import require_agent
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES

ID_MAX_DIGITS = 15

agent = require_agent(Permission.TAKE_PAYMENT)


def open_form(number: str, cheque: str = "") -> None:
    """Client, key and cheque enter the URL together: Back to a URL without the key would make a second one."""
    address = {"client": number, "op": secrets.token_urlsafe(16), "cheque": cheque}
    st.query_params.from_dict({name: value for name, value in address.items() if value})


def on_record(cheque: str) -> SharedCheque | None:
    """The cheque that the address names, when there is something left of it in the person's till."""
    is_id = cheque.isascii() and cheque.isdigit() and len(cheque) <= ID_MAX_DIGITS
    return payments.unfinished_cheque(database(), int(cheque), by=agent) if is_id else None


def draw_form(number: str, key: str, sheet: SharedCheque | None) -> None:
    """The form of an account, or why there is none."""
    try:
        account = customers.account(database(), number, by=agent, at=now())
    except Refusal as refusal:
        refuse(refusal)
    else:
        payment_form.draw(account, key, by=agent, sheet=sheet)


def refuse(refusal: Refusal) -> None:
    """Why there is no form, and the way back to the search."""
    st.error(inert(sentence(refusal)))
    st.page_link(PAGES.payment, label=_("Chercher un autre client"))


def draw_search(sheet: SharedCheque | None) -> None:
    """The search, under the cheque that pays the account to find, or under those that are not used up."""
    if sheet:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="pn-rest">{escape(unfinished_cheques.words(sheet))}</p>')
            if st.button(_("Payer sans ce chèque")):
                st.switch_page(PAGES.payment)
    else:
        unfinished_cheques.draw(by=agent)
    customer_search.draw(_("Paiement de compte"), partial(open_form, cheque=cheque), by=agent)


number = st.query_params.get("client", "")
key = st.query_params.get("op", "")
cheque = st.query_params.get("cheque", "")
if number and not is_key(key):
    open_form(number, cheque)
    key = st.query_params["op"]

receipt = payments.by_key(database(), key, by=agent) if number else None
sheet = on_record(cheque) if cheque and not receipt else None
if receipt:
    payment_panel.draw(receipt, open_form, by=agent)
elif cheque and sheet is None:
    refuse(NothingLeftToShare())
elif number:
    draw_form(number, key, sheet)
else:
    draw_search(sheet)
