"""The tables of the till report on the screen: every payment, and every movement down to what is held."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from partnernet.domain.money import Money
from partnernet.domain.receipts import DayPayment, ListedPayment
from partnernet.domain.till_report import TillReport, TillSums, statement
from partnernet.i18n import _
from partnernet.i18n.formats import dollars, hour, moment, money, of_dollars, signed
from partnernet.i18n.labels import tender as tender_label
from partnernet.i18n.movements import movement_name
from partnernet.settings import settings
from partnernet.web.day_table import state

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
    column = st.column_config
    headings = {
        _("Reçu"): column.TextColumn(width=105),
        _("Heure") if one_day else _("Pris le"): column.TextColumn(width=62 if one_day else 130),
        _("Compte"): column.TextColumn(width=90),
        _("Nom"): column.TextColumn(width=280),
        _("Type"): column.TextColumn(width=78),
        _("No de chèque"): column.TextColumn(width=108),
        _("Montant"): column.NumberColumn(width=120, alignment="right"),
        _("Arrondi"): column.NumberColumn(width=80, alignment="right"),
        _("État"): column.TextColumn(width=140),
    }
    latest_first = report.payments[::-1]
    rows = [_payment(payment, written(payment.at, report.branch.timezone)) for payment in latest_first]
    looks = [_GREY if payment.reversed else "" for payment in latest_first]
    writers = {_("Montant"): _money, _("Arrondi"): _rounding}
    alt = _("Liste des paiements de la caisse")
    _draw(rows, headings, looks, writers, key="till_payments", placeholder=_("masqué"), alt=alt)


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
    writers = {head: _money for head, _read in named}
    looks = [_SUM if whole else "" for _name, _sums, whole in lines]
    _draw(rows, headings, looks, writers, key="till_movements", placeholder="", alt=_("Mouvements de la caisse"))


def _payment(payment: ListedPayment, when: str) -> tuple[Cell, ...]:
    rounding = payment.rounding if isinstance(payment, DayPayment) else None
    return (
        payment.receipt_number,
        when,
        payment.customer_number,
        payment.customer_name,
        tender_label(payment.tender),
        payment.cheque_number,
        None if payment.shown_amount is None else dollars(payment.shown_amount),
        None if rounding is None else dollars(rounding),
        state(payment),
    )


def _amount(amount: Money, whole: bool) -> Cell:
    """A movement that changes nothing there leaves the cell empty; a sum never does."""
    return dollars(amount) if amount or whole else None


def _money(number: Any) -> str:
    return money(of_dollars(number))


def _rounding(number: Any) -> str:
    """Most payments have none: their cell stays empty."""
    return signed(of_dollars(number)) if number else ""


def _draw(
    rows: list[tuple[Cell, ...]],
    headings: dict[str, Any],
    looks: list[str],
    writers: Mapping[str, Callable[[Any], str]],
    *,
    key: str,
    placeholder: str,
    alt: str,
) -> None:
    """Amounts in the person's writing, yet sorted and read aloud as dollars; a missing one as ``placeholder``."""
    styled = pd.DataFrame(rows, columns=list(headings)).style
    for heading, write in writers.items():
        styled = styled.format(write, subset=[heading], na_rep="")

    def look(row: pd.Series[Any]) -> list[str]:
        return [looks[int(str(row.name))]] * len(row)

    st.dataframe(
        styled.apply(look, axis=1),
        hide_index=True,
        width="stretch",
        height=_ROW_PIXELS * (min(len(rows), _VISIBLE_ROWS) + 1) + 2,
        column_config=headings,
        key=key,
        placeholder=placeholder,
        alt=alt,
    )
