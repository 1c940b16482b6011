"""The hash chain of a branch: each posting's hash covers the one before it and the posting's whole content.

It shows that a row was changed, removed or inserted afterwards. It does not show a cut tail or a full recomputation:
the head is anchored outside (printed and exported).
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

GENESIS = "0" * 64


def link(previous_hash: str, content: list[Any]) -> str:
    """SHA-256 (hex) of the previous hash followed by the content as compact JSON, its order fixed by the caller."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous_hash + written).encode()).hexdigest()


HEADER = (
    "branch_id", "sequence", "kind", "key", "fingerprint", "posted_at", "business_date", "agent_id", "reverses_id",
)  # fmt: skip
LINE = ("account", "debit_cents", "credit_cents", "holder_id", "till_session_id", "customer_id")
PAYMENT = (
    "receipt_number", "customer_id", "tender", "choice", "amount_cents", "received_cents", "handed_cents",
    "unallocated_cents", "total_due_before_cents", "past_due_after_cents", "post_dated", "snapshot_id",
    "customer_printed", "confirmed",
)  # fmt: skip
CHEQUE = ("number", "transit", "institution", "account", "dated", "drawer", "face_amount_cents")
ALLOCATION = ("document_number", "kind", "due_date", "amount_cents")
REVERSAL = ("reason", "where_is_the_money", "note")
REENTRY = ("corrects_id", "taken_by_id")


def content_of(
    header: dict[str, Any],
    lines: list[dict[str, Any]],
    payment: dict[str, Any],
    cheque: dict[str, Any],
    allocations: list[dict[str, Any]],
    reversal: dict[str, Any],
    reentry: dict[str, Any],
) -> list[Any]:
    """Everything that a posting says, in the fixed order that its hash covers; empty parts stay as empty lists, but the
    last, which came later than the first postings."""
    return [
        _values(header, HEADER),
        [_values(line, LINE) for line in lines],
        _values(payment, PAYMENT),
        _values(cheque, CHEQUE),
        [_values(part, ALLOCATION) for part in allocations],
        _values(reversal, REVERSAL),
        *([_values(reentry, REENTRY)] if reentry else []),
    ]


def _values(row: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
    if not row:
        return []
    values = [row[name] for name in names]
    return [_text(value) if isinstance(value, date) else value for value in values]


def _text(value: date) -> str:
    """UTC with microseconds for an instant, the same text whichever database gave it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value.isoformat()
