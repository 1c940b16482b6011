"""« Paiement de compte »: find the customer, take the payment, hand over the receipt."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.clock import now
from partnernet.domain.keys import is_key
from partnernet.domain.permissions import Permission
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import customers, payments
from partnernet.web import customer_search, payment_form, payment_panel
from partnernet.web.guard import require_agent
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES

agent = require_agent(Permission.TAKE_PAYMENT)


def open_form(number: str) -> None:
    """Client and key enter the URL together: Back to a URL without the key would make a second one."""
    st.query_params.from_dict({"client": number, "op": secrets.token_urlsafe(16)})


number = st.query_params.get("client", "")
key = st.query_params.get("op", "")
if number and not is_key(key):
    open_form(number)
    key = st.query_params["op"]

receipt = payments.by_key(database(), key, by=agent) if number else None
if receipt:
    payment_panel.draw(receipt, open_form)
elif number:
    try:
        account = customers.account(database(), number, by=agent, at=now())
    except Refusal as refusal:
        st.error(inert(sentence(refusal)))
        st.page_link(PAGES.payment, label=_("Chercher un autre client"))
    else:
        payment_form.draw(account, key, by=agent)
else:
    customer_search.draw(_("Paiement de compte"), open_form, by=agent)
