"""What no single posting shows: rows that belong to nothing, and rules that span several postings or branches."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Column, Connection, case, func, select

from partnernet.domain.entries import LedgerAccount
from partnernet.storage import tables as t

Place = tuple[str, int]  # branch code, sequence

_reversing = t.posting.alias("reversing")


def stray_tables(connection: Connection) -> list[str]:
    """Tables with a row whose owner does not exist (foreign keys can be switched off by whoever owns the file)."""
    owners: list[tuple[Column[Any], Column[Any]]] = [
        (t.posting.c.branch_id, t.branch.c.id),
        (t.ledger_line.c.posting_id, t.posting.c.id),
        (t.payment.c.posting_id, t.posting.c.id),
        (t.reversal.c.posting_id, t.posting.c.id),
        (t.allocation.c.posting_id, t.payment.c.posting_id),
        (t.reentry.c.posting_id, t.payment.c.posting_id),
        (t.reentry.c.corrects_id, t.payment.c.posting_id),
        (t.receipt_copy.c.posting_id, t.payment.c.posting_id),
        (t.cheque.c.id, t.payment.c.cheque_id),
    ]
    return [
        str(child.table)
        for child, owner in owners
        if connection.execute(select(child).where(~select(owner).where(owner == child).exists()).limit(1)).first()
    ]


def unequal_reversals(connection: Connection) -> list[Place]:
    """Reversals whose customer's part is not the exact opposite of what they reverse, or that cross branches."""
    original, line = t.posting.alias("original"), t.ledger_line.c
    owed = (
        select(line.posting_id, line.customer_id, func.sum(line.debit_cents - line.credit_cents).label("cents"))
        .where(line.account == LedgerAccount.OWED, line.customer_id.is_not(None))
        .group_by(line.posting_id, line.customer_id)
    )
    of_reversal, of_original = owed.subquery("of_reversal"), owed.subquery("of_original")
    rows = connection.execute(
        select(t.branch.c.code, t.posting.c.sequence)
        .select_from(t.posting)
        .join(original, original.c.id == t.posting.c.reverses_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .join(of_reversal, of_reversal.c.posting_id == t.posting.c.id)
        .join(of_original, of_original.c.posting_id == original.c.id)
        .where(
            (of_reversal.c.cents != -of_original.c.cents)
            | (of_reversal.c.customer_id != of_original.c.customer_id)
            | (original.c.branch_id != t.posting.c.branch_id)
        )
    )
    return [(row.code, row.sequence) for row in rows]


def unpaired_reentries(connection: Connection) -> list[Place]:
    """Payments entered again in place of one that was not reversed with its money kept just before, or that another
    branch or agent took, or with more changed than was wrong; and reversals that kept money with which nothing was
    entered again."""
    corrected, reversing = t.posting.alias("corrected"), t.posting.alias("reversing")
    was = t.payment.alias("was")
    same_money = (
        (was.c.received_cents == t.payment.c.received_cents)
        & (was.c.tender == t.payment.c.tender)
        & was.c.cheque_id.is_not_distinct_from(t.payment.c.cheque_id)
    )
    only_what_was_wrong = case(
        (t.reversal.c.reason == "wrong_customer", same_money), else_=was.c.customer_id == t.payment.c.customer_id
    )
    before, again = t.reentry.alias("before"), t.reentry.alias("again")
    taken_by_id = func.coalesce(before.c.taken_by_id, corrected.c.agent_id)
    entered = (
        select(t.branch.c.code, t.posting.c.sequence)
        .select_from(t.reentry)
        .join(t.posting, t.posting.c.id == t.reentry.c.posting_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .join(t.payment, t.payment.c.posting_id == t.posting.c.id)
        .join(corrected, corrected.c.id == t.reentry.c.corrects_id)
        .join(was, was.c.posting_id == corrected.c.id)
        .outerjoin(before, before.c.posting_id == corrected.c.id)
        .outerjoin(reversing, reversing.c.reverses_id == corrected.c.id)
        .outerjoin(t.reversal, t.reversal.c.posting_id == reversing.c.id)
        .where(
            t.reversal.c.where_is_the_money.is_distinct_from("kept")
            | (reversing.c.sequence > t.posting.c.sequence)
            | (corrected.c.branch_id != t.posting.c.branch_id)
            | (t.reentry.c.taken_by_id != taken_by_id)
            | ~only_what_was_wrong
        )
    )
    left_open = (
        select(t.branch.c.code, t.posting.c.sequence)
        .select_from(t.reversal)
        .join(t.posting, t.posting.c.id == t.reversal.c.posting_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .outerjoin(again, again.c.corrects_id == t.posting.c.reverses_id)
        .where(t.reversal.c.where_is_the_money == "kept", again.c.posting_id.is_(None))
    )
    return [(row.code, row.sequence) for query in (entered, left_open) for row in connection.execute(query)]


def lines_of_another_session(connection: Connection) -> list[Place]:
    """Postings into a drawer, or of cheques on hand, whose till session is not there, is somebody else's or another
    branch's, or was over at that moment: closed to what comes in, or submitted.
    """
    line, session = t.ledger_line.c, t.till_session.c
    # What is entered again came in when the session was open.
    entered_again = select(t.reentry.c.posting_id).where(t.reentry.c.posting_id == t.posting.c.id)
    comes_in = t.posting.c.kind.in_(("payment", "float", "voucher", "replenishment")) & ~entered_again.exists()
    rows = connection.execute(
        select(t.branch.c.code, t.posting.c.sequence)
        .select_from(t.ledger_line)
        .join(t.posting, t.posting.c.id == line.posting_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .outerjoin(t.till_session, session.id == line.till_session_id)
        .outerjoin(t.reconciliation, t.reconciliation.c.till_session_id == session.id)
        .where(
            line.account.in_((LedgerAccount.DRAWER, LedgerAccount.CHEQUES)),
            session.id.is_(None)
            | (session.agent_id != line.holder_id)
            | (session.branch_id != line.branch_id)
            | (session.opened_at > t.posting.c.posted_at)
            | (comes_in & (session.closed_at < t.posting.c.posted_at))
            | (t.reconciliation.c.submitted_at < t.posting.c.posted_at),
        )
        .distinct()
        .order_by(t.branch.c.code, t.posting.c.sequence)
    )
    return [(row.code, row.sequence) for row in rows]


def overdrawn_cheques(connection: Connection) -> list[Place]:
    """The last posting of each cheque whose payments, not reversed, exceed its face amount."""
    rows = connection.execute(
        select(t.branch.c.code, func.max(t.posting.c.sequence).label("sequence"))
        .select_from(t.cheque)
        .join(t.payment, t.payment.c.cheque_id == t.cheque.c.id)
        .join(t.posting, t.posting.c.id == t.payment.c.posting_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .outerjoin(_reversing, _reversing.c.reverses_id == t.posting.c.id)
        .where(_reversing.c.id.is_(None))
        .group_by(t.cheque.c.id, t.cheque.c.face_amount_cents, t.branch.c.code)
        .having(func.sum(t.payment.c.amount_cents) > t.cheque.c.face_amount_cents)
    )
    return [(row.code, row.sequence) for row in rows]


def gaps_in_copies(connection: Connection) -> list[Place]:
    """Payments whose printed copies are not numbered 1, 2, 3…"""
    copies = t.receipt_copy.c
    rows = connection.execute(
        select(t.branch.c.code, t.posting.c.sequence)
        .select_from(t.receipt_copy)
        .join(t.posting, t.posting.c.id == copies.posting_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .group_by(t.branch.c.code, t.posting.c.sequence)
        .having(func.max(copies.copy_number) != func.count())
    )
    return [(row.code, row.sequence) for row in rows]


def bags_that_differ(connection: Connection) -> list[Place]:
    """Branches whose bags, sealed and not at the bank yet, hold something else than the ledger says (sequence 0)."""
    line, sheet = t.ledger_line.c, t.bag_cheque.c
    opened = select(t.reconciliation.c.bag_id).join(
        t.reconciliation_decision, t.reconciliation_decision.c.reconciliation_id == t.reconciliation.c.id
    )
    at_the_bank = select(t.deposit_bag.c.bag_id).join(
        t.deposit_reference, t.deposit_reference.c.deposit_id == t.deposit_bag.c.deposit_id
    )
    sealed = (
        t.bag.c.id.not_in(opened.where(t.reconciliation_decision.c.outcome == "returned")),
        t.bag.c.id.not_in(at_the_bank),
    )
    taken_out = (
        select(t.payment.c.cheque_id)
        .join(_reversing, _reversing.c.reverses_id == t.payment.c.posting_id)
        .join(t.ledger_line, line.posting_id == _reversing.c.id)
        .where(line.account == LedgerAccount.BAG)
    )
    cash = select(t.bag.c.branch_id, func.sum(t.bag.c.cash_cents).label("cents")).where(*sealed)
    cheques = (
        select(t.bag.c.branch_id, func.sum(t.cheque.c.face_amount_cents).label("cents"))
        .join(t.bag_cheque, sheet.bag_id == t.bag.c.id)
        .join(t.cheque, t.cheque.c.id == sheet.cheque_id)
        .where(*sealed, sheet.cheque_id.not_in(taken_out))
    )
    # Summed here: a line that was tampered with can be too large for the database to add up.
    booked = select(line.branch_id, (line.debit_cents - line.credit_cents).label("cents")).where(
        line.account == LedgerAccount.BAG
    )
    differences: dict[int, int] = defaultdict(int)
    for query, sign in (
        (cash.group_by(t.bag.c.branch_id), 1),
        (cheques.group_by(t.bag.c.branch_id), 1),
        (booked, -1),
    ):
        for row in connection.execute(query):
            differences[row.branch_id] += sign * int(row.cents)
    branches = connection.execute(select(t.branch.c.id, t.branch.c.code).order_by(t.branch.c.code))
    return [(row.code, 0) for row in branches if differences[row.id]]
