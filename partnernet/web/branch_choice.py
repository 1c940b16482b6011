"""Which branch a screen is about, for whoever may look at several: the address says it, a select box changes it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from partnernet.domain.agents import Branch
from partnernet.i18n import _
from partnernet.web.callbacks import finished

_ADDRESS = "succursale"
_CHOSEN = "chosen_branch"


def draw(branches: Sequence[Branch]) -> Branch | None:
    """The branch that the person looks at; ``None``, and a word that says so, as long as none is chosen.

    Whoever has one branch is asked nothing, and no address leads them to another.
    """
    if len(branches) == 1:
        return branches[0]
    names = {branch.code: f"{branch.name} ({branch.code})" for branch in branches}
    asked = st.query_params.get(_ADDRESS, "")
    st.session_state[_CHOSEN] = asked if asked in names else None
    st.selectbox(
        _("Succursale"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=_("Choisissez une succursale"),
        key=_CHOSEN,
        on_change=_show_chosen,
        required=True,
        width=320,
    )
    chosen = next((branch for branch in branches if branch.code == asked), None)
    if chosen is None:
        st.info(_("Choisissez une succursale pour voir ce qui la concerne."))
    return chosen


def under_title(branches: Sequence[Branch], note: str) -> str:
    """The line under the screen's title: the branch, where there is only one to look at, and a note."""
    if len(branches) != 1:
        return note
    return _("Succursale {branch}").format(branch=branches[0].name) + f" · {note}"


@finished
def _show_chosen() -> None:
    """What else the address said was about the branch shown before."""
    st.query_params.from_dict({_ADDRESS: st.session_state[_CHOSEN]} if st.session_state[_CHOSEN] else {})
