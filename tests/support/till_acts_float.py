"""Acts on the floats of a branch, each checked against the model: vouchers, replenishments, handovers."""

from __future__ import annotations

from hypothesis import strategies as st

from partnernet.domain.handovers import HandoverRequest
from partnernet.domain.money import Money
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.services import handovers, petty_cash, replenishments
from tests.support.requests import new_key
from tests.support.till_acts import AGENTS, FIVES, SUPERVISORS, TillActs
from tests.support.till_float_model import FLOAT_AUTHORISED

VOUCHERS = st.integers(1, 1_000).map(lambda pieces: 5 * pieces) | st.just(50_05)


class FloatActs(TillActs):
    """What happens to floats."""

    def pay_a_voucher(self) -> None:
        login, amount = self.somebody(), self.draw(VOUCHERS)
        request = VoucherRequest(
            new_key(),
            self.today(),
            "Postes Canada",
            "Timbres",
            VoucherCategory.POSTAGE,
            Money(amount),
            receipt_kept=True,
        )
        paid = self.expect(
            self.floats.refuses_voucher(login, amount),
            lambda: petty_cash.pay_voucher(self.world.db, request, by=self.people[login], at=self.world.now),
        )
        if paid:
            self.floats.spend(paid.posting_id, login, amount)

    def take_a_voucher_back(self) -> None:
        spent, key = self.one_of(self.floats.vouchers), new_key()
        by = self.somebody() if self.chance(4) else spent.agent
        done = self.expect(
            self.floats.refuses_taking_back(spent, by),
            lambda: petty_cash.reverse_voucher(
                self.world.db, spent.posting_id, key, by=self.people[by], at=self.world.now
            ),
        )
        if done:
            self.floats.take_back(spent)

    def ask_for_a_replenishment(self) -> None:
        login, key = self.somebody(), new_key()
        missing = self.floats.missing(login)
        amount = self.expect(
            self.floats.refuses_asking(login),
            lambda: replenishments.ask(self.world.db, key, by=self.people[login], at=self.world.now),
        )
        if amount:
            assert amount.cents == missing
            newest = replenishments.listed(self.world.db, by=self.people["SU2000"])[0]
            self.floats.ask(newest.id, login)

    def grant_a_replenishment(self) -> None:
        asked, chief = self.one_of(self.floats.asked), self.somebody(SUPERVISORS)
        granted = self.expect(
            self.floats.refuses_grant(asked, chief),
            lambda: replenishments.grant(self.world.db, asked.id, by=self.people[chief], at=self.world.now),
        )
        if granted:
            self.floats.grant(asked, chief)

    def offer_a_float(self) -> None:
        giver = self.somebody() if self.chance(2) else ""
        receiver = self.one_of([*AGENTS, ""])
        whole = self.floats.fund(giver) if giver else FLOAT_AUTHORISED
        amount = self.draw(FIVES) if whole <= 0 or self.chance(3) else whole
        self.offer(giver, receiver, amount, giver or self.somebody(SUPERVISORS))

    def offer(self, giver: str, receiver: str, amount: int, by: str) -> None:
        request = HandoverRequest(new_key(), giver, receiver, Money(amount))
        refusal = "NoSuchColleague" if giver == receiver else self.floats.refuses_offer(giver, receiver, amount)
        offered = self.expect(
            refusal, lambda: handovers.offer(self.world.db, request, by=self.people[by], at=self.world.now)
        )
        if offered:
            self.floats.offer(offered.id, giver, receiver, amount, by)

    def answer_an_offer(self) -> None:
        offer = self.one_of(self.floats.offers)
        by = self.somebody([*AGENTS, "SU2000"]) if self.chance(4) else offer.receiver or "SU2000"
        self.answer(by, self.one_of(["declined", "withdrawn", "accepted", "accepted", "accepted"]), offer_id=offer.id)

    def answer(self, by: str, outcome: str, *, offer_id: int) -> None:
        offer = next(each for each in self.floats.offers if each.id == offer_id)
        act = {"accepted": handovers.accept, "declined": handovers.decline, "withdrawn": handovers.withdraw}[outcome]
        done = self.expect(
            self.floats.refuses_answer(offer, by, outcome, SUPERVISORS),
            lambda: act(self.world.db, offer.id, by=self.people[by], at=self.world.now),
        )
        if done:
            self.floats.answer(offer, outcome)
