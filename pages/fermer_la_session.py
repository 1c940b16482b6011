"""« Fermer la session », for whoever opens its address: the menu's own entry posts at once (static/app.js)."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.permissions import Permission
from partnernet.i18n import _
from partnernet.web.guard import require_agent

require_agent(Permission.MANAGE_OWN_ACCOUNT)
title = _("Fermer la session")
st.title(title, anchor=False)
st.html(f'<form class="pn-post" method="post" action="/logout"><button type="submit">{escape(title)}</button></form>')
