"""Two accounts between the counter and the principal's books, act by act, and what they must stand at.

The balance is reckoned as people would: what the principal issued less what it was paid otherwise, as its books last
said, less what was paid at the counter and kept. Batches and refused receipts never move it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from partnernet.domain.accounts import DocumentKind, OpenItem
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.services import payments, reversals
from tests.support.principal_books import Document, PrincipalBooks
from tests.support.requests import a_cheque, paying, reversing
from tests.support.snapshots import export_batch, take_snapshot, unexported
from tests.support.world import World

Act = tuple[str, int]


@dataclass
class Taken:
    """A payment at the counter: its postings by reference, and when it was undone."""

    reference: str
    account: str
    amount: int
    at: datetime
    posting_id: int
    branch: str
    reversed_at: datetime | None = None
    reversal_id: int = 0


@dataclass(frozen=True)
class Reading:
    """The principal's books at a moment, as they are sent to the counter some time later."""

    as_of: datetime
    documents: dict[str, list[Document]]
    through_batch: int
    refused: frozenset[str]
    own_balance: dict[str, int]


class Story:
    """Acts are named methods that take a number, from which they draw whatever they need."""

    ACTS = (
        "issue", "issue", "credit", "pay_directly", "use_credits", "cash", "cheque", "undo", "export", "relent", "read",
        "imported",
    )  # fmt: skip

    def __init__(self, world: World) -> None:
        self.world = world
        quebec = world.new_branch("QUE", "Québec")
        self.takers = [world.agent, world.person("PB0001", "Léo Roy", Role.AGENT, quebec)]
        self.supervisors = {"MTL": world.supervisor, "QUE": world.person("SU3000", "Eva Roy", Role.SUPERVISOR, quebec)}
        self.customers = [world.customer("100001"), world.customer("100002", "Érablière Fortin")]
        self.books = PrincipalBooks([customer.number for customer in self.customers])
        self.taken: list[Taken] = []
        self.sent: dict[int, list[dict[str, str]]] = {}
        self.received = 0
        self.readings: list[Reading] = []
        self.waiting: list[Reading] = []

    def tell(self, acts: list[Act]) -> None:
        """Let the acts happen, minutes to a day apart; the first import comes after the first of them."""
        for place, (name, n) in enumerate(acts):
            self.world.later(minutes=(1, 40, 300, 1440)[n % 4])
            getattr(self, name)(n // 4)
            if place == 2:
                self.read(n)
                self.imported(n)

    def balance(self, customer: Customer, at: datetime) -> int:
        """What the account stands at, in cents: by the last reading of the books up to then."""
        reading = [each for each in self.readings if each.as_of <= at][-1]
        paid = sum(each.amount for each in self.taken if each.account == customer.number and each.at <= at)
        undone = sum(
            each.amount
            for each in self.taken
            if each.account == customer.number and each.reversed_at is not None and each.reversed_at <= at
        )
        return reading.own_balance.get(customer.number, 0) - paid + undone

    def posted_since_the_first_reading(self, customer: Customer) -> list[tuple[str, int]]:
        """Payments and reversals by receipt number, with what each adds to the balance."""
        own, start = [each for each in self.taken if each.account == customer.number], self.readings[0].as_of
        paid = [(each.reference, -each.amount) for each in own if each.at > start]
        return paid + [(each.reference, each.amount) for each in own if each.reversed_at and each.reversed_at > start]

    def documents_that_appeared(self, customer: Customer) -> list[tuple[str, int]]:
        """Invoices and credit notes by the reading that first showed them, those of the first one left out."""
        seen = {each.number for each in self.readings[0].documents[customer.number]}
        appeared: list[tuple[str, int]] = []
        for reading in self.readings[1:]:
            new = [each for each in reading.documents[customer.number] if each.number not in seen]
            seen |= {each.number for each in new}
            appeared += [
                (each.number, each.amount if each.kind == "invoice" else -each.amount)
                for each in sorted(new, key=lambda each: (each.dated, each.number))
                if each.kind != "unapplied_payment"
            ]
        return appeared

    # --- in the principal's books -----------------------------------------------------------------------------------

    def issue(self, n: int) -> None:
        due = self.world.today + timedelta(days=n % 90 - 60)
        self.books.issue(self._account(n), "invoice", n % 40_000 + 1, due - timedelta(days=30), due)

    def credit(self, n: int) -> None:
        self.books.issue(self._account(n), "credit_note", n % 9_000 + 1, self.world.today, self.world.today)

    def pay_directly(self, n: int) -> None:
        self.books.pay_directly(self._account(n), n % 30_000 + 1)

    def use_credits(self, n: int) -> None:
        self.books.use_credits(self._account(n))

    def relent(self, n: int) -> None:
        """A payment that was refused is posted after all."""
        refused = [each for each in self.taken if each.reference in self.books.refused]
        if refused:
            paid = refused[n % len(refused)]
            self.books.post_late(paid.reference, paid.account, paid.amount, self.world.today)

    def read(self, n: int) -> None:
        """The principal receives what was exported, refusing a line now and then, and writes down what is open."""
        for number in sorted(self.sent):
            if number > self.received:
                lines = self.sent[number]
                refusing = {line["reference"] for place, line in enumerate(lines) if (n + place) % 5 == 0}
                self.books.receive(lines, refusing, self.world.today)
                self.received = number
        documents = {
            account: [copy.copy(each) for each in found.values() if each.open]
            for account, found in self.books.accounts.items()
        }
        reading = Reading(
            self.world.now, documents, self.received, frozenset(self.books.refused), dict(self.books.own_balance)
        )
        self.waiting.append(reading)

    # --- at the counter ---------------------------------------------------------------------------------------------

    def cash(self, n: int) -> None:
        self._pay(n, dated=None)

    def cheque(self, n: int) -> None:
        self._pay(n, dated=self.world.today + timedelta(days=n % 7 - 2))

    def undo(self, n: int) -> None:
        kept = [each for each in self.taken if each.reversed_at is None]
        if kept:
            paid = kept[n % len(kept)]
            by, at = self.supervisors[paid.branch], self.world.now
            reversal = reversals.reverse(self.world.db, reversing(paid.reference), by=by, at=at)
            paid.reversed_at, paid.reversal_id = at, reversal.posting_id

    def export(self, _n: int) -> None:
        posting_ids = unexported(self.world)
        if posting_ids:
            self.sent[export_batch(self.world, posting_ids)] = [self._line(each) for each in posting_ids]

    def imported(self, _n: int) -> None:
        """The oldest reading that waits comes in."""
        if not self.waiting:
            return
        reading = self.waiting.pop(0)
        references = {each.reference: each.posting_id for each in self.taken}
        references |= {f"{each.reference}-R": each.reversal_id for each in self.taken if each.reversal_id}
        take_snapshot(
            self.world,
            {who: [_item(each) for each in reading.documents[who.number]] for who in self.customers},
            as_of=reading.as_of,
            through_batch=reading.through_batch,
            refused=[references[reference] for reference in reading.refused],
        )
        self.readings.append(reading)

    def _pay(self, n: int, dated: date | None) -> None:
        customer, by = self.customers[n % 2], self.takers[n // 2 % 2]
        cents = n % 20_000 // 5 * 5 + 5
        cheque = a_cheque(f"{len(self.taken):06d}", dated) if dated else None
        request = paying(self.world, customer, str(Money(cents)), cheque=cheque)
        try:
            receipt = payments.record(self.world.db, request, by=by, at=self.world.now)
        except ConfirmationNeeded as needed:
            request = replace(request, confirmed=frozenset(needed.concerns))
            receipt = payments.record(self.world.db, request, by=by, at=self.world.now)
        assert by.branch is not None
        paid = Taken(receipt.number, customer.number, cents, receipt.at, receipt.posting_id, by.branch.code)
        self.taken.append(paid)

    def _line(self, posting_id: int) -> dict[str, str]:
        paid = next(each for each in self.taken if posting_id in (each.posting_id, each.reversal_id))
        undone = posting_id == paid.reversal_id
        return {
            "reference": f"{paid.reference}-R" if undone else paid.reference,
            "receipt_number": paid.reference,
            "kind": "reversal" if undone else "payment",
            "account_number": paid.account,
            "amount": str(Money(paid.amount)),
        }

    def _account(self, n: int) -> str:
        return self.customers[n % 2].number


def _item(document: Document) -> OpenItem:
    kind, amount, left = DocumentKind(document.kind), Money(document.amount), Money(document.open)
    return OpenItem(document.number, kind, document.dated, document.due, amount, left)
