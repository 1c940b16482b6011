"""What an agent has submitted: the result after « Soumettre », the last submissions, and those to count again."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.money import Money
from partnernet.domain.reconciliations import Bag, Reconciliation, ReconciliationState
from partnernet.domain.submissions import Submission
from partnernet.i18n import _
from partnernet.i18n.formats import denomination, moment, money
from partnernet.i18n.labels import difference as difference_in_words
from partnernet.i18n.labels import reconciliation_state
from partnernet.web import till_count_cheques
from partnernet.web.callbacks import finished
from partnernet.web.screens import PAGES
from partnernet.web.summary import Column, Link, draw_table


def draw_submitted(submitted: Reconciliation, timezone: str) -> None:
    """The submission as it stands now: its number, its bag, what it waits for, and its paper."""
    number = _("Réconciliation no {number}").format(number=submitted.number)
    rows = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in _figures(submitted, timezone)
    )
    st.html(
        '<section class="pn-saved" role="status">'
        f'<p class="pn-saved-number">{escape(number)}</p>'
        f'<p class="pn-customer-name">{escape(_standing(submitted, timezone))}</p>'
        f'<dl class="pn-saved-figures">{rows}</dl></section>'
    )
    with st.container(horizontal=True):
        with st.container(key="focus-here-submitted", width="content"):
            st.link_button(_("Imprimer"), _address(submitted.id), type="primary")
        st.button(_("Nouveau décompte"), on_click=_leave)
        if st.button(_("Fermer")):
            st.switch_page(PAGES.home)
    _draw_bag(submitted.bag)


def _figures(submitted: Reconciliation, timezone: str) -> list[tuple[str, str]]:
    bag = submitted.bag
    return [
        (_("Soumise le"), moment(submitted.submitted_at, timezone)),
        (_("Écart"), difference_in_words(submitted.count.difference)),
        (_("Sac no"), str(bag.number)),
        (_("Espèces au sac"), money(bag.cash)),
        (_("Chèques au sac"), till_count_cheques.in_words(bag.cheques)),
        (_("Total du sac"), money(bag.total)),
    ]


def _standing(submitted: Reconciliation, timezone: str) -> str:
    """Where it stands, and who decided when."""
    if submitted.decided_at is None:
        return _("en attente d'approbation")
    state = reconciliation_state(submitted.state)
    when = moment(submitted.decided_at, timezone)
    decided = _("{state} par {name} le {moment}").format(state=state, name=submitted.decided_by, moment=when)
    returned = submitted.state is ReconciliationState.RETURNED
    return _("{decided} : {reason}").format(decided=decided, reason=submitted.decision_note) if returned else decided


def _draw_bag(bag: Bag) -> None:
    """The bag's content, to be checked against it before it is sealed."""
    pieces, cheques = st.columns([2, 3], gap="large")
    if bag.pieces.lines():
        with pieces:
            st.subheader(_("Pièces et billets du sac"), anchor=False)
            columns = (Column(""), Column(_("Nombre"), figures=True), Column(_("Valeur"), figures=True))
            draw_table(columns, [_piece_row(each, quantity) for each, quantity in bag.pieces.lines()])
    if bag.cheques:
        with cheques:
            st.subheader(_("Chèques du sac"), anchor=False)
            till_count_cheques.draw(bag.cheques)


def _piece_row(denomination_cents: int, quantity: int) -> tuple[str, str, str]:
    return denomination(denomination_cents), f"× {quantity}", money(Money(denomination_cents * quantity))


def draw_to_recount(returned: tuple[Submission, ...], timezone: str) -> None:
    """What was sent back, by whom and why, until it is counted again."""
    for line in returned:
        if line.decided_at is None:
            continue
        what = _("Réconciliation no {number} retournée par {name} le {moment} :").format(
            number=line.number, name=line.decided_by, moment=moment(line.decided_at, timezone)
        )
        do = _("Le sac est de nouveau dans votre caisse : comptez-la, puis soumettez-la.")
        st.html(
            f'<section class="pn-returned" role="status"><p>{escape(what)} '
            f"<strong>{escape(line.decision_note)}</strong></p><p>{escape(do)}</p></section>"
        )


def draw_list(own: tuple[Submission, ...], timezone: str) -> None:
    """The last submissions, newest first, each with its paper."""
    if not own:
        return
    st.subheader(_("Mes dernières réconciliations"), anchor=False)
    columns = (
        Column(_("No")),
        Column(_("Soumise le")),
        Column(_("État"), long=True),
        Column(_("Écart"), figures=True),
        Column(_("Total du sac"), figures=True),
        Column(_("Impression")),
    )
    draw_table(columns, [_row(line, timezone) for line in own])


def _row(line: Submission, timezone: str) -> tuple[str | Link, ...]:
    state = reconciliation_state(line.state)
    if line.state is ReconciliationState.RETURNED:
        state = _("{state} : {reason}").format(state=state, reason=line.decision_note)
    name = _("Imprimer la réconciliation no {number}").format(number=line.number)
    return (
        str(line.number),
        moment(line.submitted_at, timezone),
        state,
        difference_in_words(line.difference),
        money(line.total),
        Link(_("Imprimer"), _address(line.id), name),
    )


def _address(reconciliation_id: int) -> str:
    return f"/print/till-report/{reconciliation_id}"


@finished
def _leave() -> None:
    """The address no longer names this submission."""
    del st.query_params["op"]
