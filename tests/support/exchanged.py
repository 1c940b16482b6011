"""Books with one of everything that is exchanged or corrected, beside those of `tests.support.books`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from partnernet.domain.corrections import as_entered
from partnernet.domain.error_reports import ErrorReason, ErrorReportRequest
from partnernet.domain.reversals import ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.services import error_reports, payments, reversals
from partnernet.storage import tables
from tests.support.batches import cut
from tests.support.requests import a_cheque, new_key, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)
HASH = "0" * 64


def keep_exchanges(world: World) -> None:
    """A reported error, a payment entered again, an account kept to cash; a batch with its files, a snapshot with an
    exception and a change."""
    customer, neighbour = (
        world.customer(number, due=[(f"L-{number}", "15.00", DUE)]) for number in ("100005", "100006")
    )
    wrong = payments.record(world.db, paying(world, customer, "15.00"), by=world.agent, at=world.later(minutes=1))
    report = ErrorReportRequest(new_key(), wrong.number, ErrorReason.WRONG_CUSTOMER, "le voisin")
    error_reports.report(world.db, report, by=world.agent, at=world.later(minutes=1))
    right = replace(as_entered(wrong), customer_number=neighbour.number)
    _reverse(world, reversing(wrong.number, reason=ReversalReason.WRONG_CUSTOMER, reentry=right))
    unpaid = paying(world, customer, "15.00", cheque=a_cheque("000415"))
    bounced = payments.record(world.db, unpaid, by=world.agent, at=world.later(minutes=1))
    bank = WhereIsTheMoney.RETURNED_BY_BANK
    _reverse(world, reversing(bounced.number, reason=ReversalReason.RETURNED_CHEQUE, where=bank, cash_only=True))
    cut(world)
    with world.db.write() as connection:
        _exchange(connection, world, wrong.posting_id)


def _reverse(world: World, request: ReversalRequest) -> None:
    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)


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
