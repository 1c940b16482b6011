"""Lines of pieces: a denomination, what is typed beside it, and what that is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Literal

import streamlit as st

from partnernet.domain.money import ZERO, Money, total
from partnernet.domain.pieces import COINS, ROLLS, CountRefused, read_pieces
from partnernet.i18n import _
from partnernet.i18n.formats import denomination, money
from partnernet.web import refusal_notes, till_count_fields

NAME_PX, FIELD_PX, VALUE_PX = 56, 84, 92
# Saved while it is being typed, so that a tab that closes loses nothing.
PAUSE = "400ms"


def value_of(denomination_cents: int, typed: str, rolls: str = "") -> Money | None:
    """What one line is worth; ``None`` when it cannot be read."""
    try:
        return read_pieces({denomination_cents: typed}, {denomination_cents: rolls}).total()
    except CountRefused:
        return None


def values(typed: Mapping[int, str], rolls: Mapping[int, str]) -> tuple[Money, int]:
    """What the readable lines are worth together, and how many cannot be read."""
    lines = [value_of(each, typed.get(each, ""), rolls.get(each, "")) for each in {*typed, *rolls}]
    return total(line for line in lines if line is not None), lines.count(None)


def label_of(denomination_cents: int) -> str:
    """The accessible name of a line's field, with ordinary spaces."""
    name = denomination(denomination_cents).replace("\u00a0", " ")
    return (_("Pièces de {name}") if denomination_cents in COINS else _("Billets de {name}")).format(name=name)


def rolls_label_of(denomination_cents: int) -> str:
    """The same of the field for its rolls."""
    return _("Rouleaux de {name}").format(name=denomination(denomination_cents).replace("\u00a0", " "))


def bag_label_of(denomination_cents: int) -> str:
    """The same of the field for how many of them go into the bag."""
    return _("{name} au sac").format(name=denomination(denomination_cents).replace("\u00a0", " "))


def draw_head(*headings: str, last: str) -> None:
    """The headings over lines of the same widths; ``last`` stands over the values on the right."""
    with st.container(horizontal=True, gap="xsmall", wrap=False):
        st.html('<p class="pn-line-head"></p>', width=NAME_PX)
        for heading in headings:
            st.html(f'<p class="pn-line-head pn-line-right">{escape(heading)}</p>', width=FIELD_PX)
        st.html(f'<p class="pn-line-head pn-line-right">{escape(last)}</p>', width=VALUE_PX)


def draw_line(count_id: int, denomination_cents: int, on_change: Callable[[int], None]) -> None:
    """One line of a count: loose pieces, rolls of the coins that have them, and their value."""
    fields: list[tuple[Literal["typed", "rolls"], str, str]] = [("typed", label_of(denomination_cents), "")]
    if denomination_cents in ROLLS:
        fields.append(("rolls", rolls_label_of(denomination_cents), f"× {ROLLS[denomination_cents]}"))
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", wrap=False):
        st.html(f'<p class="pn-denomination">{escape(denomination(denomination_cents))}</p>', width=NAME_PX)
        for kind, label, hint in fields:
            st.text_input(
                label,
                str(till_count_fields.start_of(count_id, kind, denomination_cents)),
                key=till_count_fields.name_of(count_id, kind, denomination_cents),
                placeholder=hint,
                label_visibility="collapsed",
                live=PAUSE,
                on_change=on_change,
                args=(count_id,),
                width=FIELD_PX,
            )
        held = [str(till_count_fields.value_of(count_id, kind, denomination_cents)) for kind, _label, _hint in fields]
        draw_value(value_of(denomination_cents, *held))


def draw_bag_line(
    denomination_cents: int, counted: int, name: str, proposed: str, on_change: Callable[[], None]
) -> None:
    """One line of a bag: how many were counted, a field for how many of them are sealed, and how many stay."""
    sealed = read_quantity(denomination_cents, str(st.session_state.get(name, proposed) or ""))
    stays = "" if sealed is None or sealed > counted else str(counted - sealed)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", wrap=False):
        st.html(f'<p class="pn-denomination">{escape(denomination(denomination_cents))}</p>', width=NAME_PX)
        st.html(f'<p class="pn-line-right">{counted}</p>', width=FIELD_PX)
        st.text_input(
            bag_label_of(denomination_cents),
            proposed,
            key=name,
            label_visibility="collapsed",
            live=PAUSE,
            on_change=on_change,
            persist_state="page",
            width=FIELD_PX,
        )
        if stays:
            st.html(f'<p class="pn-line-right">{stays}</p>', width=VALUE_PX)
        else:
            draw_value(None)


def read_quantity(denomination_cents: int, typed: str) -> int | None:
    """How many pieces; ``None`` when it cannot be read."""
    try:
        return read_pieces({denomination_cents: typed}, {}).of(denomination_cents)
    except CountRefused:
        return None


def draw_value(worth: Money | None) -> None:
    """What a line is worth, at the right end of it; a dash for nothing."""
    if worth is None:
        unreadable = _("illisible")
        st.html(f'<p class="pn-line-right pn-line-bad">{escape(unreadable)}</p>', width=VALUE_PX)
        return
    written = "—" if worth == ZERO else money(worth)
    st.html(f'<p class="pn-line-right">{escape(written)}</p>', width=VALUE_PX)


def draw_refused(denomination_cents: int, notes: refusal_notes.Notes) -> None:
    """The sentences of one line, under it."""
    refusal_notes.beside(note_name(denomination_cents), notes)


def note_name(denomination_cents: int) -> str:
    """How the sentences of one line are told from those of another."""
    return f"pieces:{denomination_cents}"


def notes_of(refused: CountRefused) -> refusal_notes.Notes:
    """One sentence for each line that cannot be read, loose pieces and rolls together."""
    return tuple((note_name(line.denomination_cents), refusal_notes.said(line)) for line in refused.refusals)
