"""The day's payments as a table on the screen, each row with a link that prints its receipt."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from partnernet.domain.money import Money
from partnernet.domain.receipts import DayPayments, ListedPayment
from partnernet.i18n import _
from partnernet.i18n.formats import hour
from partnernet.i18n.labels import tender as tender_label
from partnernet.web import amount_cells
from partnernet.web.receipt_paper import Paper

_VISIBLE_ROWS = 10
_ROW_PIXELS = 35
_GREY = "color: #6B7780"


def draw(day: DayPayments, paper: Paper, reported: Collection[str]) -> None:
    """Draw the table, the latest payment first: its receipt is the one likely to be asked for again.

    ``reported`` are the receipts on which an error waits for a supervisor.
    """
    latest_first = day.payments[::-1]
    amounts = [payment.shown_amount for payment in latest_first]
    headings = _headings(amounts)
    rows = [
        _cells(payment, amount, day.branch.timezone, paper, reported=payment.receipt_number in reported)
        for payment, amount in zip(latest_first, amount_cells.cells(amounts), strict=True)
    ]
    table = pd.DataFrame(rows, columns=list(headings))
    st.dataframe(
        _dressed(table, [payment.reversed for payment in latest_first]),
        hide_index=True,
        width="stretch",
        height=_ROW_PIXELS * (min(len(rows), _VISIBLE_ROWS) + 1) + 2,
        column_config=headings,
        key="day_payments",
        alt=_("Liste des paiements du jour"),
    )


def state(payment: ListedPayment) -> str:
    """What sets a payment apart: post-dated, reversed, entered again in place of another, or nothing."""
    marks = (
        (payment.post_dated, _("postdaté")),
        (payment.reversed, _("contre-passé")),
        (payment.corrects, _("réinscrit")),
    )
    return ", ".join(mark for holds, mark in marks if holds)


def _headings(amounts: list[Money | None]) -> dict[str, Any]:
    column = st.column_config
    return {
        _("Reçu"): column.TextColumn(width=105),
        _("Heure"): column.TextColumn(width=62),
        _("Compte"): column.TextColumn(width=90),
        _("Nom"): column.TextColumn(width=260),
        _("Type"): column.TextColumn(width=78),
        _("Montant"): amount_cells.column(amounts, width_pixels=120),
        _("No de chèque"): column.TextColumn(width=108),
        _("Agent"): column.TextColumn(width=150),
        _("État"): column.TextColumn(width=105),
        _("Impression"): column.LinkColumn(display_text=_("Imprimer"), width=84),
    }


def _cells(
    payment: ListedPayment, amount: amount_cells.Cell, timezone: str, paper: Paper, *, reported: bool
) -> tuple[amount_cells.Cell, ...]:
    return (
        payment.receipt_number,
        hour(payment.at, timezone),
        payment.customer_number,
        payment.customer_name,
        tender_label(payment.tender),
        amount,
        payment.cheque_number,
        payment.agent_name,
        ", ".join(filter(None, (state(payment), _("erreur signalée") if reported else ""))),
        paper.print_address(payment.receipt_number),
    )


def _dressed(table: pd.DataFrame, reversed_rows: list[bool]) -> Styler:
    """Amounts in the person's writing, yet sorted and read aloud as dollars; what no longer counts in grey."""

    def greyed(row: pd.Series[Any]) -> list[str]:
        return [_GREY if reversed_rows[int(str(row.name))] else ""] * len(row)

    return table.style.format(amount_cells.written, subset=[_("Montant")]).apply(greyed, axis=1)
