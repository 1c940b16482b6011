"""Look at the database while a form is open, so that what happened elsewhere arrives by itself."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.web.presence import current_agent

_LOOK_EVERY_SECONDS = 3


def watch(has_changed: Callable[[Agent], object]) -> None:
    """Draw the screen again once ``has_changed`` is true, or nobody is signed in; looking keeps no session alive."""

    @st.fragment(run_every=_LOOK_EVERY_SECONDS)
    def look() -> None:
        by = current_agent(active=False)
        if by is None or has_changed(by):
            st.rerun()

    look()
