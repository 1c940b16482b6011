"""Several browsers and people at one till at the same moment: each act happens once, and nothing falls in between."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest
from sqlalchemy import func, select

from partnernet.domain.counts import CountDraft, FrozenCount, NoCount
from partnernet.domain.deposits import BagTaken, Deposit, DepositSettled
from partnernet.domain.money import ZERO, Money
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import (
    Voucher,
    VoucherBeyondFloat,
    VoucherCategory,
    VoucherNotFound,
    VoucherRequest,
)
from partnernet.domain.receipts import Receipt
from partnernet.domain.reconciliations import NotPending, Reconciliation, ReconciliationState
from partnernet.domain.replenishments import NothingToReplenish, Replenishment, ReplenishmentSettled
from partnernet.services import counts, deposits, petty_cash, replenishments
from partnernet.storage import tables
from tests.support.at_once import at_once
from tests.support.counting import (
    acts_in_journal,
    approve,
    assert_holds,
    assert_verified,
    count,
    make_slip,
    owed_by_branch,
    postings,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
    typed,
    waiting_bags,
)
from tests.support.requests import holding, money, new_key
from tests.support.world import World

ROUNDS = range(5)  # two acts do not always meet


def start(world: World) -> CountDraft:
    return counts.start(world.db, by=world.agent, at=world.later(minutes=1))


def freeze(world: World, draft: CountDraft, pieces: dict[str, int]) -> FrozenCount:
    ticked = frozenset(cheque.id for cheque in draft.cheques)
    return counts.freeze(world.db, draft.id, typed(pieces), {}, ticked, by=world.agent, at=world.now)


def rows(world: World, table: str) -> int:
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(getattr(tables, table))).scalar_one()


def refused(answers: Sequence[object]) -> list[type]:
    return [type(answer) for answer in answers if isinstance(answer, Exception)]


# --- one count ------------------------------------------------------------------------------------------------------


def test_a_count_begun_twice_at_once_is_one_count(world: World) -> None:
    take_cash(world, "60.00")

    drafts = at_once(*[partial(counts.start, world.db, by=world.agent, at=world.now)] * 2)

    assert all(isinstance(draft, CountDraft) for draft in drafts)
    assert drafts[0] == drafts[1]
    assert rows(world, "till_count") == 1


def test_a_count_frozen_twice_at_once_is_frozen_once(world: World) -> None:
    take_cash(world, "60.00")
    take_cheque(world, "40.00")
    draft = start(world)

    answers = at_once(*[partial(freeze, world, draft, {"20": quantity}) for quantity in (3, 2)])

    assert isinstance(answers[0], FrozenCount)
    assert answers[0] == answers[1], "both browsers must be told the same"
    assert answers[0].counted in (money("60.00"), money("40.00"))
    assert (rows(world, "till_count_piece"), rows(world, "till_count_cheque")) == (1, 1)
    assert acts_in_journal(world).count("count.frozen") == 1


def test_a_payment_and_a_freeze_at_once_never_lose_the_payment(world: World) -> None:
    for _ in ROUNDS:
        take_cash(world, "60.00")

        frozen, paid = at_once(partial(freeze, world, start(world), {"20": 3}), partial(take_cash, world, "5.00"))

        assert isinstance(paid, Receipt)
        assert isinstance(frozen, FrozenCount)
        left = money("65.00") - frozen.expected
        assert left in (ZERO, money("5.00"))
        approve(world, submit(world, count(world, {"20": 3, "5": 0 if left else 1})))
        assert_holds(world, world.agent, drawer=str(left), cheques="0.00", owed=str(left), float_present="0.00")
        if left:
            approve(world, submit(world, count(world, {"5": 1})))
    assert_verified(world)


def test_a_count_dropped_and_frozen_at_once_is_one_of_the_two(world: World) -> None:
    for _ in ROUNDS:
        take_cash(world, "60.00")
        draft = start(world)

        answers = at_once(
            partial(counts.drop, world.db, draft.id, by=world.agent, at=world.now),
            partial(freeze, world, draft, {"20": 3}),
        )

        assert refused(answers) == [NoCount], answers
        approve(world, submit(world, count(world, {"20": 3})))


# --- one submission -------------------------------------------------------------------------------------------------


@pytest.fixture
def counted(world: World) -> FrozenCount:
    """A float of 200.00, 60.00 in cash and a cheque of 40.00, all of it counted."""
    receive_float(world)
    take_cash(world, "60.00")
    take_cheque(world, "40.00")
    return count(world, {"100": 2, "20": 3})


def test_one_key_submitted_twice_at_once_is_one_submission(world: World, counted: FrozenCount) -> None:
    answers = at_once(*[partial(submit, world, counted, key=new_key())] * 2)

    assert isinstance(answers[0], Reconciliation), answers
    assert answers[0] == answers[1]
    assert_holds(world, world.agent, drawer="200.00", cheques="0.00", owed="100.00", float_present="200.00")
    assert_verified(world)


def test_two_browsers_that_submit_one_count_at_once_submit_it_once(world: World, counted: FrozenCount) -> None:
    answers = at_once(*[partial(submit, world, counted)] * 2)

    assert refused(answers) == [NoCount]
    assert_holds(world, world.agent, drawer="200.00", cheques="0.00", owed="100.00", float_present="200.00")
    assert_verified(world)


def test_a_payment_and_a_submission_at_once_both_count(world: World, counted: FrozenCount) -> None:
    answers = at_once(partial(submit, world, counted), partial(take_cash, world, "35.00"))

    assert refused(answers) == []
    assert_holds(world, world.agent, drawer="235.00", cheques="0.00", owed="135.00", float_present="200.00")
    assert count(world, {"100": 2, "20": 1, "10": 1, "5": 1}).difference == ZERO
    assert_verified(world)


# --- one decision ---------------------------------------------------------------------------------------------------


def test_a_submission_approved_twice_at_once_by_one_person_is_approved_once(world: World, counted: FrozenCount) -> None:
    submitted = submit(world, counted)
    before = postings(world)

    answers = at_once(*[partial(approve, world, submitted)] * 2)

    assert refused(answers) == []
    assert answers[0] == answers[1]
    assert postings(world) == before + 1
    assert owed_by_branch(world) == money("100.00")


def test_two_supervisors_who_approve_at_once_approve_once(world: World, counted: FrozenCount) -> None:
    submitted = submit(world, counted)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    answers = at_once(*[partial(approve, world, submitted, by=by) for by in (world.supervisor, colleague)])

    assert refused(answers) == [NotPending]
    assert owed_by_branch(world) == money("100.00")
    assert_verified(world)


def test_approved_and_sent_back_at_once_is_one_of_the_two(world: World, counted: FrozenCount) -> None:
    submitted = submit(world, counted)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    answers = at_once(partial(approve, world, submitted), partial(send_back, world, submitted, by=colleague))

    assert refused(answers) == [NotPending]
    (decided,) = [answer for answer in answers if isinstance(answer, Reconciliation)]
    approved = decided.state is ReconciliationState.APPROVED
    assert owed_by_branch(world) == (money("100.00") if approved else ZERO)
    assert holding(world, world.agent).due_to_principal == (ZERO if approved else money("100.00"))
    assert_verified(world)


def test_a_payment_during_the_approval_belongs_to_the_next_session(world: World, counted: FrozenCount) -> None:
    submitted = submit(world, counted)

    answers = at_once(partial(approve, world, submitted), partial(take_cash, world, "35.00"))

    assert refused(answers) == []
    assert_holds(world, world.agent, drawer="235.00", cheques="0.00", owed="35.00", float_present="200.00")
    assert owed_by_branch(world) == money("100.00")
    assert_verified(world)


def test_a_payment_and_a_return_at_once_are_both_in_the_next_count(world: World, counted: FrozenCount) -> None:
    submitted = submit(world, counted)

    answers = at_once(partial(send_back, world, submitted), partial(take_cash, world, "35.00"))

    assert refused(answers) == []
    assert count(world, {"100": 2, "20": 4, "10": 1, "5": 1}).difference == ZERO
    assert_verified(world)


# --- one deposit ----------------------------------------------------------------------------------------------------


@pytest.fixture
def bag(world: World, counted: FrozenCount) -> frozenset[int]:
    """An approved bag of 100.00."""
    return frozenset({approve(world, submit(world, counted)).bag.id})


def test_a_bag_put_on_two_slips_at_once_is_on_one(world: World, bag: frozenset[int]) -> None:
    answers = at_once(*[partial(make_slip, world, bag)] * 2)

    assert refused(answers) == [BagTaken]
    assert [made.amount for made in deposits.listed(world.db, by=world.supervisor, at=world.now)] == [money("100.00")]
    assert waiting_bags(world) == frozenset()


def test_one_slip_made_twice_at_once_is_one_slip(world: World, bag: frozenset[int]) -> None:
    answers = at_once(*[partial(make_slip, world, bag, key=new_key())] * 2)

    assert isinstance(answers[0], Deposit), answers
    assert answers[0] == answers[1]


@pytest.mark.parametrize(("first", "second"), [("BNC-12", "BNC-12"), ("BNC-12", "BNC-13")])
def test_a_deposit_settled_twice_at_once_is_paid_once(
    world: World, bag: frozenset[int], first: str, second: str
) -> None:
    made, before = make_slip(world, bag), postings(world)

    answers = at_once(
        *[
            partial(deposits.settle, world.db, made.id, reference, by=world.supervisor, at=world.now)
            for reference in (first, second)
        ]
    )

    assert refused(answers) == ([] if first == second else [DepositSettled])
    assert postings(world) == before + 1
    assert owed_by_branch(world) == ZERO
    assert_verified(world)


# --- one voucher, one replenishment ---------------------------------------------------------------------------------


def spending(world: World, amount: str, key: str) -> Voucher:
    request = VoucherRequest(
        key, world.today, "Postes Canada", "Timbres", VoucherCategory.POSTAGE, money(amount), receipt_kept=True
    )
    return petty_cash.pay_voucher(world.db, request, by=world.agent, at=world.now)


def test_one_voucher_sent_twice_at_once_is_one_and_two_never_exceed_the_float(world: World) -> None:
    receive_float(world, "30.00")

    same = at_once(*[partial(spending, world, "10.00", new_key())] * 2)
    two = at_once(*[partial(spending, world, "15.00", new_key()) for _ in range(2)])

    assert same[0] == same[1]
    assert refused(two) == [VoucherBeyondFloat]
    assert holding(world, world.agent).float_present == money("5.00")
    assert_verified(world)


def test_a_voucher_taken_back_twice_at_once_is_back_once(world: World) -> None:
    receive_float(world, "30.00")
    paid = spending(world, "10.00", new_key())

    answers = at_once(
        *[
            partial(petty_cash.reverse_voucher, world.db, paid.posting_id, new_key(), by=world.agent, at=world.now)
            for _ in range(2)
        ]
    )

    assert refused(answers) == [VoucherNotFound]
    assert holding(world, world.agent).float_present == money("30.00")
    assert_verified(world)


def test_a_replenishment_asked_or_granted_twice_at_once_is_one(world: World) -> None:
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    asked = at_once(*[partial(replenishments.ask, world.db, new_key(), by=world.agent, at=world.now) for _ in range(2)])
    (request,) = replenishments.listed(world.db, by=world.supervisor)
    granted = at_once(
        *[
            partial(replenishments.grant, world.db, request.id, by=by, at=world.now)
            for by in (world.supervisor, colleague)
        ]
    )

    assert refused(asked) == [NothingToReplenish]
    assert [answer for answer in asked if isinstance(answer, Money)] == [money("200.00")]
    assert refused(granted) == [ReplenishmentSettled]
    assert [answer.amount for answer in granted if isinstance(answer, Replenishment)] == [money("200.00")]
    assert holding(world, world.agent).float_present == money("200.00")
