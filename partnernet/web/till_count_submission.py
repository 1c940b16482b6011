"""« Soumettre la réconciliation »: what goes into the bag, what stays, and why the till is over or short."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.money import Money, total
from partnernet.domain.pieces import DENOMINATIONS, CountRefused, read_pieces
from partnernet.domain.reconciliations import DifferenceReason, SubmitRequest
from partnernet.domain.refusals import Refusal
from partnernet.domain.submissions import ReadyCount, submission_key
from partnernet.i18n import _
from partnernet.i18n.formats import money
from partnernet.i18n.labels import difference_reason
from partnernet.services import reconciliations
from partnernet.web import refusal_notes, till_count_cheques, till_count_lines
from partnernet.web.callbacks import callback, finished
from partnernet.web.runtime import database

# The fields beside which a refusal can stand; any other is told under the button.
_BESIDE = ("bag", "note")


def draw_bag(ready: ReadyCount) -> None:
    """The pieces and cheques to seal, and what stays in the till."""
    st.subheader(_("Ce qui va au sac"), anchor=False)
    choice, sums = st.columns(2, gap="large")
    with choice:
        _draw_pieces(ready)
    with sums:
        _draw_sums(ready)
    if ready.cheques:
        st.subheader(_("Chèques au sac"), anchor=False)
        till_count_cheques.draw(ready.cheques)
    if ready.post_dated:
        st.subheader(_("Chèques postdatés qui restent en caisse"), anchor=False)
        till_count_cheques.draw(ready.post_dated)


def draw_panel(ready: ReadyCount) -> None:
    """The explanation and the button, beside the bag."""
    count_id = ready.count.id
    refused: refusal_notes.Notes = st.session_state.get(_name(count_id, "refused"), ())
    if ready.count.difference:
        st.selectbox(
            _("Raison de l'écart"),
            list(DifferenceReason),
            index=None,
            format_func=difference_reason,
            placeholder=_("Choisissez une raison"),
            key=_name(count_id, "reason"),
            persist_state="page",
        )
    st.text_area(_("Note"), key=_name(count_id, "note"), height=92, persist_state="page")
    refusal_notes.beside("note", refused)
    st.button(_("Soumettre la réconciliation"), type="primary", width="stretch", on_click=_submit, args=(count_id,))
    refusal_notes.of_the_form(tuple(note for note in refused if note[0] not in _BESIDE and not _of_a_line(note[0])))


# --- the bag ----------------------------------------------------------------------------------------------------------


def _name(count_id: int, field: str) -> str:
    """The session-state name of a field: another count's values never leak into this one."""
    return f"submit:{count_id}:{field}"


def _bag_name(count_id: int, denomination_cents: int) -> str:
    return _name(count_id, f"bag:{denomination_cents}")


def _draw_pieces(ready: ReadyCount) -> None:
    """Of each denomination counted: how many, how many of them go into the bag (proposed), how many stay."""
    counted = ready.count.pieces.lines()
    if not counted:
        st.text(_("Aucune pièce ni billet compté."))
        return
    refused: refusal_notes.Notes = st.session_state.get(_name(ready.count.id, "refused"), ())
    with st.container(key="focus-here-bag", gap="xsmall"):
        till_count_lines.draw_head(_("Comptés"), _("Au sac"), last=_("Restent"))
        for denomination_cents, quantity in counted:
            name = _bag_name(ready.count.id, denomination_cents)
            till_count_lines.draw_bag_line(
                denomination_cents, quantity, name, _proposed(ready, denomination_cents), _keep
            )
            till_count_lines.draw_refused(denomination_cents, refused)
    refusal_notes.beside("bag", refused)


@finished
def _keep() -> None:
    """What is typed stays in the field; the sums follow at the next render."""


def _proposed(ready: ReadyCount, denomination_cents: int) -> str:
    return str((ready.pieces.of(denomination_cents) if ready.pieces else 0) or "")


def _typed(count_id: int) -> dict[int, str]:
    """What the fields of the bag hold, by denomination in cents."""
    return {each: str(st.session_state.get(_bag_name(count_id, each)) or "") for each in DENOMINATIONS}


def _draw_sums(ready: ReadyCount) -> None:
    """What the pieces chosen come to beside what they must; it stands still while they are being chosen."""
    chosen, _unreadable = till_count_lines.values(_typed(ready.count.id), {})
    cheques = total(cheque.amount for cheque in ready.cheques)
    right = chosen == ready.cash
    lines = [
        (_("Espèces à mettre au sac"), money(ready.cash), ""),
        (_("Pièces et billets choisis"), money(chosen), "" if right else "pn-line-bad"),
        (_("Chèques au sac"), till_count_cheques.in_words(ready.cheques), ""),
        (_("Total du sac"), money(ready.cash + cheques), "pn-sum"),
        (_("Reste dans la caisse"), _stays(ready, chosen), ""),
    ]
    if ready.post_dated:
        lines.append((_("Chèques postdatés"), till_count_cheques.in_words(ready.post_dated), ""))
    rows = "".join(
        f'<div class="{look}"><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>' for label, value, look in lines
    )
    st.html(f'<dl class="pn-bag">{rows}</dl>')


def _stays(ready: ReadyCount, chosen: Money) -> str:
    return money(ready.count.counted - chosen)


# --- submitting -------------------------------------------------------------------------------------------------------


@callback
def _submit(by: Agent, count_id: int) -> None:
    """Read every field into one request, put the key into the address, then make the one service call."""
    key = submission_key(count_id)
    reason = st.session_state.get(_name(count_id, "reason"))
    note = str(st.session_state.get(_name(count_id, "note")) or "")
    typed = _typed(count_id)
    st.query_params["op"] = key
    refused: refusal_notes.Notes = ()
    try:
        bag = read_pieces(typed, {})
        reconciliations.submit(database(), SubmitRequest(key, count_id, reason, note, bag), by=by, at=now())
    except CountRefused as lines:
        refused = till_count_lines.notes_of(lines)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(count_id, "refused")] = refused


def _of_a_line(field: str | None) -> bool:
    return field is not None and field.startswith("pieces:")
