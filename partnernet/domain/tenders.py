"""How a customer pays."""

from __future__ import annotations

from enum import StrEnum


class Tender(StrEnum):
    """How the customer pays (type de paiement)."""

    CHEQUE = "cheque"
    CASH = "cash"
