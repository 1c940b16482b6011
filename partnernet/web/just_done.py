"""What this tab has just done to lines of a list, said in their place: no other line comes under the pointer."""

from __future__ import annotations

from html import escape

import streamlit as st


def keep(what: str, line: int, text: str) -> None:
    """Say ``text`` in the place of a line from now on; ``what`` is the list that it stands in."""
    st.session_state[_name(what)] = {**said(what), line: text}


def said(what: str) -> dict[int, str]:
    """What is said in the place of which lines."""
    done: dict[int, str] = st.session_state.get(_name(what), {})
    return done


def draw(text: str) -> None:
    """Draw what is said in the place of a line."""
    st.html(f'<section class="pn-decided" role="status"><p>{escape(text)}</p></section>')


def _name(what: str) -> str:
    return f"just_done:{what}"
