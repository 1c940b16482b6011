"""A branch, its people, and customers on demand: the smallest world in which a payment can be taken.

Rows are inserted as they are stored, so that the test of one service does not rest on another. Money is written as
people write it, and the time is the world's own: `world.now` moves only when a test says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Table

from partnernet.domain.agents import Agent, Branch
from partnernet.domain.customers import Customer, Terms
from partnernet.domain.money import Money, parse_amount
from partnernet.domain.permissions import Role
from partnernet.domain.phones import phone_key
from partnernet.domain.postal_codes import postal_key
from partnernet.domain.search_text import search_key
from partnernet.storage import tables
from partnernet.storage.chain import GENESIS
from partnernet.storage.database import Database

AFTERNOON = datetime(2026, 11, 24, 19, 5, tzinfo=UTC)  # a Tuesday, 14:05 in Montréal

Document = tuple[str, str, date]  # number, amount, due date


class World:
    """Branch MTL with Marie Tremblay (PA1234), Luc Gagnon (PA2345) and their supervisor; no customer yet."""

    def __init__(self, db: Database, now: datetime = AFTERNOON) -> None:
        self.db = db
        self.now = now
        self.branch = self.new_branch("MTL", "Montréal")
        self.agent = self.person("PA1234", "Marie Tremblay", Role.AGENT, self.branch)
        self.other_agent = self.person("PA2345", "Luc Gagnon", Role.AGENT, self.branch)
        self.supervisor = self.person("SU1000", "Anne Lavoie", Role.SUPERVISOR, self.branch)
        self._snapshot_id: int | None = None

    @property
    def today(self) -> date:
        """The branch's business date."""
        return self.branch.business_date(self.now)

    def later(self, **duration: float) -> datetime:
        """Let time pass, as `later(minutes=5)`, and return the new moment."""
        self.now += timedelta(**duration)
        return self.now

    def new_branch(self, code: str, name: str, timezone: str = "America/Toronto") -> Branch:
        """A branch with a float of 200.00 that has not yet posted anything."""
        branch = Branch(0, code, name, timezone, parse_amount("200.00"))
        row = self._insert(
            tables.branch,
            code=code,
            name=name,
            timezone=timezone,
            float_authorised_cents=branch.float_authorised.cents,
        )
        self._insert(
            tables.branch_head, branch_id=row, last_sequence=0, last_receipt=0, last_hash=GENESIS, last_at=None
        )
        return replace(branch, id=row)

    def person(self, login: str, name: str, role: Role, branch: Branch | None = None) -> Agent:
        """An active user without a password."""
        row = self._insert(
            tables.app_user,
            login=login,
            name=name,
            role=role,
            branch_id=branch.id if branch else None,
            language="fr",
            active=True,
            failed_count=0,
            created_at=self.now,
        )
        return Agent(row, login, name, role, branch, "fr")

    def customer(
        self,
        number: str,
        name: str = "Locations Richard",
        *,
        due: Iterable[Document] = (),
        credit_notes: Iterable[Document] = (),
        terms: Terms = Terms.OPEN,
        city: str = "Montréal",
        postal_code: str = "H2X 1Y4",
        phone: str = "+15142859286",
    ) -> Customer:
        """A customer with open invoices (`due`) and credit notes."""
        who = Customer(0, number, name, "1200, rue Ontario", "", city, "QC", postal_code, phone, "", "fr", terms)
        row = self._insert(tables.customer, **_stored(who))
        for kind, documents in (("invoice", due), ("credit_note", credit_notes)):
            for document_number, amount, due_date in documents:
                self._open_item(row, kind, document_number, parse_amount(amount), due_date)
        return replace(who, id=row)

    def _open_item(self, customer_id: int, kind: str, number: str, amount: Money, due_date: date) -> None:
        self._insert(
            tables.open_item,
            snapshot_id=self._snapshot(),
            customer_id=customer_id,
            document_number=number,
            kind=kind,
            document_date=due_date - timedelta(days=30),
            due_date=due_date,
            amount_cents=amount.cents,
            open_amount_cents=amount.cents,
        )

    def _snapshot(self) -> int:
        """The import of this morning that every document of the world came with."""
        if self._snapshot_id is None:
            self._snapshot_id = self._insert(
                tables.snapshot,
                as_of=self.now - timedelta(hours=12),
                through_batch=0,
                imported_at=self.now - timedelta(hours=6),
                imported_by="console",
                file_hash="0" * 64,
                item_count=0,
            )
        return self._snapshot_id

    def _insert(self, table: Table, **values: object) -> int:
        with self.db.write() as connection:
            key = connection.execute(table.insert().values(**values)).inserted_primary_key
        return int(key[0]) if key else 0


def _stored(who: Customer) -> dict[str, object]:
    """The customer's row, with the keys that the search reads."""
    return {
        "number": who.number,
        "name": who.name,
        "address_line1": who.address_line1,
        "address_line2": who.address_line2,
        "city": who.city,
        "province": who.province,
        "postal_code": who.postal_code,
        "phone": who.phone,
        "phone_extension": who.phone_extension,
        "language": who.language,
        "terms": who.terms,
        "name_key": search_key(who.name),
        "city_key": search_key(who.city),
        "postal_key": postal_key(who.postal_code),
        "phone_key": phone_key(who.phone),
    }
