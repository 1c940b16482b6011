"""What the count's last act was refused for, kept for the next render, whichever view that shows."""

from __future__ import annotations

import streamlit as st

from partnernet.web import refusal_notes

_WHOLE = "count_refused"


def keep_whole(refused: refusal_notes.Notes) -> None:
    """Keep the sentences that concern the count as a whole; none of them when the act went through."""
    st.session_state[_WHOLE] = refused


def draw_whole() -> None:
    """Draw them; the views put them where they move nothing that was just clicked."""
    refusal_notes.of_the_form(st.session_state.get(_WHOLE, ()))
