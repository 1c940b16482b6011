"""« Échanges »: payments that go out to the principal's books, files that come from them, and what was exchanged."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.permissions import Permission, allowed
from partnernet.i18n import _
from partnernet.settings import settings
from partnernet.web import exchange_batches, exchange_files, exchange_history
from partnernet.web.callbacks import finished
from partnernet.web.guard import require_agent
from partnernet.web.summary import draw_heading

OUT, FILES, HISTORY = "envois", exchange_files.FILES, "historique"
CHOSEN = "exchange_view"

agent = require_agent(Permission.VIEW_EXCHANGES)


def views() -> dict[str, str]:
    """What this person may look at: whoever only reads has no file to bring."""
    labels = {OUT: _("Paiements à envoyer"), FILES: _("Fichiers du fournisseur"), HISTORY: _("Historique")}
    if not allowed(agent, Permission.EXCHANGE_FILES):
        del labels[FILES]
    return labels


def view_of_address(seen: dict[str, str]) -> str:
    """The address decides: a reload, a link or Back comes to the same view. What goes out when it names none."""
    named = st.query_params.get("vue", "")
    return named if named in seen else OUT


@finished
def show_chosen() -> None:
    """The view that was picked goes into the address, with the key of its form."""
    chosen = st.session_state[CHOSEN]
    addresses = {OUT: {}, FILES: exchange_files.address()}
    st.query_params.from_dict(addresses.get(chosen, {"vue": chosen}))


def draw_switch() -> str:
    """Draw the choice of a view; the answer is the view in force."""
    labels = views()
    st.session_state[CHOSEN] = view_of_address(labels)
    st.segmented_control(
        _("Vue"),
        list(labels),
        required=True,
        format_func=labels.__getitem__,
        key=CHOSEN,
        on_change=show_chosen,
        label_visibility="collapsed",
    )
    return view_of_address(labels)


how = _("Ce qui va aux livres de {principal} et ce qui en vient, pour toutes les succursales.")
draw_heading(_("Échanges"), how.format(principal=settings().principal_name))
view = draw_switch()
if view == OUT:
    exchange_batches.draw(agent)
elif view == FILES:
    exchange_files.draw(agent)
else:
    exchange_history.draw(agent)
