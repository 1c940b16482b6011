"""Books with one of everything that is exchanged or corrected, beside those of `tests.support.books`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from partnernet.domain.corrections import as_entered
from partnernet.domain.error_reports import ErrorReason, ErrorReportRequest
from partnernet.domain.money import Money
from partnernet.domain.reversals import ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.services import error_reports, payments, reversals
from tests.support.batches import cut
from tests.support.importing import ITEMS, documents, import_items, item, write
from tests.support.requests import a_cheque, new_key, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)


def keep_exchanges(world: World) -> None:
    """A reported error, a payment entered again, an account kept to cash; a batch with its files, a snapshot with an
    exception and a change."""
    customer, neighbour = (
        world.customer(number, due=[(f"L-{number}", "15.00", DUE)]) for number in ("100005", "100006")
    )
    wrong = payments.record(world.db, paying(world, customer, "15.00"), by=world.agent, at=world.later(minutes=1))
    report = ErrorReportRequest(new_key(), wrong.number, ErrorReason.WRONG_CUSTOMER, "le voisin")
    error_reports.report(world.db, report, by=world.agent, at=world.later(minutes=1))
    right = replace(as_entered(wrong), customer_number=neighbour.number)
    _reverse(world, reversing(wrong.number, reason=ReversalReason.WRONG_CUSTOMER, reentry=right))
    unpaid = paying(world, customer, "15.00", cheque=a_cheque("000415"))
    bounced = payments.record(world.db, unpaid, by=world.agent, at=world.later(minutes=1))
    bank = WhereIsTheMoney.RETURNED_BY_BANK
    _reverse(world, reversing(bounced.number, reason=ReversalReason.RETURNED_CHEQUE, where=bank, cash_only=True))
    cut(world)
    _import(world, refused=wrong.number)


def _reverse(world: World, request: ReversalRequest) -> None:
    reversals.reverse(world.db, request, by=world.supervisor, at=world.later(minutes=1), proved_at=world.now)


def _import(world: World, refused: str) -> None:
    """A snapshot in which one document more is open, and which includes the batch but for a receipt."""
    lines = [
        item(number, document, str(Money(cents))) for (number, document), (cents, _) in documents(world.db).items()
    ]
    with TemporaryDirectory() as folder:
        path = write(Path(folder, "open_items.csv"), ITEMS, [*lines, item("100001", "M-1", "1.00")])
        not_posted = write(Path(folder, "not_posted.csv"), "reference", [refused])
        world.later(minutes=1)
        import_items(world, path, through=1, not_posted=not_posted)
