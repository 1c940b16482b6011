"""What a person reads when the application itself fails: a number to quote, and whom to call."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from partnernet.domain.refusals import Refusal
from partnernet.i18n import _
from partnernet.incidents import record_incident
from partnernet.settings import settings
from partnernet.web.inert import inert
from partnernet.web.refusal_notes import said


def incident_sentence(number: str) -> str:
    """One sentence with the incident's number and the support contact."""
    contact = settings().support_contact
    if not contact:
        return _("Quelque chose n'a pas fonctionné. Notez ce numéro d'incident : {number}").format(number=number)
    return _("Quelque chose n'a pas fonctionné. Communiquez ce numéro d'incident à {contact} : {number}").format(
        number=number, contact=contact
    )


def show_incident(error: Exception) -> bool:
    """In place of Streamlit's own report of a page's error. A refusal that no page caught is still only a sentence."""
    if isinstance(error, Refusal):
        st.error(inert(said(error)))
    else:
        st.error(inert(incident_sentence(record_incident(error, where=_where()))))
    return True


def _where() -> str:
    """The screen's path, without the query: that carries account numbers."""
    return urlsplit(st.context.url or "").path.strip("/") or "accueil"
