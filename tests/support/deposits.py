"""Deposits to print on a slip."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from partnernet.documents import deposit_slip_pdf
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.counts import HeldCheque
from partnernet.domain.deposit_slip import DepositSlip, WithdrawnCheque
from partnernet.domain.deposits import Deposit
from partnernet.domain.money import parse_amount
from partnernet.domain.papers import Printed
from partnernet.domain.pieces import Pieces, pieces
from partnernet.domain.reconciliations import Bag
from tests.support.receipts import MTL

MADE_AT = datetime(2026, 11, 25, 14, 10, tzinfo=UTC)


def cheque(serial: int, amount: str, **other: object) -> HeldCheque:
    """An ordinary cheque."""
    ordinary = HeldCheque(
        id=serial,
        number=f"{481 + serial:06}",
        transit="12345",
        institution="003",
        account="001234567",
        drawer="Locations Richard inc.",
        dated=date(2026, 11, 24),
        amount=parse_amount(amount),
        post_dated=False,
    )
    return replace(ordinary, **other)  # type: ignore[arg-type]


def bag(number: int, inside: Pieces, *cheques: HeldCheque) -> Bag:
    """A sealed bag of these pieces and cheques."""
    return Bag(number, number, MADE_AT, inside, inside.total(), cheques)


def deposit(*bags: Bag, **other: object) -> Deposit:
    """A deposit of these bags, on its way to the bank."""
    made = Deposit(
        id=12,
        number=12,
        branch=MTL,
        made_at=MADE_AT,
        made_by="Luc Gagnon",
        account="815-30001-1234567",
        bags=bags,
        bank_reference="",
        settled_at=None,
    )
    return replace(made, **other)  # type: ignore[arg-type]


# The bag of the ledger's worked day, and another with notes only: 125.05 and 35.00 in cash, one cheque.
TWO_BAGS = deposit(
    bag(41, pieces({5: 1, 100: 1, 200: 2, 1000: 2, 10000: 1}), cheque(1, "412.37")),
    bag(42, pieces({500: 1, 1000: 1, 2000: 1})),
)


def printed_slip(
    made: Deposit, *withdrawn: WithdrawnCheque, language: PaperLanguage = "fr", copy_number: int = 1
) -> bytes:
    """The slip's PDF."""
    slip = DepositSlip(made, withdrawn, Printed(copy_number, MADE_AT))
    return deposit_slip_pdf(slip, principal="BOC", language=language)
