"""« Paiements du jour »: what was taken on a day, by tender, agent and hour; receipts printed again; downloads."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import NoBranch, branch_of
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.receipts import DayPayments, lists_only_own
from partnernet.i18n import _
from partnernet.i18n.formats import day as written_day
from partnernet.i18n.sentences import sentence
from partnernet.services import error_reports, payments
from partnernet.web import day_chart, day_reprint, day_table, day_totals, error_report_form, error_report_list
from partnernet.web.callbacks import finished
from partnernet.web.day_sheets import file_stem, payments_sheet, totals_sheet
from partnernet.web.guard import require_agent
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES
from partnernet.web.spreadsheets import CSV_TYPE, EXCEL_TYPE, csv_file, excel_file
from partnernet.web.summary import draw_heading

FIRST_DAY = date(2020, 1, 1)  # before any branch opened
CHOSEN = "chosen_day"

agent = require_agent(Permission.VIEW_PAYMENTS)
only_own = lists_only_own(agent)
try:
    branch = branch_of(agent)
except NoBranch as refusal:  # an auditor of every branch
    st.title(_("Paiements du jour"), anchor=False)
    st.info(inert(sentence(refusal)))
    st.stop()
today = branch.business_date(now())


def day_of_address() -> date:
    """The address decides: a reload, a link or Back comes to the same day. Today when it names no day up to now."""
    try:
        day = date.fromisoformat(st.query_params.get("jour", ""))
    except ValueError:
        return today
    return day if FIRST_DAY <= day <= today else today


@finished
def show_chosen() -> None:
    """The day that was picked goes into the address; an emptied field means today."""
    show(st.session_state[CHOSEN] or today)


@finished
def show(day: date) -> None:
    """The day in progress is the plain address."""
    st.query_params.from_dict({} if day == today else {"jour": day.isoformat()})


def draw_downloads(day: DayPayments) -> None:
    """Both files are made when they are asked for."""
    sheets = payments_sheet(day), totals_sheet(day)
    name = file_stem(day, only_of=agent.login if only_own else "")
    made = {
        "CSV": (partial(csv_file, sheets[0]), f"{name}.csv", CSV_TYPE),
        "Excel": (partial(excel_file, sheets), f"{name}.xlsx", EXCEL_TYPE),
    }
    for label, (make, file_name, media_type) in made.items():
        st.download_button(
            label, make, file_name, media_type, key=f"day_{label}", on_click="ignore", icon=":material/download:"
        )


def draw_payments(day: DayPayments) -> None:
    """Figures first, then the list and its paper, then the shape of the day."""
    day_totals.draw_by_tender(day)
    day_totals.draw_hidden(day)
    reports = error_reports.of_day(database(), day.day, by=agent)
    table = st.container()
    paper = day_reprint.draw(day, by=agent)
    with table:
        day_table.draw(day, paper, {each.payment.receipt_number for each in reports if each.answer is None})
    if only_own:
        error_report_list.draw(reports, branch.timezone)
    if not day.count:
        return
    by_hour, by_agent = (st.container(), None) if only_own else st.columns(2, gap="large")
    with by_hour:
        st.header(_("Paiements par heure"), anchor=False)
        day_chart.draw(day)
    if by_agent:
        with by_agent:
            st.header(_("Total par agent"), anchor=False)
            day_totals.draw_by_agent(day)


def draw_nothing(day: DayPayments) -> None:
    """An empty day says so, and what can be done."""
    if day.day != today:
        st.info(_("Aucun paiement le {day}. Choisissez un autre jour.").format(day=written_day(day.day)))
        return
    st.info(_("Aucun paiement pour l'instant aujourd'hui. Le premier paraîtra ici dès qu'il sera enregistré."))
    if allowed(agent, Permission.TAKE_PAYMENT):
        st.page_link(PAGES.payment, label=_("Prendre un paiement de compte"), icon=":material/arrow_forward:")


whose = _("Mes paiements, succursale {branch}") if only_own else _("Tous les agents, succursale {branch}")
with st.container(horizontal=True, vertical_alignment="bottom"):
    draw_heading(_("Paiements du jour"), whose.format(branch=branch.name))
    day = payments.of_day(database(), day_of_address(), by=agent)
    st.session_state[CHOSEN] = day.day
    st.date_input(_("Jour"), None, FIRST_DAY, today, CHOSEN, on_change=show_chosen, format="YYYY-MM-DD", width=180)
    # The screen's first focus: the date field would open its calendar over the figures.
    with st.container(key="today" if error_report_form.about() else "focus-here-today", width="content"):
        st.button(_("Aujourd'hui"), on_click=show, args=(today,), disabled=day.day == today)
    if day.payments:
        draw_downloads(day)
if day.payments:
    draw_payments(day)
else:
    draw_nothing(day)
