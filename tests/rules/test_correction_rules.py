"""What a correction may change, and the entries that it makes: Dr and Cr, without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from partnernet.domain.corrections import (
    ChequeBagged,
    ChequeShared,
    CorrectsMore,
    NothingCorrected,
    ReentryMissing,
    ReentryNotAsked,
    Whereabouts,
    as_entered,
    checked_reentry,
)
from partnernet.domain.customers import Terms, restrictions
from partnernet.domain.entries import Entry, LedgerAccount
from partnernet.domain.money import ZERO, Money
from partnernet.domain.payments import Settlement
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import Reentry, ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till_entries import Place, paid_into, payment_entry, reversal_entry
from tests.support.receipts import BY_CHEQUE, CASH, CHEQUE
from tests.support.requests import money

RICHARD, FORTIN, AGENT, SESSION = 1, 2, 7, 30
OWED, ROUNDING, DRAWER = LedgerAccount.OWED, LedgerAccount.ROUNDING, LedgerAccount.DRAWER
NOBODY = Place(OWED, AGENT, SESSION)
CUSTOMER, AMOUNT, TENDER = (
    ReversalReason.WRONG_CUSTOMER,
    ReversalReason.WRONG_AMOUNT,
    ReversalReason.WRONG_TENDER,
)


def settled(amount: str, received: str) -> Settlement:
    exact, taken = money(amount), money(received)
    return Settlement(exact, taken, taken - exact, None, None)


def moves(entry: Entry) -> list[tuple[LedgerAccount, int | None, int]]:
    """Account, customer, and debit less credit in cents."""
    return [(line.account, line.customer_id, (line.debit - line.credit).cents) for line in entry.lines]


# --- entries --------------------------------------------------------------------------------------------------------


def test_money_kept_for_another_customer_passes_from_debt_to_debt_and_moves_nothing_else() -> None:
    paid = payment_entry(
        settled("60.00", "60.00"), Tender.CASH, customer_id=RICHARD, agent_id=AGENT, session_id=SESSION
    )

    undone = reversal_entry(paid, NOBODY)
    again = paid_into(NOBODY, settled("60.00", "60.00"), customer_id=FORTIN)

    assert moves(undone) == [(OWED, None, -60_00), (OWED, RICHARD, 60_00)]
    assert moves(again) == [(OWED, None, 60_00), (OWED, FORTIN, -60_00)]
    assert {(line.holder_id, line.till_session_id) for line in (*undone.lines, *again.lines)} == {(AGENT, SESSION)}


def test_the_odd_cents_of_one_account_are_taken_back_and_those_of_the_other_made() -> None:
    paid = payment_entry(
        settled("10.02", "10.00"), Tender.CASH, customer_id=RICHARD, agent_id=AGENT, session_id=SESSION
    )

    undone = reversal_entry(paid, NOBODY)
    again = paid_into(NOBODY, settled("9.98", "10.00"), customer_id=FORTIN)

    assert moves(undone) == [(OWED, None, -10_00), (ROUNDING, None, -2), (OWED, RICHARD, 10_02)]
    assert moves(again) == [(OWED, None, 10_00), (OWED, FORTIN, -9_98), (ROUNDING, None, -2)]


@pytest.mark.parametrize(
    "place",
    [
        Place(DRAWER, AGENT, SESSION),
        Place(LedgerAccount.OVER_SHORT, AGENT, SESSION),
        Place(LedgerAccount.BAG, None, None),
        Place(LedgerAccount.REMITTED, None, None),
        NOBODY,
    ],
)
@pytest.mark.parametrize(("amount", "received"), [("60.00", "60.00"), ("10.02", "10.00"), ("75.04", "75.05")])
def test_what_was_entered_again_is_undone_wherever_it_lies(place: Place, amount: str, received: str) -> None:
    entered = paid_into(place, settled(amount, received), customer_id=FORTIN)

    undone = reversal_entry(entered, place)

    assert moves(undone) == [(account, customer, -cents) for account, customer, cents in moves(entered)]
    handed_back = reversal_entry(entered, Place(DRAWER, AGENT, SESSION))
    assert moves(handed_back)[0] == (DRAWER, None, -money(received).cents)


# --- what may change ------------------------------------------------------------------------------------------------


def request(paid: Receipt, reason: ReversalReason, reentry: Reentry | None) -> ReversalRequest:
    return ReversalRequest("k" * 16, paid.number, reason, WhereIsTheMoney.KEPT, "mal inscrit", reentry)


def checked(
    paid: Receipt,
    reason: ReversalReason,
    reentry: Reentry | None,
    where: Whereabouts = Whereabouts.ON_HAND,
    *,
    shared: bool = False,
) -> Reentry | None:
    return checked_reentry(request(paid, reason, reentry), paid, where, shared=shared)


OTHER_CHEQUE = replace(CHEQUE, number="000483")
CHANGES: dict[str, Callable[[Reentry], Reentry]] = {
    "customer": lambda entered: replace(entered, customer_number="000987654"),
    "amount": lambda entered: replace(entered, amount=Money(55_55)),
    "cheque": lambda entered: replace(entered, cheque=OTHER_CHEQUE),
    "cash": lambda entered: replace(entered, tender=Tender.CASH, cheque=None),
    "cash of another amount": lambda entered: replace(entered, tender=Tender.CASH, cheque=None, amount=Money(55_55)),
}
ALLOWED = {
    (CUSTOMER, "customer"),
    (AMOUNT, "amount"),
    (TENDER, "cash"),
    (TENDER, "cash of another amount"),
}
NOTHING = {
    *((CUSTOMER, change) for change in CHANGES if change != "customer"),
    (AMOUNT, "customer"),
    (AMOUNT, "cheque"),
    (AMOUNT, "cash"),
    (TENDER, "customer"),
    (TENDER, "amount"),
    (TENDER, "cheque"),
}


@pytest.mark.parametrize("reason", [CUSTOMER, AMOUNT, TENDER])
@pytest.mark.parametrize("change", CHANGES)
def test_a_correction_changes_what_its_reason_names_and_nothing_else(reason: ReversalReason, change: str) -> None:
    reentry = CHANGES[change](as_entered(BY_CHEQUE))

    if (reason, change) in ALLOWED:
        assert checked(BY_CHEQUE, reason, reentry) == reentry
        return
    refusal = NothingCorrected if (reason, change) in NOTHING else CorrectsMore
    with pytest.raises(refusal) as refused:
        checked(BY_CHEQUE, reason, reentry)
    assert refused.value.reason is reason  # type: ignore[attr-defined]


@pytest.mark.parametrize("reason", [CUSTOMER, AMOUNT, TENDER])
def test_more_than_one_thing_at_a_time_is_refused(reason: ReversalReason) -> None:
    everything = Reentry("000987654", Tender.CASH, Money(55_55), None)

    with pytest.raises(CorrectsMore):
        checked(BY_CHEQUE, reason, everything)


@pytest.mark.parametrize("where", Whereabouts)
@pytest.mark.parametrize(("reason", "change"), sorted(ALLOWED))
def test_only_the_tender_of_a_sheet_that_was_bagged_is_beyond_doubt(
    reason: ReversalReason, change: str, where: Whereabouts
) -> None:
    reentry = CHANGES[change](as_entered(BY_CHEQUE))

    if reason is TENDER and where in (Whereabouts.IN_BAG, Whereabouts.AT_BANK):
        with pytest.raises(ChequeBagged):
            checked(BY_CHEQUE, reason, reentry, where)
    else:
        assert checked(BY_CHEQUE, reason, reentry, where) == reentry


@pytest.mark.parametrize(("reason", "change"), sorted(ALLOWED))
def test_a_shared_sheet_may_only_credit_another_account(reason: ReversalReason, change: str) -> None:
    reentry = CHANGES[change](as_entered(BY_CHEQUE))

    if reason is CUSTOMER:
        assert checked(BY_CHEQUE, reason, reentry, shared=True) == reentry
    else:
        with pytest.raises(ChequeShared):
            checked(BY_CHEQUE, reason, reentry, shared=True)


def test_cash_is_what_was_received_and_not_what_it_was_credited_with() -> None:
    assert (CASH.amount, as_entered(CASH).amount) == (money("10.02"), money("10.00"))


@pytest.mark.parametrize(
    ("reason", "where", "given", "refusal"),
    [
        (CUSTOMER, WhereIsTheMoney.KEPT, False, ReentryMissing),
        (ReversalReason.DUPLICATE, WhereIsTheMoney.KEPT, False, ReentryMissing),
        (ReversalReason.DUPLICATE, WhereIsTheMoney.KEPT, True, ReentryNotAsked),
        (ReversalReason.RETURNED_CHEQUE, WhereIsTheMoney.KEPT, True, ReentryNotAsked),
        (CUSTOMER, WhereIsTheMoney.HANDED_BACK, True, ReentryNotAsked),
        (AMOUNT, WhereIsTheMoney.NEVER_RECEIVED, True, ReentryNotAsked),
        (TENDER, WhereIsTheMoney.RETURNED_BY_BANK, True, ReentryNotAsked),
    ],
)
def test_money_kept_and_a_payment_entered_again_are_one_thing(
    reason: ReversalReason, where: WhereIsTheMoney, given: bool, refusal: type[Refusal]
) -> None:
    asked = replace(request(CASH, reason, as_entered(CASH) if given else None), where=where)

    with pytest.raises(refusal):
        checked_reentry(asked, CASH, Whereabouts.DRAWER, shared=False)


def test_a_reversal_with_nothing_in_its_place_has_nothing_to_check() -> None:
    plain = replace(request(CASH, AMOUNT, None), where=WhereIsTheMoney.HANDED_BACK)

    assert checked_reentry(plain, CASH, Whereabouts.DRAWER, shared=False) is None


def test_a_cheque_has_its_details_and_cash_has_none() -> None:
    for tender, cheque in ((Tender.CASH, CHEQUE), (Tender.CHEQUE, None)):
        with pytest.raises(ValueError, match="cash has none"):
            Reentry("000123456", tender, ZERO, cheque)


# --- the same content, the same key ---------------------------------------------------------------------------------


def test_a_key_carries_one_content_to_the_last_detail() -> None:
    plain = replace(request(BY_CHEQUE, AMOUNT, None), where=WhereIsTheMoney.HANDED_BACK)
    entered = as_entered(BY_CHEQUE)
    every = [
        plain,
        replace(plain, cash_only=True),
        *(replace(plain, reentry=CHANGES[change](entered)) for change in CHANGES),
        replace(plain, reentry=replace(entered, cheque=replace(CHEQUE, drawer="Autre"))),
    ]

    assert len({each.fingerprint() for each in every}) == len(every)
    assert replace(plain, key="q" * 16).fingerprint() == plain.fingerprint()


def test_requests_without_either_keep_the_fingerprint_that_they_always_had() -> None:
    old = ReversalRequest("k" * 16, "MTL-000001", AMOUNT, WhereIsTheMoney.HANDED_BACK, "montant mal saisi")

    assert old.fingerprint() == "9806488f6ad3eea77d0c18ca432315cfacddbc7c3742a8fca8832caa9f1163ad"


# --- what restricts an account --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "marked", "expected"),
    [
        (Terms.OPEN, False, ()),
        (Terms.OPEN, True, (Terms.CASH_ONLY,)),
        (Terms.CASH_ONLY, False, (Terms.CASH_ONLY,)),
        (Terms.CASH_ONLY, True, (Terms.CASH_ONLY,)),
        (Terms.BLOCKED, False, (Terms.BLOCKED,)),
        (Terms.BLOCKED, True, (Terms.CASH_ONLY, Terms.BLOCKED)),
    ],
)
def test_the_principals_word_and_the_branches_own_are_both_in_force(
    terms: Terms, marked: bool, expected: tuple[Terms, ...]
) -> None:
    assert restrictions(terms, marked_cash_only=marked) == expected
