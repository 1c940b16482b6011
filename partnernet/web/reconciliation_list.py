"""The submissions of a branch, to approve and decided; a row opens one by mouse, a select box by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from partnernet.domain.agents import Agent
from partnernet.domain.approvals import ApprovalRow, Approvals
from partnernet.domain.money import Money
from partnernet.i18n import _
from partnernet.i18n.formats import dollars, moment, money, of_dollars
from partnernet.i18n.labels import difference, reconciliation_state
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback

_CHOICE = "reconciliation_choice"
_NOT_CHOSEN = "reconciliation_choice_missing"
_SHOWN = "reconciliations_shown"
_VISIBLE_ROWS = 8
_ROW_PIXELS = 35
_SHORT, _EVEN = "color: #A4161A; font-weight: 600", "color: #1D6B3A"


def draw(found: Approvals, *, by: Agent, has_focus: bool) -> None:
    """Draw what waits, then how to open any of them by the keyboard; the choice has the focus unless something below it
    is being written."""
    if found.pending:
        _draw_table("pending", found.pending, found.branch.timezone, by)
    else:
        st.info(_("Aucune réconciliation n'attend d'approbation."))
    if found.pending or found.decided:
        _draw_choice((*found.pending, *found.decided), found.branch.timezone, by, has_focus=has_focus)


def draw_decided(found: Approvals, *, by: Agent) -> None:
    """Draw the last that were decided."""
    if found.decided:
        st.header(_("Dernières décisions"), anchor=False)
        _draw_table("decided", found.decided, found.branch.timezone, by, decided=True)


def state_of(row: ApprovalRow) -> str:
    """What became of it, and whether anybody else looked at it."""
    state = reconciliation_state(row.state)
    return _("{state}, sans deuxième personne").format(state=state) if row.alone else state


# --- by the keyboard ------------------------------------------------------------------------------------------------


def _draw_choice(rows: Sequence[ApprovalRow], timezone: str, by: Agent, *, has_focus: bool) -> None:
    labels = {row.number: _label(row, timezone, by) for row in rows}
    # « Ouvrir » stands where the next screen has no button: the second half of a double click decides nothing.
    choice, button, _rest = st.columns([4, 1, 3], vertical_alignment="bottom")
    with choice.container(key="focus-here-reconciliation" if has_focus else "reconciliation"):
        st.selectbox(
            _("Réconciliation"),
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            placeholder=_("Choisissez la réconciliation à ouvrir"),
            key=_CHOICE,
            filter_mode="contains",
            required=True,  # without it, a button that clears the choice stands between it and « Ouvrir »
        )
    button.button(_("Ouvrir"), key="open_reconciliation", width="stretch", on_click=_open_choice)
    refusal_notes.of_the_form(st.session_state.get(_NOT_CHOSEN, ()))


def _label(row: ApprovalRow, timezone: str, by: Agent) -> str:
    decided = "" if row.decided_at is None else state_of(row)
    parts = (
        _("no {number}").format(number=row.number),
        _who(row, by),
        moment(row.submitted_at, timezone),
        difference(row.difference),
        decided,
    )
    return " — ".join(filter(None, parts))


def _who(row: ApprovalRow, by: Agent) -> str:
    return _("{name} (vous)").format(name=row.agent_name) if row.agent_login == by.login else row.agent_name


@callback
def _open_choice(_by: Agent) -> None:
    number = st.session_state.get(_CHOICE)
    if number is None:
        note = _("Réconciliation : choisissez celle à ouvrir dans la liste.")
        st.session_state[_NOT_CHOSEN] = ((None, note),)
        return
    _open(number)


def _open(number: int) -> None:
    """The number is in the address: a link, a reload and Back come to the same place."""
    st.session_state.pop(_NOT_CHOSEN, None)
    st.query_params["no"] = str(number)


# --- by the mouse ---------------------------------------------------------------------------------------------------


def _draw_table(name: str, rows: Sequence[ApprovalRow], timezone: str, by: Agent, *, decided: bool = False) -> None:
    st.session_state[f"{_SHOWN}_{name}"] = [row.number for row in rows]
    headings = _headings(name, decided=decided)
    table = pd.DataFrame([_cells(row, timezone, by, decided=decided) for row in rows], columns=list(headings))
    st.dataframe(
        _dressed(table, [row.difference for row in rows]),
        hide_index=True,
        width="stretch",
        height=_ROW_PIXELS * (min(len(rows), _VISIBLE_ROWS) + 1) + 2,
        column_config=headings,
        key=f"reconciliations_{name}",
        alt=_("Dernières décisions") if decided else _("Réconciliations à approuver"),
    )


def _headings(name: str, *, decided: bool) -> dict[str, Any]:
    column = st.column_config
    click = f"reconciliation_click_{name}"
    headings: dict[str, Any] = {
        "": column.ButtonColumn(width=78, pinned=True, key=click, on_click=_open_clicked, args=(name, click)),
        _("Agent"): column.TextColumn(width=146),
        _("Écart"): column.TextColumn(width=158),
        _("Total du sac"): column.NumberColumn(width=112, alignment="right"),
        _("Soumise le"): column.TextColumn(width=134),
        _("No"): column.TextColumn(width=50),
    }
    if decided:
        headings[_("État")] = column.TextColumn(width=236)
        headings[_("Décidée par")] = column.TextColumn(width=150)
        headings[_("Décidée le")] = column.TextColumn(width=134)
    return headings


def _cells(row: ApprovalRow, timezone: str, by: Agent, *, decided: bool) -> tuple[str | Decimal, ...]:
    cells = (
        _("Ouvrir"),
        _who(row, by),
        difference(row.difference),
        dollars(row.bag_total),
        moment(row.submitted_at, timezone),
        str(row.number),
    )
    if not decided or row.decided_at is None:
        return cells
    return (*cells, state_of(row), row.decided_by, moment(row.decided_at, timezone))


def _dressed(table: pd.DataFrame, differences: list[Money]) -> Styler:
    """Amounts in the person's writing, yet sorted and read aloud as dollars; a difference in words and in colour."""

    def written(number: Any) -> str:
        return money(of_dollars(number))

    def coloured(cells: pd.Series[Any]) -> list[str]:
        return [_SHORT if found else _EVEN for found in differences] if len(cells) == len(differences) else []

    return table.style.format(written, subset=[_("Total du sac")]).apply(coloured, subset=[_("Écart")])


@callback
def _open_clicked(_by: Agent, name: str, click: str) -> None:
    """The row clicked is one of those that were shown, whatever waits by now."""
    _open(st.session_state[f"{_SHOWN}_{name}"][st.session_state[click].row])
