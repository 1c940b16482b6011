"""The tables of the till report on the screen: every payment, and every movement down to what is held."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from partnernet.domain.money import Money
from partnernet.domain.receipts import DayPayment, ListedPayment
from partnernet.domain.till_report import TillReport, TillSums, statement
from partnernet.i18n import _
from partnernet.i18n.formats import dollars, hour, moment, signed
from partnernet.i18n.labels import tender as tender_label
from partnernet.i18n.movements import movement_name
from partnernet.settings import settings
from partnernet.web import amount_cells
from partnernet.web.day_table import state
from partnernet.web.summary import shown

_VISIBLE_ROWS = 12
_ROW_PIXELS = 35
_GREY = "color: #6B7780"
_SUM = "font-weight: 600; background-color: #F2F5F7"

Cell = str | Decimal | None


def draw_payments(report: TillReport) -> None:
    """Draw every payment, the latest first; the hour alone while all of them are of today."""
    today = report.branch.business_date(report.at)
    one_day = all(report.branch.business_date(payment.at) == today for payment in report.payments)
    written = hour if one_day else moment
    latest_first = report.payments[::-1]
    amounts = [payment.shown_amount for payment in latest_first]
    column = st.column_config
    headings = {
        _("Reçu"): column.TextColumn(width=105),
        _("Heure") if one_day else _("Pris le"): column.TextColumn(width=62 if one_day else 130),
        _("Compte"): column.TextColumn(width=90),
        _("Nom"): column.TextColumn(width=280),
        _("Type"): column.TextColumn(width=78),
        _("No de chèque"): column.TextColumn(width=108),
        _("Montant"): amount_cells.column(amounts, width_pixels=120),
        _("Arrondi"): column.TextColumn(width=80, alignment="right"),
        _("État"): column.TextColumn(width=140),
    }
    rows = [
        _payment(payment, written(payment.at, report.branch.timezone), amount)
        for payment, amount in zip(latest_first, amount_cells.cells(amounts), strict=True)
    ]
    looks = [_GREY if payment.reversed else "" for payment in latest_first]
    alt = _("Liste des paiements de la caisse")
    _draw(rows, headings, looks, [_("Montant")], key="till_payments", alt=alt)


def draw_movements(report: TillReport) -> None:
    """Draw what each movement changed, and what is held after them; the column of bags only when one is held."""
    bags = bool(report.left.bags) or any(movement.sums.bags for movement in report.movements)
    owed = _("Dû à {principal}").format(principal=settings().principal_name)
    named: list[tuple[str, Callable[[TillSums], Money]]] = [
        (_("Espèces"), lambda sums: sums.cash),
        (_("Chèques"), lambda sums: sums.cheques),
        *([(_("En sac"), lambda sums: sums.bags)] if bags else []),
        (_("Fonds de caisse"), lambda sums: sums.float_present),
        (owed, lambda sums: sums.due),
    ]
    lines = [(movement_name(movement, report), movement.sums, False) for movement in statement(report.movements)]
    lines.append((_("Dans la caisse"), report.expected, True))
    if report.closing:
        lines += [(movement_name(movement, report), movement.sums, False) for movement in report.closing]
        lines.append((_("Tenu en tout"), report.left, True))
    rows = [(name, *(_amount(read(sums), whole) for _head, read in named)) for name, sums, whole in lines]
    column = st.column_config
    headings: dict[str, Any] = {_("Mouvement"): column.TextColumn(width=280)}
    headings |= {head: column.NumberColumn(width=130, alignment="right") for head, _read in named}
    of_money: list[Hashable] = [head for head, _read in named]
    looks = [_SUM if whole else "" for _name, _sums, whole in lines]
    _draw(rows, headings, looks, of_money, key="till_movements", alt=_("Mouvements de la caisse"))


def _payment(payment: ListedPayment, when: str, amount: amount_cells.Cell) -> tuple[Cell, ...]:
    return (
        payment.receipt_number,
        when,
        payment.customer_number,
        payment.customer_name,
        tender_label(payment.tender),
        payment.cheque_number,
        amount,
        _rounding(payment),
        state(payment),
    )


def _amount(amount: Money, whole: bool) -> Cell:
    """A movement that changes nothing there leaves the cell empty; a sum never does."""
    return dollars(amount) if amount or whole else None


def _rounding(payment: ListedPayment) -> str:
    """Most payments have none: their cell stays empty."""
    if not isinstance(payment, DayPayment):
        return shown(None)
    return signed(payment.rounding) if payment.rounding else ""


def _draw(
    rows: list[tuple[Cell, ...]],
    headings: dict[str, Any],
    looks: list[str],
    of_money: list[Hashable],
    *,
    key: str,
    alt: str,
) -> None:
    """Amounts in the person's writing, yet sorted and read aloud as dollars; a missing one leaves its cell empty."""
    styled = pd.DataFrame(rows, columns=list(headings)).style.format(amount_cells.written, subset=of_money, na_rep="")

    def look(row: pd.Series[Any]) -> list[str]:
        return [looks[int(str(row.name))]] * len(row)

    st.dataframe(
        styled.apply(look, axis=1),
        hide_index=True,
        width="stretch",
        height=_ROW_PIXELS * (min(len(rows), _VISIBLE_ROWS) + 1) + 2,
        column_config=headings,
        key=key,
        placeholder="",
        alt=alt,
    )
