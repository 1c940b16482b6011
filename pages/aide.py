"""« Aide »: everything on one page, narrowed down by the words that one looks for."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.permissions import Permission
from partnernet.i18n import _
from partnernet.settings import settings
from partnernet.web.guard import require_agent
from partnernet.web.help_sections import sections

require_agent(Permission.OPEN_HOME)

st.title(_("Aide"), anchor=False)
contact = settings().support_contact
if contact:
    st.text(_("Une question sans réponse ici ? {contact}").format(contact=contact))
words = st.text_input(
    _("Chercher dans l'aide"), max_chars=100, width=480, placeholder=_("par exemple : chèque postdaté")
)
found = [section for section in sections() if section.has(words)]
if not found:
    st.info(_("Aucune section ne contient tous ces mots."))
for section in found:
    with st.container(width=760):
        st.header(section.title, anchor=False)
        st.markdown(section.body)
