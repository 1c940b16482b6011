"""Acts of arbitrary people at the tills of a branch, each checked against the model: here payments and reversals.

Every act draws who does what to which, does it through the services, and holds the answer to what the model expects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from partnernet.domain.agents import Agent
from partnernet.domain.cheques import Cheque
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.money import Money
from partnernet.domain.payments import AmountChoice, PaymentRequest
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import Refusal
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.services import payments, reversals
from partnernet.storage import ledger
from tests.support.requests import new_key, reversing
from tests.support.till_correction_model import refuses_reversal, reverse, rounded
from tests.support.till_float_model import Floats
from tests.support.till_model import Branch
from tests.support.till_things import Paid, Sheet
from tests.support.till_worlds import DUES, ODD_DUES, PAYER
from tests.support.world import World

AGENTS = ("PA1234", "PA2345", "SU1000")
BUSY = ("SU1000", "PA2345", "PA1234", "PA1234", "PA1234")
SUPERVISORS = ("SU1000", "SU2000")
CHIEFS = ("SU1000", "SU3000", "SU2000")  # who correct payments: one keeps a till, and all may have entered some again
FIVES = st.sampled_from([5, 20_00, 60_00, 125_05, 200_00]) | st.integers(1, 10_000).map(lambda pieces: 5 * pieces)

Thing = TypeVar("Thing")


class TillActs:
    """A world, what the model says of it, and whatever draws the next choice."""

    def __init__(self, world: World, people: dict[str, Agent]) -> None:
        self.world, self.people = world, people
        self.branch = Branch(invoiced=dict(DUES))
        self.floats = Floats(self.branch)
        self.cheques = 0
        self.draw: Callable[[SearchStrategy[Any]], Any] = _nothing_to_draw_with

    # --- what every act needs -----------------------------------------------------------------------------------------

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """Any of them; the newest is the simplest choice."""
        return things[-1 - int(self.draw(st.integers(0, len(things) - 1)))]

    def chance(self, one_in: int) -> bool:
        """Whether something happens that happens once in so many times."""
        return bool(self.draw(st.integers(0, one_in - 1)) == one_in - 1)

    def somebody(self, among: Sequence[str] = BUSY) -> str:
        """A login; one agent does the most, so that one till has a long history."""
        return self.one_of(among)

    def today(self) -> date:
        """The branch's date: that of its last posting when the clock went back."""
        with self.world.db.read() as connection:
            head = ledger.head_of(connection, self.world.branch)
        assert head is not None
        return self.world.branch.business_date(head.instant(self.world.now))

    def expect(self, refusal: str | None, act: Callable[[], Any], *, twice: bool = True) -> Any:
        """What the act returns, the same when it is sent again; `None` when it meets the refusal that it must."""
        if refusal is not None:
            with pytest.raises(Refusal) as met:
                act()
            assert type(met.value).__name__ == refusal
            return None
        done = act()
        if twice and self.chance(3):
            assert act() == done
        return done

    # --- payments -----------------------------------------------------------------------------------------------------

    def pay_in_cash(self) -> None:
        login, amount = self.somebody(), self.draw(FIVES)
        receipt = self._pays(login, PAYER, amount)
        self.branch.pay(receipt.number, login, PAYER, amount, amount)

    def pay_an_odd_due_in_cash(self) -> None:
        login = self.somebody()
        customer = self.one_of([customer for customer in ODD_DUES if self.branch.due(customer) > 0] or list(ODD_DUES))
        due = self.branch.due(customer)
        refusal = "NothingDue" if due <= 0 else None if rounded(due) else "CashTooSmall"
        receipt = self.expect(refusal, lambda: self._pays(login, customer), twice=False)
        if receipt:
            assert (receipt.amount.cents, receipt.received.cents) == (due, rounded(due))
            self.branch.pay(receipt.number, login, customer, due, rounded(due))

    def pay_by_cheque(self) -> None:
        login, amount = self.somebody(), self.draw(FIVES)
        dated = self.today() + timedelta(days=2 * self.chance(3))
        face, shared = (amount + 40_00, True) if self.chance(5) else (amount, False)
        self.cheques += 1
        cheque = Cheque(f"{self.cheques:06d}", "00006", "006", "0123456", dated, "Jean Côté")
        receipt = self._pays(login, PAYER, amount, cheque=cheque, face_amount=Money(face) if shared else None)
        assert receipt.cheque_id is not None
        self.branch.pay(receipt.number, login, PAYER, amount, amount, Sheet(receipt.cheque_id, face, dated))

    def pay_with_the_rest_of_a_cheque(self) -> None:
        sheet = self.one_of([sheet for login in AGENTS for sheet in self.branch.unfinished(login)])
        holder = next(login for login in AGENTS if sheet in self.branch.unfinished(login))
        login = self.somebody() if self.chance(4) else holder
        rest = sheet.face - sheet.applied
        amount = 5 if rest > 5 and self.chance(3) else rest
        refusal = None if login == holder else "NothingLeftToShare"
        receipt = self.expect(refusal, lambda: self._pays(login, PAYER, amount, sheet=sheet), twice=False)
        if receipt:
            self.branch.pay(receipt.number, login, PAYER, amount, amount, sheet)

    def reverse_a_payment(self) -> None:
        standing = [paid for paid in self.branch.payments if not paid.reversed]
        parts = [paid for paid in standing if paid.pays_a_part]
        self._reverse(self.one_of(parts if parts and self.chance(3) else standing))

    def reverse_a_payment_again(self) -> None:
        self._reverse(self.one_of([paid for paid in self.branch.payments if paid.reversed]))

    def _reverse(self, paid: Paid) -> None:
        bank = paid.sheet is not None or self.chance(6)
        where = self.one_of(
            ["handed_back", "never_received", "returned_by_bank"] if bank else ["handed_back", "never_received"]
        )
        chief = self.chief_for(paid)
        reason = ReversalReason.RETURNED_CHEQUE if where == "returned_by_bank" else ReversalReason.DUPLICATE
        request = reversing(paid.number, reason=reason, where=WhereIsTheMoney(where))
        done = self.expect(
            refuses_reversal(self.branch, paid, chief, where),
            lambda: reversals.reverse(
                self.world.db, request, by=self.people[chief], at=self.world.now, proved_at=self.world.now
            ),
        )
        if done:
            reverse(self.branch, paid, where)

    def chief_for(self, paid: Paid) -> str:
        """Who corrects a payment: mostly somebody whose work it is not, if there is anybody left."""
        fit = [chief for chief in CHIEFS if chief not in paid.involved]
        return self.one_of(CHIEFS if not fit or self.chance(5) else fit)

    def _pays(
        self,
        login: str,
        customer: str,
        amount: int | None = None,
        *,
        cheque: Cheque | None = None,
        face_amount: Money | None = None,
        sheet: Sheet | None = None,
    ) -> Receipt:
        """Submit a payment, and confirm whatever is asked."""
        key, by = new_key(), self.people[login]

        def submit(confirmed: Sequence[Any] = ()) -> Receipt:
            request = PaymentRequest(
                key=key,
                customer_number=customer,
                choice=AmountChoice.TOTAL_DUE if amount is None else AmountChoice.OTHER,
                amount=None if amount is None else Money(amount),
                tender=Tender.CHEQUE if cheque or sheet else Tender.CASH,
                cheque=cheque,
                handed=None,
                seen_total_due=Money(0),
                seen_past_due=Money(0),
                confirmed=frozenset(confirmed),
                face_amount=face_amount,
                cheque_id=sheet.id if sheet else None,
            )
            return payments.record(self.world.db, request, by=by, at=self.world.now)

        try:
            return submit()
        except ConfirmationNeeded as needed:
            return submit(needed.concerns)


def _nothing_to_draw_with(_strategy: SearchStrategy[Any]) -> Any:
    raise AssertionError("no act is under way")
