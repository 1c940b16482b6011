"""« Rapport de caisse en cours »: what the till holds and why, since the last submission; blind during a count."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.counts import HeldCheque
from partnernet.domain.money import total
from partnernet.domain.till_report import TillReentry, TillReport, TillReversal
from partnernet.i18n import _
from partnernet.i18n.formats import day, moment, money
from partnernet.i18n.labels import reversal_reason, tender, where_is_the_money
from partnernet.services import till_reports
from partnernet.settings import settings
from partnernet.web import float_offers, till_report_tables, voucher_list
from partnernet.web.inert import inert
from partnernet.web.runtime import database
from partnernet.web.summary import Column, Figure, draw_figures, draw_table, shown

PRINTED = "/print/till-report/current"
_SHORT_HASH_CHARS = 12


def draw(by: Agent) -> None:
    """Draw the report of the person's own till."""
    report = till_reports.current(database(), by=by, at=now())
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(_("Rapport de caisse en cours"), anchor=False)
        st.link_button(_("Imprimer"), PRINTED)
    if report.blind:
        st.info(
            _(
                "Décompte en cours : les montants en espèces, le total dû et les bons sont masqués jusqu'à ce qu'il "
                "soit figé."
            )
        )
    else:
        float_offers.draw(by)
        _draw_above_limit(report)
        _draw_figures(report)
    _draw_payments(report)
    _draw_others(report)
    _draw_anchor(report)


def _draw_above_limit(report: TillReport) -> None:
    """What is in a sealed bag is no longer in a drawer that a passer-by can reach into."""
    if report.cash_limit is not None and report.above_cash_limit:
        said = _(
            "Les espèces encaissées dépassent {limit}, la limite de la succursale : scellez-en une partie dans un "
            "sac (« Sac ») et remettez-le à un superviseur."
        )
        st.warning(inert(said.format(limit=money(report.cash_limit))))


def _draw_figures(report: TillReport) -> None:
    """What is owed comes first; then where it is."""
    authorised = _("autorisé : {amount}").format(amount=money(report.float_authorised))
    owed = _("Total dû à {principal}").format(principal=settings().principal_name)
    draw_figures(
        [
            Figure(owed, money(report.due), _parts_of_due(report), main=True),
            Figure(_("Espèces attendues"), money(report.expected.cash)),
            Figure(_("Chèques en main"), money(report.expected.cheques)),
            Figure(_("Fonds de caisse"), money(report.expected.float_present), authorised),
        ]
    )


def _parts_of_due(report: TillReport) -> str:
    later, in_bags = total(cheque.amount for cheque in report.post_dated), report.left.bags
    parts = (
        (later, _("dont {amount} en chèques postdatés, pas encore payables")),
        (in_bags, _("dont {amount} en sacs scellés")),
    )
    return " · ".join(said.format(amount=money(amount)) for amount, said in parts if amount)


def _draw_payments(report: TillReport) -> None:
    st.subheader(_("Paiements depuis la dernière soumission"), anchor=False)
    if report.payments:
        till_report_tables.draw_payments(report)
    else:
        st.text(_("Aucun paiement."))
    if report.movements or report.closing:
        st.subheader(_("Mouvements de la caisse"), anchor=False)
        till_report_tables.draw_movements(report)


def _draw_others(report: TillReport) -> None:
    """Vouchers, reversals, and cheques that stand apart; a list that is empty is left out."""
    if report.vouchers:
        st.subheader(_("Bons de petite caisse"), anchor=False)
        voucher_list.draw_table_of(report.vouchers, blind=report.blind)
    if report.reversals:
        st.subheader(_("Contre-passations"), anchor=False)
        _draw_reversals(report)
    for title, cheques in (
        (_("Chèques reçus avant la dernière soumission"), report.cheques),
        (_("Chèques postdatés, pas encore payables"), report.post_dated),
    ):
        if cheques:
            st.subheader(title, anchor=False)
            _draw_cheques(cheques)


def _draw_reversals(report: TillReport) -> None:
    columns: tuple[Column, ...] = (
        Column(_("Reçu")),
        Column(_("Contre-passé le")),
        Column(_("Client"), long=True),
        Column(_("Raison")),
        Column(_("Montant"), figures=True),
    )
    rows = [_reversal(reversal, report.branch.timezone) for reversal in report.reversals]
    if any(reversal.reentry for reversal in report.reversals):
        columns += (Column(_("Réinscrit"), long=True),)
        rows = [(*row, _reentry(each.reentry)) for row, each in zip(rows, report.reversals, strict=True)]
    draw_table(columns, rows)


def _reversal(reversal: TillReversal, timezone: str) -> tuple[str, ...]:
    return (
        reversal.receipt_number,
        moment(reversal.at, timezone),
        f"{reversal.customer_number} — {reversal.customer_name}",
        f"{reversal_reason(reversal.reason)} · {where_is_the_money(reversal.where)}",
        shown(reversal.amount),
    )


def _reentry(again: TillReentry | None) -> str:
    """What stands in place of the reversed payment: its receipt, whose it is, and how much by which tender."""
    if again is None:
        return ""
    who = f"{again.customer_number} — {again.customer_name}"
    return f"{again.receipt_number} · {who} · {tender(again.tender)} {shown(again.amount)}"


def _draw_cheques(cheques: tuple[HeldCheque, ...]) -> None:
    columns = (
        Column(_("Daté du")),
        Column(_("No de chèque")),
        Column(_("Titulaire"), long=True),
        Column(_("Montant"), figures=True),
    )
    draw_table(columns, [(day(each.dated), each.number, each.drawer, money(each.amount)) for each in cheques])


def _draw_anchor(report: TillReport) -> None:
    """Where the ledger's chain stood: what was printed can be told from a ledger that was computed again since."""
    sequence, digest = report.anchor
    if digest:
        said = _("Grand livre au {when} : écriture no {sequence}, empreinte {digest}…").format(
            when=moment(report.at, report.branch.timezone), sequence=sequence, digest=digest[:_SHORT_HASH_CHARS]
        )
        st.html(f'<p class="pn-quiet">{escape(said)}</p>')
