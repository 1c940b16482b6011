"""« Mot de passe »: the person chooses their own. Also drawn in place of any page after a one-time code."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from partnernet.clock import now
from partnernet.domain.passwords import LONGEST_CHARS, SHORTEST_CHARS
from partnernet.domain.refusals import Refusal
from partnernet.domain.sign_in import OpenSession, PasswordChange
from partnernet.i18n import _
from partnernet.i18n.sentences import sentence
from partnernet.services import users
from partnernet.web.callbacks import finished
from partnernet.web.presence import current_session
from partnernet.web.runtime import database

_CURRENT, _NEW, _AGAIN = "password_current", "password_new", "password_again"
_REFUSAL, _DRAWN_FOR = "password_refusal", "password_drawn_for"
_SAID_FOR = timedelta(seconds=30)


def draw(session: OpenSession) -> None:
    """The title, the form, and below it why the last attempt was refused; or that the password is changed."""
    st.title(_("Mot de passe"), anchor=False)
    due = session.new_password_due
    if not due and _has_just_changed(session):
        st.success(_("Le mot de passe est changé. Vos autres sessions sont fermées."))
        return
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
        st.form_submit_button(
            _("Changer le mot de passe"), type="primary", on_click=_change, args=(session.password_mark,)
        )
    refused = st.session_state.pop(_REFUSAL, None)
    if refused:
        st.error(refused)


def _field(label: str, key: str, autocomplete: str) -> None:
    st.text_input(label, key=key, type="password", max_chars=LONGEST_CHARS, autocomplete=autocomplete)


def _has_just_changed(session: OpenSession) -> bool:
    """Whether the form that this tab drew has been submitted; somebody who comes back later finds the form again.

    The database says so: a double click stops the run that could have noted it.
    """
    mark = session.password_mark
    if st.session_state.setdefault(_DRAWN_FOR, mark) != mark and now() - session.password_proved_at < _SAID_FOR:
        return True
    st.session_state[_DRAWN_FOR] = mark
    return False


@finished
def _change(drawn_for: str) -> None:
    """The form's callback. A second click finds the password changed since the form was drawn, and does nothing."""
    current, new, again = (str(st.session_state.get(key, "")) for key in (_CURRENT, _NEW, _AGAIN))
    session = current_session()
    if session is None or session.password_mark != drawn_for:
        return
    try:
        users.set_password(database(), PasswordChange(session.id, current, new, again), by=session.agent, at=now())
    except Refusal as refusal:
        st.session_state[_REFUSAL] = sentence(refusal)
    st.session_state.update(dict.fromkeys((_CURRENT, _NEW, _AGAIN), ""))
