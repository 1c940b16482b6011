"""Figures and small tables that need no widget: plain HTML in which everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import streamlit as st

from partnernet.domain.money import Money
from partnernet.i18n import _
from partnernet.i18n.formats import money
from partnernet.web.inert import inert


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its label, and a short note under it; one of a row may be the main one."""

    label: str
    value: str
    note: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a small table: figures line up on the right, long text takes the room left and wraps."""

    heading: str
    figures: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link that opens in a tab of its own; ``name`` says to a screen reader what ``text`` leaves to the row."""

    text: str
    address: str
    name: str


def shown(amount: Money | None) -> str:
    """The amount, or that it is hidden because whoever holds it counts blind."""
    return _("masqué") if amount is None else money(amount)


@dataclass(frozen=True, slots=True)
class Flag:
    """Words that must not be missed."""

    text: str


Cell = str | Link | Flag


def draw_heading(title: str, note: str) -> None:
    """The screen's title, and in a line under it what it is about."""
    with st.container(gap=None):
        st.title(inert(title), anchor=False)
        st.html(f'<p class="pn-under-title">{escape(note)}</p>')


def draw_figures(figures: Iterable[Figure]) -> None:
    """Draw the figures side by side, one under the other where there is no room."""
    st.html(f'<dl class="pn-figures">{"".join(map(_figure, figures))}</dl>')


def draw_table(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], *, narrow: bool = False) -> None:
    """Draw a table of a few rows; a longer one is for ``st.dataframe``.

    On a telephone each row becomes a small card, unless the columns are few and ``narrow``.
    """
    head = "".join(f"<th{_look(column)} scope=col>{escape(column.heading)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(map(_cell, columns, row))}</tr>" for row in rows)
    st.html(f'<table class="{_table_look(narrow)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _figure(figure: Figure) -> str:
    note = f'<dd class="pn-note">{escape(figure.note)}</dd>' if figure.note else ""
    main = ' class="pn-main"' if figure.main else ""
    return f"<div{main}><dt>{escape(figure.label)}</dt><dd>{escape(figure.value)}</dd>{note}</div>"


def _cell(column: Column, cell: Cell) -> str:
    if isinstance(cell, Link):
        address, name = escape(cell.address), escape(cell.name)
        return f'<td><a href="{address}" target="_blank" aria-label="{name}">{escape(cell.text)}</a></td>'
    if isinstance(cell, Flag):
        return f'<td{_look(column)}><strong class="pn-flag">{escape(cell.text)}</strong></td>'
    return f"<td{_look(column)}>{escape(cell)}</td>"


def _look(column: Column) -> str:
    return ' class="pn-right"' if column.figures else ' class="pn-long"' if column.long else ""


def _table_look(narrow: bool) -> str:
    return "pn-table pn-narrow" if narrow else "pn-table"
