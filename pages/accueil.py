"""« Accueil »: the day at a glance, and where to go from here."""

from __future__ import annotations

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Branch
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.receipts import DayPayments, lists_only_own
from partnernet.domain.till import TillPosition
from partnernet.i18n import _
from partnernet.i18n.formats import day as written_day
from partnernet.i18n.formats import hour, moment, money
from partnernet.i18n.labels import role
from partnernet.services import till
from partnernet.settings import settings
from partnernet.web import day_totals, float_offers, last_receipts, unfinished_cheques
from partnernet.web.guard import require_agent
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES, screens
from partnernet.web.summary import Figure, draw_figures, draw_heading

LAST_RECEIPTS = 5
NOT_OFFERED = ("accueil", "fermer_la_session")

agent = require_agent(Permission.OPEN_HOME)
at = now()


def draw_glance() -> None:
    """Whoever keeps a till. An agent answers for money first; a supervisor watches the branch first."""
    glance = till.day_of(database(), by=agent, at=at)
    held, day = glance.position, glance.day
    where = _("succursale {branch}").format(branch=day.branch.name)
    draw_heading(_("Aujourd'hui"), f"{written_day(day.day)}, {where}")
    draw_actions()
    float_offers.draw_links(agent)
    unfinished_cheques.draw(by=agent)
    if lists_only_own(agent):
        draw_till(held, day.branch)
        draw_payments(_("Mes paiements"), day)
        return
    draw_payments(_("Paiements de la succursale"), day)
    if held.opened_at:
        st.header(_("Ma caisse"), anchor=False)
        draw_till(held, day.branch)


def draw_actions() -> None:
    """What an agent does all day; the first has the focus, so that Enter opens it."""
    with st.container(key="focus-here-actions", horizontal=True):
        if st.button(_("Paiement de compte"), type="primary"):
            st.switch_page(PAGES.payment)
        if st.button(_("Paiements du jour")):
            st.switch_page(PAGES.day_payments)
        if st.button(_("Réconciliation de petite caisse")):
            st.switch_page(PAGES.till)


def draw_till(held: TillPosition, branch: Branch) -> None:
    """What is held for the principal comes first: it is what the agent answers for."""
    if held.figures is None:
        st.info(_("Décompte en cours : les montants de la caisse sont masqués jusqu'à ce qu'il soit figé."))
        return
    figures = held.figures
    authorised = _("autorisé : {amount}").format(amount=money(held.float_authorised))
    draw_figures(
        [
            Figure(
                _("Dû à {principal}").format(principal=settings().principal_name),
                money(figures.due_to_principal),
                main=True,
            ),
            Figure(_("Espèces attendues en caisse"), money(figures.expected_cash), till_state(held, branch)),
            Figure(_("Chèques en main"), money(figures.cheques)),
            Figure(_("Fonds de caisse"), money(figures.float_present), authorised),
        ]
    )


def till_state(held: TillPosition, branch: Branch) -> str:
    """Since when the till is open; the hour alone when it was opened today."""
    if held.opened_at is None:
        return _("caisse pas encore ouverte")
    opened_today = branch.business_date(held.opened_at) == branch.business_date(at)
    written = hour if opened_today else moment
    return _("caisse ouverte depuis {since}").format(since=written(held.opened_at, branch.timezone))


def draw_payments(title: str, day: DayPayments) -> None:
    """The day's totals, who took them when they are several people's, and the last receipts."""
    st.header(title, anchor=False)
    if not day.payments:
        st.info(_("Aucun paiement pour l'instant aujourd'hui."))
        return
    day_totals.draw_by_tender(day)
    receipts = st.container()
    if not lists_only_own(agent):  # an agent's own till has said it already
        day_totals.draw_hidden(day)
        by_agent, receipts = st.columns([2, 3], gap="large")
        by_agent.header(_("Total par agent"), anchor=False)
        with by_agent:
            day_totals.draw_by_agent(day)
    receipts.header(_("Derniers reçus"), anchor=False)
    with receipts:
        last_receipts.draw(reversed(day.payments[-LAST_RECEIPTS:]), day.branch.timezone)


def draw_links() -> None:
    """Whoever keeps no till: the screens they may open."""
    draw_heading(_("Bienvenue, {name}").format(name=agent.name), role(agent.role))
    for screen in screens():
        if screen.file not in NOT_OFFERED and allowed(agent, screen.permission):
            st.page_link(screen.page(), label=screen.title)


if allowed(agent, Permission.KEEP_TILL):
    draw_glance()
else:
    draw_links()
