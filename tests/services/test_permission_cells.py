"""Every service, every role, every branch: each cell answers as listed, and a service that is not listed fails."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from partnernet import services
from partnernet.domain.agents import Agent, NoBranch
from partnernet.domain.permissions import ALLOWED, Permission, Role
from partnernet.domain.receipts import Receipt, ReceiptNotFound
from partnernet.domain.refusals import NotPermitted, Refusal
from partnernet.domain.till import FloatRequest
from partnernet.services import payments, reversals, till, verification
from partnernet.storage import schema, tables
from tests.support.requests import money, new_key, paying, reversing
from tests.support.world import World

# What each service asks of whoever calls it, on its first line.
ASKS = {
    "backups.back_up": Permission.KEEP_DATABASE,
    "backups.postings_lost": Permission.KEEP_DATABASE,
    "backups.restore": Permission.KEEP_DATABASE,
    "branch_settings.change": Permission.CHANGE_SETTINGS,
    "branch_settings.visible": Permission.VIEW_SETTINGS,
    "approvals.examined": Permission.VIEW_RECONCILIATIONS,
    "approvals.listed": Permission.VIEW_RECONCILIATIONS,
    "branches.add": Permission.MANAGE_BRANCHES,
    "branches.readable": Permission.VIEW_RECONCILIATIONS,
    "counts.current": Permission.KEEP_TILL,
    "counts.drop": Permission.KEEP_TILL,
    "counts.freeze": Permission.KEEP_TILL,
    "counts.others": Permission.COUNT_FOR_ABSENT,
    "counts.save": Permission.KEEP_TILL,
    "counts.start": Permission.KEEP_TILL,
    "counts.start_for_absent": Permission.COUNT_FOR_ABSENT,
    "cash_only.last_mark": Permission.FIND_CUSTOMER,
    "cash_only.lift": Permission.REVERSE_PAYMENT,
    "corrections.examined": Permission.VIEW_CORRECTIONS,
    "corrections.listed": Permission.VIEW_CORRECTIONS,
    "corrections.of_receipt": Permission.VIEW_CORRECTIONS,
    "corrections.printed": Permission.VIEW_CORRECTIONS,
    "customers.account": Permission.FIND_CUSTOMER,
    "customers.by_number": Permission.FIND_CUSTOMER,
    "customers.search": Permission.FIND_CUSTOMER,
    "deposit_slips.count_copy": Permission.VIEW_DEPOSITS,
    "deposit_slips.one": Permission.VIEW_DEPOSITS,
    "deposits.listed": Permission.VIEW_DEPOSITS,
    "deposits.make": Permission.MAKE_DEPOSIT,
    "deposits.overview": Permission.VIEW_DEPOSITS,
    "deposits.one": Permission.VIEW_DEPOSITS,
    "deposits.settle": Permission.MAKE_DEPOSIT,
    "deposits.waiting": Permission.VIEW_DEPOSITS,
    "drops.basis": Permission.KEEP_TILL,
    "drops.by_key": Permission.KEEP_TILL,
    "drops.make": Permission.KEEP_TILL,
    "drops.receive": Permission.DECIDE_RECONCILIATION,
    "drops.waiting": Permission.VIEW_RECONCILIATIONS,
    "error_reports.by_key": Permission.TAKE_PAYMENT,
    "error_reports.dismiss": Permission.REVERSE_PAYMENT,
    "error_reports.of_day": Permission.VIEW_PAYMENTS,
    "error_reports.of_payment": Permission.VIEW_PAYMENTS,
    "error_reports.open_reports": Permission.VIEW_CORRECTIONS,
    "error_reports.report": Permission.TAKE_PAYMENT,
    "exchanges.by_key": Permission.VIEW_EXCHANGES,
    "exchanges.history": Permission.VIEW_EXCHANGES,
    "exchanges.import_customers": Permission.EXCHANGE_FILES,
    "exchanges.import_open_items": Permission.EXCHANGE_FILES,
    "exchanges.last_import": Permission.VIEW_EXCHANGES,
    "previews.preview_customers": Permission.EXCHANGE_FILES,
    "previews.preview_open_items": Permission.EXCHANGE_FILES,
    "exports.batches": Permission.VIEW_EXCHANGES,
    "exports.by_key": Permission.VIEW_EXCHANGES,
    "exports.cut": Permission.EXCHANGE_FILES,
    "exports.file": Permission.VIEW_EXCHANGES,
    "exports.last": Permission.VIEW_EXCHANGES,
    "exports.produce_again": Permission.EXCHANGE_FILES,
    "exports.waiting": Permission.VIEW_EXCHANGES,
    "handovers.accept": Permission.KEEP_TILL,
    "handovers.decline": Permission.KEEP_TILL,
    "handovers.offer": Permission.KEEP_TILL,
    "handovers.till_keepers": Permission.KEEP_TILL,
    "handovers.waiting": Permission.KEEP_TILL,
    "handovers.withdraw": Permission.KEEP_TILL,
    "payments.by_key": Permission.TAKE_PAYMENT,
    "payments.copies_printed": Permission.VIEW_PAYMENTS,
    "payments.count_copy": Permission.VIEW_PAYMENTS,
    "payments.of_day": Permission.VIEW_PAYMENTS,
    "payments.receipt": Permission.VIEW_PAYMENTS,
    "payments.record": Permission.TAKE_PAYMENT,
    "reviews.review": Permission.REVIEW_ALONE,
    "reviews.to_review": Permission.VIEW_RECONCILIATIONS,
    "replenishments.ask": Permission.KEEP_TILL,
    "replenishments.grant": Permission.GRANT_REPLENISHMENT,
    "replenishments.listed": Permission.KEEP_TILL,
    "replenishments.refuse": Permission.GRANT_REPLENISHMENT,
    "replenishments.withdraw": Permission.KEEP_TILL,
    "reversals.by_key": Permission.REVERSE_PAYMENT,
    "reversals.preview": Permission.REVERSE_PAYMENT,
    "reversals.reverse": Permission.REVERSE_PAYMENT,
    "payments.unfinished_cheque": Permission.TAKE_PAYMENT,
    "payments.unfinished_cheques": Permission.TAKE_PAYMENT,
    "petty_cash.by_key": Permission.KEEP_TILL,
    "petty_cash.of_agent": Permission.KEEP_TILL,
    "petty_cash.pay_voucher": Permission.KEEP_TILL,
    "petty_cash.reverse_voucher": Permission.KEEP_TILL,
    "reconciliations.approve": Permission.DECIDE_RECONCILIATION,
    "reconciliations.decided": Permission.VIEW_RECONCILIATIONS,
    "reconciliations.pending": Permission.VIEW_RECONCILIATIONS,
    "reconciliations.send_back": Permission.DECIDE_RECONCILIATION,
    "reconciliations.submit": Permission.KEEP_TILL,
    "sessions.end": Permission.MANAGE_OWN_ACCOUNT,
    "sessions.own": Permission.MANAGE_OWN_ACCOUNT,
    "sessions.prove_again": Permission.MANAGE_OWN_ACCOUNT,
    "statements.account_today": Permission.FIND_CUSTOMER,
    "statements.printed": Permission.FIND_CUSTOMER,
    "statements.statement": Permission.FIND_CUSTOMER,
    "submissions.by_key": Permission.KEEP_TILL,
    "submissions.own": Permission.KEEP_TILL,
    "submissions.prepared": Permission.KEEP_TILL,
    "till.day_of": Permission.KEEP_TILL,
    "till.position": Permission.KEEP_TILL,
    "till.receive_float": Permission.KEEP_TILL,
    "till_reports.count_copy": Permission.VIEW_TILL_REPORTS,
    "till_reports.current": Permission.KEEP_TILL,
    "till_reports.current_printed": Permission.KEEP_TILL,
    "till_reports.of_submission": Permission.VIEW_TILL_REPORTS,
    "users.add": Permission.MANAGE_USERS,
    "users.reset": Permission.MANAGE_USERS,
    "users.set_language": Permission.MANAGE_OWN_ACCOUNT,
    "users.set_password": Permission.MANAGE_OWN_ACCOUNT,
    "verification.verify": Permission.VERIFY_LEDGER,
}
# Nobody is signed in yet, or the caller has been asked already.
ASKS_NOTHING = {
    "audit.record": "inside the transaction of a service that has asked",
    "audit.refused": "after a service has asked and refused",
    "credentials.prove": "proves who it is",
    "exchanges.refuse_stamp": "inside the reading of a service that has asked",
    "file_reading.refused_postings": "inside the reading of a service that has asked",
    "file_reading.stage_open_items": "inside the reading of a service that has asked",
    "reentries.account_to_credit": "inside the transaction of a service that has asked",
    "reentries.enter_again": "inside the transaction of a service that has asked",
    "sessions.agent_of": "says who it is",
    "sessions.end_all": "inside the transaction of a service that has asked",
    "sessions.find": "says who it is",
    "sessions.sign_in": "proves who it is",
    "sessions.sign_out": "whoever holds the token may give it up",
    "users.none_yet": "asked before anybody exists",
}


def public_services() -> dict[str, Callable[..., Any]]:
    """Every public function of the services that is handed the database or a connection to it."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.walk_packages(services.__path__, "partnernet.services."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == module.name and not name.startswith("_") and first in ("db", "connection"):
                found[f"{module.name.removeprefix('partnernet.services.')}.{name}"] = function
    return found


SERVICES = public_services()


def test_every_service_is_listed_and_every_listed_service_exists() -> None:
    assert set(SERVICES) == set(ASKS) | set(ASKS_NOTHING)
    assert not set(ASKS) & set(ASKS_NOTHING)


@pytest.fixture(scope="module")
def sandbox(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all cells of this module: a call that is refused writes nothing into it."""
    path = tmp_path_factory.mktemp("cells") / "partnernet.db"
    shutil.copyfile(sqlite_template, path)
    database = schema.open_database(f"sqlite:///{path}")
    yield World(database)
    database.dispose()


def rows_written(world: World) -> int:
    with world.db.read() as connection:
        return sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.metadata.sorted_tables
        )


@pytest.mark.parametrize(("name", "role"), list(product(ASKS, Role)))
def test_each_role_gets_past_the_first_line_or_does_not(sandbox: World, name: str, role: Role) -> None:
    person = Agent(1, "PA1234", "Marie Tremblay", role, sandbox.branch, "fr")
    signature = inspect.signature(SERVICES[name])
    nothing = {
        parameter.name: None
        for parameter in list(signature.parameters.values())[1:]
        if parameter.default is inspect.Parameter.empty
    }
    before = rows_written(sandbox)

    refused: BaseException | None = None
    try:
        SERVICES[name](sandbox.db, **{**nothing, "by": person})
    except Exception as error:  # noqa: BLE001 - with nothing to work on, whatever comes after the first line is fine
        refused = error

    assert isinstance(refused, NotPermitted) is (role not in ALLOWED[ASKS[name]])
    if isinstance(refused, NotPermitted):
        assert refused.permission == ASKS[name]
        assert rows_written(sandbox) == before


# --- whose branch ---------------------------------------------------------------------------------------------------

OWN, OTHER, NONE = "own", "other", "none"


@pytest.fixture
def paid(world: World) -> Receipt:
    customer = world.customer("100001", due=[("F-1", "60.00", date(2026, 10, 15))])
    return payments.record(world.db, paying(world, customer, "20.00"), by=world.agent, at=world.now)


CALLS: dict[str, Callable[[World, Receipt, Agent], object]] = {
    "payments.record": lambda w, r, by: payments.record(
        w.db, paying(w, r.customer, "5.00"), by=by, at=w.now
    ).branch == by.branch,
    "payments.by_key": lambda w, r, by: payments.by_key(w.db, r.key, by=by),
    "payments.receipt": lambda w, r, by: payments.receipt(w.db, r.number, by=by),
    "payments.count_copy": lambda w, r, by: payments.count_copy(w.db, r.number, by=by, at=w.now),
    "payments.copies_printed": lambda w, r, by: payments.copies_printed(w.db, r.number, by=by) == 0,
    "payments.of_day": lambda w, _, by: payments.of_day(w.db, w.today, by=by).payments,
    "reversals.by_key": lambda w, _, by: reversals.by_key(w.db, new_key(), by=by) is None,
    "reversals.preview": lambda w, r, by: reversals.preview(w.db, reversing(r.number), by=by, at=w.now),
    "reversals.reverse": lambda w, r, by: reversals.reverse(
        w.db, reversing(r.number), by=by, at=w.now, proved_at=w.now
    ),
    "payments.unfinished_cheque": lambda w, _, by: payments.unfinished_cheque(w.db, 1, by=by) is None,
    "payments.unfinished_cheques": lambda w, _, by: payments.unfinished_cheques(w.db, by=by) == (),
    "till.position": lambda w, _, by: till.position(w.db, by=by),
    "till.day_of": lambda w, _, by: till.day_of(w.db, by=by, at=w.now).day.payments,
    "till.receive_float": lambda w, _, by: till.receive_float(
        w.db, FloatRequest(new_key(), money("5.00")), by=by, at=w.now
    ),
}  # fmt: skip
# True: it answers; False: it answers with nothing of the other branch; a class: it refuses.
ANSWERS: dict[str, tuple[bool | type[Refusal], bool | type[Refusal], bool | type[Refusal]]] = {
    "payments.record": (True, True, NoBranch),
    "payments.by_key": (True, False, NoBranch),
    "payments.receipt": (True, ReceiptNotFound, NoBranch),
    "payments.count_copy": (True, ReceiptNotFound, NoBranch),
    "payments.copies_printed": (True, ReceiptNotFound, NoBranch),
    "payments.of_day": (True, False, NoBranch),
    "reversals.by_key": (True, True, NoBranch),
    "reversals.preview": (True, ReceiptNotFound, NoBranch),
    "reversals.reverse": (True, ReceiptNotFound, NoBranch),
    "payments.unfinished_cheque": (True, True, NoBranch),
    "payments.unfinished_cheques": (True, True, NoBranch),
    "till.position": (True, True, NoBranch),
    "till.day_of": (True, False, NoBranch),
    "till.receive_float": (True, True, NoBranch),
}


def test_every_service_of_a_branch_is_tried_in_each_branch() -> None:
    of_a_branch = {name for name in ASKS if name.startswith(("payments.", "reversals.", "till."))}

    assert set(CALLS) == set(ANSWERS) == of_a_branch


@pytest.mark.parametrize("whose", [OWN, OTHER, NONE])
@pytest.mark.parametrize("name", list(CALLS))
def test_each_branch_answers_as_listed(world: World, paid: Receipt, name: str, whose: str) -> None:
    branch = {OWN: world.branch, OTHER: world.new_branch("QUE", "Québec"), NONE: None}[whose]
    person = replace(world.supervisor, branch=branch)
    expected = ANSWERS[name][(OWN, OTHER, NONE).index(whose)]

    if isinstance(expected, bool):
        assert bool(CALLS[name](world, paid, person)) is expected
    else:
        with pytest.raises(expected):
            CALLS[name](world, paid, person)


def test_the_ledger_is_verified_whole_by_whoever_may_whatever_their_branch(world: World, paid: Receipt) -> None:
    auditor = world.person("AU1", "Jeanne Roy", Role.AUDITOR)

    found = verification.verify(world.db, by=auditor)

    assert (found.problems, found.postings) == ((), 1)
    assert paid.number == "MTL-000001"
