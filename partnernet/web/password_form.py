"""« Mot de passe »: the person chooses their own. Also drawn in place of any page after a one-time code."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.passwords import LONGEST_CHARS, SHORTEST_CHARS
from partnernet.domain.refusals import Refusal
from partnernet.domain.sign_in import OpenSession, PasswordChange
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import users
from partnernet.web.presence import current_session
from partnernet.web.runtime import database

_CURRENT, _NEW, _AGAIN, _REFUSAL = "password_current", "password_new", "password_again", "password_refusal"
_DONE = {"change": "faite"}


def draw(session: OpenSession) -> None:
    """The title, the form, and below it why the last attempt was refused; or that the password is changed."""
    st.title(_("Mot de passe"))
    if _is_done():
        st.success(_("Le mot de passe est changé. Vos autres sessions sont fermées."))
        return
    due = session.new_password_due
    if due:
        st.text(_("Votre code à usage unique a servi : choisissez maintenant votre mot de passe."))
    st.text(
        _(
            "Au moins {shortest} caractères. Quatre mots sans lien entre eux se retiennent bien ; "
            "espaces et accents sont permis."
        ).format(shortest=SHORTEST_CHARS)
    )
    with st.form("password", width=480):
        if not due:
            _field(_("Mot de passe actuel"), _CURRENT, "current-password")
        _field(_("Nouveau mot de passe"), _NEW, "new-password")
        _field(_("Nouveau mot de passe, encore"), _AGAIN, "new-password")
        st.form_submit_button(_("Changer le mot de passe"), type="primary", on_click=_change, args=(due,))
    refused = st.session_state.pop(_REFUSAL, None)
    if refused:
        st.error(refused)


def _field(label: str, key: str, autocomplete: str) -> None:
    st.text_input(label, key=key, type="password", max_chars=LONGEST_CHARS, autocomplete=autocomplete)


def _is_done() -> bool:
    """In the address, so that a second click on the button finds it done and a click in the menu starts afresh."""
    return all(st.query_params.get(name) == value for name, value in _DONE.items())


def _change(was_due: bool) -> None:
    typed = [str(st.session_state.get(key, "")) for key in (_CURRENT, _NEW, _AGAIN)]
    st.session_state.update(dict.fromkeys((_CURRENT, _NEW, _AGAIN), ""))
    session = current_session()
    if session is None or session.new_password_due != was_due or _is_done():
        return
    try:
        users.set_password(database(), PasswordChange(session.id, *typed), by=session.agent, at=now())
    except Refusal as refusal:
        st.session_state[_REFUSAL] = sentence(refusal)
        return
    if not was_due:
        st.query_params.from_dict(_DONE)
