"""Who did what and when: one row for each act, for refused reversals too, without personal data, never for nothing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from partnernet.domain.agents import console_operator
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.refusals import Refusal
from partnernet.domain.till import FloatRequest
from partnernet.services import audit, payments, reversals, till
from partnernet.storage import tables
from tests.support.requests import a_cheque, money, new_key, paying, reversing
from tests.support.world import World

DUE = date(2026, 10, 15)


def log(world: World) -> list[tuple[Any, ...]]:
    event = tables.audit_event.c
    with world.db.read() as connection:
        rows = connection.execute(select(tables.audit_event).order_by(event.id)).all()
    return [(row.action, row.subject, row.outcome, row.actor, row.branch_id, json.loads(row.detail)) for row in rows]


def test_each_act_leaves_one_row_with_its_figures(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "60.00", DUE)])
    till.receive_float(world.db, FloatRequest(new_key(), money("200.00")), by=world.agent, at=world.now)
    request = paying(world, customer)
    receipt = payments.record(world.db, request, by=world.agent, at=world.now)
    payments.record(world.db, request, by=world.agent, at=world.now)
    payments.count_copy(world.db, receipt.number, by=world.agent, at=world.now)
    reversals.reverse(world.db, reversing(receipt.number), by=world.supervisor, at=world.now, proved_at=world.now)

    branch = world.branch.id
    assert log(world) == [
        ("float.received", "PA1234", "done", "PA1234", branch, {"amount_cents": 200_00}),
        ("payment.recorded", "MTL-000001", "done", "PA1234", branch, {"amount_cents": 60_00}),
        ("receipt.printed", "MTL-000001", "done", "PA1234", branch, {"copy": 1}),
        ("payment.reversed", "MTL-000001", "done", "SU1000", branch, {"reason": "wrong_amount"}),
    ]


def test_a_refused_reversal_is_kept_with_its_reason(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "60.00", DUE)])
    own = payments.record(world.db, paying(world, customer, "20.00"), by=world.supervisor, at=world.now)
    theirs = payments.record(world.db, paying(world, customer, "10.00"), by=world.agent, at=world.now)
    reversals.reverse(world.db, reversing(theirs.number), by=world.supervisor, at=world.now, proved_at=world.now)

    for number in (own.number, theirs.number):
        with pytest.raises(Refusal):
            reversals.reverse(
                world.db, reversing(number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
            )

    refused = [row for row in log(world) if row[2] == "refused"]
    assert refused == [
        ("payment.reversed", own.number, "refused", "SU1000", world.branch.id, {"why": "OwnEntry"}),
        ("payment.reversed", theirs.number, "refused", "SU1000", world.branch.id, {"why": "AlreadyReversed"}),
    ]


def test_a_payment_that_was_not_saved_leaves_no_row(world: World) -> None:
    customer = world.customer("100001", due=[("F-1", "60.00", DUE)])

    with pytest.raises(ConfirmationNeeded):
        payments.record(world.db, paying(world, customer, "100.00"), by=world.agent, at=world.now)

    assert log(world) == []


def test_the_log_holds_no_name_address_or_bank_account(world: World) -> None:
    customer = world.customer("100001", "Zéphirine Ouellet", due=[("F-1", "60.00", DUE)])
    cheque = a_cheque("000777", drawer="Zénon Ouellet")
    receipt = payments.record(world.db, paying(world, customer, cheque=cheque), by=world.agent, at=world.now)
    reversals.reverse(
        world.db, reversing(receipt.number, note="Zoé dit"), by=world.supervisor, at=world.now, proved_at=world.now
    )

    written = json.dumps(log(world), ensure_ascii=False)

    for personal in (customer.name, customer.address_line1, cheque.account, cheque.drawer, "000777", "Zoé", "Marie"):
        assert personal not in written


def test_the_console_operator_is_named_without_being_a_user(world: World) -> None:
    audit.refused(world.db, "ledger.verified", "MTL", by=console_operator("root"), at=world.now)

    with world.db.read() as connection:
        row = connection.execute(select(tables.audit_event)).one()
    assert (row.actor, row.user_id, row.branch_id, row.outcome) == ("root", None, None, "refused")
