"""The statement of an account for a period: which days, in which language, what it comes to, and its paper.

The address says which account and which days: a reload, a link and Back come to the same statement.
"""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.money import ZERO, total
from partnernet.domain.periods import Period, PeriodChoice, PeriodTooEarly, choices, this_month
from partnernet.domain.refusals import Refusal
from partnernet.domain.statements import AccountToday, Statement
from partnernet.i18n import _, labels
from partnernet.i18n.formats import balance, day, figure, moment
from partnernet.services import statements
from partnernet.web import refusal_notes
from partnernet.web.callbacks import finished
from partnernet.web.runtime import database
from partnernet.web.statement_routes import address, print_address

_CHOICE, _START, _END, _LANGUAGE = "statement_choice", "statement_start", "statement_end", "statement_language"


def draw(today: AccountToday, *, by: Agent) -> None:
    """Draw the choice of the days and of the language, then the statement's figures and its buttons."""
    st.header(_("Relevé pour une période"), anchor=False)
    if today.first_day is None or today.last_import_day is None:
        st.info(_("Aucun relevé n'est possible avant le premier import des soldes."))
        return
    offered = choices(today.first_day, today.last_import_day, today.today)
    period = _of_address() or this_month(today.first_day, today.today)
    _draw_choice(offered, period)
    _draw_days(period, today.first_day, today.today)
    language = _draw_language(today)
    try:
        made = statements.statement(database(), today.account.customer.number, period, by=by, at=now())
    except Refusal as refusal:
        _draw_refusal(refusal, period, today.today)
        return
    _draw_figures(made)
    number = today.account.customer.number
    st.link_button(_("Imprimer"), print_address(number, made.period, language), type="primary", width="stretch")
    st.link_button(_("Voir le PDF"), address(number, made.period, language), width="stretch")


def _of_address() -> Period | None:
    """The days that the address names, when it names two."""
    try:
        start, end = (date.fromisoformat(st.query_params.get(name, "")) for name in ("du", "au"))
    except ValueError:
        return None
    return Period(start, end)


# --- which days -----------------------------------------------------------------------------------------------------


def _draw_choice(offered: dict[PeriodChoice, Period], period: Period) -> None:
    st.session_state[_CHOICE] = next((choice for choice, each in offered.items() if each == period), None)
    st.selectbox(
        _("Période"),
        list(offered),
        index=None,
        format_func=labels.period_choice,
        placeholder=_("Autres dates"),
        key=_CHOICE,
        on_change=_show_chosen,
        args=(offered,),
        required=True,  # without it, a button clears the choice, which would change nothing
    )


def _draw_days(period: Period, first_day: date, today: date) -> None:
    """The two days; a calendar offers those that are possible, and the address may name others."""
    for key, asked in ((_START, period.start), (_END, period.end)):
        st.session_state[key] = min(max(asked, first_day), today)
    start, end = st.columns(2)
    written = "YYYY-MM-DD"
    start.date_input(_("Du"), None, first_day, today, _START, on_change=_show_days, format=written, required=True)
    end.date_input(_("Au"), None, first_day, today, _END, on_change=_show_days, format=written, required=True)


@finished
def _show_chosen(offered: dict[PeriodChoice, Period]) -> None:
    chosen = st.session_state[_CHOICE]
    if chosen is not None:
        _show(offered[chosen])


@finished
def _show_days() -> None:
    """A field that was emptied keeps the day that it showed."""
    start, end = st.session_state[_START], st.session_state[_END]
    if start is not None and end is not None:
        _show(Period(start, end))


def _show(period: Period) -> None:
    st.query_params.update({"du": period.start.isoformat(), "au": period.end.isoformat()})


# --- on paper -------------------------------------------------------------------------------------------------------


def _draw_language(today: AccountToday) -> str:
    """What the customer reads, unless chosen otherwise for this customer."""
    languages = {"fr": _("Français"), "fr-en": _("Français et anglais")}
    customer = today.account.customer
    return st.selectbox(
        _("Langue du relevé"),
        list(languages),
        index=1 if customer.language == "en" else 0,
        format_func=languages.__getitem__,
        key=f"{_LANGUAGE}_{customer.number}",
    )


def _draw_refusal(refusal: Refusal, period: Period, today: date) -> None:
    """Why there is no paper; a period that starts too early has a first possible day, one click away."""
    refusal_notes.of_the_form(refusal_notes.of(refusal))
    if isinstance(refusal, PeriodTooEarly):
        possible = Period(refusal.first_day, max(refusal.first_day, min(period.end, today)))
        label = _("Commencer le {day}").format(day=day(refusal.first_day))
        st.button(label, on_click=_show_possible, args=(possible,), width="stretch")
    st.button(_("Imprimer"), disabled=True, width="stretch")  # a link that leads nowhere can still be followed


@finished
def _show_possible(period: Period) -> None:
    _show(period)


def _draw_figures(made: Statement) -> None:
    debits = total(line.change for line in made.lines if line.change > ZERO)
    credits_ = total(line.change for line in made.lines if line.change < ZERO)
    when = moment(made.span.closed_at, made.timezone) if made.to_date else day(made.period.end)
    figures: tuple[tuple[str, str], ...] = (
        (_("Solde d'ouverture"), balance(made.opening)),
        (_("Débits"), figure(debits)),
        (_("Crédits"), figure(credits_)),
        (_("Solde de clôture au {when}").format(when=when), balance(made.closing.total_due)),
    )
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(amount)}</dd></div>" for label, amount in figures)
    st.html(f'<dl class="pn-statement-figures">{rows}</dl>')
