"""The account that a search opens on another page.

No page is left from within a callback, so what was chosen is kept until the script's body has gone there: a run that is
interrupted on the way starts over. The address of the search stays as it was, and Back comes to the search.
"""

from __future__ import annotations

import streamlit as st

_CHOSEN = "account_to_open"


def choose(number: str) -> None:
    """Keep, in a callback, which account to open."""
    st.session_state[_CHOSEN] = number


def chosen() -> str:
    """The account to open; empty when there is none."""
    number: str = st.session_state.get(_CHOSEN, "")
    return number


def arrived() -> None:
    """The account is open."""
    st.session_state.pop(_CHOSEN, None)
