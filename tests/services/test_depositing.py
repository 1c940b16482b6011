"""Deposits: approved bags on one slip, one bank reference, and only then is less owed to the principal."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from partnernet.domain.deposits import (
    BagTaken,
    BankReferenceMalformed,
    Deposit,
    DepositEmpty,
    DepositNotFound,
    DepositSettled,
    NoBagChosen,
)
from partnernet.domain.keys import KeyMalformed, part_of
from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Role
from partnernet.domain.pieces import pieces
from partnernet.domain.reconciliations import ReconciliationState
from partnernet.domain.refusals import NotPermitted, OtherContentForKey
from partnernet.services import deposits, payments, reconciliations, reversals
from partnernet.storage import tables
from tests.support.counting import (
    approve,
    assert_verified,
    change_settings,
    count,
    deposit,
    make_slip,
    owed_by_branch,
    postings,
    send_back,
    submit,
    take_cash,
    take_cheque,
    waiting_bags,
)
from tests.support.requests import money, new_key, paying, reversing
from tests.support.world import World


@pytest.fixture
def bags(world: World) -> tuple[int, int]:
    """Two approved bags: 60.00 in cash with a cheque of 40.00, and 5.00 of the colleague."""
    take_cash(world, "60.00")
    take_cheque(world, "40.00")
    first = approve(world, submit(world, count(world, {"20": 3})))
    take_cash(world, "5.00", agent=world.other_agent)
    theirs = count(world, {"5": 1}, agent=world.other_agent)
    second = approve(world, submit(world, theirs, agent=world.other_agent))
    return first.bag.id, second.bag.id


def settle(world: World, made: Deposit, reference: str) -> Deposit:
    return deposits.settle(world.db, made.id, reference, by=world.supervisor, at=world.later(minutes=1))


# --- the slip ---------------------------------------------------------------------------------------------------------


def test_a_slip_lists_the_pieces_and_cheques_of_its_bags(world: World, bags: tuple[int, int]) -> None:
    change_settings(world, deposit_account="815-30001-1234567")

    made = make_slip(world, frozenset(bags))

    assert (made.number, made.amount, made.account) == (1, money("105.00"), "815-30001-1234567")
    assert made.pieces == pieces({2000: 3, 500: 1})
    assert [cheque.amount for bag in made.bags for cheque in bag.cheques] == [money("40.00")]
    assert deposits.one(world.db, made.id, by=world.supervisor, at=world.now) == made
    assert owed_by_branch(world) == money("105.00"), "a slip on its way does NOT pay the principal"


def test_the_account_of_a_slip_stays_the_one_of_its_day(world: World, bags: tuple[int, int]) -> None:
    change_settings(world, deposit_account="815-30001-1234567")
    made = make_slip(world, frozenset(bags))

    change_settings(world, deposit_account="006-00006-7654321")

    assert settle(world, made, "BNC-1").account == "815-30001-1234567"


def test_bags_may_go_on_several_slips_numbered_without_a_gap(world: World, bags: tuple[int, int]) -> None:
    first, second = bags

    one, two = make_slip(world, frozenset({first})), make_slip(world, frozenset({second}))

    assert [(made.number, str(made.amount)) for made in (one, two)] == [(1, "100.00"), (2, "5.00")]
    assert [made.id for made in deposits.listed(world.db, by=world.supervisor, at=world.now)] == [two.id, one.id]
    assert waiting_bags(world) == frozenset()


def test_a_bag_is_on_one_slip_for_ever(world: World, bags: tuple[int, int]) -> None:
    first, second = bags
    made = make_slip(world, frozenset({first}))

    with pytest.raises(BagTaken):
        make_slip(world, frozenset(bags))

    assert waiting_bags(world) == {second}, "the other bag must NOT be taken along"
    with pytest.raises(IntegrityError), world.db.write() as connection:
        connection.execute(tables.deposit_bag.insert().values(bag_id=first, deposit_id=made.id))


def test_only_approved_bags_of_the_branch_go_on_a_slip(world: World) -> None:
    take_cash(world, "60.00")
    waiting = submit(world, count(world, {"20": 3}))
    take_cash(world, "5.00", agent=world.other_agent)
    theirs = submit(world, count(world, {"5": 1}, agent=world.other_agent), agent=world.other_agent)
    returned = send_back(world, theirs)
    quebec = world.new_branch("QUE", "Québec")
    stranger, chief = (
        world.person("PB0001", "Guy Roy", Role.AGENT, quebec),
        world.person("SU3000", "Eva Roy", Role.SUPERVISOR, quebec),
    )
    take_cash(world, "20.00", agent=stranger)
    elsewhere = approve(world, submit(world, count(world, {"20": 1}, agent=stranger), agent=stranger), by=chief)

    for bag_id in (waiting.bag.id, returned.bag.id, elsewhere.bag.id, 9999):
        with pytest.raises(BagTaken):
            make_slip(world, frozenset({bag_id}))
    with pytest.raises(NoBagChosen):
        make_slip(world, frozenset())

    assert deposits.listed(world.db, by=world.supervisor, at=world.now) == ()
    assert [waits.bag.id for waits in deposits.waiting(world.db, by=chief, at=world.now)] == [elsewhere.bag.id]


def test_the_same_slip_again_is_the_same_slip(world: World, bags: tuple[int, int]) -> None:
    key = new_key()
    made = make_slip(world, frozenset(bags), key=key)

    assert make_slip(world, frozenset(bags), key=key) == made
    settled = settle(world, made, "BNC-1")
    assert make_slip(world, frozenset(bags), key=key) == settled


def test_a_slips_key_with_other_bags_or_from_another_supervisor_is_refused(world: World, bags: tuple[int, int]) -> None:
    first, second = bags
    key = new_key()
    make_slip(world, frozenset({first}), key=key)
    colleague = world.person("SU2000", "Guy Roy", Role.SUPERVISOR, world.branch)

    for chosen in (frozenset({second}), frozenset(bags), frozenset[int]()):
        with pytest.raises(OtherContentForKey):
            make_slip(world, chosen, key=key)
    with pytest.raises(OtherContentForKey):
        deposits.make(world.db, frozenset({first}), key, by=colleague, at=world.now)
    with pytest.raises(KeyMalformed):
        make_slip(world, frozenset({second}), key="court")

    assert waiting_bags(world) == {second}


# --- the bank's reference ---------------------------------------------------------------------------------------------


def test_only_the_banks_reference_pays_the_principal(world: World, bags: tuple[int, int]) -> None:
    made = make_slip(world, frozenset(bags))

    settled = settle(world, made, " BNC-20261124-001 ")

    assert (settled.bank_reference, settled.settled_at) == ("BNC-20261124-001", world.now)
    assert owed_by_branch(world) == ZERO
    states = {each.state for each in reconciliations.decided(world.db, by=world.supervisor, at=world.now)}
    assert states == {ReconciliationState.DEPOSITED}
    assert_verified(world)


def test_a_wrong_reference_is_refused_and_the_right_one_is_still_taken(world: World, bags: tuple[int, int]) -> None:
    made, before = make_slip(world, frozenset(bags)), postings(world)

    for typed in ("", "12", "BNC_12"):
        with pytest.raises(BankReferenceMalformed):
            settle(world, made, typed)

    assert postings(world) == before
    assert owed_by_branch(world) == money("105.00")
    assert settle(world, made, "BNC-12").bank_reference == "BNC-12"


def test_the_same_reference_again_changes_nothing_and_another_is_refused(world: World, bags: tuple[int, int]) -> None:
    settled = settle(world, make_slip(world, frozenset(bags)), "BNC-12")
    before = postings(world)

    assert settle(world, settled, "BNC-12") == settled
    with pytest.raises(DepositSettled):
        settle(world, settled, "BNC-13")

    assert postings(world) == before
    assert deposits.one(world.db, settled.id, by=world.supervisor, at=world.now).bank_reference == "BNC-12"


def test_a_slip_of_which_every_cheque_was_taken_out_gets_no_reference(world: World) -> None:
    paid = take_cheque(world, "40.00")
    approve(world, submit(world, count(world, {})))
    made = make_slip(world)
    reversals.reverse(
        world.db, reversing(paid.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )
    before = postings(world)

    with pytest.raises(DepositEmpty):
        settle(world, made, "BNC-12")

    assert postings(world) == before
    assert owed_by_branch(world) == ZERO
    assert_verified(world)


def test_no_form_can_take_the_key_of_the_entry_that_a_deposit_will_make(world: World, bags: tuple[int, int]) -> None:
    made = make_slip(world, frozenset(bags))
    customer = world.customer("100001", due=[("F-1", "0.05", world.today)])
    by_hand = paying(world, customer, key=part_of(f"deposit {made.id}", "settle"))

    with pytest.raises(KeyMalformed):
        payments.record(world.db, by_hand, by=world.agent, at=world.now)

    settle(world, made, "BNC-12")
    assert owed_by_branch(world) == ZERO


def test_a_branch_knows_nothing_of_anothers_deposits(world: World, bags: tuple[int, int]) -> None:
    made = make_slip(world, frozenset(bags))
    stranger = world.person("SU3000", "Eva Roy", Role.SUPERVISOR, world.new_branch("QUE", "Québec"))

    with pytest.raises(DepositNotFound):
        deposits.settle(world.db, made.id, "BNC-12", by=stranger, at=world.now)
    with pytest.raises(DepositNotFound):
        deposits.one(world.db, made.id, by=stranger, at=world.now)

    assert deposits.listed(world.db, by=stranger, at=world.now) == ()
    assert owed_by_branch(world) == money("105.00")


def test_agents_make_no_deposit_and_auditors_only_read_them(world: World, bags: tuple[int, int]) -> None:
    made = make_slip(world, frozenset(bags))
    auditor = world.person("AU1000", "Léa Roy", Role.AUDITOR, world.branch)

    for person in (world.agent, auditor):
        with pytest.raises(NotPermitted):
            deposits.make(world.db, frozenset(bags), new_key(), by=person, at=world.now)
        with pytest.raises(NotPermitted):
            deposits.settle(world.db, made.id, "BNC-12", by=person, at=world.now)
    with pytest.raises(NotPermitted):
        deposits.listed(world.db, by=world.agent, at=world.now)

    assert deposits.listed(world.db, by=auditor, at=world.now) == (made,)


def test_a_deposit_has_one_reference_whatever_reaches_the_database(world: World, bags: tuple[int, int]) -> None:
    settled = deposit(world)

    assert waiting_bags(world) == frozenset(), bags
    with pytest.raises(IntegrityError), world.db.write() as connection:
        connection.execute(
            tables.deposit_reference.insert().values(
                deposit_id=settled.id,
                posting_id=1,
                bank_reference="BNC-13",
                settled_by_id=world.supervisor.id,
                settled_at=world.now,
            )
        )
