"""Reversals: a supervisor's equal and opposite entry, once only, never of one's own, never an edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from partnernet.domain.agents import Agent
from partnernet.domain.customers import Customer
from partnernet.domain.free_text import HiddenCharacters, TextTooLong
from partnernet.domain.money import ZERO, Money
from partnernet.domain.payments import AmountChoice
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import Receipt, ReceiptNotFound
from partnernet.domain.refusals import NotPermitted, OtherContentForKey
from partnernet.domain.reversals import (
    AlreadyReversed,
    NoteMissing,
    NotPaidByCheque,
    OwnEntry,
    ReversalReason,
    WhereIsTheMoney,
)
from partnernet.services import payments, reversals
from partnernet.storage import tables
from tests.support.requests import a_cheque, holding, money, paying, reversing, standing_of
from tests.support.world import World

DUE = date(2026, 10, 15)


@pytest.fixture
def customer(world: World) -> Customer:
    return world.customer("100001", due=[("F-1", "10.02", DUE), ("F-2", "50.00", DUE)])


@pytest.fixture
def paid(world: World, customer: Customer) -> Receipt:
    return payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(minutes=1))


def postings(world: World) -> int:
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.posting)).scalar_one()


def held(world: World, by: Agent) -> tuple[Money, Money, Money]:
    held = holding(world, by)
    return held.expected_cash, held.cheques, held.due_to_principal


def test_the_balance_and_the_documents_come_back_and_the_receipt_stays(
    world: World, customer: Customer, paid: Receipt
) -> None:
    before = standing_of(world, customer)

    reversal = reversals.reverse(
        world.db, reversing(paid.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    after = standing_of(world, customer)
    assert before.total_due == ZERO
    assert (after.total_due, [item.document_number for item in after.documents]) == (money("60.02"), ["F-1", "F-2"])
    assert (reversal.receipt_number, reversal.amount, reversal.at) == (paid.number, paid.amount, world.now)
    assert (reversal.reason, reversal.note) == (ReversalReason.WRONG_AMOUNT, "montant mal saisi")
    assert payments.receipt(world.db, paid.number, by=world.agent) == replace(paid, reversal=reversal)
    assert held(world, world.agent) == (ZERO, ZERO, ZERO), "rounding included"


def test_a_reversal_takes_no_receipt_number(world: World, customer: Customer, paid: Receipt) -> None:
    reversals.reverse(
        world.db, reversing(paid.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    again = payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(minutes=1))

    assert (paid.number, again.number) == ("MTL-000001", "MTL-000002")


def test_the_same_request_again_gives_the_same_reversal(world: World, paid: Receipt) -> None:
    request = reversing(paid.number)
    first = reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)

    again = reversals.reverse(world.db, request, by=world.supervisor, at=world.later(days=2), proved_at=world.now)

    assert again == first
    assert postings(world) == 2


def test_a_payment_is_reversed_once_only(world: World, paid: Receipt) -> None:
    reversals.reverse(world.db, reversing(paid.number), by=world.supervisor, at=world.now, proved_at=world.now)

    with pytest.raises(AlreadyReversed) as refused:
        reversals.reverse(world.db, reversing(paid.number), by=world.supervisor, at=world.now, proved_at=world.now)

    assert refused.value.receipt_number == paid.number
    assert postings(world) == 2


def test_a_key_with_other_content_or_from_another_supervisor_is_refused(world: World, paid: Receipt) -> None:
    request = reversing(paid.number)
    reversals.reverse(world.db, request, by=world.supervisor, at=world.now, proved_at=world.now)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    with pytest.raises(OtherContentForKey):
        reversals.reverse(
            world.db, replace(request, note="autre"), by=world.supervisor, at=world.now, proved_at=world.now
        )
    with pytest.raises(OtherContentForKey):
        reversals.reverse(world.db, request, by=colleague, at=world.now, proved_at=world.now)


def test_nobody_reverses_their_own_payment(world: World, customer: Customer) -> None:
    own = payments.record(world.db, paying(world, customer), by=world.supervisor, at=world.now)

    with pytest.raises(OwnEntry):
        reversals.reverse(world.db, reversing(own.number), by=world.supervisor, at=world.now, proved_at=world.now)

    assert postings(world) == 1
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)
    assert (
        reversals.reverse(world.db, reversing(own.number), by=colleague, at=world.now, proved_at=world.now).amount
        == own.amount
    )


def test_an_agent_reverses_nothing(world: World, paid: Receipt) -> None:
    with pytest.raises(NotPermitted):
        reversals.reverse(world.db, reversing(paid.number), by=world.other_agent, at=world.now, proved_at=world.now)


def test_the_receipt_of_another_branch_is_not_found(world: World, paid: Receipt) -> None:
    stranger = world.person("SU3000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    with pytest.raises(ReceiptNotFound):
        reversals.reverse(world.db, reversing(paid.number), by=stranger, at=world.now, proved_at=world.now)


@pytest.mark.parametrize("number", ["MTL-000002", "MTL-000000", "MTL-", "", "MTL-1x", "MTL-" + "9" * 40, "MTL-١"])
def test_a_receipt_that_does_not_exist_is_not_found(world: World, paid: Receipt, number: str) -> None:
    with pytest.raises(ReceiptNotFound) as refused:
        reversals.reverse(world.db, reversing(number), by=world.supervisor, at=world.now, proved_at=world.now)

    assert refused.value.number == number
    assert paid.number == "MTL-000001"


@pytest.mark.parametrize(
    ("note", "refusal"),
    [
        ("", NoteMissing),
        ("  ", NoteMissing),
        ("x" * 501, TextTooLong),
        ("\ufb2c" * 300, TextTooLong),
        ("a\x00", HiddenCharacters),
    ],
)
def test_a_reversal_says_why_in_words_that_can_be_kept(
    world: World, paid: Receipt, note: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        reversals.reverse(
            world.db, reversing(paid.number, note=note), by=world.supervisor, at=world.now, proved_at=world.now
        )

    assert postings(world) == 1


@pytest.mark.parametrize(
    ("reason", "where"),
    [
        (ReversalReason.RETURNED_CHEQUE, WhereIsTheMoney.HANDED_BACK),
        (ReversalReason.WRONG_AMOUNT, WhereIsTheMoney.RETURNED_BY_BANK),
    ],
)
def test_no_bank_returns_cash(world: World, paid: Receipt, reason: ReversalReason, where: WhereIsTheMoney) -> None:
    with pytest.raises(NotPaidByCheque):
        reversals.reverse(
            world.db,
            reversing(paid.number, reason=reason, where=where),
            by=world.supervisor,
            at=world.now,
            proved_at=world.now,
        )

    assert held(world, world.agent)[0] == paid.received, "the drawer must NOT have moved"


def test_a_returned_cheque_leaves_the_cheques_and_the_debt(world: World, customer: Customer) -> None:
    cheque = payments.record(
        world.db,
        paying(world, customer, choice=AmountChoice.TOTAL_DUE, cheque=a_cheque()),
        by=world.agent,
        at=world.now,
    )
    request = reversing(
        cheque.number, reason=ReversalReason.RETURNED_CHEQUE, where=WhereIsTheMoney.RETURNED_BY_BANK, note="NSF"
    )

    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(days=3), proved_at=world.now)

    assert held(world, world.agent) == (ZERO, ZERO, ZERO)
    assert standing_of(world, customer).total_due == money("60.02")
