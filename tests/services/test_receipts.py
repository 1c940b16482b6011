"""Receipts read again, their copies counted, and the list of a day: by branch, by agent, by local date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from partnernet.domain.agents import NoBranch
from partnernet.domain.customers import Customer
from partnernet.domain.money import Money
from partnernet.domain.permissions import Role
from partnernet.domain.receipts import DayPayment, Receipt, ReceiptNotFound
from partnernet.domain.tenders import Tender
from partnernet.services import payments, reversals
from partnernet.storage import tables
from tests.support.requests import a_cheque, money, paying, reversing
from tests.support.world import World

DUE = date(2026, 1, 15)


@pytest.fixture
def customer(world: World) -> Customer:
    return world.customer("100001", due=[("F-1", "500.02", DUE)])


@pytest.fixture
def paid(world: World, customer: Customer) -> Receipt:
    return payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=world.now)


def test_a_colleague_of_the_branch_reads_the_receipt(world: World, paid: Receipt) -> None:
    for person in (world.other_agent, world.supervisor, world.person("AU1", "Jeanne Roy", Role.AUDITOR, world.branch)):
        assert payments.receipt(world.db, paid.number, by=person) == paid


def test_the_papers_of_another_branch_are_not_found(world: World, paid: Receipt) -> None:
    stranger = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))

    for number in (paid.number, "QUE-000001"):
        with pytest.raises(ReceiptNotFound):
            payments.receipt(world.db, number, by=stranger)
        with pytest.raises(ReceiptNotFound):
            payments.count_copy(world.db, number, by=stranger, at=world.now)
        with pytest.raises(ReceiptNotFound):
            payments.copies_printed(world.db, number, by=stranger)

    assert payments.copies_printed(world.db, paid.number, by=world.agent) == 0
    assert payments.of_day(world.db, world.today, by=stranger).payments == ()


@pytest.mark.parametrize(
    "number",
    ["", "MTL", "MTL-", "-000001", "MTL-000002", "MTL-0x1", "mtl-000001", "MTL-\x00", "MTL-١", "MTL-" + "9" * 99],
)
def test_what_is_no_receipt_is_not_found(world: World, paid: Receipt, number: str) -> None:
    with pytest.raises(ReceiptNotFound):
        payments.receipt(world.db, number, by=world.agent)
    with pytest.raises(ReceiptNotFound):
        payments.count_copy(world.db, number, by=world.agent, at=world.now)
    assert paid.number != number


def test_a_reader_without_branch_is_told_so(world: World, paid: Receipt) -> None:
    nowhere = world.person("AU1", "Jeanne Roy", Role.AUDITOR)

    with pytest.raises(NoBranch):
        payments.receipt(world.db, paid.number, by=nowhere)
    with pytest.raises(NoBranch):
        payments.of_day(world.db, world.today, by=nowhere)


def test_the_first_copy_is_the_original_and_the_others_are_numbered(
    world: World, customer: Customer, paid: Receipt
) -> None:
    other = payments.record(world.db, paying(world, customer, "5.00"), by=world.agent, at=world.now)

    copies = [
        payments.count_copy(world.db, paid.number, by=world.agent, at=world.now),
        payments.count_copy(world.db, other.number, by=world.agent, at=world.now),
        payments.count_copy(world.db, paid.number, by=world.supervisor, at=world.later(days=2)),
    ]

    assert copies == [1, 1, 2]
    assert payments.copies_printed(world.db, paid.number, by=world.agent) == 2


def test_a_copy_is_kept_with_who_printed_it_and_when(world: World, paid: Receipt) -> None:
    payments.count_copy(world.db, "MTL-1", by=world.other_agent, at=world.later(minutes=3))

    with world.db.read() as connection:
        copy = connection.execute(select(tables.receipt_copy)).one()
        event = connection.execute(
            select(tables.audit_event).where(tables.audit_event.c.action == "receipt.printed")
        ).one()

    assert (copy.user_id, copy.copy_number, copy.printed_at) == (world.other_agent.id, 1, world.now)
    assert (event.actor, event.subject, event.detail) == ("PA2345", paid.number, '{"copy": 1}')


def test_copies_are_no_postings(world: World, paid: Receipt) -> None:
    payments.count_copy(world.db, paid.number, by=world.agent, at=world.now)

    with world.db.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.posting)).scalar_one() == 1


# --- the day --------------------------------------------------------------------------------------------------------


def test_an_agent_lists_their_own_payments_and_a_supervisor_the_branchs(
    world: World, customer: Customer, paid: Receipt
) -> None:
    theirs = payments.record(world.db, paying(world, customer, "5.00"), by=world.other_agent, at=world.now)
    quebec = world.person("PB0001", "Guy Roy", Role.AGENT, world.new_branch("QUE", "Québec"))
    payments.record(world.db, paying(world, customer, "6.00"), by=quebec, at=world.now)

    own, branchs = (payments.of_day(world.db, world.today, by=person) for person in (world.agent, world.supervisor))

    assert [line.receipt_number for line in own.payments] == [paid.number]
    assert [line.receipt_number for line in branchs.payments] == [paid.number, theirs.number]
    assert branchs.by_agent == (
        ("PA1234", "Marie Tremblay", 1, money("20.00")),
        ("PA2345", "Luc Gagnon", 1, money("5.00")),
    )


def test_a_line_of_the_day_says_what_the_receipt_says(world: World, customer: Customer, paid: Receipt) -> None:
    cheque = payments.record(
        world.db, paying(world, customer, "30.01", cheque=a_cheque("000007")), by=world.agent, at=world.later(minutes=1)
    )
    rest = payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(minutes=1))
    reversals.reverse(
        world.db, reversing(paid.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )

    day = payments.of_day(world.db, world.today, by=world.agent)

    lines = [line for line in day.payments if isinstance(line, DayPayment)]
    assert [(line.receipt_number, line.amount, line.received, line.reversed) for line in lines] == [
        (paid.number, money("20.00"), money("20.00"), True),
        (cheque.number, money("30.01"), money("30.01"), False),
        (rest.number, money("450.01"), money("450.00"), False),
    ]
    assert [line.cheque_number for line in day.payments] == ["", "000007", ""]
    assert day.by_tender == ((Tender.CHEQUE, 1, money("30.01")), (Tender.CASH, 1, money("450.01")))
    assert day.rounding == Money(-1)
    assert (day.branch, day.day) == (world.branch, world.today)


@pytest.mark.parametrize(
    ("midnight", "hours"), [("2026-03-08T05:00", 23), ("2026-11-01T04:00", 25), ("2026-11-24T05:00", 24)]
)
def test_a_day_lists_its_23_24_or_25_hours(world: World, customer: Customer, midnight: str, hours: int) -> None:
    start = datetime.fromisoformat(midnight).replace(tzinfo=UTC)
    instants = [
        start - timedelta(seconds=1),
        start,
        start + timedelta(hours=hours, seconds=-1),
        start + timedelta(hours=hours),
    ]
    taken = [
        payments.record(world.db, paying(world, customer, f"{n}.00"), by=world.agent, at=at)
        for n, at in enumerate(instants, start=1)
    ]

    day = payments.of_day(world.db, date.fromisoformat(midnight[:10]), by=world.agent)

    assert [line.receipt_number for line in day.payments] == [taken[1].number, taken[2].number]
    assert [line.at for line in day.payments] == instants[1:3]


def test_the_day_is_the_branchs_and_not_the_readers(world: World, customer: Customer) -> None:
    vancouver = world.new_branch("VAN", "Vancouver", "America/Vancouver")
    agent = world.person("PV0001", "Guy Roy", Role.AGENT, vancouver)
    at = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # 01:00 in Montréal on the 25th, 22:00 in Vancouver on the 24th

    receipt = payments.record(world.db, paying(world, customer, "5.00"), by=agent, at=at)

    assert receipt.business_date == date(2026, 11, 24)
    assert payments.of_day(world.db, date(2026, 11, 24), by=agent).payments
    assert payments.of_day(world.db, date(2026, 11, 25), by=agent).payments == ()


def test_a_renamed_customer_keeps_the_printed_name_in_the_days_list(
    world: World, customer: Customer, paid: Receipt
) -> None:
    with world.db.write() as connection:
        connection.execute(tables.customer.update().values(name="Autre nom"))

    assert payments.of_day(world.db, world.today, by=world.agent).payments[0].customer_name == customer.name
    assert paid.customer.name == replace(customer).name
