"""A submission as whoever decides reads it: what was counted against what was expected, and what could explain it."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.agents import Branch
from partnernet.domain.approvals import Examination
from partnernet.domain.counts import FrozenCount
from partnernet.domain.money import Money, total
from partnernet.domain.petty_cash import Voucher
from partnernet.domain.pieces import DENOMINATIONS
from partnernet.domain.reconciliations import Reconciliation
from partnernet.i18n import _
from partnernet.i18n.formats import day, denomination, moment, money
from partnernet.i18n.labels import difference, difference_reason, voucher_category
from partnernet.web import count_findings, till_count_cheques
from partnernet.web.summary import Cell, Column, Flag, draw_table


def draw(found: Examination) -> None:
    """Draw everything that the decision rests on, the difference first."""
    submitted = found.reconciliation
    _draw_verdict(submitted)
    count_findings.draw_suspects(submitted.count, found.branch)
    _draw_counts(submitted, found.branch)
    _draw_pieces(submitted)
    if submitted.bag.cheques:
        st.subheader(_("Chèques du sac"), anchor=False)
        till_count_cheques.draw(submitted.bag.cheques)
    _draw_vouchers(submitted.vouchers)


def _draw_verdict(submitted: Reconciliation) -> None:
    """Over, short or even, in words and colour, and what the agent says about it."""
    count = submitted.count
    bag = _("Sac no {number}").format(number=submitted.bag.number)
    figures = (
        (_("Compté"), money(count.counted)),
        (_("Attendu"), money(count.expected)),
        (bag, money(submitted.bag.total)),
    )
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in figures)
    verdict = f"<p>{escape(difference(count.difference))}</p><dl>{rows}</dl>{_said(submitted)}"
    st.html(f'<section class="pn-verdict {count_findings.look_of(count.difference)}">{verdict}</section>')


def _said(submitted: Reconciliation) -> str:
    parts = []
    if submitted.reason:
        parts.append(_("Raison : {reason}").format(reason=difference_reason(submitted.reason)))
    if submitted.note:
        parts.append(_("« {note} »").format(note=submitted.note))
    return f'<p class="pn-said">{escape(" — ".join(parts))}</p>' if parts else ""


def _draw_counts(submitted: Reconciliation, branch: Branch) -> None:
    """Every count, the first ones kept beside the one submitted."""
    st.subheader(_("Décomptes"), anchor=False)
    columns = (
        Column(_("Décompte"), long=True),
        Column(_("Compté"), figures=True),
        Column(_("Attendu"), figures=True),
        Column(_("Écart"), figures=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (_named(count, branch), money(count.counted), money(count.expected), difference(count.difference))
        for count in (*submitted.recounts, submitted.count)
    ]
    draw_table(columns, rows)


def _named(count: FrozenCount, branch: Branch) -> str:
    blind = _("à l'aveugle") if count.blind else _("non à l'aveugle")
    when = moment(count.frozen_at, branch.timezone)
    named = _("no {number}, figé le {moment}, {blind}").format(number=count.number, moment=when, blind=blind)
    if not count.witness:
        return named
    by = _("compté par {name} devant {witness}").format(name=count.counted_by, witness=count.witness)
    return f"{named}, {by}"


def _draw_pieces(submitted: Reconciliation) -> None:
    """Of each denomination: how many in every count, how many in the bag, how many stayed in the till."""
    counts = (*submitted.recounts, submitted.count)
    columns = (
        Column(""),
        *(Column(_("Décompte {number}").format(number=count.number), figures=True) for count in counts),
        Column(_("Au sac"), figures=True),
        Column(_("Resté en caisse"), figures=True),
    )
    rows = []
    for each in reversed(DENOMINATIONS):
        counted, bagged = [count.pieces.of(each) for count in counts], submitted.bag.pieces.of(each)
        if any(counted) or bagged:
            cells = (*counted, bagged, counted[-1] - bagged)
            rows.append((denomination(each), *(str(cell) if cell else "–" for cell in cells)))
    if not rows:
        return
    cash = submitted.bag.cash
    totals = (*(money(count.counted) for count in counts), money(cash), money(submitted.count.counted - cash))
    st.subheader(_("Pièces et billets"), anchor=False)
    draw_table(columns, [*rows, (_("Total"), *totals)], narrow=True)


def _draw_vouchers(vouchers: tuple[Voucher, ...]) -> None:
    """What was paid from the float; a missing receipt must not be missed."""
    if not vouchers:
        return
    st.subheader(_("Bons de petite caisse"), anchor=False)
    columns = (
        Column(_("Date")),
        Column(_("Bénéficiaire et objet"), long=True),
        Column(_("Catégorie")),
        Column(_("Pièce justificative")),
        Column(_("Montant"), figures=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            day(voucher.spent_on),
            f"{voucher.payee} · {voucher.purpose}",
            voucher_category(voucher.category),
            _receipt_of(voucher),
            money(voucher.amount),
        )
        for voucher in vouchers
    ]
    rows.append(("", _("Total des bons"), "", "", money(_paid(vouchers))))
    draw_table(columns, rows)


def _receipt_of(voucher: Voucher) -> Cell:
    if voucher.reversed:
        return _("bon annulé")
    return _("gardée") if voucher.receipt_kept else Flag(_("manquante"))


def _paid(vouchers: tuple[Voucher, ...]) -> Money:
    return total(voucher.amount for voucher in vouchers if not voucher.reversed)
