"""The day's totals: what was taken by tender as figures, and by agent as a small table."""

from __future__ import annotations

import streamlit as st

from partnernet.domain.money import ZERO
from partnernet.domain.receipts import DayPayments
from partnernet.domain.tenders import Tender
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import money
from partnernet.web.inert import inert
from partnernet.web.summary import Column, Figure, draw_figures, draw_table, shown


def draw_by_tender(day: DayPayments) -> None:
    """Draw the total, each tender, and the rounding of cash with what it makes of it."""
    taken = {tender: (count, amount) for tender, count, amount in day.by_tender}
    cheques, cheque_amount = taken.get(Tender.CHEQUE, (0, ZERO))
    payments_in_cash, cash_amount = taken.get(Tender.CASH, (0, ZERO))
    received = ""
    if cash_amount is not None and day.rounding is not None:
        received = _("{amount} reçus en espèces").format(amount=money(cash_amount + day.rounding))
    draw_figures(
        [
            Figure(_("Total crédité aux clients"), shown(day.amount), _whole_note(day), main=True),
            Figure(_("Chèques"), shown(cheque_amount), written_count(cheques)),
            Figure(_("Espèces"), shown(cash_amount), written_count(payments_in_cash)),
            Figure(_("Arrondi des espèces"), shown(day.rounding), received),
        ]
    )


def draw_hidden(day: DayPayments) -> None:
    """Say whose cash is hidden, and until when; nothing when nobody counts."""
    if day.counting:
        said = _("Décompte en cours ({names}) : ces montants en espèces sont masqués jusqu'à ce qu'il soit figé.")
        st.info(inert(said.format(names=", ".join(day.counting))))


def draw_by_agent(day: DayPayments) -> None:
    """Draw one row per agent who took a payment that was not reversed."""
    columns = (
        Column(_("Agent")),
        Column(_("Nom"), long=True),
        Column(_("Nombre"), figures=True),
        Column(_("Montant"), figures=True),
    )
    draw_table(
        columns, [(login, name, written_count(count), shown(amount)) for login, name, count, amount in day.by_agent]
    )


def written_count(count: int) -> str:
    """``3 paiements``."""
    return ngettext("{count} paiement", "{count} paiements", count).format(count=count)


def _whole_note(day: DayPayments) -> str:
    reversed_count = len(day.payments) - day.count
    note = written_count(day.count)
    if not reversed_count:
        return note
    left_out = ngettext("{count} contre-passé exclu", "{count} contre-passés exclus", reversed_count)
    return f"{note} · {left_out.format(count=reversed_count)}"
