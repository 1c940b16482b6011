"""``open_items.csv``: a line of it becomes a document that is open in the principal's books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from partnernet.domain.accounts import DocumentKind
from partnernet.domain.exchanges import OpenAboveAmount
from partnernet.domain.file_values import read_account_number, read_cents, read_date, read_text, read_word
from partnernet.domain.money import Money

COLUMNS = (
    "account_number", "document_number", "kind", "document_date", "due_date", "amount", "open_amount",
)  # fmt: skip


class OpenItemRecord(NamedTuple):
    """A document as its line says it; the account is still a number."""

    account_number: str
    document_number: str
    kind: DocumentKind
    document_date: date
    due_date: date
    amount_cents: int
    open_amount_cents: int


def read_open_item(fields: Sequence[str]) -> OpenItemRecord:
    """The document of a line whose fields are in the order of `COLUMNS`.

    Amounts are above zero whatever the kind. Raises the first refusal of `partnernet.domain.exchanges`.
    """
    number, document_number, kind, document_date, due_date, amount, open_amount = fields
    record = OpenItemRecord(
        read_account_number(number, "account_number"),
        read_text(document_number, "document_number", 40, required=True),
        read_word(kind, "kind", DocumentKind),
        read_date(document_date, "document_date"),
        read_date(due_date, "due_date"),
        read_cents(amount, "amount"),
        read_cents(open_amount, "open_amount"),
    )
    if record.open_amount_cents > record.amount_cents:
        raise OpenAboveAmount(Money(record.open_amount_cents), Money(record.amount_cents))
    return record
