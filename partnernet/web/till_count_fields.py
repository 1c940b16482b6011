"""The fields of a count under way in one tab, kept in step with the draft that several browsers write.

A field takes its value when it is made and is never set afterwards: Streamlit would take back what is being typed into
it at that moment, and would believe a message that left the browser before the new value reached it. What another
browser has written makes a new field in the place of the old one instead; each has a generation in its name.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import streamlit as st

from partnernet.domain.counts import CountDraft, CountEntries
from partnernet.domain.pieces import DENOMINATIONS, ROLLS

Kind = Literal["typed", "rolls", "tick"]
Value = str | bool


class _Field(NamedTuple):
    """``start`` is what the field of this generation began with, ``saved`` what the draft held when last looked at."""

    generation: int
    start: Value
    saved: Value


def take_up(draft: CountDraft) -> None:
    """Make the fields that are missing, and new ones where another browser has written something else."""
    known = _known(draft.id)
    fields: dict[str, _Field] = {}
    for field, value in _held(draft).items():
        found = known.get(field)
        if found is None:
            fields[field] = _Field(0, value, value)
            continue
        name = _name(draft.id, field, found.generation)
        written_elsewhere = found.saved != value or name not in st.session_state  # or this tab has shown another view
        if written_elsewhere and value != st.session_state.get(name, found.start):
            fields[field] = _Field(found.generation + 1, value, value)
        else:
            fields[field] = found._replace(saved=value)
    st.session_state[f"count:{draft.id}"] = fields


def name_of(count_id: int, kind: Kind, of: int) -> str:
    """The session-state name of a field: another count's values never leak into this one."""
    field = f"{kind}:{of}"
    return _name(count_id, field, _known(count_id)[field].generation)


def start_of(count_id: int, kind: Kind, of: int) -> Value:
    """What the field begins with."""
    return _known(count_id)[f"{kind}:{of}"].start


def value_of(count_id: int, kind: Kind, of: int) -> Value:
    """What the field holds now."""
    value: Value = st.session_state.get(name_of(count_id, kind, of), start_of(count_id, kind, of))
    return value


def unsaved(count_id: int) -> CountEntries:
    """What the fields hold that the draft did not, when this tab last looked."""
    typed: dict[int, str] = {}
    rolls: dict[int, str] = {}
    ticks: dict[int, bool] = {}
    for field, found in _known(count_id).items():
        value = st.session_state.get(_name(count_id, field, found.generation), found.saved)
        if value == found.saved:
            continue
        kind, _colon, of = field.partition(":")
        if kind == "tick":
            ticks[int(of)] = bool(value)
        else:
            {"typed": typed, "rolls": rolls}[kind][int(of)] = str(value or "")
    return CountEntries(typed, rolls, ticks)


def _held(draft: CountDraft) -> dict[str, Value]:
    lines = {f"typed:{each}": draft.typed.get(each, "") for each in DENOMINATIONS}
    rolls = {f"rolls:{each}": draft.rolls.get(each, "") for each in ROLLS}
    ticks = {f"tick:{cheque.id}": cheque.id in draft.ticked for cheque in draft.cheques}
    return {**lines, **rolls, **ticks}


def _known(count_id: int) -> dict[str, _Field]:
    known: dict[str, _Field] = st.session_state.get(f"count:{count_id}", {})
    return known


def _name(count_id: int, field: str, generation: int) -> str:
    return f"count:{count_id}:{field}:{generation}"
