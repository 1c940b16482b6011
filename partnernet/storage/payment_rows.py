"""What a payment keeps beside its entry: what its receipt prints, reckoned on the account as it stands."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import Connection

from partnernet.domain.accounts import Standing, allocate
from partnernet.domain.cheques import is_post_dated
from partnernet.domain.concerns import Concern
from partnernet.domain.customers import Customer
from partnernet.domain.money import ZERO, total
from partnernet.domain.payments import PaymentRequest, Settlement
from partnernet.storage import balances, ledger
from partnernet.storage.printed import printed


def payment_row(
    connection: Connection,
    request: PaymentRequest,
    customer: Customer,
    standing: Standing,
    settlement: Settlement,
    concerns: tuple[Concern, ...],
    today: date,
) -> ledger.PaymentRow:
    """The row of a payment of ``customer`` whose account stands like that before it."""
    allocations, unallocated = allocate(standing, settlement.amount)
    in_force = balances.snapshot_in_force(connection)
    late = total(part.amount for part in allocations if part.due_date < today)
    columns = {
        "customer_id": customer.id,
        "tender": request.tender.value,
        "choice": request.choice.value,
        "amount_cents": settlement.amount.cents,
        "received_cents": settlement.received.cents,
        "handed_cents": None if settlement.handed is None else settlement.handed.cents,
        "unallocated_cents": unallocated.cents,
        "total_due_before_cents": standing.total_due.cents,
        "past_due_after_cents": max(ZERO, standing.past_due - late).cents,
        "post_dated": request.cheque is not None and is_post_dated(request.cheque, today),
        "snapshot_id": in_force.id if in_force else None,
        "customer_printed": printed(customer),
        "confirmed": json.dumps([type(concern).__name__ for concern in concerns]),
    }
    return ledger.PaymentRow(columns, request.cheque, allocations, request.face_amount, request.cheque_id)
