"""The principal's books as its ERP keeps them, and what the counter must say beside them: an independent model.

The ERP issues documents, is paid directly, posts the batches that it receives (oldest due date first, the rest as an
unapplied payment) or refuses some of their lines, and writes down what is open. It knows nothing of the counter's code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Document:
    """An invoice, a credit note or an unapplied payment; what is open is in cents and never below zero."""

    number: str
    kind: str
    dated: date
    due: date
    amount: int
    open: int


@dataclass
class Posted:
    """A payment as the ERP posted it: the parts that closed documents, and the document of its rest."""

    account: str
    amount: int
    parts: list[tuple[str, int]] = field(default_factory=list)
    rest: str = ""


class PrincipalBooks:
    """Accounts by number, their documents by number, and the counter's payments that were posted, by reference."""

    def __init__(self, accounts: Iterable[str]) -> None:
        self.accounts: dict[str, dict[str, Document]] = {account: {} for account in accounts}
        self.posted: dict[str, Posted] = {}
        self.reversed: set[str] = set()
        self.refused: set[str] = set()
        # What is owed whatever the batches say: documents issued less what was paid to the principal directly.
        self.own_balance: dict[str, int] = defaultdict(int)
        self._numbers = 0

    def issue(self, account: str, kind: str, amount: int, dated: date, due: date) -> None:
        self._numbers += 1
        number = f"{'F' if kind == 'invoice' else 'C'}-{self._numbers}"
        self.accounts[account][number] = Document(number, kind, dated, due, amount, amount)
        self.own_balance[account] += amount if kind == "invoice" else -amount

    def pay_directly(self, account: str, amount: int) -> int:
        """Settle the oldest documents by other ways than the counter; returns what could be settled."""
        settled = amount - self._apply(account, amount, [])
        self.own_balance[account] -= settled
        return settled

    def use_credits(self, account: str) -> None:
        """Apply every open credit to the oldest invoices: balances do not move, documents do."""
        for credit in [each for each in self.accounts[account].values() if each.kind != "invoice" and each.open]:
            parts: list[tuple[str, int]] = []
            credit.open = self._apply(account, credit.open, parts)
            owner = next((each for each in self.posted.values() if each.rest == credit.number), None)
            if owner:
                owner.parts += parts

    def receive(self, lines: Iterable[dict[str, str]], refusing: Collection[str], today: date) -> None:
        """Post a batch in its order; a reversal of something refused is refused as well."""
        for line in lines:
            reference, payment = line["reference"], line["receipt_number"]
            if reference in refusing or (line["kind"] == "reversal" and payment not in self.posted):
                self.refused.add(reference)
            elif line["kind"] == "payment":
                self._post(reference, line["account_number"], _cents(line["amount"]), today)
            else:
                self._undo(payment)

    def post_late(self, reference: str, account: str, amount: int, today: date) -> None:
        """A payment that was refused is posted after all."""
        self.refused.discard(reference)
        self._post(reference, account, amount, today)

    def open_items(self) -> str:
        """``open_items.csv`` as of now."""
        columns = "account_number,document_number,kind,document_date,due_date,amount,open_amount"
        rows = [
            f"{account},{each.number},{each.kind},{each.dated},{each.due},{_dollars(each.amount)},{_dollars(each.open)}"
            for account, documents in self.accounts.items()
            for each in documents.values()
            if each.open
        ]
        return "\n".join([columns, *rows]) + "\n"

    def _post(self, reference: str, account: str, amount: int, today: date) -> None:
        posted = Posted(account, amount)
        rest = self._apply(account, amount, posted.parts)
        if rest:
            posted.rest = f"UP-{reference}"
            self._credit(account, posted.rest, rest, today)
        self.posted[reference] = posted

    def _undo(self, reference: str) -> None:
        """Open again what the payment and its rest closed; the rest is no credit any more."""
        posted = self.posted[reference]
        documents = self.accounts[posted.account]
        for number, part in posted.parts:
            documents[number].open += part
        if posted.rest:
            documents[posted.rest].open = 0
        self.reversed.add(reference)

    def _credit(self, account: str, number: str, amount: int, today: date) -> None:
        self.accounts[account][number] = Document(number, "unapplied_payment", today, today, amount, amount)

    def _apply(self, account: str, amount: int, parts: list[tuple[str, int]]) -> int:
        invoices = [each for each in self.accounts[account].values() if each.kind == "invoice"]
        for invoice in sorted(invoices, key=lambda each: (each.due, each.dated, each.number)):
            part = min(amount, invoice.open)
            if part:
                invoice.open -= part
                amount -= part
                parts.append((invoice.number, part))
        return amount


def _cents(written: str) -> int:
    dollars, _point, cents = written.partition(".")
    return int(dollars) * 100 + int(cents.ljust(2, "0") or "0")


def _dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
