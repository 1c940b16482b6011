"""The demonstration: everything that a newcomer should meet is in it, and it is the same each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from partnernet import demo
from partnernet.demo.days import business_days
from partnernet.demo.files import CUSTOMER_COUNT
from partnernet.domain.agents import Agent, console_operator
from partnernet.domain.customers import SearchCriteria, SearchResult, Terms
from partnernet.domain.demonstration import DemonstrationUnfinished
from partnernet.domain.exchanges import FileKind
from partnernet.domain.money import ZERO, Money
from partnernet.domain.reconciliations import ReconciliationState
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.tenders import Tender
from partnernet.services import (
    cash_only,
    corrections,
    customers,
    deposits,
    exchanges,
    exports,
    payments,
    reconciliations,
    replenishments,
    verification,
)
from partnernet.storage import marks, people, tables
from partnernet.storage.database import Database

AFTERNOON = datetime(2026, 11, 24, 19, 5, tzinfo=UTC)
EARLY = datetime(2026, 11, 22, 5, 20, tzinfo=UTC)  # twenty past midnight in Montréal, on a Sunday


def fill(db: Database, at: datetime = AFTERNOON) -> Agent:
    """Fill the database; returns the supervisor of Montréal."""
    assert demo.fill(db, at=at, timezone="America/Toronto")
    with db.read() as connection:
        row = connection.execute(people.people().where(tables.app_user.c.login == "SU1000")).one()
    return people.agent_of_row(row)


def head(db: Database) -> str:
    """The last link of Montréal's chain: it depends on everything posted before."""
    (code, _sequence, chain_hash), *_others = verification.verify(db, by=console_operator("x")).heads
    assert code == "MTL"
    return chain_hash


def test_it_holds_everything_that_a_newcomer_should_meet(sqlite_db: Database) -> None:
    supervisor = fill(sqlite_db)

    def found(**criteria: str) -> SearchResult:
        return customers.search(sqlite_db, SearchCriteria(**criteria), by=supervisor, at=AFTERNOON)

    look_alikes = found(name="Locations Richard").rows
    everyone = [row for name in ("*er*", "*in*", "*ou*", "*ar*") for row in found(name=name).rows]
    assert {row.city for row in look_alikes} == {"Montréal", "Laval"}
    assert found(name="*ᓴᕕᕋᔭᒃ*").rows
    assert found(name="*coeur d'or*").rows
    assert found(postal_code="D6H 8L9").rows
    assert {row.terms for row in everyone} == set(Terms)
    assert any(row.total_due < ZERO for row in everyone)
    assert any(row.past_due > ZERO for row in everyone)
    with sqlite_db.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.customer)).scalar_one() == CUSTOMER_COUNT


def test_every_past_day_and_the_one_in_progress_have_payments_of_both_tenders(sqlite_db: Database) -> None:
    supervisor = fill(sqlite_db)
    today = AFTERNOON.date()

    for day in [*business_days(today), today]:
        taken = payments.of_day(sqlite_db, day, by=supervisor).payments
        assert {payment.tender for payment in taken} == set(Tender)
        assert len({payment.agent_login for payment in taken}) >= 2
        assert all(payment.at <= AFTERNOON for payment in taken)
    with sqlite_db.read() as connection:
        assert connection.execute(select(func.count()).select_from(tables.reversal)).scalar_one() >= 3


def test_its_evenings_leave_a_shortage_to_decide_a_bag_to_deposit_and_a_slip_under_way(sqlite_db: Database) -> None:
    supervisor = fill(sqlite_db)

    pending = reconciliations.pending(sqlite_db, by=supervisor, at=AFTERNOON)
    decided = reconciliations.decided(sqlite_db, by=supervisor, at=AFTERNOON)
    slips = deposits.listed(sqlite_db, by=supervisor, at=AFTERNOON)

    assert [(each.count.difference, each.reason is not None, bool(each.note)) for each in pending] == [
        (Money(-20_00), True, True)
    ]
    assert {each.state for each in decided} == {
        ReconciliationState.APPROVED,
        ReconciliationState.DEPOSITED,
        ReconciliationState.RETURNED,
    }
    assert len(deposits.waiting(sqlite_db, by=supervisor, at=AFTERNOON)) == 1
    assert [bool(slip.bank_reference) for slip in slips[:3]] == [False, True, True]
    newest, *_older = replenishments.listed(sqlite_db, by=supervisor)
    assert newest.answer is None


def test_it_has_a_payment_that_was_corrected_an_error_that_waits_and_a_cheque_that_came_back(
    sqlite_db: Database,
) -> None:
    supervisor = fill(sqlite_db)

    found = corrections.listed(sqlite_db, by=supervisor)

    assert [report.by_login for report in found.reports] == ["PA2345"]
    (moved,) = [receipt.reversal for receipt in found.last if receipt.reversal and receipt.reversal.reentered]
    assert moved.reason is ReversalReason.WRONG_CUSTOMER
    (returned,) = [receipt for receipt in found.last if receipt.reversal and receipt.reversal.note.startswith("Sans")]
    mark = cash_only.last_mark(sqlite_db, returned.customer.number, by=supervisor)
    assert mark is not None
    assert mark.receipt_number == returned.number


def test_a_batch_went_out_and_the_file_that_came_back_has_it_but_for_a_receipt(sqlite_db: Database) -> None:
    supervisor = fill(sqlite_db)

    (batch,) = exports.batches(sqlite_db, by=supervisor)
    newest, *_older = exchanges.history(sqlite_db, by=supervisor)
    waiting = exports.waiting(sqlite_db, by=supervisor, at=AFTERNOON)

    assert batch.payment_count > 100
    assert batch.deposit_count
    assert (newest.kind, newest.through_batch) == (FileKind.OPEN_ITEMS, batch.number)
    assert waiting.payment_count > 10, "those of today"
    assert waiting.since is not None
    assert waiting.since > batch.cut_at
    with sqlite_db.read() as connection:
        refused = connection.execute(select(tables.snapshot_exception.c.posting_id)).scalar_one()
        undone = tables.posting.c.reverses_id == refused
        assert connection.execute(select(func.count()).where(undone)).scalar_one() == 0, "a payment that stands"
        assert connection.execute(select(func.count()).select_from(tables.snapshot_change)).scalar_one() > 100


def test_its_ledger_is_sound_and_the_same_each_time(sqlite_db: Database, postgres_db: Database) -> None:
    fill(sqlite_db)
    fill(postgres_db)

    assert verification.verify(sqlite_db, by=console_operator("x")).problems == ()
    assert verification.verify(postgres_db, by=console_operator("x")).problems == ()
    assert head(sqlite_db) == head(postgres_db)


def test_a_day_in_progress_is_there_however_early_it_is(sqlite_db: Database) -> None:
    supervisor = fill(sqlite_db, EARLY)

    taken = payments.of_day(sqlite_db, (EARLY - timedelta(hours=5)).date(), by=supervisor).payments

    assert taken
    assert all(payment.at <= EARLY for payment in taken)


def test_one_that_was_interrupted_is_not_taken_for_a_whole_one(sqlite_db: Database) -> None:
    with sqlite_db.write() as connection:
        marks.put(connection, marks.DEMONSTRATION, "unfinished")

    with pytest.raises(DemonstrationUnfinished):
        demo.fill(sqlite_db, at=AFTERNOON, timezone="America/Toronto")
