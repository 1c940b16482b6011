"""Every batch that went out, and one of them in full, its files to download again."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.batches import Batch
from partnernet.i18n import _
from partnernet.i18n.formats import moment, money
from partnernet.web import amount_cells, exchange_batch
from partnernet.web.callbacks import finished
from partnernet.web.exchange_words import batch_named, counted, timezone_of

_CHOSEN = "chosen_batch"
_ADDRESS = "lot"
_VISIBLE_ROWS = 8
_ROW_PIXELS = 35


def draw(batches: tuple[Batch, ...], *, by: Agent) -> None:
    """Draw the list, newest first, and the batch that the address names."""
    st.header(_("Lots préparés"), anchor=False)
    if not batches:
        st.text(_("Aucun lot pour l'instant."))
        return
    _draw_table(batches, by)
    _draw_choice(batches, by)
    chosen = _chosen(batches)
    if chosen:
        exchange_batch.draw(chosen, by=by, again=True)


def _draw_table(batches: tuple[Batch, ...], by: Agent) -> None:
    nets = [batch.net for batch in batches]
    column = st.column_config
    headings: dict[str, Any] = {
        _("No"): column.NumberColumn(width=70),
        _("Préparé le"): column.TextColumn(width=140),
        _("Par"): column.TextColumn(width=110),
        _("Paiements"): column.NumberColumn(width=100),
        _("Contre-passations"): column.NumberColumn(width=140),
        _("Total"): amount_cells.column(nets, width_pixels=130),
        _("Dépôts"): column.NumberColumn(width=80),
    }
    rows = [_cells(batch, amount, by) for batch, amount in zip(batches, amount_cells.cells(nets), strict=True)]
    st.dataframe(
        pd.DataFrame(rows, columns=list(headings)).style.format(amount_cells.written, subset=[_("Total")]),
        hide_index=True,
        height=_ROW_PIXELS * (min(len(rows), _VISIBLE_ROWS) + 1) + 2,
        column_config=headings,
        key="batches",
        alt=_("Lots préparés"),
    )


def _cells(batch: Batch, amount: str | Decimal, by: Agent) -> tuple[str | int | Decimal, ...]:
    when = moment(batch.cut_at, timezone_of(by))
    counts = batch.payment_count, batch.reversal_count
    return (batch.number, when, batch.cut_by, *counts, amount, batch.deposit_count)


# --- one of them ----------------------------------------------------------------------------------------------------


def _chosen(batches: tuple[Batch, ...]) -> Batch | None:
    """The address decides: a reload, a link or Back comes to the same batch."""
    named = st.query_params.get(_ADDRESS, "")
    return next((batch for batch in batches if str(batch.number) == named), None)


def _draw_choice(batches: tuple[Batch, ...], by: Agent) -> None:
    chosen = _chosen(batches)
    st.session_state[_CHOSEN] = chosen.number if chosen else None
    labels = {batch.number: _label(batch, by) for batch in batches}
    st.selectbox(
        _("Lot à revoir"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=_("Choisissez un lot"),
        key=_CHOSEN,
        on_change=_show_chosen,
        filter_mode="contains",
        width=640,
    )


def _label(batch: Batch, by: Agent) -> str:
    when = moment(batch.cut_at, timezone_of(by))
    return " — ".join((batch_named(batch.number), when, counted(batch), money(batch.net)))


@finished
def _show_chosen() -> None:
    number = st.session_state[_CHOSEN]
    if number is None:
        st.query_params.pop(_ADDRESS, None)
    else:
        st.query_params[_ADDRESS] = str(number)
