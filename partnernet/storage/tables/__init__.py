"""The tables, typed (SQLAlchemy Core). Every rule that a row alone can show is a named constraint beside its column.

Ledger tables (`LEDGER_TABLES`) and the other `APPEND_ONLY` tables are protected by triggers (``storage/triggers.py``).
"""

from partnernet.storage.tables.base import metadata
from partnernet.storage.tables.books import customer, open_item, snapshot
from partnernet.storage.tables.corrections import cash_only_mark, error_report, error_report_answer, reentry
from partnernet.storage.tables.custody import drop_receipt, handover, handover_answer, reconciliation_review, till_drop
from partnernet.storage.tables.exchange import (
    export_batch,
    export_deposit,
    export_file,
    export_line,
    file_import,
    snapshot_change,
    snapshot_exception,
)
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
from partnernet.storage.tables.papers import paper_copy
from partnernet.storage.tables.people import (
    app_user,
    audit_event,
    branch,
    branch_head,
    database_mark,
    user_session,
)
from partnernet.storage.tables.remittance import (
    bag,
    bag_cheque,
    bag_piece,
    deposit,
    deposit_bag,
    deposit_reference,
    reconciliation,
    reconciliation_decision,
)
from partnernet.storage.tables.till import (
    branch_setting,
    replenishment_answer,
    replenishment_request,
    till_count,
    till_count_cheque,
    till_count_piece,
    voucher,
)

# Written by ``storage/ledger.py`` alone.
LEDGER_TABLES = (posting, ledger_line, cheque, payment, allocation, reversal, reentry)
# Never updated, never deleted, never truncated.
APPEND_ONLY = (
    *LEDGER_TABLES,
    receipt_copy,
    audit_event,
    voucher,
    replenishment_request,
    replenishment_answer,
    till_count_piece,
    till_count_cheque,
    bag,
    bag_piece,
    bag_cheque,
    reconciliation,
    reconciliation_decision,
    deposit,
    deposit_bag,
    deposit_reference,
    paper_copy,
    till_drop,
    drop_receipt,
    handover,
    handover_answer,
    reconciliation_review,
    cash_only_mark,
    error_report,
    error_report_answer,
    export_batch,
    export_deposit,
    export_file,
    export_line,
    file_import,
    snapshot_exception,
    snapshot_change,
)

__all__ = [
    "APPEND_ONLY",
    "LEDGER_TABLES",
    "allocation",
    "app_user",
    "audit_event",
    "bag",
    "bag_cheque",
    "bag_piece",
    "branch",
    "branch_head",
    "branch_setting",
    "cash_only_mark",
    "cheque",
    "customer",
    "database_mark",
    "deposit",
    "deposit_bag",
    "deposit_reference",
    "drop_receipt",
    "error_report",
    "error_report_answer",
    "export_batch",
    "export_deposit",
    "export_file",
    "export_line",
    "file_import",
    "handover",
    "handover_answer",
    "ledger_line",
    "metadata",
    "open_item",
    "paper_copy",
    "payment",
    "posting",
    "receipt_copy",
    "reconciliation",
    "reconciliation_decision",
    "reconciliation_review",
    "reentry",
    "replenishment_answer",
    "replenishment_request",
    "reversal",
    "snapshot",
    "snapshot_change",
    "snapshot_exception",
    "till_count",
    "till_count_cheque",
    "till_count_piece",
    "till_drop",
    "till_session",
    "user_session",
    "voucher",
]
