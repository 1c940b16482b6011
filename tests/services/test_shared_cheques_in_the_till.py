"""One cheque for several accounts is counted, sealed, deposited and reversed whole, and never pays too much."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from partnernet.domain.customers import Customer
from partnernet.domain.money import LARGEST_PAYMENT
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import DatabaseBusy
from partnernet.domain.reversals import AlreadyReversed
from partnernet.domain.shared_cheques import (
    ChequeNotFullyApplied,
    NothingLeftToShare,
)
from partnernet.services import reversals
from partnernet.storage import customers, receipts, tables
from partnernet.storage.database import Database
from tests.support import sharing
from tests.support.books import add_copy
from tests.support.counting import approve, count, deposit, submit
from tests.support.requests import a_cheque, holding, money, new_key, paying, reversing, standing_of
from tests.support.sharing import DUE, assert_clean, assert_refused, pays, rests
from tests.support.world import World


@pytest.fixture
def richard(world: World) -> Customer:
    return sharing.richard(world)


@pytest.fixture
def fortin(world: World) -> Customer:
    return sharing.fortin(world)


@pytest.fixture
def first(world: World, richard: Customer) -> Receipt:
    return sharing.first_share(world, richard)


# --- the till -------------------------------------------------------------------------------------------------------


def test_a_count_begins_but_is_not_frozen_while_something_is_left_of_a_cheque(
    world: World, first: Receipt, fortin: Customer
) -> None:
    with pytest.raises(ChequeNotFullyApplied) as refused:
        count(world, {})
    assert (refused.value.number, refused.value.rest) == ("000123", money("150.00"))

    pays(world, paying(world, fortin, "150.00", sheet=first.cheque_id))
    frozen = count(world, {})

    assert [(cheque.number, cheque.amount) for cheque in frozen.cheques] == [("000123", money("500.00"))]


def test_a_shared_cheque_is_ticked_bagged_and_deposited_once(world: World, first: Receipt, fortin: Customer) -> None:
    pays(world, paying(world, fortin, "150.00", sheet=first.cheque_id))

    submitted = submit(world, count(world, {}))
    assert submitted.bag.total == money("500.00")
    approve(world, submitted)
    slip = deposit(world)

    assert [cheque.amount for bag in slip.bags for cheque in bag.cheques] == [money("500.00")]
    assert slip.amount == money("500.00")
    assert holding(world, world.agent).due_to_principal == money("0.00")
    assert_clean(world)


def test_a_sealed_cheque_pays_nothing_more(world: World, first: Receipt, fortin: Customer) -> None:
    second = pays(world, paying(world, fortin, "150.00", sheet=first.cheque_id))
    submit(world, count(world, {}))
    reversals.reverse(
        world.db, reversing(second.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    assert_refused(world, paying(world, fortin, "150.00", sheet=first.cheque_id), NothingLeftToShare)
    assert rests(world) == []


def test_a_cheque_begun_after_freezing_does_not_hold_up_a_recount(
    world: World, richard: Customer, fortin: Customer
) -> None:
    pays(world, paying(world, richard, "50.00"))
    count(world, {"20": 2})
    pays(world, paying(world, fortin, "50.00", cheque=a_cheque(), face="100.00"))

    recounted = count(world, {"50": 1})

    assert recounted.difference == money("0.00")
    assert rests(world) == [("000123", money("50.00"))]


# --- reversals ------------------------------------------------------------------------------------------------------


def test_a_sheet_that_leaves_takes_all_its_payments_along(world: World, first: Receipt, fortin: Customer) -> None:
    second = pays(world, paying(world, fortin, "150.00", sheet=first.cheque_id))

    reversals.reverse(
        world.db, reversing(second.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    assert holding(world, world.agent).cheques == money("0.00")
    assert standing_of(world, first.customer).total_due == first.total_due_before, "the other account owes again too"
    assert rests(world) == []
    with pytest.raises(AlreadyReversed):
        reversals.reverse(
            world.db, reversing(first.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
        )
    assert_clean(world)


def test_a_cheque_whose_payments_are_all_reversed_has_left(world: World, first: Receipt, fortin: Customer) -> None:
    reversals.reverse(
        world.db, reversing(first.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    assert_refused(world, paying(world, fortin, "10.00", sheet=first.cheque_id), NothingLeftToShare)
    assert rests(world) == []
    assert count(world, {}).cheques == ()


def test_a_share_that_comes_in_while_its_cheque_is_being_reversed_is_not_left_behind(postgres_db: Database) -> None:
    """The reversal has looked up what shares the sheet, and waits for a customer, when another share is saved."""
    world = World(postgres_db)
    payers = [world.customer(f"10000{n}", due=[(f"F-{n}", "350.00", DUE)]) for n in (1, 2)]
    first = pays(world, paying(world, payers[0], "350.00", cheque=a_cheque(), face="500.00"))
    request = reversing(first.number)

    with ThreadPoolExecutor(1) as pool:
        with world.db.write() as connection:
            customers.lock(connection, payers[0].number)
            reversal = pool.submit(
                reversals.reverse, world.db, request, by=world.supervisor, at=world.now, proved_at=world.now
            )
            with pytest.raises(TimeoutError):
                reversal.result(timeout=0.5)
            pays(world, paying(world, payers[1], "150.00", sheet=first.cheque_id))
        with pytest.raises(DatabaseBusy):
            reversal.result()
    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)

    assert holding(world, world.agent).cheques == money("0.00"), "no part of it stays when the sheet has left"
    assert_clean(world)


def test_the_payments_of_one_sheet_are_found_from_any_of_them(world: World, first: Receipt, fortin: Customer) -> None:
    second = pays(world, paying(world, fortin, "50.00", sheet=first.cheque_id))
    cash = pays(world, paying(world, fortin, "5.00"))

    with world.db.read() as connection:
        for payment in (first, second):
            assert receipts.sharing(connection, payment.posting_id) == (first.posting_id, second.posting_id)
        assert receipts.sharing(connection, cash.posting_id) == (cash.posting_id,)


# --- the database itself --------------------------------------------------------------------------------------------


def test_the_database_lets_no_payment_overdraw_a_cheque(world: World, first: Receipt) -> None:
    share = {"cheque_id": first.cheque_id, "unallocated_cents": 0}

    for cents in (150_01, LARGEST_PAYMENT.cents):
        with pytest.raises(IntegrityError, match="overdrawn cheque"), world.db.write() as connection:
            add_copy(connection, tables.payment, **share, amount_cents=cents, received_cents=cents)

    with world.db.write() as connection:
        add_copy(connection, tables.payment, **share, amount_cents=150_00, received_cents=150_00)


def test_a_transaction_waits_for_another_that_shares_its_cheque(world: World, first: Receipt) -> None:
    with world.db.write() as connection:
        postings = [
            add_copy(connection, tables.posting, branch_id=world.branch.id, sequence=sequence, key=new_key())
            for sequence in (2, 3)
        ]

    def share(connection: Connection, posting_id: int) -> None:
        place = {"posting_id": posting_id, "branch_id": world.branch.id, "receipt_number": posting_id}
        cents = {"amount_cents": 100_00, "received_cents": 100_00, "unallocated_cents": 0}
        add_copy(connection, tables.payment, **place, **cents, cheque_id=first.cheque_id)

    def share_too() -> None:
        with world.db.write() as connection:
            share(connection, postings[1])

    with ThreadPoolExecutor(1) as pool:
        with world.db.write() as connection:
            share(connection, postings[0])
            second = pool.submit(share_too)
            with pytest.raises(TimeoutError):
                second.result(timeout=0.5)
        with pytest.raises(IntegrityError, match="overdrawn cheque"):
            second.result()
