"""The launcher: `streamlit run streamlit_app.py`, or `uvicorn streamlit_app:app`."""

from __future__ import annotations

import streamlit as st

from partnernet.settings import ROOT
from partnernet.web.incident import show_incident
from partnernet.web.routes import MIDDLEWARE, ROUTES
from partnernet.web.runtime import lifespan, start

app = st.App(
    ROOT / "partnernet" / "web" / "main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=show_incident,
)
start()
