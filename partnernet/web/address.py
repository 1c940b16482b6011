"""The address of the screen at this tab, for forms that leave it and come back."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st


def here(query: dict[str, str]) -> str:
    """This screen with a query, so that what is posted elsewhere arrives here again."""
    path = urlsplit(st.context.url or "").path or "/"
    return f"{path}?{urlencode(query)}" if query else path
