"""The way from a payment form to the account's page: in a tab of its own, so that nothing typed is lost."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from partnernet.i18n import _


def draw(number: str) -> None:
    """Draw the link."""
    address, label = escape(f"/releve?{urlencode({'client': number})}"), escape(_("Relevé de compte"))
    st.html(f'<p class="pn-statement-link"><a href="{address}" target="_blank">{label}</a></p>')
