"""Payments entered again, checked against the model: on another account, for another amount, by the other tender."""

from __future__ import annotations

from datetime import timedelta

from partnernet.domain.cheques import Cheque
from partnernet.domain.corrections import Examination
from partnernet.domain.money import Money
from partnernet.domain.receipts import Receipt
from partnernet.domain.reversals import Reentry, ReversalReason, ReversalRequest
from partnernet.domain.tenders import Tender
from partnernet.services import corrections, payments, reversals
from tests.support.requests import reversing
from tests.support.till_acts import FIVES, TillActs
from tests.support.till_correction_model import (
    Written,
    enter_again,
    refuses_correction,
    rounded,
    settled,
    standing_in,
    where_is,
    written,
)
from tests.support.till_things import Paid, Sheet
from tests.support.till_worlds import ODD_DUES, OTHER_PAYER, PAYER

_RICH = (PAYER, OTHER_PAYER)


class CorrectionActs(TillActs):
    """What supervisors correct without any money changing hands."""

    def move_a_payment(self) -> None:
        """Mostly to an account that owes much, or to one of whose odd cents the cash is exactly the due."""
        paid = self._some()
        fitting = [who for who in ODD_DUES if rounded(self.branch.due(who)) == paid.received and not paid.sheet]
        among = [*ODD_DUES, paid.customer] if self.chance(6) else [*fitting, *_RICH]
        others = [who for who in among if who != paid.customer] if among[-1] in _RICH else among
        instead = written(paid)._replace(customer=self.one_of(others))
        if self.chance(12):
            instead = instead._replace(amount=instead.amount + 5)
        self._correct(paid, "customer", instead)

    def correct_an_amount(self) -> None:
        paid = self._some()
        instead = written(paid)._replace(amount=self._amount_for(paid))
        if self.chance(12):
            instead = instead._replace(customer=OTHER_PAYER)
        self._correct(paid, "amount", instead)

    def correct_a_tender(self) -> None:
        paid = self._some()
        instead = written(paid)._replace(tender="cash" if paid.sheet else "cheque")
        if self.chance(3):
            instead = instead._replace(amount=self._amount_for(paid))
        if self.chance(12):
            instead = instead._replace(tender=written(paid).tender)
        self._correct(paid, "tender", instead)

    def _some(self) -> Paid:
        """A payment; mostly one that stands, as soon at the bank or a part of a sheet as in the drawer."""
        by_place: dict[tuple[str, bool], list[Paid]] = {}
        for paid in self.branch.payments:
            if not paid.reversed:
                by_place.setdefault((where_is(self.branch, paid), paid.pays_a_part), []).append(paid)
        if not by_place or self.chance(10):
            return self.one_of(self.branch.payments)
        return self.one_of(self.one_of(list(by_place.values())))

    def _amount_for(self, paid: Paid) -> int:
        """Any in pieces of five, what was there before, or a due that it settles or misses by a cent."""
        due = self.branch.due(paid.customer) + (0 if paid.reversed else paid.amount)
        dues = [due + 1, rounded(due), due] if 0 < due < 1_000_00 else []
        return self.one_of([paid.received, *dues]) if self.chance(4 if dues else 8) else int(self.draw(FIVES))

    # --- done, and compared with the model ----------------------------------------------------------------------------

    def _correct(self, paid: Paid, wrong: str, instead: Written) -> None:
        chief, accounts = self.chief_for(paid), {paid.customer, instead.customer}
        entered = self._reentry(paid, instead)
        request = reversing(paid.number, reason=ReversalReason[f"WRONG_{wrong.upper()}"], reentry=entered)
        refusal = refuses_correction(self.branch, paid, chief, wrong, instead)
        foreseen = self._foresee(request, chief, refusal) if self.chance(3) else None
        before = {who: self.branch.due(who) for who in accounts}
        by, at = self.people[chief], self.world.now
        made = self.expect(refusal, lambda: reversals.reverse(self.world.db, request, by=by, at=at, proved_at=at))
        if made is None:
            return
        found = self._examined(made.reentered)
        again = found.receipt
        comes_to = settled(self.branch, paid, instead)
        assert not isinstance(comes_to, str)
        sheet = self._sheet(paid, wrong, again, comes_to.received)
        stands = standing_in(paid, again.number, chief, customer=instead.customer, comes_to=comes_to, sheet=sheet)
        enter_again(self.branch, paid, stands)
        self._says_what_stands(paid, again, stands)
        self._knows_where_it_is(found, stands)
        assert foreseen in (None, {who: (before[who], self.branch.due(who)) for who in accounts})

    def _reentry(self, paid: Paid, instead: Written) -> Reentry:
        """What is entered: a new cheque has details of its own, the one that was taken keeps them."""
        found = self._examined(paid.number)
        self._knows_where_it_is(found, paid)
        cheque = found.receipt.cheque
        if instead.tender == "cheque" and cheque is None:
            self.cheques += 1
            dated = self.today() + timedelta(days=2 * self.chance(4))
            cheque = Cheque(f"{self.cheques:06d}", "00006", "006", "0123456", dated, "Jean Côté")
        if instead.tender == "cash":
            cheque = None
        return Reentry(instead.customer, Tender(instead.tender), Money(instead.amount), cheque)

    def _examined(self, number: str) -> Examination:
        return corrections.examined(self.world.db, number, by=self.people["SU2000"])

    def _knows_where_it_is(self, found: Examination, paid: Paid) -> None:
        assert found.where is None if paid.reversed else found.where == where_is(self.branch, paid)
        assert found.involved == {self.people[login].id for login in paid.involved}

    def _foresee(self, request: ReversalRequest, chief: str, refusal: str | None) -> dict[str, tuple[int, int]] | None:
        """What the accounts would owe before and after, as it is shown before the button."""
        by, at = self.people[chief], self.world.now
        shown = self.expect(refusal, lambda: reversals.preview(self.world.db, request, by=by, at=at), twice=False)
        if shown is None:
            return None
        return {each.number: (each.total_due_before.cents, each.total_due_after.cents) for each in shown.accounts}

    def _sheet(self, paid: Paid, wrong: str, again: Receipt, received: int) -> Sheet | None:
        """The paper that stands for it now: the same one when only the name was wrong."""
        if again.cheque is None or (wrong == "customer" and paid.sheet):
            return paid.sheet if again.cheque else None
        assert again.cheque_id is not None
        return Sheet(again.cheque_id, received, again.cheque.dated, received)

    def _says_what_stands(self, paid: Paid, again: Receipt, stands: Paid) -> None:
        undone = payments.receipt(self.world.db, paid.number, by=self.people["SU2000"])
        assert undone.reversal is not None
        assert undone.reversal.reentered == again.number
        assert (again.corrects, again.reversal) == (paid.number, None)
        assert (again.agent_login, again.entered_by) == (paid.agent, self.people[stands.entered_by].name)
        assert again.customer.number == stands.customer
        assert (again.amount.cents, again.received.cents) == (stands.amount, stands.received)
        assert again.cheque_id == (stands.sheet.id if stands.sheet else None)
        assert not stands.sheet or paid.sheet is stands.sheet or again.cheque_id != undone.cheque_id
        assert again.total_due_after.cents == self.branch.due(stands.customer)
