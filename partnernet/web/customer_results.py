"""The customers found, in a table; opened by its buttons with the mouse, by a select box under it with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from partnernet.domain.agents import Agent
from partnernet.domain.customers import CustomerRow
from partnernet.i18n import _
from partnernet.i18n.formats import dollars, due, of_dollars, phone
from partnernet.i18n.labels import terms
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback

OpenAccount = Callable[[str], None]

_CHOICE = "found_customer"
_NOT_CHOSEN = "found_customer_missing"
_SHOWN = "found_customers"
_CLICK = "found_customer_click"
_VISIBLE_ROWS = 8


def draw(rows: Sequence[CustomerRow], open_account: OpenAccount, *, focus: str) -> None:
    """Draw the customers; ``open_account`` is called, in a callback, with the account number chosen.

    ``focus`` is the key of the container where the keyboard goes on: the select box and its button.
    """
    st.session_state[_SHOWN] = [row.number for row in rows]
    _draw_table(rows, open_account)
    with st.container(key=focus):
        _draw_choice(rows, open_account)
    refusal_notes.of_the_form(st.session_state.get(_NOT_CHOSEN, ()))


def forget_choice() -> None:
    """Nothing is chosen any more: another search is about to show other customers."""
    for key in (_CHOICE, _NOT_CHOSEN):
        st.session_state.pop(key, None)


def _draw_choice(rows: Sequence[CustomerRow], open_account: OpenAccount) -> None:
    labels = {row.number: _label(row) for row in rows}
    choice, button = st.columns([5, 1], vertical_alignment="bottom")
    choice.selectbox(
        _("Client trouvé"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=_("Choisissez le client à ouvrir"),
        key=_CHOICE,
        filter_mode="contains",
        required=True,  # without it, a button that clears the choice stands between it and « Ouvrir »
    )
    button.button(_("Ouvrir"), key="open_found_customer", width="stretch", on_click=_open_choice, args=(open_account,))


@callback
def _open_choice(_by: Agent, open_account: OpenAccount) -> None:
    number = st.session_state.get(_CHOICE)
    if number is None:
        st.session_state[_NOT_CHOSEN] = ((None, _("Client trouvé : choisissez un client dans la liste.")),)
        return
    forget_choice()
    open_account(number)


@callback
def _open_clicked(_by: Agent, open_account: OpenAccount) -> None:
    """The row clicked is one of those that were shown, whatever a new search would find now."""
    open_account(st.session_state[_SHOWN][st.session_state[_CLICK].row])


def _label(row: CustomerRow) -> str:
    """Enough to tell look-alikes apart: the same name, in another street or city."""
    where = ", ".join(filter(None, (row.address, row.city)))
    return " — ".join(filter(None, (row.number, row.name, where)))


def _draw_table(rows: Sequence[CustomerRow], open_account: OpenAccount) -> None:
    column = st.column_config
    headings: dict[str, Any] = {
        "": column.ButtonColumn(width=78, pinned=True, key=_CLICK, on_click=_open_clicked, args=(open_account,)),
        _("Numéro"): column.TextColumn(width=76, pinned=True),
        _("Nom"): column.TextColumn(width=196),
        _("Adresse"): column.TextColumn(width=176),
        _("Ville"): column.TextColumn(width=122),
        _("Code postal"): column.TextColumn(width=88),
        _("Téléphone"): column.TextColumn(width=112),
        _("En souffrance"): column.NumberColumn(width=106, alignment="right"),
        _("Total dû"): column.NumberColumn(width=100, alignment="right"),
        _("Restriction"): column.TextColumn(width=136),
    }
    table = pd.DataFrame([_cells(row) for row in rows], columns=list(headings))
    st.dataframe(
        _dressed(table),
        hide_index=True,
        width="stretch",
        height=36 * (min(len(rows), _VISIBLE_ROWS) + 1),
        column_config=headings,
        key="found_customers_table",
    )


def _cells(row: CustomerRow) -> tuple[str | Decimal, ...]:
    return (
        _("Ouvrir"),
        row.number,
        row.name,
        row.address,
        row.city,
        row.postal_code,
        phone(row.phone, row.phone_extension),
        dollars(row.past_due),
        dollars(row.total_due),
        ", ".join(terms(each) for each in row.restrictions),
    )


def _dressed(table: pd.DataFrame) -> Styler:
    """Amounts in the person's writing, yet sorted and read aloud as dollars."""

    def written(number: Any) -> str:
        return due(of_dollars(number))

    return table.style.format(written, subset=[_("En souffrance"), _("Total dû")])
