"""Sealed bags of collections: their content, and who has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from partnernet.domain.agents import Branch
from partnernet.domain.counts import HeldCheque
from partnernet.domain.money import Money
from partnernet.domain.pieces import Pieces
from partnernet.domain.reconciliations import Bag
from partnernet.storage import counts, held_cheques
from partnernet.storage import tables as t
from partnernet.storage.numbers import next_number


@dataclass(frozen=True, slots=True)
class BagHolder:
    """Who has a bag: an agent in a till session, or the branch (both ``None``).

    ``remitted`` when it is at the bank; ``slip_number`` is that of the deposit slip that lists it (0: none).
    """

    bag_id: int
    holder_id: int | None
    till_session_id: int | None
    remitted: bool
    slip_number: int = 0


def seal(
    connection: Connection,
    *,
    branch: Branch,
    session_id: int,
    agent_id: int,
    pieces: Pieces,
    cheques: tuple[HeldCheque, ...],
    at: datetime,
) -> int:
    """Keep a sealed bag, numbered without a gap under the branch's lock, and return its id."""
    values = {
        "branch_id": branch.id,
        "number": next_number(connection, t.bag, branch),
        "till_session_id": session_id,
        "agent_id": agent_id,
        "sealed_at": at,
        "cash_cents": pieces.total().cents,
    }
    bag_id = connection.execute(insert(t.bag).values(**values).returning(t.bag.c.id)).scalar_one()
    for denomination_cents, quantity in pieces.lines():
        row = {"bag_id": bag_id, "denomination_cents": denomination_cents, "quantity": quantity}
        connection.execute(insert(t.bag_piece).values(**row))
    for cheque in cheques:
        connection.execute(insert(t.bag_cheque).values(bag_id=bag_id, cheque_id=cheque.id))
    return bag_id


def put_in(connection: Connection, bag_id: int, cheque_id: int) -> None:
    """A sheet takes the place of the one that was sealed, and whose amount was misread: nobody opens the bag."""
    connection.execute(insert(t.bag_cheque).values(bag_id=bag_id, cheque_id=cheque_id))


def number_of(connection: Connection, bag_id: int) -> int:
    """The number that is written on a bag."""
    return connection.execute(select(t.bag.c.number).where(t.bag.c.id == bag_id)).scalar_one()


def session_of(connection: Connection, bag_id: int) -> int:
    """The till session whose collections a bag holds."""
    return connection.execute(select(t.bag.c.till_session_id).where(t.bag.c.id == bag_id)).scalar_one()


def one(connection: Connection, bag_id: int, today: date) -> Bag:
    """One bag."""
    return of_row(connection, connection.execute(select(t.bag).where(t.bag.c.id == bag_id)).one(), today)


def of_row(connection: Connection, row: Row[Any], today: date) -> Bag:
    """A bag from its row (columns of ``bag``)."""
    return Bag(
        id=row.id,
        number=row.number,
        sealed_at=row.sealed_at,
        pieces=counts.pieces_of(connection, t.bag_piece, t.bag_piece.c.bag_id, row.id),
        cash=Money(row.cash_cents),
        cheques=held_cheques.in_bag(connection, row.id, today),
    )


def holding_cheque_of(connection: Connection, posting_id: int) -> BagHolder | None:
    """Who has the bag in which the cheque of a payment is; ``None`` when it is in none, or its bag was opened again."""
    decision = t.reconciliation_decision.c
    query = (
        select(
            t.bag.c.id,
            t.bag.c.agent_id,
            t.bag.c.till_session_id,
            decision.outcome,
            t.drop_receipt.c.bag_id.label("received"),
            t.deposit_reference.c.deposit_id,
            t.deposit.c.number.label("slip_number"),
        )
        .select_from(t.payment)
        .join(t.bag_cheque, t.bag_cheque.c.cheque_id == t.payment.c.cheque_id)
        .join(t.bag, t.bag.c.id == t.bag_cheque.c.bag_id)
        .outerjoin(t.reconciliation, t.reconciliation.c.bag_id == t.bag.c.id)
        .outerjoin(t.reconciliation_decision, decision.reconciliation_id == t.reconciliation.c.id)
        .outerjoin(t.drop_receipt, t.drop_receipt.c.bag_id == t.bag.c.id)
        .outerjoin(t.deposit_bag, t.deposit_bag.c.bag_id == t.bag.c.id)
        .outerjoin(t.deposit, t.deposit.c.id == t.deposit_bag.c.deposit_id)
        .outerjoin(t.deposit_reference, t.deposit_reference.c.deposit_id == t.deposit_bag.c.deposit_id)
        .where(t.payment.c.posting_id == posting_id, decision.outcome.is_distinct_from("returned"))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    if row.outcome == "approved" or row.received:
        remitted = row.deposit_id is not None
        return BagHolder(row.id, None, None, remitted=remitted, slip_number=row.slip_number or 0)
    return BagHolder(row.id, row.agent_id, row.till_session_id, remitted=False)
