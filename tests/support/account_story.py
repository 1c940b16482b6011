"""Two accounts between the counter and the principal's books, act by act, and what they must stand at.

The balance is reckoned as people would: what the principal issued less what it was paid otherwise, as its books last
said, less what was paid at the counter and kept. Batches and refused receipts never move it.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.corrections import as_entered
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.reversals import Reversal, ReversalReason, ReversalRequest
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.services import payments, reversals
from partnernet.services.exchanges import import_open_items
from tests.support import batches
from tests.support.principal_books import Document, PrincipalBooks
from tests.support.requests import a_cheque, new_key, paying, reversing
from tests.support.world import World

Act = tuple[str, int]


@dataclass
class Taken:
    """A payment at the counter, and when it was undone."""

    reference: str
    account: str
    amount: int
    at: datetime
    branch: str
    reversed_at: datetime | None = None
    by_supervisor: bool = False


@dataclass(frozen=True)
class Reading:
    """The principal's books at a moment, as they are sent to the counter some time later."""

    as_of: datetime
    file: str
    documents: dict[str, list[Document]]
    through_batch: int
    refused: frozenset[str]
    own_balance: dict[str, int]


class Story:
    """Acts are named methods that take a number, from which they draw whatever they need."""

    ACTS = (
        "issue", "issue", "credit", "pay_directly", "use_credits", "cash", "cash", "cheque", "undo", "relent",
        "exchange", "exchange", "exchange", "export", "read", "imported", "correct",
    )  # fmt: skip

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder
        quebec = world.new_branch("QUE", "Québec")
        self.takers = [world.agent, world.person("PB0001", "Léo Roy", Role.AGENT, quebec)]
        self.supervisors = {"MTL": world.supervisor, "QUE": world.person("SU3000", "Eva Roy", Role.SUPERVISOR, quebec)}
        self.customers = [world.customer("100001"), world.customer("100002", "Érablière Fortin")]
        always_owing = world.customer("100003", "Acier Zénith")  # no file of open items is empty
        self.books = PrincipalBooks([customer.number for customer in (*self.customers, always_owing)])
        self.books.issue(always_owing.number, "invoice", 1, world.today, world.today)
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
        refused, balances = frozenset(self.books.refused), dict(self.books.own_balance)
        reading = Reading(self.world.now, self.books.open_items(), documents, self.received, refused, balances)
        self.waiting.append(reading)

    # --- at the counter ---------------------------------------------------------------------------------------------

    def cash(self, n: int) -> None:
        self._pay(n, dated=None)

    def cheque(self, n: int) -> None:
        self._pay(n, dated=self.world.today + timedelta(days=n % 7 - 2))

    def undo(self, n: int) -> None:
        """Money handed back."""
        paid = self._to_correct(n)
        if paid:
            self._reverse(paid, reversing(paid.reference))

    def correct(self, n: int) -> None:
        """Entered on the wrong account, or with the wrong amount: reversed and entered again, the money kept."""
        paid = self._to_correct(n)
        if not paid:
            return
        supervisor = self.supervisors[paid.branch]
        entered = as_entered(payments.receipt(self.world.db, paid.reference, by=supervisor))
        if n % 3:
            (other,) = (each.number for each in self.customers if each.number != paid.account)
            request = reversing(
                paid.reference, reason=ReversalReason.WRONG_CUSTOMER, reentry=replace(entered, customer_number=other)
            )
        else:
            amount = Money(paid.amount + 5 * (n % 40 + 1))
            request = reversing(paid.reference, reentry=replace(entered, amount=amount))
        reversal = self._reverse(paid, request)
        again = payments.receipt(self.world.db, reversal.reentered, by=supervisor)
        self.taken.append(
            Taken(again.number, again.customer.number, again.amount.cents, again.at, paid.branch, by_supervisor=True)
        )

    def _to_correct(self, n: int) -> Taken | None:
        """A payment in force that no supervisor has entered: nobody corrects their own work."""
        kept = [each for each in self.taken if each.reversed_at is None and not each.by_supervisor]
        return kept[n % len(kept)] if kept else None

    def _reverse(self, paid: Taken, request: ReversalRequest) -> Reversal:
        at = self.world.now
        reversal = reversals.reverse(self.world.db, request, by=self.supervisors[paid.branch], at=at, proved_at=at)
        paid.reversed_at = at
        return reversal

    def export(self, _n: int) -> None:
        batch = batches.cut(self.world)
        if batch:
            self.sent[batch.number] = batches.rows(batches.file(self.world, batch.number))

    def imported(self, _n: int) -> None:
        """The oldest reading that waits comes in."""
        if not self.waiting:
            return
        reading = self.waiting.pop(0)
        items, refused = self.folder / f"{new_key()}.csv", self.folder / f"{new_key()}.csv"
        items.write_text(reading.file, "utf-8")
        refused.write_text("\n".join(["reference", *sorted(reading.refused)]) + "\n", "utf-8")
        import_open_items(
            self.world.db,
            items,
            SnapshotStamp(reading.as_of, reading.through_batch),
            not_posted=refused if reading.refused else None,
            by=batches.OPERATOR,
            at=self.world.now,
        )
        self.readings.append(reading)

    def exchange(self, n: int) -> None:
        """An evening's files: what there is to send goes out, the principal reads it, and its books come in."""
        self.export(n)
        self.read(n)
        self.imported(n)

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
        self.taken.append(Taken(receipt.number, customer.number, cents, receipt.at, by.branch.code))

    def _account(self, n: int) -> str:
        return self.customers[n % 2].number
