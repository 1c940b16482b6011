"""The ledger: the only code that inserts money rows. Double entry, append-only, one chain link per posting.

A posting is a header with a balanced entry and, by its kind, a payment with its cheque and allocations, or a reversal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from partnernet.domain.accounts import Allocation
from partnernet.domain.agents import Branch
from partnernet.domain.cheques import Cheque
from partnernet.domain.entries import Entry, LedgerAccount, Line, PostingKind
from partnernet.domain.money import Money
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.tenders import Tender
from partnernet.storage import tables as t
from partnernet.storage.chain import content_of, link


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """What a payment keeps beside its entry: columns of ``payment`` that the caller decides, by column name.

    ``face_amount`` is that of the cheque, the payment's own when it is not given. With ``cheque_id`` the payment shares
    a sheet of paper that is on record already, of which ``cheque`` and ``face_amount`` say again what stands there.
    ``reentry`` are the columns of the table of that name when it stands in place of a reversed payment.
    """

    columns: dict[str, Any]
    cheque: Cheque | None
    allocations: tuple[Allocation, ...]
    face_amount: Money | None = None
    cheque_id: int | None = None
    reentry: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.columns["tender"] == Tender.CHEQUE) != (self.cheque is not None):
            raise ValueError("a cheque has its details, cash has none")


@dataclass(frozen=True, slots=True)
class NewPosting:
    """A posting to insert. ``at`` is moved forward to the branch's last instant when a clock went back."""

    branch: Branch
    kind: PostingKind
    key: str
    fingerprint: str
    at: datetime
    agent_id: int
    entry: Entry
    payment: PaymentRow | None = None
    reverses_id: int | None = None
    reversal: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a posting ended up; ``receipt_number`` counts a branch's payments without a gap, 0 for other kinds."""

    id: int
    at: datetime
    business_date: date
    receipt_number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a branch's ledger stands: the locked row that numbers receipts and carries the chain."""

    last_sequence: int
    last_receipt: int
    last_hash: str
    last_at: datetime | None

    def instant(self, at: datetime) -> datetime:
        """``at``, or the branch's last instant when a clock went back: time never does within a branch."""
        return max(at, self.last_at or at)


@dataclass(frozen=True, slots=True)
class Existing:
    """The posting that an idempotency key already made."""

    posting_id: int
    branch_id: int
    kind: PostingKind
    fingerprint: str
    agent_id: int


# Whoever posts holds it with others from here on, and a snapshot alone while it is committed: any number will do, as
# long as nothing else in the database uses it.
SNAPSHOT_LOCK = 7_260_514

# Statements are made once: making one costs more than running it.
_HEAD = select(t.branch_head).where(t.branch_head.c.branch_id == bindparam("branch_id"))
_LOCKED_HEAD = _HEAD.with_for_update()
_LOCKED_ON_POSTGRESQL = _LOCKED_HEAD.add_columns(func.pg_advisory_xact_lock_shared(SNAPSHOT_LOCK))
_MOVE_HEAD = update(t.branch_head).where(t.branch_head.c.branch_id == bindparam("of_branch"))
_BY_KEY = select(
    t.posting.c.id, t.posting.c.branch_id, t.posting.c.kind, t.posting.c.fingerprint, t.posting.c.agent_id
).where(t.posting.c.key == bindparam("form_key"))
_INSERT_POSTING = insert(t.posting).returning(t.posting.c.id)
_INSERT_LINES = insert(t.ledger_line)
_INSERT_CHEQUE = insert(t.cheque).returning(t.cheque.c.id)
_INSERT_PAYMENT = insert(t.payment)
_INSERT_ALLOCATIONS = insert(t.allocation)


def lock_branch(connection: Connection, branch: Branch) -> Head:
    """Take the branch's turn for the rest of the transaction, in which no other snapshot comes into force (a row lock,
    and one that all branches share; SQLite has one writer anyway)."""
    statement = _LOCKED_ON_POSTGRESQL if connection.dialect.name == "postgresql" else _LOCKED_HEAD
    return _head(connection.execute(statement, {"branch_id": branch.id}).one())


def head_of(connection: Connection, branch: Branch) -> Head | None:
    """Where the branch's ledger stands, without its turn; ``None`` when the row is gone."""
    row = connection.execute(_HEAD, {"branch_id": branch.id}).one_or_none()
    return _head(row) if row else None


def _head(row: Row[Any]) -> Head:
    return Head(row.last_sequence, row.last_receipt, row.last_hash, row.last_at)


def post(connection: Connection, head: Head, new: NewPosting) -> Posted:
    """Insert a posting and move the branch's head, which the caller has just locked; the key has been looked up."""
    posted_at = head.instant(new.at)
    business_date = posted_at.astimezone(ZoneInfo(new.branch.timezone)).date()
    receipt_number = head.last_receipt + 1 if new.payment else 0
    header = {
        "branch_id": new.branch.id,
        "sequence": head.last_sequence + 1,
        "kind": new.kind.value,
        "key": new.key,
        "fingerprint": new.fingerprint,
        "posted_at": posted_at,
        "business_date": business_date,
        "agent_id": new.agent_id,
        "reverses_id": new.reverses_id,
    }
    lines = [_line(new.branch, position, line) for position, line in enumerate(new.entry.lines, start=1)]
    payment = {**new.payment.columns, "receipt_number": receipt_number} if new.payment else {}
    cheque = _cheque(new.payment)
    allocations = _allocations(new.payment)
    reentry = new.payment.reentry if new.payment else {}
    content = content_of(header, lines, payment, cheque, allocations, new.reversal, reentry)
    chain_hash = link(head.last_hash, content)
    posting = {**header, "previous_hash": head.last_hash, "hash": chain_hash}
    posting_id = connection.execute(_INSERT_POSTING, posting).scalar_one()
    connection.execute(_INSERT_LINES, [{"posting_id": posting_id, **line} for line in lines])
    if new.payment:
        cheque_id = new.payment.cheque_id or _insert_cheque(connection, cheque)
        row = {**payment, "posting_id": posting_id, "branch_id": new.branch.id, "cheque_id": cheque_id}
        _insert_payment(connection, row, allocations)
        if reentry:
            connection.execute(insert(t.reentry).values(posting_id=posting_id, **reentry))
    if new.reversal:
        connection.execute(insert(t.reversal).values(posting_id=posting_id, **new.reversal))
    moved = {
        "last_sequence": head.last_sequence + 1,
        "last_receipt": receipt_number or head.last_receipt,
        "last_hash": chain_hash,
        "last_at": posted_at,
    }
    connection.execute(_MOVE_HEAD, {"of_branch": new.branch.id, **moved})
    return Posted(posting_id, posted_at, business_date, receipt_number, chain_hash)


def find_by_key(connection: Connection, key: str) -> Existing | None:
    """The posting that an idempotency key already made; ``None`` when there is none."""
    row = connection.execute(_BY_KEY, {"form_key": key}).one_or_none()
    return Existing(row.id, row.branch_id, PostingKind(row.kind), row.fingerprint, row.agent_id) if row else None


def reversed_by(connection: Connection, posting_id: int) -> int:
    """The posting that a reversal undoes."""
    undone = connection.execute(select(t.posting.c.reverses_id).where(t.posting.c.id == posting_id)).scalar_one()
    if undone is None:
        raise LookupError(f"posting {posting_id} reverses nothing")
    return undone


@dataclass(frozen=True, slots=True)
class PostingHeader:
    """Who made a posting, and whether it has been reversed."""

    id: int
    agent_id: int
    reversed: bool


def header_of(connection: Connection, posting_id: int) -> PostingHeader:
    """The header of an existing posting."""
    reversing = t.posting.alias("reversing")
    query = (
        select(t.posting.c.id, t.posting.c.agent_id, reversing.c.id.label("reversing_id"))
        .outerjoin(reversing, reversing.c.reverses_id == t.posting.c.id)
        .where(t.posting.c.id == posting_id)
    )
    row = connection.execute(query).one()
    return PostingHeader(row.id, row.agent_id, row.reversing_id is not None)


def replayed(connection: Connection, key: str, made_by: tuple[int, int, str]) -> Existing | None:
    """What the key already made, for whoever sends it again; ``None`` when it has made nothing.

    ``made_by`` is the branch, the agent and the fingerprint of the content: an agent who serves another branch now does
    not get the paper of the first. Raises `OtherContentForKey` when any of the three differs.
    """
    existing = find_by_key(connection, key)
    if existing and (existing.branch_id, existing.agent_id, existing.fingerprint) != made_by:
        raise OtherContentForKey(key)
    return existing


def entry_of(connection: Connection, posting_id: int) -> Entry:
    """The balanced entry of a posting, as it was posted."""
    query = select(t.ledger_line).where(t.ledger_line.c.posting_id == posting_id).order_by(t.ledger_line.c.position)
    return Entry(
        tuple(
            Line(
                LedgerAccount(row.account),
                Money(row.debit_cents),
                Money(row.credit_cents),
                row.holder_id,
                row.till_session_id,
                row.customer_id,
            )
            for row in connection.execute(query)
        )
    )


def _line(branch: Branch, position: int, line: Any) -> dict[str, Any]:
    return {
        "position": position,
        "branch_id": branch.id,
        "account": line.account.value,
        "debit_cents": line.debit.cents,
        "credit_cents": line.credit.cents,
        "holder_id": line.holder_id,
        "till_session_id": line.till_session_id,
        "customer_id": line.customer_id,
    }


def _cheque(payment: PaymentRow | None) -> dict[str, Any]:
    if payment is None or payment.cheque is None:
        return {}
    cheque = payment.cheque
    face_amount_cents = payment.face_amount.cents if payment.face_amount else payment.columns["amount_cents"]
    return {
        "number": cheque.number,
        "transit": cheque.transit,
        "institution": cheque.institution,
        "account": cheque.account,
        "dated": cheque.dated,
        "drawer": cheque.drawer,
        "face_amount_cents": face_amount_cents,
    }


def _allocations(payment: PaymentRow | None) -> list[dict[str, Any]]:
    return [
        {
            "document_number": part.document_number,
            "kind": part.kind.value,
            "due_date": part.due_date,
            "amount_cents": part.amount.cents,
        }
        for part in (payment.allocations if payment else ())
    ]


def _insert_cheque(connection: Connection, cheque: dict[str, Any]) -> int | None:
    return connection.execute(_INSERT_CHEQUE, cheque).scalar_one() if cheque else None


def _insert_payment(connection: Connection, payment: dict[str, Any], allocations: list[dict[str, Any]]) -> None:
    connection.execute(_INSERT_PAYMENT, payment)
    owner = {"posting_id": payment["posting_id"]}
    parts = [{**owner, "position": at, **part} for at, part in enumerate(allocations, start=1)]
    if parts:
        connection.execute(_INSERT_ALLOCATIONS, parts)
