"""Offers of a float and their answers, from their rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select

from partnernet.domain.handovers import Handover, HandoverOutcome, HandoverRequest, Person
from partnernet.domain.money import Money
from partnernet.domain.permissions import ALLOWED, Permission
from partnernet.storage import tables as t

_offer = t.handover.c
_giver, _receiver = t.app_user.alias("giver"), t.app_user.alias("receiver")
_QUERY = (
    select(
        t.handover,
        t.handover_answer.c.outcome,
        _giver.c.login.label("giver_login"),
        _giver.c.name.label("giver_name"),
        _receiver.c.login.label("receiver_login"),
        _receiver.c.name.label("receiver_name"),
    )
    .outerjoin(t.handover_answer, t.handover_answer.c.handover_id == _offer.id)
    .outerjoin(_giver, _giver.c.id == _offer.from_id)
    .outerjoin(_receiver, _receiver.c.id == _offer.to_id)
    .order_by(_offer.id)
)


def offer(
    connection: Connection,
    request: HandoverRequest,
    *,
    branch_id: int,
    giver: Person | None,
    receiver: Person | None,
    by_id: int,
    at: datetime,
) -> int:
    """Keep an offer and return its id."""
    values = {
        "branch_id": branch_id,
        "key": request.key,
        "fingerprint": request.fingerprint(),
        "from_id": giver.id if giver else None,
        "to_id": receiver.id if receiver else None,
        "amount_cents": request.amount.cents,
        "offered_by_id": by_id,
        "offered_at": at,
    }
    return connection.execute(insert(t.handover).values(**values).returning(_offer.id)).scalar_one()


def by_key(connection: Connection, key: str) -> tuple[int, tuple[int, str]] | None:
    """The offer that an idempotency key already made: its id, and by whom with what content."""
    row = connection.execute(select(t.handover).where(_offer.key == key)).one_or_none()
    return (row.id, (row.offered_by_id, row.fingerprint)) if row else None


def answer(
    connection: Connection,
    found: Handover,
    outcome: HandoverOutcome,
    *,
    by_id: int,
    at: datetime,
    alone: bool,
    posting_id: int | None,
) -> None:
    """Keep how an offer ended; the primary key keeps it single."""
    values = {
        "handover_id": found.id,
        "outcome": outcome.value,
        "offered_by_id": found.offered_by_id,
        "answered_by_id": by_id,
        "answered_at": at,
        "alone": alone,
        "posting_id": posting_id,
    }
    connection.execute(insert(t.handover_answer).values(**values))


def one(connection: Connection, branch_id: int, handover_id: int) -> Handover | None:
    """One offer of the branch."""
    query = _QUERY.where(_offer.branch_id == branch_id, _offer.id == handover_id)
    row = connection.execute(query).one_or_none()
    return _handover(row) if row else None


def waiting(connection: Connection, branch_id: int, *, person_id: int | None = None) -> tuple[Handover, ...]:
    """The branch's offers that wait for an answer, oldest first; one person's: those that they give, get or made."""
    query = _QUERY.where(_offer.branch_id == branch_id, t.handover_answer.c.outcome.is_(None))
    if person_id is not None:
        theirs = or_(_offer.from_id == person_id, _offer.to_id == person_id, _offer.offered_by_id == person_id)
        query = query.where(theirs)
    return tuple(map(_handover, connection.execute(query)))


def till_keepers(connection: Connection, branch_id: int) -> tuple[Person, ...]:
    """The branch's active people who keep a till, by name."""
    user = t.app_user.c
    roles = [role.value for role in ALLOWED[Permission.KEEP_TILL]]
    query = select(user.id, user.login, user.name).where(user.branch_id == branch_id, user.active, user.role.in_(roles))
    return tuple(Person(row.id, row.login, row.name) for row in connection.execute(query.order_by(user.name, user.id)))


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        id=row.id,
        giver=Person(row.from_id, row.giver_login, row.giver_name) if row.from_id else None,
        receiver=Person(row.to_id, row.receiver_login, row.receiver_name) if row.to_id else None,
        amount=Money(row.amount_cents),
        offered_by_id=row.offered_by_id,
        offered_at=row.offered_at,
        outcome=HandoverOutcome(row.outcome) if row.outcome else None,
    )
