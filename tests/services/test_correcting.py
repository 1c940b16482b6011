"""Every correction in every state of the till: what everybody holds and owes afterwards, figure by figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from partnernet.domain.corrections import ChequeBagged
from partnernet.domain.customers import Customer
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import payments
from tests.support import till_reports
from tests.support.correcting import STATES, as_cash, as_it_was, enter_again, figures, reach, undo
from tests.support.counting import assert_verified, postings, receive_float
from tests.support.requests import a_cheque, paying
from tests.support.till_reports import current
from tests.support.world import World

DUE = date(2026, 10, 15)
CUSTOMER, AMOUNT, TENDER = (
    ReversalReason.WRONG_CUSTOMER,
    ReversalReason.WRONG_AMOUNT,
    ReversalReason.WRONG_TENDER,
)

# Read across: the correction, the state of the till when it is made, then what there is afterwards. A float of 200.00
# was received. « dû » is what the agent and the branch owe the principal; A owes 500.00 before paying, B 300.00.
TABLE = """
correction        till         drawer  cheques      bag  agent  branch   float       A       B
nothing_cash      open         260.00     0.00     0.00  60.00    0.00  200.00  440.00  300.00
nothing_cash      submitted    200.00     0.00    60.00  60.00    0.00  200.00  440.00  300.00
nothing_cheque    deposited    200.00     0.00     0.00   0.00    0.00  200.00   87.63  300.00

customer_cash     open         260.00     0.00     0.00  60.00    0.00  200.00  500.00  240.00
customer_cash     frozen       260.00     0.00     0.00  60.00    0.00  200.00  500.00  240.00
customer_cash     submitted    200.00     0.00    60.00  60.00    0.00  200.00  500.00  240.00
customer_cash     returned     260.00     0.00     0.00  60.00    0.00  200.00  500.00  240.00
customer_cash     approved     200.00     0.00    60.00   0.00   60.00  200.00  500.00  240.00
customer_cash     deposited    200.00     0.00     0.00   0.00    0.00  200.00  500.00  240.00

customer_cheque   open         200.00   412.37     0.00 412.37    0.00  200.00  500.00 -112.37
customer_cheque   frozen       200.00   412.37     0.00 412.37    0.00  200.00  500.00 -112.37
customer_cheque   submitted    200.00     0.00   412.37 412.37    0.00  200.00  500.00 -112.37
customer_cheque   returned     200.00   412.37     0.00 412.37    0.00  200.00  500.00 -112.37
customer_cheque   approved     200.00     0.00   412.37   0.00  412.37  200.00  500.00 -112.37
customer_cheque   deposited    200.00     0.00     0.00   0.00    0.00  200.00  500.00 -112.37

amount_cash       open         250.00     0.00     0.00  50.00    0.00  200.00  450.00  300.00
amount_cash       frozen       250.00     0.00     0.00  50.00    0.00  200.00  450.00  300.00
amount_cash       submitted    190.00     0.00    60.00  50.00    0.00  200.00  450.00  300.00
amount_cash       returned     250.00     0.00     0.00  50.00    0.00  200.00  450.00  300.00
amount_cash       approved     190.00     0.00    60.00 -10.00   60.00  200.00  450.00  300.00
amount_cash       deposited    190.00     0.00     0.00 -10.00    0.00  200.00  450.00  300.00

amount_cheque     open         200.00   421.37     0.00 421.37    0.00  200.00   78.63  300.00
amount_cheque     frozen       200.00   421.37     0.00 421.37    0.00  200.00   78.63  300.00
amount_cheque     submitted    200.00     0.00   421.37 421.37    0.00  200.00   78.63  300.00
amount_cheque     returned     200.00   421.37     0.00 421.37    0.00  200.00   78.63  300.00
amount_cheque     approved     200.00     0.00   421.37   0.00  421.37  200.00   78.63  300.00
amount_cheque     deposited    200.00     0.00     0.00   0.00    0.00  200.00   78.63  300.00

cash_was_cheque   open         200.00    60.00     0.00  60.00    0.00  200.00  440.00  300.00
cash_was_cheque   frozen       200.00    60.00     0.00  60.00    0.00  200.00  440.00  300.00
cash_was_cheque   submitted    140.00    60.00    60.00  60.00    0.00  200.00  440.00  300.00
cash_was_cheque   returned     200.00    60.00     0.00  60.00    0.00  200.00  440.00  300.00
cash_was_cheque   approved     140.00    60.00    60.00   0.00   60.00  200.00  440.00  300.00
cash_was_cheque   deposited    140.00    60.00     0.00   0.00    0.00  200.00  440.00  300.00

cheque_was_cash   open         260.00     0.00     0.00  60.00    0.00  200.00  440.00  300.00
cheque_was_cash   frozen       260.00     0.00     0.00  60.00    0.00  200.00  440.00  300.00
cheque_was_cash   returned     260.00     0.00     0.00  60.00    0.00  200.00  440.00  300.00

taken_twice_cash  open         260.00     0.00     0.00  60.00    0.00  200.00  440.00  300.00
taken_twice_cash  frozen       260.00     0.00     0.00  60.00    0.00  200.00  440.00  300.00
taken_twice_cash  submitted    140.00     0.00   120.00  60.00    0.00  200.00  440.00  300.00
taken_twice_cash  returned     260.00     0.00     0.00  60.00    0.00  200.00  440.00  300.00
taken_twice_cash  approved     140.00     0.00   120.00 -60.00  120.00  200.00  440.00  300.00
taken_twice_cash  deposited    140.00     0.00     0.00 -60.00    0.00  200.00  440.00  300.00

returned_cheque   open         200.00     0.00     0.00   0.00    0.00  200.00  500.00  300.00
returned_cheque   frozen       200.00     0.00     0.00   0.00    0.00  200.00  500.00  300.00
returned_cheque   submitted    200.00     0.00     0.00   0.00    0.00  200.00  500.00  300.00
returned_cheque   returned     200.00     0.00     0.00   0.00    0.00  200.00  500.00  300.00
returned_cheque   approved     200.00     0.00     0.00   0.00    0.00  200.00  500.00  300.00
returned_cheque   deposited    200.00     0.00     0.00   0.00    0.00  200.00  500.00  300.00
"""
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()[1:] if line]

FLOAT = {"20": 10}
IN_THE_DRAWER = {
    # What is really there when it is counted, beside the float, whatever was written.
    "nothing_cash": {"20": 13},
    "customer_cash": {"20": 13},
    "amount_cash": {"20": 10, "50": 1},
    "taken_twice_cash": {"20": 13},
}


@dataclass
class Counter:
    """The world, its two accounts, and the receipt to correct."""

    world: World
    a: Customer
    b: Customer
    paid: Receipt


@pytest.fixture
def accounts(world: World) -> tuple[Customer, Customer]:
    receive_float(world)
    a = world.customer("100001", due=[("F-1", "500.00", DUE)])
    return a, world.customer("100002", "L'Œuvre des Sœurs", due=[("G-1", "300.00", DUE)])


def take(world: World, a: Customer, correction: str) -> Receipt:
    """What is entered, wrongly: 60.00 in cash, or a cheque of 412.37 or of 60.00; once more when taken twice."""
    cheque = {"cheque_was_cash": "60.00"}.get(correction, "412.37") if "cheque" in correction else None
    request = paying(world, a, cheque or "60.00", cheque=a_cheque() if cheque else None)
    if correction == "cash_was_cheque":
        request = paying(world, a, "60.00")
    paid = payments.record(world.db, request, by=world.agent, at=world.later(minutes=1))
    if correction == "taken_twice_cash":
        world.later(hours=25)
        again = paying(world, a, "60.00")
        paid = payments.record(world.db, again, by=world.agent, at=world.later(minutes=1))
    return paid


CORRECTIONS: dict[str, Callable[[Counter], object]] = {
    "nothing_cash": lambda _: None,
    "nothing_cheque": lambda _: None,
    "customer_cash": lambda c: enter_again(c.world, c.paid, CUSTOMER, as_it_was(c.paid, customer=c.b)),
    "customer_cheque": lambda c: enter_again(c.world, c.paid, CUSTOMER, as_it_was(c.paid, customer=c.b)),
    "amount_cash": lambda c: enter_again(c.world, c.paid, AMOUNT, as_it_was(c.paid, amount="50.00")),
    "amount_cheque": lambda c: enter_again(c.world, c.paid, AMOUNT, as_it_was(c.paid, amount="421.37")),
    "cash_was_cheque": lambda c: enter_again(c.world, c.paid, TENDER, as_it_was(c.paid, cheque=a_cheque("000777"))),
    "cheque_was_cash": lambda c: enter_again(c.world, c.paid, TENDER, as_cash(c.paid)),
    "taken_twice_cash": lambda c: undo(c.world, c.paid, ReversalReason.DUPLICATE, WhereIsTheMoney.NEVER_RECEIVED),
    "returned_cheque": lambda c: undo(
        c.world, c.paid, ReversalReason.RETURNED_CHEQUE, WhereIsTheMoney.RETURNED_BY_BANK
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_after_a_correction_everybody_holds_and_owes_what_the_table_says(
    world: World, accounts: tuple[Customer, Customer], row: tuple[str, ...]
) -> None:
    correction, state, *expected = row
    counter = Counter(world, *accounts, take(world, accounts[0], correction))
    submitted = reach(world, state, IN_THE_DRAWER.get(correction, FLOAT))

    CORRECTIONS[correction](counter)

    assert figures(world, *accounts) == tuple(expected)
    assert_verified(world)
    current(world)
    if submitted:
        till_reports.of(world, submitted)


def test_the_table_has_every_correction_in_every_state() -> None:
    every = {(correction, state) for correction in CORRECTIONS for state in STATES if "nothing" not in correction}
    bagged = {("cheque_was_cash", state) for state in ("submitted", "approved", "deposited")}

    assert {row[:2] for row in ROWS if "nothing" not in row[0]} == every - bagged


@pytest.mark.parametrize("state", ["submitted", "approved", "deposited"])
def test_a_cheque_that_was_bagged_is_a_cheque_and_was_never_cash(
    world: World, accounts: tuple[Customer, Customer], state: str
) -> None:
    paid = take(world, accounts[0], "cheque_was_cash")
    reach(world, state, FLOAT)
    before, count = figures(world, *accounts), postings(world)

    with pytest.raises(ChequeBagged) as refused:
        enter_again(world, paid, TENDER, as_cash(paid))

    assert refused.value.receipt_number == paid.number
    assert (figures(world, *accounts), postings(world)) == (before, count), "nothing may have moved"
