"""What whoever corrects payments reads; correcting is in `partnernet.services.reversals`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from partnernet.domain.agents import Agent, Branch, branch_of
from partnernet.domain.corrections import Correction, Corrections, Examination
from partnernet.domain.permissions import Permission, require
from partnernet.domain.receipts import Receipt, ReceiptNotFound
from partnernet.services import audit
from partnernet.storage import branches, corrections, error_reports, ledger, places, receipts, reentries
from partnernet.storage.database import Database

_LAST = 20


def listed(db: Database, branch_code: str | None = None, *, by: Agent) -> Corrections:
    """The reported errors and the last corrections of one's branch, or of the one that an auditor names.

    Raises `NoBranch` and `BranchNotFound`.
    """
    require(by, Permission.VIEW_CORRECTIONS)
    with db.read() as connection:
        branch = branches.to_read(connection, by, branch_code)
        return Corrections(
            branch=branch,
            reports=error_reports.open_of_branch(connection, branch),
            last=corrections.last(connection, branch, _LAST),
        )


def examined(db: Database, receipt_number: str, branch_code: str | None = None, *, by: Agent) -> Examination:
    """A receipt of the branch with all that its correction needs.

    Raises `ReceiptNotFound`, `NoBranch` and `BranchNotFound`.
    """
    require(by, Permission.VIEW_CORRECTIONS)
    with db.read() as connection:
        branch = branches.to_read(connection, by, branch_code)
        paid = _receipt(connection, branch, receipt_number)
        poster = ledger.header_of(connection, paid.posting_id).agent_id
        others = (each for each in receipts.sharing(connection, paid.posting_id) if each != paid.posting_id)
        bag_number, slip_number = places.bag_and_slip(connection, paid)
        return Examination(
            receipt=paid,
            sharing=tuple(receipts.by_posting(connection, branch, each) for each in others),
            where=None if paid.reversal else places.whereabouts(connection, paid),
            bag_number=bag_number,
            slip_number=slip_number,
            correction=corrections.of_receipt(connection, paid) if paid.reversal else None,
            involved=frozenset((poster, reentries.taker_of(connection, paid.posting_id))),
            reports=error_reports.of_payment(connection, branch, paid.posting_id),
        )


def of_receipt(db: Database, receipt_number: str, *, by: Agent) -> Correction:
    """How a receipt of the branch was corrected, for its slip. Raises `ReceiptNotFound` and `NotReversed`."""
    require(by, Permission.VIEW_CORRECTIONS)
    with db.read() as connection:
        branch = branches.to_read(connection, by, None)
        return corrections.of_receipt(connection, _receipt(connection, branch, receipt_number))


def printed(db: Database, receipt_number: str, *, by: Agent, at: datetime) -> None:
    """Keep that the slip of a correction was printed; raises as `of_receipt`."""
    require(by, Permission.VIEW_CORRECTIONS)
    branch = branch_of(by)
    with db.write() as connection:
        found = _receipt(connection, branch, receipt_number)
        corrections.of_receipt(connection, found)
        audit.record(connection, "reversal_slip.printed", found.number, by=by, at=at)


def _receipt(connection: Connection, branch: Branch, number: str) -> Receipt:
    found = receipts.by_number(connection, branch, number)
    if found is None:
        raise ReceiptNotFound(number)
    return found
