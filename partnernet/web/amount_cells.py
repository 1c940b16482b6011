"""Amounts in a table: numbers that are sorted and read aloud as dollars, words as soon as one of them is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from partnernet.domain.money import Money
from partnernet.i18n.formats import dollars, money, of_dollars
from partnernet.web.summary import shown

Cell = str | Decimal


def cells(amounts: Sequence[Money | None]) -> list[Cell]:
    """One cell for each amount. A missing number would be read to nobody who does not see the screen."""
    if None in amounts:
        return [shown(amount) for amount in amounts]
    return [dollars(amount) for amount in amounts if amount is not None]


def column(amounts: Sequence[Money | None], width_pixels: int) -> Any:
    """The column that these amounts make, on its right edge."""
    kind = st.column_config.TextColumn if None in amounts else st.column_config.NumberColumn
    return kind(width=width_pixels, alignment="right")


def written(cell: Any) -> str:
    """The cell in the person's writing."""
    return cell if isinstance(cell, str) else money(of_dollars(cell))
