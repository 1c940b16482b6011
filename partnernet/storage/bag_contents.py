"""Which sheets of paper a sealed bag holds: those that it was sealed with, less those taken out, and corrected ones.

Conditions on ``cheque`` and ``bag`` for whatever selects from both. A cheque whose amount was misread is a new sheet
on record, which takes the place of the first where that one is; at the bank nothing is listed anew, since what was
deposited is what the slip says.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from partnernet.domain.entries import LedgerAccount
from partnernet.storage import tables as t

_paid, _moved, _undoing = t.payment.alias("paid"), t.ledger_line.alias("moved"), t.posting.alias("undoing")
_line = _moved.c


def _taken_out() -> ColumnElement[bool]:
    """A reversal took the sheet out of a bag before the bank had it."""
    return (
        select(_paid.c.posting_id)
        .join(_undoing, _undoing.c.reverses_id == _paid.c.posting_id)
        .join(_moved, _line.posting_id == _undoing.c.id)
        .where(_paid.c.cheque_id == t.cheque.c.id, _line.account == LedgerAccount.BAG)
        .correlate(t.cheque)
        .exists()
    )


def _put_in(*accounts: LedgerAccount) -> ColumnElement[bool]:
    """The sheet was never sealed: a correction entered it where the first one was, in one of these accounts."""
    return (
        select(_paid.c.posting_id)
        .join(_moved, _line.posting_id == _paid.c.posting_id)
        .where(
            _paid.c.cheque_id == t.cheque.c.id,
            _line.account.in_(accounts),
            or_(_line.till_session_id.is_(None), _line.till_session_id == t.bag.c.till_session_id),
        )
        .correlate(t.cheque, t.bag)
        .exists()
    )


# What lists of a bag show and add up.
HELD = ~_taken_out() & ~_put_in(LedgerAccount.REMITTED)
# What it was sealed with, whatever became of it since.
SEALED = ~_put_in(LedgerAccount.BAG, LedgerAccount.REMITTED)
