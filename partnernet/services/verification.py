"""Verify the ledger: the hash chain, the numbering, and every invariant that a single row cannot show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, func, select

from partnernet.domain.agents import Agent
from partnernet.domain.entries import DUE_TO_PRINCIPAL, FLOAT_PRESENT, HELD, LedgerAccount
from partnernet.domain.permissions import Permission, require
from partnernet.domain.verification import Problem, ProblemKind, Verification
from partnernet.storage import branches, postings
from partnernet.storage import tables as t
from partnernet.storage.chain import GENESIS, link
from partnernet.storage.database import Database
from partnernet.storage.postings import StoredPosting


def verify(db: Database, *, by: Agent) -> Verification:
    """Read the whole ledger in one consistent snapshot and report everything that does not hold.

    It does not see a cut tail or a full recomputation of the chain: compare ``heads`` with an anchor kept outside.
    """
    require(by, Permission.VERIFY_LEDGER)
    with db.read() as connection:
        found: list[Problem] = []
        heads = []
        count = lines = 0
        for branch, head in branches.with_heads(connection):
            walk = _Walk(branch.code, branch.business_date)
            for posting in postings.of_branch(connection, branch.id):
                found.extend(walk.step(posting))
                count += 1
                lines += len(posting.lines)
            found.extend(walk.end(head))
            heads.append((branch.code, head.last_sequence, head.last_hash))
        found.extend(_across_postings(connection))
    return Verification(tuple(found), count, lines, tuple(heads))


class _Walk:
    """One branch's chain from its first posting to its head."""

    def __init__(self, code: str, business_date: Any) -> None:
        self.code = code
        self.business_date = business_date
        self.sequence = self.receipts = 0
        self.hash = GENESIS
        self.at: Any = None
        self.sums: dict[LedgerAccount, int] = defaultdict(int)

    def step(self, posting: StoredPosting) -> Iterator[Problem]:
        header = posting.header
        self.sequence += 1
        checks = {
            ProblemKind.SEQUENCE_GAP: header["sequence"] == self.sequence,
            ProblemKind.CHAIN_BROKEN: header["previous_hash"] == self.hash,
            ProblemKind.CONTENT_CHANGED: header["hash"] == link(header["previous_hash"], posting.content()),
            ProblemKind.TIME_WENT_BACK: self.at is None or header["posted_at"] >= self.at,
            ProblemKind.WRONG_BUSINESS_DATE: header["business_date"] == self.business_date(header["posted_at"]),
            ProblemKind.UNBALANCED: _balances(posting),
            ProblemKind.PARTS_DISAGREE: _parts_agree(posting),
            ProblemKind.RECEIPT_GAP: self._next_receipt(posting),
        }
        for line in posting.lines:
            self.sums[LedgerAccount(line["account"])] += line["debit_cents"] - line["credit_cents"]
        self.sequence, self.hash, self.at = header["sequence"], header["hash"], header["posted_at"]
        yield from (Problem(kind, self.code, self.sequence) for kind, holds in checks.items() if not holds)

    def end(self, head: Row[Any]) -> Iterator[Problem]:
        if (head.last_sequence, head.last_receipt, head.last_hash) != (self.sequence, self.receipts, self.hash):
            yield Problem(ProblemKind.HEAD_DIFFERS, self.code, 0)
        held = sum(self.sums[account] for account in HELD)
        explained = -sum(self.sums[account] for account in (*DUE_TO_PRINCIPAL, *FLOAT_PRESENT))
        if held != explained:
            yield Problem(ProblemKind.HOLDINGS_DIFFER, self.code, 0)

    def _next_receipt(self, posting: StoredPosting) -> bool:
        if not posting.payment:
            return True
        self.receipts += 1
        follows = bool(posting.payment["receipt_number"] == self.receipts)
        self.receipts = posting.payment["receipt_number"]
        return follows


def _balances(posting: StoredPosting) -> bool:
    difference = sum(line["debit_cents"] - line["credit_cents"] for line in posting.lines)
    return difference == 0 and len(posting.lines) >= 2


def _parts_agree(posting: StoredPosting) -> bool:
    """Whether header, lines, payment, cheque and allocations tell the same story."""
    header, payment, cheque = posting.header, posting.payment, posting.cheque
    if (header["kind"] == "payment") != bool(payment) or (header["kind"] == "reversal") != bool(posting.reversal):
        return False
    if any(line["branch_id"] != header["branch_id"] for line in posting.lines):
        return False
    if not payment:
        return True
    owed = sum(line["credit_cents"] for line in posting.lines if line["account"] == LedgerAccount.OWED)
    held = sum(line["debit_cents"] for line in posting.lines if line["account"] in HELD)
    allocated = sum(part["amount_cents"] for part in posting.allocations)
    return (
        payment["branch_id"] == header["branch_id"]
        and owed == payment["amount_cents"] == allocated + payment["unallocated_cents"]
        and held == payment["received_cents"]
        and (not cheque or cheque["face_amount_cents"] >= payment["amount_cents"])
    )


def _across_postings(connection: Connection) -> Iterator[Problem]:
    yield from (Problem(ProblemKind.REVERSAL_DIFFERS, code, seq) for code, seq in _unequal_reversals(connection))
    for table in (t.ledger_line, t.payment, t.allocation, t.reversal, t.receipt_copy):
        if _strays(connection, table):
            yield Problem(ProblemKind.STRAY_ROW, table.name, 0)
    copies = t.receipt_copy.c
    gaps = connection.execute(
        select(t.branch.c.code, t.posting.c.sequence)
        .select_from(t.receipt_copy)
        .join(t.posting, t.posting.c.id == copies.posting_id)
        .join(t.branch, t.branch.c.id == t.posting.c.branch_id)
        .group_by(t.branch.c.code, t.posting.c.sequence)
        .having(func.max(copies.copy_number) != func.count())
    )
    yield from (Problem(ProblemKind.COPIES_GAP, row.code, row.sequence) for row in gaps)


def _unequal_reversals(connection: Connection) -> list[tuple[str, int]]:
    """Reversals whose customer's part is not the exact opposite of what they reverse, or that cross branches."""
    original, line = t.posting.alias("original"), t.ledger_line.c
    owed = (
        select(line.posting_id, line.customer_id, func.sum(line.debit_cents - line.credit_cents).label("cents"))
        .where(line.account == LedgerAccount.OWED)
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


def _strays(connection: Connection, table: Table) -> bool:
    query = select(table.c.posting_id).where(table.c.posting_id.not_in(select(t.posting.c.id))).limit(1)
    return connection.execute(query).first() is not None
