"""A till of a day, and its reports added up with a pencil: each list, each movement, and what the ledger holds."""

from __future__ import annotations

import itertools
from dataclasses import replace

from partnernet.domain.agents import Agent
from partnernet.domain.drops import Drop, DropRequest
from partnernet.domain.money import total
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.pieces import read_pieces
from partnernet.domain.receipts import DayPayment
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import (
    MovementKind,
    TillMovement,
    TillReport,
    TillReversal,
    TillSums,
    statement,
    till_sums,
)
from partnernet.services import (
    branch_settings,
    drops,
    petty_cash,
    reversals,
    till_reports,
)
from partnernet.storage import counts as stored_counts
from partnernet.storage import held_cheques, tills
from tests.support.counting import (
    count,
    receive_float,
    submit,
    take_cash,
    take_cheque,
    typed,
)
from tests.support.requests import money, new_key, reversing
from tests.support.world import World

# What the till of `open_till` holds.
WHOLE = {"100": 1, "50": 2, "20": 2, "10": 2, "5": 1, "1": 1, "0.25": 2, "0.10": 1, "0.05": 1}
LOST = (DifferenceReason.UNKNOWN, "rien trouvé")
_administrators = itertools.count(2000)


def open_till(world: World) -> World:
    """A float of 200.00; 10.02 and 75.04 taken in cash, rounded to 85.05; a cheque of 412.37; a voucher of 18.40."""
    receive_float(world)
    for amount in ("10.02", "75.04"):
        take_cash(world, amount)
    take_cheque(world, "412.37")
    pay_voucher(world, "18.40")
    return world


def pay_voucher(world: World, amount: str) -> int:
    """A voucher of the agent; its posting."""
    request = VoucherRequest(
        new_key(), world.today, "Postes Canada", "timbres", VoucherCategory.POSTAGE, money(amount), receipt_kept=True
    )
    return petty_cash.pay_voucher(world.db, request, by=world.agent, at=world.later(minutes=1)).posting_id


def limit_cash(world: World, limit: str) -> None:
    """How much collected cash the branch lets a drawer hold."""
    administrator = world.person(f"AD{next(_administrators)}", "Ada Roy", Role.ADMINISTRATOR)
    (before,) = (found for branch, found in branch_settings.visible(world.db, by=administrator))
    new = replace(before, cash_limit=money(limit))
    branch_settings.change(world.db, world.branch, new, by=administrator, at=world.now)


def drop(world: World, put: dict[str, int], *amounts: str) -> Drop:
    """Bag these pieces, and the cheques on hand of these amounts."""
    with world.db.read() as connection:
        (session_id,) = stored_counts.unsubmitted(connection, world.agent.id)
        on_hand = held_cheques.in_session(connection, world.agent.id, session_id, world.today)
    chosen = frozenset(cheque.id for cheque in on_hand if str(cheque.amount) in amounts)
    request = DropRequest(new_key(), read_pieces(typed(put), {}), chosen)
    return drops.make(world.db, request, by=world.agent, at=world.later(minutes=1))


def undo(
    world: World,
    receipt_number: str,
    where: WhereIsTheMoney = WhereIsTheMoney.HANDED_BACK,
    reason: ReversalReason = ReversalReason.WRONG_AMOUNT,
) -> None:
    """The supervisor reverses a receipt."""
    request = reversing(receipt_number, reason=reason, where=where)
    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)


def submitted_whole(world: World) -> Reconciliation:
    """Counted without a difference: 85.05 less the voucher, and the float."""
    return submit(world, count(world, WHOLE))


def kinds(movements: tuple[TillMovement, ...]) -> list[MovementKind]:
    """What each of them is."""
    return [movement.kind for movement in movements]


def numbers(listed: tuple[TillReversal, ...]) -> list[str]:
    """The receipts that they undo."""
    return [reversal.receipt_number for reversal in listed]


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
    again = [r.reentry.moved for r in report.reversals if r.reentry]
    assert lines.get(MovementKind.REENTRY, TillSums()) == sum(again, start=TillSums())
    spent = total(voucher.amount for voucher in report.vouchers if not voucher.reversed)
    assert lines.get(MovementKind.VOUCHER, TillSums()).cash == -spent
    for line in (*report.movements, *report.closing, *report.later):
        assert line.sums.cash + line.sums.cheques + line.sums.bags == line.sums.float_present + line.sums.due
