"""What the movements of a till are called, on its paper and on the screen."""

from __future__ import annotations

from partnernet.domain.money import ZERO
from partnernet.domain.till_report import MovementKind, TillMovement, TillReport
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import moment


def movement_name(movement: TillMovement, report: TillReport) -> str:
    """What moved the till, in the words of its report."""
    when = moment(movement.at, report.branch.timezone)
    given = movement.sums.cash < ZERO
    vouchers = sum(not voucher.reversed for voucher in report.vouchers)
    return {
        MovementKind.CARRIED_IN: _("Reporté de la session précédente"),
        MovementKind.CHEQUE_PAYMENT: _("Paiements par chèque ({count})").format(count=movement.count),
        MovementKind.CASH_PAYMENT: _("Paiements en espèces ({count})").format(count=movement.count),
        MovementKind.ROUNDING: _("Arrondi"),
        MovementKind.REVERSAL: _("Contre-passations ({count})").format(count=movement.count),
        MovementKind.REENTRY: _("Réinscriptions ({count})").format(count=movement.count),
        MovementKind.VOUCHER: _("Bons de petite caisse ({count})").format(count=vouchers),
        MovementKind.FLOAT: (_("Fonds de caisse remis, {when}") if given else _("Fonds de caisse reçu, {when}")).format(
            when=when
        ),
        MovementKind.REPLENISHMENT: _("Renflouement, {when}").format(when=when),
        MovementKind.OTHER: _("Autre mouvement, {when}").format(when=when),
        MovementKind.REOPENED: _("Soumission retournée, sac rouvert, {when}").format(when=when),
        MovementKind.DIFFERENCE: _("Écart constaté au décompte"),
        MovementKind.SEALED: _("Mis dans le sac no {number}, {when}").format(number=movement.bag_number, when=when),
        MovementKind.CARRIED_OUT: _("Reporté à la session suivante"),
        MovementKind.CUSTODY: _("Sac remis à la succursale, {when}").format(when=when),
        MovementKind.WAITING: _("Sacs soumis, en attente d'approbation"),
    }[movement.kind]
