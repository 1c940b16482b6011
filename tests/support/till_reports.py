"""Till reports added up with a pencil: from each list to its movement, from the movements to what the ledger holds."""

from __future__ import annotations

from partnernet.domain.agents import Agent
from partnernet.domain.money import total
from partnernet.domain.receipts import DayPayment
from partnernet.domain.reconciliations import Reconciliation
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import MovementKind, TillReport, TillSums, statement, till_sums
from partnernet.services import till_reports
from partnernet.storage import tills
from tests.support.world import World


def current(world: World, agent: Agent | None = None) -> TillReport:
    """The agent's report as it stands, once it was found to add up to what the ledger says they hold."""
    by = agent or world.agent
    report = till_reports.current(world.db, by=by, at=world.now)
    assert_adds_up(report)
    with world.db.read() as connection:
        held = till_sums(tills.sums_of_holder(connection, by.id))
    assert report.left == held
    return report


def of(world: World, submission: Reconciliation) -> TillReport:
    """The report of a submission as its supervisor reads it, once it was found to add up to what was counted."""
    report = till_reports.of_submission(world.db, submission.id, by=world.supervisor, at=world.now)
    assert_adds_up(report)
    assert report.expected.cash == submission.count.expected
    in_bag = submission.bag.cash + total(cheque.amount for cheque in report.cheques)
    dropped = report.expected.bags
    assert report.left == TillSums(bags=in_bag + dropped, due=in_bag + dropped)
    return report


def assert_adds_up(report: TillReport) -> None:
    """Each list comes to the movement that says it, and each movement's cash, cheques and bags to float and debt."""
    paid = [payment for payment in report.payments if isinstance(payment, DayPayment)]
    lines = {line.kind: line.sums for line in statement(report.movements)}
    cheques, cash = (total(each.amount for each in paid if each.tender is tender) for tender in Tender)
    assert lines.get(MovementKind.CHEQUE_PAYMENT, TillSums()).cheques == cheques
    assert lines.get(MovementKind.CASH_PAYMENT, TillSums()).cash == cash
    assert lines.get(MovementKind.ROUNDING, TillSums()).cash == total(payment.rounding for payment in paid)
    assert lines.get(MovementKind.REVERSAL, TillSums()) == sum((r.moved for r in report.reversals), start=TillSums())
    spent = total(voucher.amount for voucher in report.vouchers if not voucher.reversed)
    assert lines.get(MovementKind.VOUCHER, TillSums()).cash == -spent
    for line in (*report.movements, *report.closing, *report.later):
        assert line.sums.cash + line.sums.cheques + line.sums.bags == line.sums.float_present + line.sums.due
