"""The tables, typed (SQLAlchemy Core). Every rule that a row alone can show is a named constraint beside its column.

Ledger tables (`LEDGER_TABLES`) and the other `APPEND_ONLY` tables are protected by triggers (``storage/triggers.py``).
"""

from partnernet.storage.tables.base import metadata
from partnernet.storage.tables.books import customer, open_item, snapshot
from partnernet.storage.tables.ledger import (
    allocation,
    cheque,
    ledger_line,
    payment,
    posting,
    receipt_copy,
    reversal,
    till_session,
)
from partnernet.storage.tables.people import (
    app_user,
    audit_event,
    branch,
    branch_head,
    database_mark,
    user_session,
)

# Written by ``storage/ledger.py`` alone.
LEDGER_TABLES = (posting, ledger_line, cheque, payment, allocation, reversal)
# Never updated, never deleted, never truncated.
APPEND_ONLY = (*LEDGER_TABLES, receipt_copy, audit_event)

__all__ = [
    "APPEND_ONLY",
    "LEDGER_TABLES",
    "allocation",
    "app_user",
    "audit_event",
    "branch",
    "branch_head",
    "cheque",
    "customer",
    "database_mark",
    "ledger_line",
    "metadata",
    "open_item",
    "payment",
    "posting",
    "receipt_copy",
    "reversal",
    "snapshot",
    "till_session",
    "user_session",
]
