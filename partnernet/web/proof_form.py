"""The password, asked again before a decision: a native form like the sign-in, so that no widget ever holds it."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.passwords import LONGEST_CHARS
from partnernet.i18n import _
from partnernet.web.address import here
from partnernet.web.cookies import AskedAgain, proof_cookie, read_proof

_FORM = """
<form class="pn-proof" method="post" action="/prove">
  <input name="login" value="{login}" autocomplete="username" readonly hidden>
  <label for="pn-proof">{label}</label>
  <input id="pn-proof" name="password" type="password" maxlength="{longest}" required autocomplete="current-password">
  {said}
  <input type="hidden" name="next" value="{next}">
  <input type="hidden" name="kept" value="{kept}">
  <button type="submit">{submit}</button>
</form>
"""


def draw(by: Agent, kept: str = "") -> None:
    """Draw the form and why the last attempt was refused; ``kept`` comes back in `kept_text` afterwards."""
    st.html(
        _FORM.format(
            login=escape(by.login),
            label=escape(_("Mot de passe")),
            longest=LONGEST_CHARS,
            said=said(),
            next=escape(address()),
            kept=escape(kept),
            submit=escape(_("Confirmer le mot de passe")),
        )
    )


def kept_text() -> str:
    """What was being typed on this screen when the password had to be given."""
    note = _note()
    return note.kept if note else ""


def was_asked() -> bool:
    """Whether the person has just been asked on this screen: what they came for is where they go on."""
    return _note() is not None


def said() -> str:
    """Why the password asked on this screen was refused, as a paragraph; nothing when it was not."""
    note = _note()
    return f'<p class="pn-refusal" role="alert">{escape(note.refusal)}</p>' if note and note.refusal else ""


def address() -> str:
    """This screen, to come back to."""
    return here(st.query_params.to_dict())


def _note() -> AskedAgain | None:
    """The note that came with this tab, if it is about this screen."""
    note = read_proof(st.context.cookies.get(proof_cookie()))
    return note if note and note.address == address() else None
