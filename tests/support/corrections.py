"""Corrections to print: a receipt that was reversed, and what stands in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from partnernet.documents import reversal_slip_pdf
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.corrections import Correction
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import Reversal, ReversalReason, WhereIsTheMoney
from tests.support.papers import pages
from tests.support.receipts import BY_CHEQUE, RICHARD

REVERSED_AT = datetime(2026, 11, 24, 20, 12, tzinfo=UTC)
CHARTIER = replace(RICHARD, number="000987654", name="L'Œuvre des Sœurs", city="St-Jérôme")


def reversal(
    paid: Receipt,
    reason: ReversalReason = ReversalReason.WRONG_CUSTOMER,
    where: WhereIsTheMoney = WhereIsTheMoney.KEPT,
    *,
    note: str = "Le client voisin dans la liste.",
    by_name: str = "Anne Lavoie",
    reentered: str = "",
) -> Reversal:
    """What undid a receipt an hour later."""
    return Reversal(9, paid.number, REVERSED_AT, paid.amount, reason, where, note, "SU1000", by_name, reentered)


def moved(paid: Receipt = BY_CHEQUE) -> Correction:
    """A payment written on the account of another customer: reversed, and entered again on the right one."""
    undo = reversal(paid, reentered="MTL-000013")
    new = replace(
        paid, number="MTL-000013", at=REVERSED_AT, customer=CHARTIER, corrects=paid.number, entered_by="Anne Lavoie"
    )
    return Correction(undo, (replace(paid, reversal=undo),), new, ())


def undone_alone(paid: Receipt, reason: ReversalReason, where: WhereIsTheMoney) -> Correction:
    """A payment that nothing replaces."""
    undo = reversal(paid, reason, where)
    return Correction(undo, (replace(paid, reversal=undo),), None, ())


def sharing(count: int) -> Correction:
    """So many payments with one sheet of paper, sent back by the bank."""
    first = reversal(BY_CHEQUE, ReversalReason.RETURNED_CHEQUE, WhereIsTheMoney.RETURNED_BY_BANK)
    receipts = tuple(replace(BY_CHEQUE, number=f"MTL-{place:06}", reversal=first) for place in range(1, count + 1))
    return Correction(first, receipts, None, ())


def printed_slip(correction: Correction, language: PaperLanguage = "fr") -> bytes:
    """The slip's PDF."""
    return reversal_slip_pdf(correction, principal="BOC", language=language)


def slip_words(correction: Correction, language: PaperLanguage = "fr") -> str:
    """Everything that the slip says."""
    return " ".join(pages(printed_slip(correction, language)))
