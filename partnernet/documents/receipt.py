"""The receipt (reçu) as a PDF."""

from __future__ import annotations

from typing import Literal

from partnernet.documents.paper import Paper
from partnernet.documents.receipt_letter import draw_letter
from partnernet.documents.receipt_roll import draw_roll
from partnernet.documents.receipt_words import Copy, ReceiptWords, receipt_words
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.receipts import Receipt
from partnernet.i18n import in_language

ReceiptFormat = Literal["letter", "roll"]


def receipt_pdf(
    receipt: Receipt,
    *,
    principal: str,
    support_contact: str | None,
    format: ReceiptFormat,  # noqa: A002 the word of the receipt's address, ?format=roll
    language: PaperLanguage,
    copy_number: int,
) -> bytes:
    """The receipt on letter paper (the customer's and the principal's copy) or on an 80 mm roll (the customer's).

    ``copy_number`` counts how often it was printed: from 2 on it is marked DUPLICATA. The same receipt and arguments
    give the same bytes.
    """

    def words(copy: Copy) -> ReceiptWords:
        return receipt_words(
            receipt,
            principal=principal,
            support_contact=support_contact,
            language=language,
            copy=copy,
            copy_number=copy_number,
        )

    with in_language("fr"):
        customer = words(Copy.CUSTOMER)
        paper = Paper(title=customer.title.french, at=receipt.at)
        if format == "roll":
            draw_roll(paper, customer, language)
        else:
            draw_letter(paper, (customer, words(Copy.PRINCIPAL)), language)
        return paper.pdf()
