"""Verify the ledger: the hash chain, the numbering, and every invariant that a single row cannot show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.entries import DUE_TO_PRINCIPAL, FLOAT_PRESENT, HELD, LedgerAccount
from partnernet.domain.permissions import Permission, require
from partnernet.domain.verification import Problem, ProblemKind, Verification
from partnernet.storage import batch_checks, branches, cross_checks, ledger, postings
from partnernet.storage.chain import GENESIS, link
from partnernet.storage.database import Database
from partnernet.storage.postings import StoredPosting


def verify(db: Database, *, by: Agent) -> Verification:
    """Read the whole ledger in one consistent snapshot and report everything that does not hold.

    It does not see a cut tail or a full recomputation of the chain: compare ``heads`` with an anchor kept outside.
    """
    require(by, Permission.VERIFY_LEDGER)
    with db.read() as connection:
        walks = [_Walk(branch) for branch in branches.every(connection)]
        found = [problem for walk in walks for problem in walk.whole(connection)]
        found.extend(_across_postings(connection))
    return Verification(
        problems=tuple(found),
        postings=sum(walk.postings for walk in walks),
        lines=sum(walk.lines for walk in walks),
        heads=tuple((walk.branch.code, walk.sequence, walk.hash) for walk in walks),
    )


class _Walk:
    """One branch's chain from its first posting to its head."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.postings = self.lines = self.sequence = self.receipts = 0
        self.hash = GENESIS
        self.at: datetime | None = None
        self.sums: dict[str, int] = defaultdict(int)

    def whole(self, connection: Connection) -> Iterator[Problem]:
        """Every problem of the branch. A value that cannot be read at all ends the walk as a problem of its own."""
        try:
            for posting in postings.of_branch(connection, self.branch.id):
                yield from self._step(posting)
            yield from self._end(ledger.head_of(connection, self.branch))
        except (ValueError, TypeError, LookupError):
            yield Problem(ProblemKind.UNREADABLE, self.branch.code, 0)

    def _step(self, posting: StoredPosting) -> Iterator[Problem]:
        header = posting.header
        checks = {
            ProblemKind.SEQUENCE_GAP: header["sequence"] == self.sequence + 1,
            ProblemKind.CHAIN_BROKEN: header["previous_hash"] == self.hash,
            ProblemKind.CONTENT_CHANGED: header["hash"] == link(header["previous_hash"], posting.content()),
            ProblemKind.TIME_WENT_BACK: self.at is None or header["posted_at"] >= self.at,
            ProblemKind.WRONG_BUSINESS_DATE: header["business_date"] == self.branch.business_date(header["posted_at"]),
            ProblemKind.UNBALANCED: _balances(posting),
            ProblemKind.PARTS_DISAGREE: _parts_agree(posting),
            ProblemKind.RECEIPT_GAP: self._next_receipt(posting),
        }
        for line in posting.lines:
            self.sums[line["account"]] += line["debit_cents"] - line["credit_cents"]
        self.postings += 1
        self.lines += len(posting.lines)
        self.sequence, self.hash, self.at = header["sequence"], header["hash"], header["posted_at"]
        yield from (Problem(kind, self.branch.code, self.sequence) for kind, holds in checks.items() if not holds)

    def _end(self, head: ledger.Head | None) -> Iterator[Problem]:
        if head != ledger.Head(self.sequence, self.receipts, self.hash, self.at):
            yield Problem(ProblemKind.HEAD_DIFFERS, self.branch.code, 0)
        held = sum(self.sums[account] for account in HELD)
        explained = -sum(self.sums[account] for account in (*DUE_TO_PRINCIPAL, *FLOAT_PRESENT))
        if held != explained:
            yield Problem(ProblemKind.HOLDINGS_DIFFER, self.branch.code, 0)

    def _next_receipt(self, posting: StoredPosting) -> bool:
        if not posting.payment:
            return True
        follows = bool(posting.payment["receipt_number"] == self.receipts + 1)
        self.receipts = posting.payment["receipt_number"]
        return follows


def _balances(posting: StoredPosting) -> bool:
    difference = sum(line["debit_cents"] - line["credit_cents"] for line in posting.lines)
    return difference == 0 and len(posting.lines) >= 2


def _parts_agree(posting: StoredPosting) -> bool:
    """Whether header, lines, payment, cheque and allocations tell the same story."""
    header, payment, cheque = posting.header, posting.payment, posting.cheque
    # A customer's payment is reversed in words; an agent's own voucher needs none.
    in_words = header["kind"] == "reversal" and any(line["customer_id"] for line in posting.lines)
    if (header["kind"] == "payment") != bool(payment) or in_words != bool(posting.reversal):
        return False
    if not (_numbered(posting.lines) and _numbered(posting.allocations)):
        return False
    if any(line["branch_id"] != header["branch_id"] for line in posting.lines):
        return False
    if not payment:
        return True
    owed = sum(line["credit_cents"] for line in posting.lines if line["account"] == LedgerAccount.OWED)
    held = sum(line["debit_cents"] for line in posting.lines if line["account"] in _received_into(posting))
    allocated = sum(part["amount_cents"] for part in posting.allocations)
    return (
        payment["branch_id"] == header["branch_id"]
        and owed == payment["amount_cents"] == allocated + payment["unallocated_cents"]
        and held == payment["received_cents"]
        and (payment["cheque_id"] is None) == (not cheque)
    )


def _received_into(posting: StoredPosting) -> tuple[LedgerAccount, ...]:
    """Where the money of a payment lies: in hand; entered again, wherever it was when its reversal took it out."""
    return (*HELD, LedgerAccount.OWED, LedgerAccount.OVER_SHORT, LedgerAccount.REMITTED) if posting.reentry else HELD


def _numbered(rows: list[dict[str, Any]]) -> bool:
    return [row["position"] for row in rows] == list(range(1, len(rows) + 1))


def _across_postings(connection: Connection) -> Iterator[Problem]:
    yield from (Problem(ProblemKind.STRAY_ROW, name, 0) for name in cross_checks.stray_tables(connection))
    for kind, places in (
        (ProblemKind.REVERSAL_DIFFERS, cross_checks.unequal_reversals(connection)),
        (ProblemKind.REENTRY_ALONE, cross_checks.unpaired_reentries(connection)),
        (ProblemKind.PARTS_DISAGREE, cross_checks.overdrawn_cheques(connection)),
        (ProblemKind.OTHER_SESSION, cross_checks.lines_of_another_session(connection)),
        (ProblemKind.COPIES_GAP, cross_checks.gaps_in_copies(connection)),
        (ProblemKind.BAGS_DIFFER, cross_checks.bags_that_differ(connection)),
    ):
        yield from (Problem(kind, code, sequence) for code, sequence in places)
    yield from batch_checks.problems(connection)
