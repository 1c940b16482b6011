"""The sign-in, drawn in place of the page asked for: a native form, which password managers know."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain import sign_in
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _, language
from partnernet.i18n.sentences import sentence
from partnernet.services import users
from partnernet.settings import settings
from partnernet.web.address import here
from partnernet.web.cookies import RefusedSignIn, note_cookie, read_note
from partnernet.web.runtime import database

_FORM = """
<form class="pn-sign-in" method="post" action="/login">
  <p class="pn-wordmark" aria-hidden="true">Partner<b>NET</b></p>
  <h1>{heading}</h1>
  {said}
  <label for="pn-login">{login_label}</label>
  <input id="pn-login" name="login" value="{login}" maxlength="20" required
    autocomplete="username" autocapitalize="characters" spellcheck="false">
  <label for="pn-password">{password_label}</label>
  <input id="pn-password" name="password" type="password" maxlength="128" required autocomplete="current-password">
  <input type="hidden" name="next" value="{next}">
  <button type="submit">{submit}</button>
  <p class="pn-support">{support}</p>
  <p class="pn-languages">{languages}</p>
</form>
"""
_NAMES = {"fr": "Français", "en": "English"}


def draw() -> None:
    """Draw the form, or how to make the first user when there is none."""
    if users.none_yet(database()):
        _draw_first_steps()
        return
    note = read_note(st.context.cookies.get(note_cookie()))
    support = settings().support_contact
    st.html(
        _FORM.format(
            heading=escape(_("Ouvrir une session")),
            said=_said(note),
            login_label=escape(_("Numéro d'agent")),
            login=escape(note.login if note else ""),
            password_label=escape(_("Mot de passe")),
            next=escape(here(st.query_params.to_dict())),
            submit=escape(_("Ouvrir une session")),
            support=escape(_("Besoin d'aide ? {contact}").format(contact=support)) if support else "",
            languages=_languages(),
        )
    )


def _said(note: RefusedSignIn | None) -> str:
    """Why the last attempt was refused; or that the session this browser still has a cookie of has ended."""
    if note:
        return f'<p class="pn-refusal" role="alert">{escape(_sentence(note.reason, note.minutes))}</p>'
    if st.user.get("session"):
        ended = _("Votre session est fermée. Ouvrez-en une autre pour revenir à cette page.")
        return f'<p class="pn-ended" role="status">{escape(ended)}</p>'
    return ""


def _sentence(reason: str, minutes: int) -> str:
    refusals: dict[str, Refusal] = {
        "TooManyAttempts": sign_in.TooManyAttempts(minutes),
        "AccountStopped": sign_in.AccountStopped(),
    }
    return sentence(refusals.get(reason, sign_in.SignInRefused()))


def _languages() -> str:
    """Each language by its own name; the one in force is not a link."""
    query = st.query_params.to_dict()
    return " · ".join(
        f"<span>{name}</span>"
        if code == language()
        else f'<a href="{escape(here({**query, "lang": code}))}" target="_self" lang="{code}">{name}</a>'
        for code, name in _NAMES.items()
    )


def _draw_first_steps() -> None:
    st.title("PartnerNET")
    st.text(_("La base de données est vide : dans la console du serveur, créez une succursale, puis une personne."))
    st.code(
        'python -m partnernet branch add --code MTL --name "Montréal"\n'
        'python -m partnernet user add PA1234 --name "Marie Tremblay" --role agent --branch MTL',
        language=None,
    )
