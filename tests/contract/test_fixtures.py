"""The ground that the other tests stand on: fresh databases, and a world in which a payment can be taken."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from partnernet.domain.money import parse_amount
from partnernet.storage import tables
from partnernet.storage.database import Database
from tests.support.world import World


def count_customers(db: Database) -> int:
    with db.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.customer)).scalar_one()


def test_a_world_begins_without_customers_whatever_the_test_before_left(world: World) -> None:
    before = count_customers(world.db)

    world.customer("100245")

    assert before == 0
    assert count_customers(world.db) == 1


def test_the_same_again_on_a_database_of_its_own(world: World) -> None:
    assert count_customers(world.db) == 0


def test_each_kind_of_database_is_really_that_kind(sqlite_db: Database, postgres_db: Database) -> None:
    assert sqlite_db.dialect == "sqlite"
    assert postgres_db.dialect == "postgresql"


def test_documents_are_stored_as_they_were_written(world: World) -> None:
    customer = world.customer(
        "100245",
        due=[("FA-1", "412,37", date(2026, 9, 14))],
        credit_notes=[("NC-1", "50,00", date(2026, 10, 1))],
    )

    with world.db.read() as connection:
        rows = connection.execute(select(tables.open_item).order_by(tables.open_item.c.id)).all()

    assert [(row.customer_id, row.kind, row.document_number) for row in rows] == [
        (customer.id, "invoice", "FA-1"),
        (customer.id, "credit_note", "NC-1"),
    ]
    assert rows[0].open_amount_cents == parse_amount("412,37").cents
    assert rows[0].due_date == date(2026, 9, 14)
