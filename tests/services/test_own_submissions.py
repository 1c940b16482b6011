"""An agent's own submissions: what a frozen count would hand over, what was submitted, what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnernet.domain.counts import FrozenCount
from partnernet.domain.money import ZERO
from partnernet.domain.pieces import pieces
from partnernet.domain.reconciliations import (
    ChangeNeeded,
    ChequesMissing,
    DifferenceReason,
    ReconciliationState,
    TillMoved,
)
from partnernet.domain.submissions import ReadyCount, Submission, submission_key, to_recount
from partnernet.domain.till import FloatRequest
from partnernet.services import counts, payments, submissions, till
from tests.support.counting import approve, count, deposit, send_back, submit
from tests.support.requests import a_cheque, money, new_key, paying
from tests.support.world import World


@pytest.fixture
def open_till(world: World) -> World:
    """A float of 200.00, 125.05 and 60.00 in cash, and a cheque of 412.37."""
    till.receive_float(world.db, FloatRequest(new_key(), money("200.00")), by=world.agent, at=world.later(minutes=1))
    for number, amount, cheque in (
        ("100001", "125.05", None),
        ("100002", "60.00", None),
        ("100003", "412.37", a_cheque("000412")),
    ):
        customer = world.customer(number, due=[(f"F-{number}", amount, world.today)])
        payments.record(world.db, paying(world, customer, cheque=cheque), by=world.agent, at=world.later(minutes=7))
    return world


def _prepared(world: World) -> ReadyCount:
    ready = submissions.prepared(world.db, by=world.agent, at=world.now)
    assert ready is not None
    return ready


def _own(world: World) -> tuple[Submission, ...]:
    return submissions.own(world.db, by=world.agent)


def _whole_till(world: World) -> FrozenCount:
    return count(world, {"100": 3, "50": 1, "20": 1, "10": 1, "5": 1, "0.05": 1})


def test_a_frozen_count_says_what_would_go_into_the_bag(open_till: World) -> None:
    _whole_till(open_till)

    ready = _prepared(open_till)

    assert ready.obstacle is None
    assert ready.cash == money("185.05"), "collections in full; the float stays"
    assert ready.pieces == pieces({10000: 1, 5000: 1, 2000: 1, 1000: 1, 500: 1, 5: 1})
    assert [cheque.number for cheque in ready.cheques] == ["000412"]
    assert ready.post_dated == ()


def test_nothing_is_ready_before_a_count_is_frozen(open_till: World) -> None:
    assert submissions.prepared(open_till.db, by=open_till.agent, at=open_till.now) is None

    counts.start(open_till.db, by=open_till.agent, at=open_till.later(minutes=1))

    assert submissions.prepared(open_till.db, by=open_till.agent, at=open_till.now) is None
    assert submissions.prepared(open_till.db, by=open_till.other_agent, at=open_till.now) is None


def test_what_stands_in_the_way_is_known_before_submitting(open_till: World) -> None:
    count(open_till, {"100": 3, "50": 1, "20": 1, "10": 1, "5": 1, "0.05": 1}, untick=1)
    assert isinstance(_prepared(open_till).obstacle, ChequesMissing)

    count(open_till, {"100": 3, "50": 1, "20": 1, "10": 1, "5": 1})
    obstacle = _prepared(open_till).obstacle

    assert isinstance(obstacle, ChangeNeeded)
    assert obstacle.wanted == money("185.05")
    assert [earlier.number for earlier in _prepared(open_till).earlier] == [1]


def test_a_bag_sent_back_into_a_frozen_till_asks_for_another_count(open_till: World) -> None:
    first = submit(open_till, _whole_till(open_till))
    count(open_till, {"100": 2})
    assert _prepared(open_till).obstacle is None

    send_back(open_till, first)

    assert isinstance(_prepared(open_till).obstacle, TillMoved)


def test_a_post_dated_cheque_is_counted_and_stays(open_till: World) -> None:
    customer = open_till.customer("100009", due=[("F-9", "50.00", open_till.today)])
    cheque = a_cheque("000999", dated=open_till.today)
    payments.record(open_till.db, paying(open_till, customer, cheque=cheque), by=open_till.agent, at=open_till.now)
    _whole_till(open_till)
    yesterday = open_till.now - timedelta(days=1)

    ready = submissions.prepared(open_till.db, by=open_till.agent, at=yesterday)

    assert ready is not None
    assert {cheque.number for cheque in ready.post_dated} == {"000412", "000999"}
    assert ready.cheques == ()


def test_a_submission_is_found_by_its_key_by_whoever_made_it(open_till: World) -> None:
    counted = _whole_till(open_till)
    key = submission_key(counted.id)
    submitted = submit(open_till, counted, key=key)

    found = submissions.by_key(open_till.db, key, by=open_till.agent, at=open_till.now)

    assert found == submitted
    assert submissions.by_key(open_till.db, key, by=open_till.other_agent, at=open_till.now) is None
    assert submissions.by_key(open_till.db, new_key(), by=open_till.agent, at=open_till.now) is None


def test_one_s_own_list_says_where_each_submission_stands(open_till: World) -> None:
    first = submit(open_till, _whole_till(open_till))
    assert [(line.number, line.state) for line in _own(open_till)] == [(1, ReconciliationState.SUBMITTED)]

    approve(open_till, first)
    second = submit(open_till, count(open_till, {"100": 1}), reason=DifferenceReason.UNKNOWN, note="manque un billet")
    send_back(open_till, second)
    deposit(open_till)

    newest, oldest = _own(open_till)
    assert (oldest.state, oldest.total, oldest.difference) == (
        ReconciliationState.DEPOSITED,
        money("597.42"),
        ZERO,
    )
    assert (newest.state, newest.total, newest.difference) == (ReconciliationState.RETURNED, ZERO, money("-100.00"))
    assert newest.decided_by == open_till.supervisor.name
    assert newest.decision_note
    assert submissions.own(open_till.db, by=open_till.other_agent) == (), "another's list is another's"


def test_a_submission_sent_back_is_asked_for_until_it_is_counted_again(open_till: World) -> None:
    sent_back = send_back(open_till, submit(open_till, _whole_till(open_till)))
    assert [line.id for line in to_recount(_own(open_till))] == [sent_back.id]

    counted = _whole_till(open_till)
    assert to_recount(_own(open_till), since=counted.frozen_at) == ()

    submit(open_till, counted)
    assert to_recount(_own(open_till)) == ()
