"""« Recherche client »: find a customer; the account opens on the page of its statement."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.permissions import Permission
from partnernet.i18n import _
from partnernet.web import customer_search, opened_account
from partnernet.web.guard import require_agent
from partnernet.web.screens import PAGES

agent = require_agent(Permission.FIND_CUSTOMER)

# Streamlit gives this page's own address the account as well, on the way: Back comes here, so that it opens nothing.
number = opened_account.chosen()
if number:
    st.switch_page(PAGES.statement, query_params={"client": number})
customer_search.draw(_("Recherche client"), opened_account.choose, by=agent)
