"""The format of the hash chain is kept for ever: books written today must verify with every later version."""

from __future__ import annotations

from datetime import UTC, date, datetime

from partnernet.storage.chain import GENESIS, content_of, link

HEADER = {
    "branch_id": 1,
    "sequence": 1,
    "kind": "payment",
    "key": "k" * 22,
    "fingerprint": "f" * 64,
    "posted_at": datetime(2026, 11, 24, 19, 5, 0, 120, tzinfo=UTC),
    "business_date": date(2026, 11, 24),
    "agent_id": 1,
    "reverses_id": None,
}
LINE = {
    "account": "drawer",
    "debit_cents": 6000,
    "credit_cents": 0,
    "holder_id": 1,
    "till_session_id": 1,
    "customer_id": None,
}
REVERSAL = {"reason": "duplicate", "where_is_the_money": "handed_back", "note": "pris « deux » fois, à l'été"}


def test_a_posting_is_written_as_json_in_a_fixed_order() -> None:
    content = content_of(HEADER, [LINE], {}, {}, [], REVERSAL, {})

    assert content == [
        [1, 1, "payment", "k" * 22, "f" * 64, "2026-11-24T19:05:00.000120Z", "2026-11-24", 1, None],
        [["drawer", 6000, 0, 1, 1, None]],
        [],
        [],
        [],
        ["duplicate", "handed_back", "pris « deux » fois, à l'été"],
    ]


def test_a_payment_entered_again_says_what_it_stands_for_at_the_end() -> None:
    content = content_of(HEADER, [LINE], {}, {}, [], {}, {"corrects_id": 7, "taken_by_id": 2})

    assert content[5:] == [[], [7, 2]], "other postings must NOT carry an empty place for it: their hashes would move"


def test_the_first_link_follows_sixty_four_zeros() -> None:
    assert GENESIS == "0" * 64


def test_the_hash_of_a_known_posting_never_changes() -> None:
    content = content_of(HEADER, [LINE], {}, {}, [], REVERSAL, {})

    assert link(GENESIS, content) == "74febc6c6528bf4e290f72696c11dd559f3bc1b7807b24c97b64347b3a71071a"
