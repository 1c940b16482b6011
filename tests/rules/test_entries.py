"""Double entry: a line has one side, an entry balances or does not exist, a reversal is its exact opposite."""

from __future__ import annotations

import pytest

from partnernet.domain.entries import Entry, LedgerAccount, Line, credit, debit, reverse
from partnernet.domain.money import LARGEST_PAYMENT, ZERO, AmountNotPositive, AmountTooLarge, Money
from partnernet.domain.payments import Settlement
from partnernet.domain.refusals import Refusal
from partnernet.domain.tenders import Tender
from partnernet.domain.till import FloatNotMultipleOfFive, FloatRequest
from partnernet.domain.till_entries import Place, float_entry, payment_entry, reversal_entry
from tests.support.requests import money

A, SESSION, LATER_SESSION, CUSTOMER = 7, 70, 71, 500
DRAWER, CHEQUES, OWED, ROUNDING = (
    LedgerAccount.DRAWER,
    LedgerAccount.CHEQUES,
    LedgerAccount.OWED,
    LedgerAccount.ROUNDING,
)


def moves(entry: Entry) -> list[tuple[LedgerAccount, int]]:
    """Each line as its account and its signed cents, debit above zero."""
    return [(line.account, line.debit.cents - line.credit.cents) for line in entry.lines]


def paid(amount: str, received: str, tender: Tender = Tender.CASH) -> Entry:
    settlement = Settlement(money(amount), money(received), money(received) - money(amount), None, None)
    return payment_entry(settlement, tender, customer_id=CUSTOMER, agent_id=A, session_id=SESSION)


@pytest.mark.parametrize(("debited", "credited"), [(0, 0), (5, 5), (-5, 0), (0, -5), (5, -5), (-5, 5)])
def test_a_line_is_a_debit_or_a_credit_above_zero(debited: int, credited: int) -> None:
    with pytest.raises(ValueError, match="never both"):
        Line(DRAWER, Money(debited), Money(credited), A)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (debit(DRAWER, Money(5), A),),
        (debit(DRAWER, Money(5), A), credit(OWED, Money(6), A)),
        (debit(DRAWER, Money(5), A), debit(OWED, Money(5), A)),
    ],
)
def test_an_unbalanced_entry_cannot_exist(lines: tuple[Line, ...]) -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        Entry(lines)


@pytest.mark.parametrize(
    ("amount", "received", "tender", "expected"),
    [
        ("10.02", "10.00", Tender.CASH, [(DRAWER, 10_00), (ROUNDING, 2), (OWED, -10_02)]),
        ("75.04", "75.05", Tender.CASH, [(DRAWER, 75_05), (OWED, -75_04), (ROUNDING, -1)]),
        ("60.00", "60.00", Tender.CASH, [(DRAWER, 60_00), (OWED, -60_00)]),
        ("412.37", "412.37", Tender.CHEQUE, [(CHEQUES, 412_37), (OWED, -412_37)]),
    ],
)
def test_a_payment_moves_the_accounts_of_the_worked_day(
    amount: str, received: str, tender: Tender, expected: list[tuple[LedgerAccount, int]]
) -> None:
    entry = paid(amount, received, tender)

    assert moves(entry) == expected
    assert {line.holder_id for line in entry.lines} == {A}
    assert [line.till_session_id for line in entry.lines if line.account in (DRAWER, CHEQUES)] == [SESSION]
    assert [line.customer_id for line in entry.lines if line.customer_id] == [CUSTOMER]


def test_a_float_comes_from_the_branch_and_owes_nothing_to_the_principal() -> None:
    entry = float_entry(money("200.00"), agent_id=A, session_id=SESSION)

    assert moves(entry) == [(DRAWER, 200_00), (LedgerAccount.BRANCH_FUNDS, -200_00)]


@pytest.mark.parametrize("entry", [paid("10.02", "10.00"), paid("75.04", "75.05"), paid("5.00", "5.00", Tender.CHEQUE)])
def test_a_reversed_entry_is_equal_and_opposite_and_twice_reversed_the_same(entry: Entry) -> None:
    assert [(account, -cents) for account, cents in moves(entry)] == moves(reverse(entry))
    assert reverse(reverse(entry)) == entry


def test_money_handed_back_leaves_the_drawer() -> None:
    entry = reversal_entry(paid("60.00", "60.00"), Place(DRAWER, A, LATER_SESSION))

    assert moves(entry) == [(DRAWER, -60_00), (OWED, 60_00)]
    assert {line.till_session_id for line in entry.lines} == {LATER_SESSION}


def test_money_never_received_is_a_difference_of_the_branch_after_submission() -> None:
    entry = reversal_entry(paid("10.02", "10.00"), Place(LedgerAccount.OVER_SHORT, A, SESSION))

    assert moves(entry) == [(LedgerAccount.OVER_SHORT, -10_00), (ROUNDING, -2), (OWED, 10_02)]
    assert DRAWER not in {line.account for line in entry.lines}, "the drawer of today must NOT move"


def test_a_cheque_that_the_bank_sends_back_is_owed_by_the_branch_no_more_and_remitted_no_more() -> None:
    entry = reversal_entry(paid("412.37", "412.37", Tender.CHEQUE), Place(LedgerAccount.REMITTED, None, None))

    assert moves(entry) == [(LedgerAccount.REMITTED, -412_37), (OWED, 412_37)]
    assert {line.holder_id for line in entry.lines} == {None}, "the agent must NOT be touched"


@pytest.mark.parametrize(
    ("cents", "refusal"),
    [
        (0, AmountNotPositive),
        (-200_00, AmountNotPositive),
        (200_01, FloatNotMultipleOfFive),
        (LARGEST_PAYMENT.cents + 5, AmountTooLarge),
    ],
)
def test_a_float_is_cash_above_zero_and_within_the_limit(cents: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        FloatRequest("k" * 16, Money(cents)).checked_amount()


@pytest.mark.parametrize("cents", [5, 200_05, LARGEST_PAYMENT.cents])
def test_a_float_in_five_cents_is_accepted(cents: int) -> None:
    assert FloatRequest("k" * 16, Money(cents)).checked_amount() == Money(cents)


def test_zero_moves_nothing() -> None:
    with pytest.raises(ValueError, match="never neither"):
        float_entry(ZERO, agent_id=A, session_id=SESSION)
