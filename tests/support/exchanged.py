"""Books with one of everything that is exchanged or corrected, beside those of `tests.support.books`."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from partnernet.domain.entries import PostingKind
from partnernet.domain.payments import Settlement
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.tenders import Tender
from partnernet.domain.till_entries import payment_entry
from partnernet.services import payments, reversals
from partnernet.storage import ledger, tables, tills
from tests.support.batches import cut
from tests.support.requests import money, new_key, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)
HASH = "0" * 64


def keep_exchanges(world: World) -> None:
    """A payment entered again, a batch with its files, a snapshot with an exception and a change, a reported error."""
    customer = world.customer("100005", due=[("L-1", "15.00", DUE)])
    wrong = payments.record(world.db, paying(world, customer, "15.00"), by=world.agent, at=world.later(minutes=1))
    undone = reversing(wrong.number, reason=ReversalReason.WRONG_AMOUNT)
    reversal = reversals.reverse(world.db, undone, by=world.supervisor, at=world.later(minutes=1))
    with world.db.write() as connection:
        _enter_again(connection, world, wrong.posting_id)
    cut(world)
    with world.db.write() as connection:
        _exchange(connection, world, wrong.posting_id)
        _mark(connection, world, wrong.posting_id, reversal.posting_id)


def _enter_again(connection: Connection, world: World, corrects_id: int) -> None:
    original = dict(
        connection.execute(select(tables.payment).where(tables.payment.c.posting_id == corrects_id)).mappings().one()
    )
    kept = {"posting_id", "branch_id", "receipt_number", "cheque_id", "handed_cents"}
    columns = {name: value for name, value in original.items() if name not in kept}
    columns |= {"handed_cents": None, "unallocated_cents": columns["amount_cents"]}
    amount = money("15.00")
    session = tills.open_session(connection, world.agent.id, world.branch.id, world.later(minutes=1))
    entry = payment_entry(
        Settlement(amount, amount, money("0.00"), None, None),
        Tender.CASH,
        customer_id=original["customer_id"],
        agent_id=world.agent.id,
        session_id=session,
    )
    new = ledger.NewPosting(
        branch=world.branch,
        kind=PostingKind.PAYMENT,
        key=new_key(),
        fingerprint=HASH,
        at=world.now,
        agent_id=world.supervisor.id,
        entry=entry,
        payment=ledger.PaymentRow(
            columns, None, (), reentry={"corrects_id": corrects_id, "taken_by_id": world.agent.id}
        ),
    )
    ledger.post(connection, ledger.lock_branch(connection, world.branch), new)


def _exchange(connection: Connection, world: World, posting_id: int) -> None:
    def put(table: Table, **values: Any) -> None:
        connection.execute(table.insert().values(**values))

    snapshot_id = connection.execute(select(tables.snapshot.c.id)).scalars().first()
    customer_id = connection.execute(select(tables.customer.c.id)).scalars().first()
    put(tables.snapshot_exception, snapshot_id=snapshot_id, posting_id=posting_id)
    put(
        tables.snapshot_change, snapshot_id=snapshot_id, customer_id=customer_id, side="after", kind="invoice",
        document_number="M-1", document_date=DUE, due_date=DUE, amount_cents=1_00, open_amount_cents=1_00,
    )  # fmt: skip
    put(
        tables.file_import, key=new_key(), kind="open_items", file_name="open_items.csv", file_hash=HASH,
        imported_at=world.now, imported_by="PA1234", row_count=1, fault_count=0, caution_count=0,
        snapshot_id=snapshot_id,
    )  # fmt: skip


def _mark(connection: Connection, world: World, posting_id: int, reversal_id: int) -> None:
    customer_id = connection.execute(select(tables.customer.c.id)).scalars().first()
    report = {
        "branch_id": world.branch.id, "key": new_key(), "posting_id": posting_id, "reason": "wrong_amount",
        "note": "", "reported_by_id": world.agent.id, "reported_at": world.now,
    }  # fmt: skip
    report_id = connection.execute(
        tables.error_report.insert().values(**report).returning(tables.error_report.c.id)
    ).scalar_one()
    answer = {"outcome": "reversed", "answered_by_id": world.supervisor.id, "answered_at": world.now, "note": ""}
    connection.execute(tables.error_report_answer.insert().values(report_id=report_id, **answer))
    mark = {
        "customer_id": customer_id, "cash_only": True, "reversal_id": reversal_id,
        "marked_by_id": world.supervisor.id, "marked_at": world.now, "note": "",
    }  # fmt: skip
    connection.execute(tables.cash_only_mark.insert().values(**mark))
