"""One cheque that pays several accounts: its payments share one sheet, and never more than it is made out for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from partnernet.domain.concerns import ChequeOnRecord, ConfirmationNeeded, PostDatedCheque
from partnernet.domain.customers import Customer, Terms
from partnernet.domain.money import LARGEST_PAYMENT, Money
from partnernet.domain.payments import AmountChoice, ChequeNotAccepted
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import OtherContentForKey
from partnernet.domain.shared_cheques import (
    ChequeNotFullyApplied,
    ChequeRestExceeded,
    FaceAmountTooSmall,
    FaceAmountUnreadable,
    NothingLeftToShare,
)
from partnernet.services import counts, payments
from tests.support import sharing
from tests.support.at_once import at_once
from tests.support.requests import a_cheque, holding, money, new_key, paying, standing_of
from tests.support.sharing import DUE, assert_clean, assert_refused, pays, rests, rows
from tests.support.world import World

PARTS = ("60.00", "70.00", "75.00")  # of a rest of 150.00: two of them fit, not three


@pytest.fixture
def richard(world: World) -> Customer:
    return sharing.richard(world)


@pytest.fixture
def fortin(world: World) -> Customer:
    return sharing.fortin(world)


@pytest.fixture
def first(world: World, richard: Customer) -> Receipt:
    return sharing.first_share(world, richard)


# --- sharing --------------------------------------------------------------------------------------------------------


def test_a_cheque_that_pays_two_accounts_is_one_sheet_held_once(world: World, first: Receipt, fortin: Customer) -> None:
    second = pays(world, paying(world, fortin, "150.00", sheet=first.cheque_id))

    assert (second.cheque, second.cheque_id) == (first.cheque, first.cheque_id)
    assert first.face_amount == second.face_amount == money("500.00")
    assert first.shares_cheque
    assert second.shares_cheque
    assert rows(world, "cheque") == 1, "the sheet must NOT be on record twice"
    assert holding(world, world.agent).cheques == money("500.00")
    assert standing_of(world, fortin).total_due == money("0.00")
    assert_clean(world)


def test_a_cheque_for_one_account_is_made_out_for_what_it_pays(world: World, richard: Customer) -> None:
    paid = pays(world, paying(world, richard, "350.00", cheque=a_cheque()))

    assert paid.face_amount == money("350.00")
    assert not paid.shares_cheque
    assert rests(world) == []


def test_what_is_left_is_listed_until_nothing_is(world: World, first: Receipt, fortin: Customer) -> None:
    assert rests(world) == [("000123", money("150.00"))]

    pays(world, paying(world, fortin, "100.00", sheet=first.cheque_id))
    assert rests(world) == [("000123", money("50.00"))]

    pays(world, paying(world, fortin, "50.00", sheet=first.cheque_id))
    assert rests(world) == []
    assert payments.unfinished_cheque(world.db, first.cheque_id or 0, by=world.agent) is None


def test_one_account_may_be_paid_twice_with_one_cheque(world: World, first: Receipt, richard: Customer) -> None:
    asked = paying(world, richard, "150.00", sheet=first.cheque_id)
    with pytest.raises(ConfirmationNeeded) as overpaid:
        pays(world, asked)

    pays(world, replace(asked, confirmed=frozenset(overpaid.value.concerns)))

    assert standing_of(world, richard).total_due == money("-150.00")


def test_a_replay_is_the_same_payment_and_takes_nothing_more(world: World, first: Receipt, fortin: Customer) -> None:
    request = paying(world, fortin, "100.00", sheet=first.cheque_id)
    second = pays(world, request)

    again = pays(world, request)

    assert again == second
    assert rests(world) == [("000123", money("50.00"))]


@pytest.mark.parametrize("change", [{"cheque_id": None}, {"face_amount": Money(60_000)}])
def test_a_key_comes_back_with_its_own_cheque_or_not_at_all(
    world: World, first: Receipt, fortin: Customer, change: dict[str, Money | None]
) -> None:
    request = paying(world, fortin, "100.00", sheet=first.cheque_id)
    pays(world, request)

    with pytest.raises(OtherContentForKey):
        pays(world, replace(request, **change))  # type: ignore[arg-type]


# --- what is refused ------------------------------------------------------------------------------------------------


def test_a_cheque_is_made_out_for_at_least_what_it_pays(world: World, richard: Customer) -> None:
    short = paying(world, richard, "350.00", cheque=a_cheque(), face="349.99")

    assert_refused(world, short, FaceAmountTooSmall)


def test_no_cheque_is_larger_than_a_payment_may_be(world: World, richard: Customer) -> None:
    request = paying(world, richard, "350.00", cheque=a_cheque())

    assert_refused(world, replace(request, face_amount=LARGEST_PAYMENT + Money(1)), FaceAmountUnreadable)


def test_no_more_is_paid_than_the_rest_of_the_cheque(world: World, first: Receipt, fortin: Customer) -> None:
    for choice, amount in ((AmountChoice.OTHER, "150.01"), (AmountChoice.TOTAL_DUE, None)):
        owes_more = world.customer(new_key()[:10], due=[("H-1", "150.01", DUE)])
        request = paying(world, owes_more, amount, choice=choice, sheet=first.cheque_id)

        assert_refused(world, request, ChequeRestExceeded)

    assert pays(world, paying(world, fortin, sheet=first.cheque_id)).number == "MTL-000002", "no number is lost"


def test_a_cheque_that_is_used_up_pays_nothing_more(world: World, first: Receipt, fortin: Customer) -> None:
    pays(world, paying(world, fortin, "150.00", sheet=first.cheque_id))

    assert_refused(world, paying(world, fortin, "0.01", sheet=first.cheque_id), NothingLeftToShare)


def test_a_cheque_is_shared_by_whoever_holds_it_alone(world: World, first: Receipt, fortin: Customer) -> None:
    quebec = world.new_branch("QUE", "Québec")
    request = paying(world, fortin, "10.00", sheet=first.cheque_id)

    for by in (world.other_agent, world.supervisor, world.person("PB0001", "Guy Roy", Role.AGENT, quebec)):
        assert_refused(world, request, NothingLeftToShare, by=by)
        assert rests(world, by=by) == []
    assert_refused(world, replace(request, cheque_id=9999), NothingLeftToShare)


def test_a_cash_only_account_takes_no_share_of_a_cheque(world: World, first: Receipt) -> None:
    cash_only = world.customer("100003", due=[("H-1", "60.00", DUE)], terms=Terms.CASH_ONLY)

    assert_refused(world, paying(world, cash_only, "60.00", sheet=first.cheque_id), ChequeNotAccepted)


# --- what is asked --------------------------------------------------------------------------------------------------


def test_the_same_cheque_is_not_asked_about_for_its_own_sheet(world: World, first: Receipt, fortin: Customer) -> None:
    assert pays(world, paying(world, fortin, "150.00", sheet=first.cheque_id)).number == "MTL-000002"


def test_the_same_cheque_on_another_sheet_is_asked_about(world: World, first: Receipt, fortin: Customer) -> None:
    with pytest.raises(ConfirmationNeeded) as asked:
        pays(world, paying(world, fortin, "150.00", cheque=a_cheque()))

    (concern,) = asked.value.concerns
    assert isinstance(concern, ChequeOnRecord)
    assert [earlier.receipt_number for earlier in concern.earlier] == [first.number]


def test_a_post_dated_sheet_is_asked_about_with_each_payment(world: World, richard: Customer, fortin: Customer) -> None:
    next_week = world.today + timedelta(days=7)
    concern = PostDatedCheque(next_week)
    post_dated = paying(world, richard, "350.00", cheque=a_cheque(dated=next_week), face="500.00", confirmed=[concern])
    sheet = pays(world, post_dated).cheque_id

    with pytest.raises(ConfirmationNeeded) as asked:
        pays(world, paying(world, fortin, "150.00", sheet=sheet))
    assert asked.value.concerns == (concern,)

    assert pays(world, paying(world, fortin, "150.00", sheet=sheet, confirmed=[concern])).post_dated


# --- at once --------------------------------------------------------------------------------------------------------


def test_two_tabs_that_take_the_same_rest_at_once_take_it_once(world: World, first: Receipt) -> None:
    debtors = [world.customer(f"20000{n}", due=[(f"H-{n}", "150.00", DUE)]) for n in range(4)]
    requests = [paying(world, debtor, "150.00", sheet=first.cheque_id) for debtor in debtors]

    answers = at_once(
        *[lambda r=request: payments.record(world.db, r, by=world.agent, at=world.now) for request in requests]
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["NothingLeftToShare"] * 3 + ["Receipt"]
    assert holding(world, world.agent).cheques == money("500.00")
    assert_clean(world)


def test_tabs_that_take_parts_at_once_take_no_more_than_the_rest(world: World, first: Receipt) -> None:
    debtors = [world.customer(f"20000{n}", due=[(f"H-{n}", "90.00", DUE)]) for n in range(3)]
    requests = [
        paying(world, debtor, amount, sheet=first.cheque_id) for debtor, amount in zip(debtors, PARTS, strict=True)
    ]

    answers = at_once(
        *[lambda r=request: payments.record(world.db, r, by=world.agent, at=world.now) for request in requests]
    )

    kept = [answer for answer in answers if isinstance(answer, Receipt)]
    assert len(kept) == 2, "any two of the three fit, all three do not"
    assert all(isinstance(answer, Receipt | ChequeRestExceeded) for answer in answers)
    ((_number, rest),) = rests(world)
    assert rest == money("150.00") - sum((receipt.amount for receipt in kept), Money(0))
    assert_clean(world)


def test_a_double_click_on_a_shared_payment_is_one(world: World, first: Receipt, fortin: Customer) -> None:
    request = paying(world, fortin, "100.00", sheet=first.cheque_id)

    answers = at_once(*[lambda: payments.record(world.db, request, by=world.agent, at=world.now)] * 3)

    assert isinstance(answers[0], Receipt)
    assert answers == [answers[0]] * 3
    assert rests(world) == [("000123", money("50.00"))]


def test_the_count_and_the_last_share_at_once_leave_no_half_used_cheque(
    world: World, first: Receipt, fortin: Customer
) -> None:
    """Whichever comes first, either the count waits for the cheque, or the cheque is whole in the count."""
    draft = counts.start(world.db, by=world.agent, at=world.later(minutes=1))
    share = paying(world, fortin, "150.00", sheet=first.cheque_id)
    ticked = frozenset(cheque.id for cheque in draft.cheques)

    frozen, paid = at_once(
        lambda: counts.freeze(world.db, draft.id, {}, {}, ticked, by=world.agent, at=world.now),
        lambda: payments.record(world.db, share, by=world.agent, at=world.now),
    )

    assert isinstance(paid, Receipt)
    assert isinstance(frozen, ChequeNotFullyApplied) or not rests(world)
    again = counts.freeze(world.db, draft.id, {}, {}, ticked, by=world.agent, at=world.later(minutes=1))
    assert [cheque.amount for cheque in again.cheques] == [money("500.00")]
