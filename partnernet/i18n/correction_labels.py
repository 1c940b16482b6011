"""What the answers of a correction are called: why a bank sends a cheque back, and where the money of a payment is."""

from __future__ import annotations

from partnernet.domain.correction_form import BankReason
from partnernet.i18n.catalogues import _


def bank_reason(value: BankReason) -> str:
    return {
        BankReason.NO_FUNDS: _("Sans provision"),
        BankReason.STOPPED: _("Paiement arrêté"),
        BankReason.CLOSED: _("Compte bancaire fermé"),
        BankReason.NOT_CLEARED: _("Fonds non compensés"),
        BankReason.DATE: _("Périmé ou postdaté"),
        BankReason.SIGNATURE: _("Signature ou endossement"),
        BankReason.OTHER: _("Autre raison de la banque"),
    }[value]
