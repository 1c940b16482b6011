"""Slips on their way to the bank, closed by the bank's reference, and those that arrived."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.deposits import BranchDeposits, Deposit, SettledDeposit
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import moment, money
from partnernet.services import deposits
from partnernet.settings import settings
from partnernet.web import just_done, refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database
from partnernet.web.summary import Cell, Column, Link, draw_table

_SLIPS = "slips"


def draw_under_way(found: BranchDeposits, *, by: Agent) -> None:
    """Draw each slip that waits for its reference, and those just settled in their place."""
    waiting, done = {slip.id: slip for slip in found.under_way}, just_done.said(_SLIPS)
    if not waiting and not done:
        return
    st.header(_("En route vers la banque"), anchor=False)
    for slip_id in sorted({*waiting, *done}):
        if slip_id in waiting:
            _draw_slip(waiting[slip_id], found, by)
        else:
            just_done.draw(done[slip_id])


def _draw_slip(slip: Deposit, found: BranchDeposits, by: Agent) -> None:
    first = not found.waiting and slip is found.under_way[0]
    with st.container(border=True, key=f"focus-here-slip-{slip.id}" if first else f"slip-{slip.id}"):
        what, paper = st.columns([6, 1], vertical_alignment="center")
        what.html(_described(slip))
        if by.branch:
            paper.link_button(_("Imprimer"), _address(slip.id), width="stretch")
        if allowed(by, Permission.MAKE_DEPOSIT):
            _draw_reference(slip)


def _described(slip: Deposit) -> str:
    title = _("Bordereau no {number}").format(number=slip.number)
    when = moment(slip.made_at, slip.branch.timezone)
    cash, cheques = slip.pieces.total(), slip.amount - slip.pieces.total()
    numbers = ", ".join(str(bag.number) for bag in slip.bags)
    parts = [
        _("préparé le {moment} par {name}").format(moment=when, name=slip.made_by),
        ngettext("sac no {numbers}", "sacs nos {numbers}", len(slip.bags)).format(numbers=numbers),
        _("espèces {amount}").format(amount=money(cash)),
        _("chèques {amount}").format(amount=money(cheques)),
    ]
    if slip.account:
        parts.append(_("compte {account}").format(account=slip.account))
    return (
        f'<p class="pn-slip"><strong>{escape(title)}</strong> <strong class="pn-slip-amount">'
        f'{escape(money(slip.amount))}</strong><br><span class="pn-quiet">{escape(" · ".join(parts))}</span></p>'
    )


def _draw_reference(slip: Deposit) -> None:
    """The refusal stands under the row of the field and its button: it moves neither."""
    refused: refusal_notes.Notes = st.session_state.get(_name(slip.id, "refused"), ())
    with st.form(_name(slip.id, "form"), border=False):
        field, button, _rest = st.columns([3, 3, 2], vertical_alignment="bottom")
        field.text_input(_("Référence de la banque"), key=_name(slip.id, "reference"), autocomplete="off")
        button.form_submit_button(
            _("Inscrire la référence de la banque"), width="stretch", on_click=_settle, args=(slip.id,)
        )
        for _field, text in refused:
            refusal_notes.beside("bank_reference", (("bank_reference", text),))


def _name(deposit_id: int, field: str) -> str:
    """The session-state name of a field: another slip's values never leak into this one."""
    return f"deposit_{field}:{deposit_id}"


@callback
def _settle(by: Agent, deposit_id: int) -> None:
    reference = str(st.session_state.get(_name(deposit_id, "reference")) or "")
    refused: refusal_notes.Notes = ()
    try:
        settled = deposits.settle(database(), deposit_id, reference, by=by, at=now())
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
        just_done.keep(_SLIPS, deposit_id, refusal_notes.said(refusal))  # where it is not waiting any more
    else:
        text = _("Bordereau no {number} remis à {principal} : {amount}, référence {reference}.")
        said = text.format(
            number=settled.number,
            principal=settings().principal_name,
            amount=money(settled.amount),
            reference=settled.bank_reference,
        )
        just_done.keep(_SLIPS, deposit_id, said)
    st.session_state[_name(deposit_id, "refused")] = refused


def draw_settled(found: BranchDeposits, *, by: Agent) -> None:
    """Draw those that the bank has, with their references."""
    if not found.settled:
        return
    st.header(_("Remis à {principal}").format(principal=settings().principal_name), anchor=False)
    columns = (
        Column(_("Bordereau")),
        Column(_("Référence de la banque"), long=True),
        Column(_("Sacs"), figures=True),
        Column(_("Montant"), figures=True),
        Column(_("Préparé le")),
        Column(_("Remis le")),
        Column(_("Inscrit par")),
        Column(_("Impression")),
    )
    timezone = found.branch.timezone
    draw_table(columns, [_row(line, timezone, printable=by.branch is not None) for line in found.settled])


def _row(line: SettledDeposit, timezone: str, *, printable: bool) -> tuple[Cell, ...]:
    name = _("Imprimer le bordereau no {number}").format(number=line.number)
    return (
        _("no {number}").format(number=line.number),
        line.bank_reference,
        str(line.bag_count),
        money(line.amount),
        moment(line.made_at, timezone),
        moment(line.settled_at, timezone),
        line.settled_by,
        Link(_("Imprimer"), _address(line.id), name) if printable else "",
    )


def _address(deposit_id: int) -> str:
    return f"/print/deposit-slip/{deposit_id}"
