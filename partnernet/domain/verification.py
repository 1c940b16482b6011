"""What the verification of the ledger finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """An invariant of the ledger, or of what was exported from it, that does not hold."""

    CHAIN_BROKEN = "chain_broken"
    CONTENT_CHANGED = "content_changed"
    SEQUENCE_GAP = "sequence_gap"
    HEAD_DIFFERS = "head_differs"
    UNBALANCED = "unbalanced"
    RECEIPT_GAP = "receipt_gap"
    PARTS_DISAGREE = "parts_disagree"
    REVERSAL_DIFFERS = "reversal_differs"
    REENTRY_ALONE = "reentry_alone"
    TIME_WENT_BACK = "time_went_back"
    WRONG_BUSINESS_DATE = "wrong_business_date"
    HOLDINGS_DIFFER = "holdings_differ"
    STRAY_ROW = "stray_row"
    OTHER_SESSION = "other_session"
    COPIES_GAP = "copies_gap"
    BAGS_DIFFER = "bags_differ"
    BATCH_GAP = "batch_gap"
    BATCH_DIFFERS = "batch_differs"
    BATCH_FILE_CHANGED = "batch_file_changed"
    ANCHOR_LOST = "anchor_lost"
    NOT_FOR_EXPORT = "not_for_export"
    REVERSAL_TOO_EARLY = "reversal_too_early"
    STRAY_EXPORT = "stray_export"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Problem:
    """An invariant broken at a branch's posting (``sequence`` 0: in the branch as a whole), or in a batch."""

    kind: ProblemKind
    branch_code: str
    sequence: int
    batch_number: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome: every problem found, and how much was read. ``heads`` are (branch code, last sequence, hash)."""

    problems: tuple[Problem, ...]
    postings: int
    lines: int
    heads: tuple[tuple[str, int, str], ...]
