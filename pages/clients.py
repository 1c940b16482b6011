"""« Recherche client »: find a customer, and see where the account stands."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import customers
from partnernet.settings import settings
from partnernet.web import account_view, customer_search
from partnernet.web.guard import require_agent
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES

agent = require_agent(Permission.FIND_CUSTOMER)
at = now()


def open_account(number: str) -> None:
    """The account is in the URL: a link, a reload and Back come to the same place."""
    st.query_params["client"] = number


def draw_account(number: str) -> None:
    """The account, and where to go from it."""
    st.title(_("Client"), anchor=False)
    found = False
    try:
        account = customers.account(database(), number, by=agent, at=at)
    except Refusal as refusal:
        st.error(inert(sentence(refusal)))
    else:
        found = True
        account_view.draw(account, at, agent.branch.timezone if agent.branch else settings().timezone)
    with st.container(key="focus-here-next", horizontal=True):
        if found and allowed(agent, Permission.TAKE_PAYMENT) and st.button(_("Prendre un paiement"), type="primary"):
            st.switch_page(PAGES.payment, query_params={"client": number})
        if st.button(_("Chercher un autre client")):
            st.switch_page(PAGES.customers)


number = st.query_params.get("client", "")
if number:
    draw_account(number)
else:
    customer_search.draw(_("Recherche client"), open_account, by=agent)
