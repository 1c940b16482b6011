"""The bags that wait for the bank: checked off one by one, then put together on one slip."""

from __future__ import annotations

import secrets
from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.deposits import BranchDeposits, WaitingBag
from partnernet.domain.money import Money, total
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.reconciliations import Bag
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import hour, moment, money
from partnernet.services import deposits
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback, finished
from partnernet.web.runtime import database
from partnernet.web.summary import Cell, Column, Flag, draw_table


def draw(found: BranchDeposits, key: str, *, by: Agent) -> None:
    """Draw the bags, and what it takes to put them on a slip; or the slip that this form has made."""
    st.header(_("Sacs en attente"), anchor=False)
    if found.made:
        _draw_made(found)
    if not found.waiting and not found.made:
        st.info(_("Aucun sac n'attend d'être déposé."))
    elif found.waiting and not found.made and allowed(by, Permission.MAKE_DEPOSIT):
        _draw_choice(found, key)
    elif found.waiting:
        _draw_table(found)
    refusal_notes.of_the_form(st.session_state.get(_name(key, "refused"), ()))


def open_form() -> None:
    """A fresh key in the address: another slip can be made."""
    st.query_params["op"] = secrets.token_urlsafe(16)


def cheques_of(bag: Bag) -> Money:
    """What its cheques come to."""
    return bag.total - bag.cash


# --- choosing -------------------------------------------------------------------------------------------------------


def _draw_choice(found: BranchDeposits, key: str) -> None:
    with st.container(key="focus-here-bags", gap="xsmall"):
        for waiting in found.waiting:
            with st.container(border=True, key=f"bag-{waiting.bag.id}"):
                box, line = st.columns([2, 15], vertical_alignment="center")
                box.checkbox(_named(waiting.bag), key=_name(key, waiting.bag.id))
                line.html(_described(waiting, found))
    _draw_sum(found, key)
    shown = tuple(waiting.bag.id for waiting in found.waiting)
    st.button(_("Préparer le bordereau"), type="primary", on_click=_prepare, args=(key, shown))


def _name(key: str, field: int | str) -> str:
    """The session-state name of a bag's check box or of the refusal: another slip's never leak into this one."""
    return f"deposit_{field}:{key}"


def _named(bag: Bag) -> str:
    return _("Sac no {number}").format(number=bag.number)


def _described(waiting: WaitingBag, found: BranchDeposits) -> str:
    bag = waiting.bag
    parts = (
        f"<span>{escape(waiting.agent_name)}</span>",
        f'<span class="pn-quiet">{escape(_sealed(waiting, found))}</span>',
        f'<span class="pn-quiet">{escape(_("espèces {amount}").format(amount=money(bag.cash)))}</span>',
        f'<span class="pn-quiet">{escape(_cheques(bag))}</span>',
        f'<span class="pn-flag">{escape(_late(waiting, found))}</span>',
        f"<strong>{escape(money(bag.total))}</strong>",
    )
    return f'<p class="pn-bag-line">{"".join(parts)}</p>'


def _sealed(waiting: WaitingBag, found: BranchDeposits) -> str:
    branch, at = found.branch, waiting.bag.sealed_at
    if branch.business_date(at) == branch.business_date(now()):
        return _("scellé à {hour}").format(hour=hour(at, branch.timezone))
    return _("scellé le {moment}").format(moment=moment(at, branch.timezone))


def _cheques(bag: Bag) -> str:
    count = len(bag.cheques)
    if not count:
        return _("aucun chèque")
    return ngettext("{count} chèque {amount}", "{count} chèques {amount}", count).format(
        count=count, amount=money(cheques_of(bag))
    )


def _late(waiting: WaitingBag, found: BranchDeposits) -> str:
    """Since when it waits, when that is longer than it should."""
    if not waiting.is_late(now()):
        return ""
    days = (found.branch.business_date(now()) - found.branch.business_date(waiting.bag.sealed_at)).days
    return ngettext("attend depuis {count} jour", "attend depuis {count} jours", days).format(count=days)


def _draw_sum(found: BranchDeposits, key: str) -> None:
    """What the checked bags come to, in a line that is always there so that nothing moves under the pointer."""
    checked = [waiting.bag for waiting in found.waiting if st.session_state.get(_name(key, waiting.bag.id))]
    text = _("Aucun sac coché")
    if checked:
        text = ngettext("{count} sac coché", "{count} sacs cochés", len(checked)).format(count=len(checked))
    amount = money(total(bag.total for bag in checked))
    st.html(f'<p class="pn-summary"><span>{escape(text)}</span> <strong>{escape(amount)}</strong></p>')


@callback
def _prepare(by: Agent, key: str, shown: tuple[int, ...]) -> None:
    """Read every check box, then make the one service call; the key in the address makes it once."""
    chosen = frozenset(bag_id for bag_id in shown if st.session_state.get(_name(key, bag_id)))
    refused: refusal_notes.Notes = ()
    try:
        deposits.make(database(), chosen, key, by=by, at=now())
    except Refusal as refusal:
        refused = ((None, refusal_notes.said(refusal)),)
    st.session_state[_name(key, "refused")] = refused


# --- the slip that was made, and the bags as a table ------------------------------------------------------------------


def _draw_made(found: BranchDeposits) -> None:
    if found.made is None:
        return
    made = found.made
    bags = ngettext("{count} sac", "{count} sacs", len(made.bags)).format(count=len(made.bags))
    text = _("Bordereau no {number} préparé : {bags}, {amount}.").format(
        number=made.number, bags=bags, amount=money(made.amount)
    )
    st.html(f'<section class="pn-decided" role="status"><p>{escape(text)}</p></section>')
    if found.waiting:
        st.button(_("Préparer un autre bordereau"), on_click=finished(open_form))


def _draw_table(found: BranchDeposits) -> None:
    columns = (
        Column(_("Sac")),
        Column(_("Agent"), long=True),
        Column(_("Scellé le")),
        Column(_("Espèces"), figures=True),
        Column(_("Chèques"), figures=True),
        Column(_("Total"), figures=True),
        Column(_("Attente")),
    )
    rows: list[tuple[Cell, ...]] = []
    for waiting in found.waiting:
        bag, late = waiting.bag, _late(waiting, found)
        rows.append(
            (
                _("no {number}").format(number=bag.number),
                waiting.agent_name,
                moment(bag.sealed_at, found.branch.timezone),
                money(bag.cash),
                money(cheques_of(bag)),
                money(bag.total),
                Flag(late) if late else "",
            )
        )
    draw_table(columns, rows)
