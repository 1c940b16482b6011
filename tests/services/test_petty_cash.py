"""Petty cash: vouchers out of one's own float, taken back once, and replenishments that another person grants."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from partnernet.domain.agents import Agent
from partnernet.domain.keys import KeyMalformed
from partnernet.domain.money import ZERO, AmountNotPositive, Money
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import (
    NothingToReplenish,
    OwnRequest,
    Replenishment,
    ReplenishmentSettled,
    Voucher,
    VoucherAboveLimit,
    VoucherBeyondFloat,
    VoucherCategory,
    VoucherFieldMissing,
    VoucherNotFound,
    VoucherNotMultipleOfFive,
    VoucherRequest,
)
from partnernet.domain.refusals import NotPermitted, OtherContentForKey, Refusal
from partnernet.domain.till import TillOpenElsewhere
from partnernet.services import payments, petty_cash, till, till_reports
from partnernet.storage import tables
from tests.support.counting import (
    assert_holds,
    assert_verified,
    change_settings,
    count,
    postings,
    receive_float,
    submit,
    take_cash,
)
from tests.support.requests import holding, money, new_key, paying
from tests.support.world import World


def voucher(world: World, dollars: str = "18.40", **changed: object) -> VoucherRequest:
    ordinary = VoucherRequest(
        new_key(),
        world.today,
        "Papeterie du Plateau",
        "Rouleaux",
        VoucherCategory.OFFICE,
        money(dollars),
        receipt_kept=True,
    )
    return replace(ordinary, **changed)  # type: ignore[arg-type]


def pay(world: World, request: VoucherRequest, by: Agent | None = None) -> Voucher:
    return petty_cash.pay_voucher(world.db, request, by=by or world.agent, at=world.later(minutes=1))


def take_back(world: World, paid: Voucher, *, key: str = "", by: Agent | None = None) -> Voucher:
    at = world.later(minutes=1)
    return petty_cash.reverse_voucher(world.db, paid.posting_id, key or new_key(), by=by or world.agent, at=at)


def ask(world: World, *, key: str = "", by: Agent | None = None) -> Money:
    return petty_cash.ask_replenishment(world.db, key or new_key(), by=by or world.agent, at=world.later(minutes=1))


def waiting(world: World) -> list[Replenishment]:
    asked = petty_cash.replenishments(world.db, by=world.supervisor)
    return [request for request in asked if request.granted_at is None]


def grant(world: World, request: Replenishment, *, by: Agent | None = None) -> Replenishment:
    at = world.later(minutes=1)
    return petty_cash.grant_replenishment(world.db, request.id, by=by or world.supervisor, at=at)


@pytest.fixture
def till_of_200(world: World) -> World:
    """A float of 200.00 and 60.00 collected."""
    receive_float(world)
    take_cash(world, "60.00")
    return world


# --- vouchers ---------------------------------------------------------------------------------------------------------


def test_a_voucher_is_paid_from_the_float_and_owes_the_principal_nothing(till_of_200: World) -> None:
    paid = pay(till_of_200, voucher(till_of_200))

    assert (paid.amount, paid.payee, paid.receipt_kept, paid.reversed) == (
        money("18.40"),
        "Papeterie du Plateau",
        True,
        False,
    )
    assert_holds(till_of_200, till_of_200.agent, drawer="241.60", cheques="0.00", owed="60.00", float_present="181.60")
    assert_verified(till_of_200)


def test_a_receipt_that_is_missing_is_kept_as_missing(till_of_200: World) -> None:
    pay(till_of_200, voucher(till_of_200, receipt_kept=False))

    (listed,) = till_reports.current(till_of_200.db, by=till_of_200.agent, at=till_of_200.now).vouchers
    assert listed.receipt_kept is False


def test_the_same_voucher_again_is_the_same_voucher(till_of_200: World) -> None:
    request = voucher(till_of_200)
    first, before = pay(till_of_200, request), postings(till_of_200)

    assert pay(till_of_200, request) == first
    assert postings(till_of_200) == before


def test_a_vouchers_key_with_other_content_or_from_somebody_else_is_refused(till_of_200: World) -> None:
    world, request = till_of_200, voucher(till_of_200)
    pay(world, request)
    receive_float(world, agent=world.other_agent)
    before = postings(world)

    with pytest.raises(OtherContentForKey):
        pay(world, replace(request, amount=money("18.45")))
    with pytest.raises(OtherContentForKey):
        pay(world, request, by=world.other_agent)
    with pytest.raises(KeyMalformed):
        pay(world, replace(request, key="court"))

    assert postings(world) == before


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"amount": money("50.05")}, VoucherAboveLimit),
        ({"amount": ZERO}, AmountNotPositive),
        ({"amount": Money(-5)}, AmountNotPositive),
        ({"amount": Money(18_42)}, VoucherNotMultipleOfFive),
        ({"payee": " "}, VoucherFieldMissing),
    ],
)
def test_a_voucher_that_cannot_be_leaves_the_till_as_it_was(
    till_of_200: World, changed: dict[str, object], refusal: type[Refusal]
) -> None:
    before = postings(till_of_200)

    with pytest.raises(refusal):
        pay(till_of_200, replace(voucher(till_of_200), **changed))  # type: ignore[arg-type]

    assert postings(till_of_200) == before


def test_vouchers_never_exceed_the_float_whatever_was_collected(till_of_200: World) -> None:
    world = till_of_200
    for _ in range(4):
        pay(world, voucher(world, "49.95"))

    with pytest.raises(VoucherBeyondFloat) as refused:
        pay(world, voucher(world, "0.25"))

    assert refused.value.float_present == money("0.20")
    pay(world, voucher(world, "0.20"))
    assert_holds(world, world.agent, drawer="60.00", cheques="0.00", owed="60.00", float_present="0.00")


def test_the_limits_are_the_branchs(till_of_200: World) -> None:
    change_settings(till_of_200, voucher_limit=money("18.35"))

    with pytest.raises(VoucherAboveLimit) as refused:
        pay(till_of_200, voucher(till_of_200))

    assert refused.value.limit == money("18.35")


def test_a_voucher_without_a_float_is_refused_and_opens_no_till(world: World) -> None:
    with pytest.raises(VoucherBeyondFloat):
        pay(world, voucher(world))

    assert till.position(world.db, by=world.agent).opened_at is None


def test_a_voucher_of_one_branch_does_not_enter_a_till_open_in_another(till_of_200: World) -> None:
    moved = replace(till_of_200.agent, branch=till_of_200.new_branch("QUE", "Québec"))

    with pytest.raises(TillOpenElsewhere):
        pay(till_of_200, voucher(till_of_200), by=moved)


def test_vouchers_are_carried_with_the_float_and_collections_are_bagged_in_full(till_of_200: World) -> None:
    world = till_of_200
    pay(world, voucher(world))

    submitted = submit(world, count(world, {"100": 1, "20": 7, "1": 1, "0.25": 2, "0.10": 1}))

    assert submitted.bag.cash == money("60.00"), "money collected does NOT replenish the float"
    assert [paid.amount for paid in submitted.vouchers] == [money("18.40")]
    assert_holds(world, world.agent, drawer="181.60", cheques="0.00", owed="60.00", float_present="181.60")
    ask(world)
    assert waiting(world)[0].amount == money("18.40"), "what was spent before the submission is still to be replenished"
    assert_verified(world)


# --- taken back -------------------------------------------------------------------------------------------------------


def test_a_voucher_entered_by_mistake_is_reversed_and_its_money_is_back(till_of_200: World) -> None:
    paid = pay(till_of_200, voucher(till_of_200))

    reversed_now = take_back(till_of_200, paid)

    assert reversed_now == replace(paid, reversed=True)
    assert_holds(till_of_200, till_of_200.agent, drawer="260.00", cheques="0.00", owed="60.00", float_present="200.00")
    assert_verified(till_of_200)


def test_a_voucher_is_reversed_once(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    paid = pay(world, voucher(world))
    first, before = take_back(world, paid, key=key), postings(world)

    assert take_back(world, paid, key=key) == first
    with pytest.raises(VoucherNotFound):
        take_back(world, paid)

    assert postings(world) == before


def test_only_ones_own_voucher_of_the_open_session_is_reversed(till_of_200: World) -> None:
    world = till_of_200
    receive_float(world, agent=world.other_agent)
    theirs, ours = pay(world, voucher(world), by=world.other_agent), pay(world, voucher(world))
    payment = take_cash(world, "20.00")

    with pytest.raises(VoucherNotFound):
        take_back(world, theirs)
    with pytest.raises(VoucherNotFound):
        take_back(world, ours, by=world.supervisor)
    with pytest.raises(VoucherNotFound):
        take_back(world, replace(ours, posting_id=payment.posting_id))
    with pytest.raises(VoucherNotFound):
        take_back(world, replace(ours, posting_id=99_999))

    listed = till_reports.current(world.db, by=world.agent, at=world.now).vouchers
    assert [paid.reversed for paid in listed] == [False]


def test_a_counted_voucher_is_not_reversed_any_more(till_of_200: World) -> None:
    world = till_of_200
    paid, key = pay(world, voucher(world)), new_key()
    frozen = count(world, {"100": 1, "20": 7, "1": 1, "0.25": 2, "0.10": 1})

    with pytest.raises(VoucherNotFound):
        take_back(world, paid, key=key)
    submit(world, frozen)
    with pytest.raises(VoucherNotFound):
        take_back(world, paid, key=key)

    assert_holds(world, world.agent, drawer="181.60", cheques="0.00", owed="60.00", float_present="181.60")


def test_a_reversal_sent_again_after_the_count_is_still_the_same_reversal(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    paid = pay(world, voucher(world))
    first = take_back(world, paid, key=key)
    count(world, {"100": 2, "20": 3})

    assert take_back(world, paid, key=key) == first


def test_a_reversals_key_that_carried_something_else_is_refused(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    first, second = pay(world, voucher(world)), pay(world, voucher(world))
    take_back(world, first, key=key)

    with pytest.raises(OtherContentForKey):
        take_back(world, second, key=key)


# --- replenished ------------------------------------------------------------------------------------------------------


def test_a_replenishment_is_asked_by_the_agent_and_granted_by_another(till_of_200: World) -> None:
    world = till_of_200
    pay(world, voucher(world))
    assert ask(world) == money("18.40")
    assert_holds(world, world.agent, drawer="241.60", cheques="0.00", owed="60.00", float_present="181.60")

    granted = grant(world, waiting(world)[0])

    assert (granted.amount, granted.granted_by) == (money("18.40"), world.supervisor.name)
    assert_holds(world, world.agent, drawer="260.00", cheques="0.00", owed="60.00", float_present="200.00")
    assert waiting(world) == []
    assert_verified(world)


def test_nothing_is_asked_for_a_whole_float_and_not_twice(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    with pytest.raises(NothingToReplenish):
        ask(world)
    pay(world, voucher(world))
    ask(world, key=key)

    assert ask(world, key=key) == money("18.40"), "the same request is the same request"
    with pytest.raises(NothingToReplenish):
        ask(world)
    with pytest.raises(OtherContentForKey):
        ask(world, key=key, by=world.other_agent)

    assert len(waiting(world)) == 1


def test_a_replenishment_is_granted_once(till_of_200: World) -> None:
    world = till_of_200
    pay(world, voucher(world))
    ask(world)
    (request,) = waiting(world)
    granted = grant(world, request)

    assert grant(world, request) == granted, "a second click gives nothing more"
    with pytest.raises(ReplenishmentSettled):
        grant(world, request, by=world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch))

    assert holding(world, world.agent).float_present == money("200.00")


def test_nobody_grants_their_own_request_except_alone(world: World) -> None:
    receive_float(world, agent=world.supervisor)
    pay(world, voucher(world), by=world.supervisor)
    ask(world, by=world.supervisor)
    (request,) = waiting(world)

    with pytest.raises(OwnRequest):
        grant(world, request)
    assert holding(world, world.supervisor).float_present == money("181.60")

    change_settings(world, one_person=True)
    assert grant(world, request).granted_by == world.supervisor.name
    with pytest.raises(IntegrityError), world.db.write() as connection:
        connection.execute(
            tables.replenishment_grant.insert().values(
                request_id=request.id, posting_id=1, asked_by_id=1, granted_by_id=1, alone=False
            )
        )


def test_agents_auditors_and_other_branches_grant_nothing(till_of_200: World) -> None:
    world = till_of_200
    pay(world, voucher(world))
    ask(world)
    (request,) = waiting(world)
    auditor = world.person("AU1000", "Léa Roy", Role.AUDITOR, world.branch)
    stranger = world.person("SU3000", "Guy Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    for person in (world.agent, world.other_agent, auditor):
        with pytest.raises(NotPermitted):
            grant(world, request, by=person)
    with pytest.raises(ReplenishmentSettled):
        grant(world, request, by=stranger)

    assert petty_cash.replenishments(world.db, by=stranger) == ()
    assert petty_cash.replenishments(world.db, by=world.other_agent) == (), "an agent reads only their own"
    assert [asked.amount for asked in petty_cash.replenishments(world.db, by=world.agent)] == [money("18.40")]


def test_a_replenishment_that_is_no_longer_needed_is_not_granted_and_a_smaller_one_can_be_asked(
    till_of_200: World,
) -> None:
    world = till_of_200
    pay(world, voucher(world, "18.40"))
    mistake = pay(world, voucher(world, "14.10"))
    ask(world)
    (too_much,) = waiting(world)
    assert too_much.amount == money("32.50")
    take_back(world, mistake)

    with pytest.raises(ReplenishmentSettled):
        grant(world, too_much)

    assert holding(world, world.agent).float_present == money("181.60"), "the float must NOT grow too large"
    assert ask(world) == money("18.40")
    grant(world, waiting(world)[0])
    assert holding(world, world.agent).float_present == money("200.00")
    with pytest.raises(ReplenishmentSettled):
        grant(world, too_much)


def test_a_shortage_found_by_counting_is_replenished_too(till_of_200: World) -> None:
    world = till_of_200
    change_settings(world, tolerance=money("20.00"))
    submit(world, count(world, {"100": 1, "20": 7}))

    assert ask(world) == money("20.00")
    grant(world, waiting(world)[0])

    assert_holds(world, world.agent, drawer="200.00", cheques="0.00", owed="60.00", float_present="200.00")


def test_what_is_missing_is_measured_by_the_float_that_is_authorised_now(till_of_200: World) -> None:
    change_settings(till_of_200, float_authorised=money("250.00"))

    assert ask(till_of_200) == money("50.00")


def test_an_old_request_is_granted_however_many_came_after_it(world: World) -> None:
    agents = [world.person(f"PX{n:04}", f"Agent {n}", Role.AGENT, world.branch) for n in range(52)]
    for agent in agents:
        ask(world, by=agent)  # a float that was never handed over is missing whole
    (oldest,) = petty_cash.replenishments(world.db, by=agents[0])

    assert grant(world, oldest).granted_at == world.now
    assert holding(world, agents[0]).float_present == money("200.00")


def test_a_request_keeps_a_key_that_a_payment_carried_too(till_of_200: World) -> None:
    world, key = till_of_200, new_key()
    pay(world, voucher(world))
    ask(world, key=key)
    customer = world.customer("100001", due=[("F-1", "60.00", world.today - timedelta(days=40))])
    payments.record(world.db, paying(world, customer, key=key), by=world.agent, at=world.later(minutes=1))

    assert grant(world, waiting(world)[0]).amount == money("18.40")
