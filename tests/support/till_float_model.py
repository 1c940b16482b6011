"""What becomes of the floats of a branch, in plain cents, from the rules alone: vouchers, replenishments, handovers."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.till_model import Branch
from tests.support.till_things import Session

FLOAT_AUTHORISED = 200_00
VOUCHER_LIMIT = 50_00


@dataclass(eq=False)
class Spent:
    """A voucher."""

    posting_id: int
    agent: str
    amount: int
    session: Session
    reversed: bool = False


@dataclass(eq=False)
class Asked:
    """A replenishment asked, and whether it was given."""

    id: int
    agent: str
    amount: int
    granted_by: str = ""


@dataclass(eq=False)
class Offer:
    """Cash of a float on its way from one to another; a blank name is the branch."""

    id: int
    giver: str
    receiver: str
    amount: int
    by: str
    outcome: str = ""


@dataclass
class Floats:
    """Every voucher, request and offer of a branch, and what each did to the tills."""

    branch: Branch
    vouchers: list[Spent] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)

    def fund(self, agent: str) -> int:
        """The float that should be in the agent's drawer."""
        return sum(session.fund for session in self.branch.of(agent))

    def drawer(self, agent: str) -> int:
        """The cash that should be there."""
        return sum(session.drawer for session in self.branch.of(agent))

    def refuses_voucher(self, agent: str, amount: int) -> str | None:
        """Out of the float, within the limit, and never while it is counted."""
        if self.branch.counting(agent):
            return "CountUnderWay"
        if amount > VOUCHER_LIMIT:
            return "VoucherAboveLimit"
        return "VoucherBeyondFloat" if amount > self.fund(agent) else None

    def spend(self, posting_id: int, agent: str, amount: int) -> None:
        """A voucher."""
        session = self.branch.open(agent)
        session.drawer -= amount
        session.fund -= amount
        self.vouchers.append(Spent(posting_id, agent, amount, session))

    def refuses_taking_back(self, spent: Spent, by: str) -> str | None:
        """One's own, once, before it was counted, and never while it is."""
        if spent.reversed or spent.agent != by or spent.session.submitted or spent.session.frozen:
            return "VoucherNotFound"
        return "CountUnderWay" if self.branch.counting(by) else None

    def take_back(self, spent: Spent) -> None:
        """The voucher was a mistake."""
        spent.reversed = True
        spent.session.drawer += spent.amount
        spent.session.fund += spent.amount

    def missing(self, agent: str) -> int:
        """What the agent's float lacks."""
        return FLOAT_AUTHORISED - self.fund(agent)

    def refuses_asking(self, agent: str) -> str | None:
        """Something is missing from the float, and no request that could still be granted waits."""
        missing = self.missing(agent)
        if self.branch.counting(agent):
            return "CountUnderWay"
        waits = any(each.agent == agent and not each.granted_by and each.amount <= missing for each in self.asked)
        return "NothingToReplenish" if missing <= 0 or waits else None

    def ask(self, request_id: int, agent: str) -> None:
        """A request for all that is missing."""
        self.asked.append(Asked(request_id, agent, self.missing(agent)))

    def refuses_grant(self, asked: Asked, by: str) -> str | None:
        """Once, by another person, never into a till that is counted, and only while that much is missing."""
        if asked.granted_by:
            return None if asked.granted_by == by else "ReplenishmentSettled"
        if asked.agent == by:
            return "OwnRequest"
        if self.branch.stands_still(asked.agent):
            return "CountUnderWay"
        return "ReplenishmentSettled" if self.missing(asked.agent) < asked.amount else None

    def grant(self, asked: Asked, by: str) -> None:
        """The branch makes the float whole; a second click gives nothing more."""
        if not asked.granted_by:
            asked.granted_by = by
            self.receive_float(asked.agent, asked.amount)

    def receive_float(self, agent: str, amount: int) -> None:
        """Cash of the branch's funds, or (below zero) back to them."""
        session = self.branch.open(agent)
        session.drawer += amount
        session.fund += amount

    def refuses_offer(self, giver: str, receiver: str, amount: int) -> str | None:
        """Neither till is counted; a colleague gets a float without collections; nobody gets more than authorised."""
        if any(name and self.branch.stands_still(name) for name in (giver, receiver)):
            return "CountUnderWay"
        if giver and receiver and self.drawer(giver) > self.fund(giver):
            return "CollectionsInDrawer"
        if giver and amount > min(self.fund(giver), self.drawer(giver)):
            return "FloatTooSmall"
        return "FloatAboveAuthorised" if receiver and self.fund(receiver) + amount > FLOAT_AUTHORISED else None

    def offer(self, offer_id: int, giver: str, receiver: str, amount: int, by: str) -> None:
        """Nothing moves before it is accepted."""
        self.offers.append(Offer(offer_id, giver, receiver, amount, by))

    def refuses_answer(self, offer: Offer, by: str, outcome: str, grants: tuple[str, ...]) -> str | None:
        """The receiver answers (for the branch whoever grants, not the giver); the giver withdraws."""
        theirs = {
            "withdrawn": offer.by == by,
            "accepted": offer.by != by and (offer.receiver == by or (not offer.receiver and by in grants)),
        }
        theirs["declined"] = theirs["accepted"]
        if offer.outcome not in ("", outcome) or not theirs[outcome]:
            return "HandoverSettled"
        if outcome == "accepted" and not offer.outcome:
            return self.refuses_offer(offer.giver, offer.receiver, offer.amount)
        return None

    def answer(self, offer: Offer, outcome: str) -> None:
        """What was offered changes hands once it is accepted."""
        if outcome == "accepted" and not offer.outcome:
            for name, amount in ((offer.giver, -offer.amount), (offer.receiver, offer.amount)):
                if name:
                    self.receive_float(name, amount)
        offer.outcome = outcome
