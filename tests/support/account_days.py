"""Account 100001 day by day in November 2026: payments, batches, and the principal's books as they come in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from partnernet.domain.accounts import Account, OpenItem
from partnernet.domain.agents import Agent
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.corrections import as_entered
from partnernet.domain.periods import Period
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.domain.statements import AccountToday, Statement, StatementLine
from partnernet.services import customers, payments, reversals, statements
from partnernet.services.exchanges import import_open_items
from tests.support import batches
from tests.support.requests import a_cheque, new_key, paying, reversing
from tests.support.world import World

HEADER = "account_number,document_number,kind,document_date,due_date,amount,open_amount"
ELSEWHERE = "100002,G-1,invoice,2026-09-15,2026-10-15,5.00,5.00"


class AccountDays:
    """The account, and whoever acts on it; amounts and documents as people write them."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder
        self.customer = world.customer("100001")
        world.customer("100002", "Érablière Fortin")
        self.quebec = world.person("PB0001", "Léo Roy", Role.AGENT, world.new_branch("QUE", "Québec"))

    def go_to(self, day: int) -> None:
        """Eleven o'clock in Montréal on a day of November."""
        self.world.now = datetime(2026, 11, day, 16, 0, tzinfo=UTC)

    def books(self, *documents: str, through: int = 0) -> None:
        """The principal's books as of now."""
        path = self.folder / f"{new_key()}.csv"
        path.write_text("\n".join([HEADER, ELSEWHERE, *(f"100001,{each}" for each in documents)]) + "\n", "utf-8")
        stamp = SnapshotStamp(self.world.now, through)
        import_open_items(self.world.db, path, stamp, by=batches.OPERATOR, at=self.world.now)

    def send(self) -> int:
        """The next batch; returns its number."""
        batch = batches.cut(self.world)
        assert batch is not None
        return batch.number

    def pay(self, amount: str, *, cheque: str = "", dated: date | None = None, by: Agent | None = None) -> Receipt:
        """By cheque when it has a number, else in cash; whatever is asked is confirmed."""
        sheet = a_cheque(cheque, dated or self.world.today) if cheque else None
        request, at = paying(self.world, self.customer, amount, cheque=sheet), self.world.later(minutes=1)
        try:
            return payments.record(self.world.db, request, by=by or self.world.agent, at=at)
        except ConfirmationNeeded as needed:
            request = replace(request, confirmed=frozenset(needed.concerns))
            return payments.record(self.world.db, request, by=by or self.world.agent, at=at)

    def reverse(self, receipt: Receipt, reason: ReversalReason) -> None:
        """By the branch's supervisor; a cheque that was returned comes back from the bank."""
        returned = reason is ReversalReason.RETURNED_CHEQUE
        where = WhereIsTheMoney.RETURNED_BY_BANK if returned else WhereIsTheMoney.HANDED_BACK
        request, at = reversing(receipt.number, reason=reason, where=where), self.world.later(minutes=1)
        reversals.reverse(self.world.db, request, by=self.world.supervisor, at=at, proved_at=at)

    def correct(self, receipt: Receipt, reason: ReversalReason, **right: object) -> str:
        """Reversed and entered again with what was wrong put right; returns the number of the receipt in its place."""
        reentry = replace(as_entered(receipt), **right)  # type: ignore[arg-type]
        request, at = reversing(receipt.number, reason=reason, reentry=reentry), self.world.later(minutes=1)
        made = reversals.reverse(self.world.db, request, by=self.world.supervisor, at=at, proved_at=at)
        return made.reentered

    def account(self) -> Account:
        """Where it stands, as the payment form reads it."""
        return customers.account(self.world.db, "100001", by=self.world.agent, at=self.world.now)

    def today(self) -> AccountToday:
        """What its page shows."""
        return statements.account_today(self.world.db, "100001", by=self.world.agent, at=self.world.now)

    def statement(self, start: date, end: date, *, by: Agent | None = None) -> Statement:
        """Its statement from one day to another, both included."""
        reader = by or self.world.agent
        return statements.statement(self.world.db, "100001", Period(start, end), by=reader, at=self.world.now)

    def branch_id(self, agent: Agent) -> int:
        """The branch that somebody serves."""
        assert agent.branch is not None
        return agent.branch.id


def a_fortnight(days: AccountDays) -> None:
    """60.00 due; 40.00 paid and sent; an invoice of 250.00 comes in, of which 50.00 was paid to the principal; a cheque
    of 100.00 comes back; 20.00 is paid in Québec and not sent."""
    days.books("F-1,invoice,2026-09-15,2026-10-15,60.00,60.00")
    days.go_to(3)
    days.pay("40.00")
    bounced = days.pay("100.00", cheque="000123")
    batch = days.send()
    days.go_to(8)
    days.books(
        "F-2,invoice,2026-11-04,2026-12-04,250.00,200.00",
        "UP-1,unapplied_payment,2026-11-04,2026-11-04,80.00,80.00",
        through=batch,
    )
    days.go_to(12)
    days.reverse(bounced, ReversalReason.RETURNED_CHEQUE)
    days.pay("20.00", by=days.quebec)
    days.go_to(24)


def line_of(line: StatementLine) -> str:
    """What a line is about: its receipt or document, or what the books did by other ways."""
    if line.about is None:
        return "other ways"
    return line.about.document_number if isinstance(line.about, OpenItem) else line.about.receipt_number
