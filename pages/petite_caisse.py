"""« Réconciliation de petite caisse »: what the till holds and why, its count, its vouchers."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import branch_of
from partnernet.domain.permissions import Permission
from partnernet.domain.till import TillPosition
from partnernet.i18n import _
from partnernet.i18n.formats import hour, moment, money
from partnernet.services import till
from partnernet.web import till_count, till_drop, till_report, unfinished_cheques, voucher_view
from partnernet.web.callbacks import finished
from partnernet.web.guard import require_agent
from partnernet.web.runtime import database
from partnernet.web.summary import draw_heading

REPORT, COUNT, VOUCHERS, BAG = "rapport", "decompte", voucher_view.VOUCHERS, till_drop.BAG
CHOSEN = "till_view"

agent = require_agent(Permission.KEEP_TILL)
branch = branch_of(agent)


def view_of_address() -> str:
    """The address decides: a reload, a link or Back comes to the same view. The report when it names none."""
    named = st.query_params.get("vue", "")
    return named if named in (COUNT, VOUCHERS, BAG) else REPORT


@finished
def show_chosen() -> None:
    """The view that was picked goes into the address; the report is the plain one."""
    chosen = st.session_state[CHOSEN]
    addresses = {REPORT: {}, VOUCHERS: voucher_view.address(), BAG: till_drop.address()}
    st.query_params.from_dict(addresses.get(chosen, {"vue": chosen}))


def state_of(held: TillPosition) -> str:
    """Since when the till is open, the hour alone when it was opened today, and what the branch authorises."""
    authorised = _("fonds autorisé : {amount}").format(amount=money(held.float_authorised))
    if held.opened_at is None:
        return f"{_('caisse pas encore ouverte')} · {authorised}"
    opened_today = branch.business_date(held.opened_at) == branch.business_date(now())
    written = hour if opened_today else moment
    since = _("caisse ouverte depuis {since}").format(since=written(held.opened_at, branch.timezone))
    return f"{since} · {authorised}"


def draw_switch() -> str:
    """Draw the choice of a view; the answer is the view in force."""
    labels = {REPORT: _("Rapport"), COUNT: _("Décompte"), VOUCHERS: _("Bons"), BAG: _("Sac")}
    st.session_state[CHOSEN] = view_of_address()
    st.segmented_control(
        _("Vue"),
        list(labels),
        required=True,
        format_func=labels.__getitem__,
        key=CHOSEN,
        on_change=show_chosen,
        label_visibility="collapsed",
    )
    return view_of_address()


draw_heading(_("Réconciliation de petite caisse"), state_of(till.position(database(), by=agent)))
unfinished_cheques.draw(by=agent)
view = draw_switch()
if view == REPORT:
    till_report.draw(agent)
elif view == COUNT:
    till_count.draw(agent)
elif view == VOUCHERS:
    voucher_view.draw(agent)
else:
    till_drop.draw(agent)
