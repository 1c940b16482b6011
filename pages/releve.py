"""« Relevé de compte »: where an account stands and why, and its statement for a period, on paper."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.domain.statements import AccountToday
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import statements
from partnernet.web import (
    correction_cash_only,
    customer_card,
    customer_search,
    opened_account,
    statement_account,
    statement_aging,
    statement_period,
)
from partnernet.web.guard import require_agent
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES

agent = require_agent(Permission.FIND_CUSTOMER)
opened_account.arrived()


def open_account(number: str) -> None:
    """The account is in the URL: a link, a reload and Back come to the same place."""
    st.query_params["client"] = number


def draw_account(today: AccountToday) -> None:
    """Who and how much first; then the documents, beside the statement to print."""
    customer_card.draw(today.account, today.timezone)
    correction_cash_only.draw(today.account.customer, today.timezone, by=agent)
    draw_ways_on(today)
    statement_account.draw_balance(today)
    statement_aging.draw(today.aging)
    account, paper = st.columns([7, 4], gap="large")
    with account:
        statement_account.draw_documents(today)
        statement_account.draw_credits(today.credits)
        statement_account.draw_since(today, by=agent)
    with paper.container(border=True, key="statement-period"):
        statement_period.draw(today, by=agent)


def draw_ways_on(today: AccountToday | None = None) -> None:
    """What to do next with the account, or with another."""
    with st.container(key="focus-here-next", horizontal=True):
        if today and allowed(agent, Permission.TAKE_PAYMENT) and st.button(_("Prendre un paiement"), type="primary"):
            st.switch_page(PAGES.payment, query_params={"client": today.account.customer.number})
        if st.button(_("Chercher un autre client")):
            st.switch_page(PAGES.statement)


number = st.query_params.get("client", "")
if not number:
    customer_search.draw(_("Relevé de compte"), open_account, by=agent)
    st.stop()

st.title(_("Relevé de compte"), anchor=False)
try:
    today = statements.account_today(database(), number, by=agent, at=now())
except Refusal as refusal:
    st.error(inert(sentence(refusal)))
    draw_ways_on()
else:
    draw_account(today)
