"""What the tills of a branch must hold after a sequence of acts, in plain cents: written from the ledger's rules alone.

It knows nothing of entries, rows or accounts: money lies in a drawer, in a bag, with the branch or at the bank, and
somebody owes it to the principal. `refuses_…` name the refusal that an act must meet, `None` when it must succeed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.support.till_things import Bag, Count, Paid, Session, Sheet


@dataclass
class Branch:
    """The tills of a branch, its bags, and what became of every payment."""

    sessions: dict[str, list[Session]] = field(default_factory=dict)
    bags: list[Bag] = field(default_factory=list)
    payments: list[Paid] = field(default_factory=list)
    invoiced: dict[str, int] = field(default_factory=dict)

    # --- who owes what ----------------------------------------------------------------------------------------------

    def due(self, customer: str) -> int:
        """What a customer owes, below zero their credit: what was invoiced, less their payments that stand."""
        paid = sum(each.amount for each in self.payments if each.customer == customer and not each.reversed)
        return self.invoiced[customer] - paid

    # --- who holds what ---------------------------------------------------------------------------------------------

    def of(self, agent: str) -> list[Session]:
        """The agent's sessions that are not submitted: the counted one first, then the open one."""
        return [session for session in self.sessions.get(agent, []) if not session.submitted]

    def open(self, agent: str) -> Session:
        """The agent's open session, begun when there is none."""
        unfrozen = [session for session in self.of(agent) if not session.frozen]
        if unfrozen:
            return unfrozen[0]
        self.sessions.setdefault(agent, []).append(Session())
        return self.sessions[agent][-1]

    def held(self, agent: str) -> tuple[int, int, int, int, int]:
        """Drawer, cheques, bags, what is owed to the principal, and float of an agent."""
        own, bags = self.of(agent), [bag for bag in self.bags if bag.agent == agent and bag.place == "till"]
        return (
            sum(session.drawer for session in own),
            sum(sheet.applied for session in own for sheet in session.sheets),
            sum(bag.total for bag in bags),
            sum(session.owed for session in own) + sum(bag.total for bag in bags),
            sum(session.fund for session in own),
        )

    def held_by_branch(self) -> tuple[int, int, int, int, int]:
        """The same of the branch itself: bags that it has, and the debt for them."""
        total = sum(bag.total for bag in self.bags if bag.place in ("branch", "slip"))
        return 0, 0, total, total, 0

    def waiting_bags(self) -> list[Bag]:
        """The branch's bags that can go on a slip."""
        return [bag for bag in self.bags if bag.place == "branch" and bag.total]

    def counting(self, agent: str) -> bool:
        """Whether the agent's till is being counted."""
        return any(session.counter for session in self.of(agent))

    def stands_still(self, agent: str) -> bool:
        """Whether it is being counted, or counted and not yet accounted for."""
        return self.counting(agent) or any(session.frozen for session in self.of(agent))

    # --- money comes in ---------------------------------------------------------------------------------------------

    def pay(
        self, number: str, agent: str, customer: str, amount: int, received: int, sheet: Sheet | None = None
    ) -> None:
        """Cash into the drawer, or a sheet of paper; the principal is owed what was received."""
        session = self.open(agent)
        session.owed += received
        if sheet is None:
            session.drawer += received
        else:
            sheet.applied += received
            if sheet not in session.sheets:
                session.sheets.append(sheet)
        self.payments.append(Paid(number, agent, customer, amount, received, session, sheet, entered_by=agent))

    def unfinished(self, agent: str) -> list[Sheet]:
        """Sheets in the agent's hands that their payments have not used up."""
        return [sheet for session in self.of(agent) for sheet in session.sheets if sheet.applied < sheet.face]

    def bag_of(self, sheet: Sheet) -> Bag | None:
        """The bag in which a sheet is sealed."""
        return next((bag for bag in self.bags if bag.place != "opened" and sheet in bag.sheets), None)

    # --- counted, submitted, decided --------------------------------------------------------------------------------

    def to_count(self, agent: str) -> Session | None:
        """The session whose turn it is: the one counted and not submitted, else the open one."""
        return next(iter(self.of(agent)), None)

    def counted(self, agent: str) -> bool:
        """Whether a frozen count waits for its submission."""
        return any(session.frozen for session in self.of(agent))

    def can_close(self, agent: str) -> bool:
        """Whether a count would be frozen: there is something to count, and no sheet is half used."""
        session = self.to_count(agent)
        return session is not None and not any(sheet.applied < sheet.face for sheet in session.sheets)

    def submissions(self) -> list[Bag]:
        """Bags of submitted tills, oldest first."""
        return [bag for bag in self.bags if bag.reconciliation_id]

    def drops(self) -> list[Bag]:
        """Bags dropped during the day, oldest first."""
        return [bag for bag in self.bags if not bag.reconciliation_id]

    def freeze(self, session: Session, count_id: int, counted: int, seen: list[Sheet]) -> None:
        """A count is fixed beside what was expected; what comes now belongs to the next session."""
        session.count = Count(count_id, session.drawer, counted, seen, session.counter, session.witness)
        session.frozen, session.counter, session.witness = True, "", ""

    def refuses_start(self, agent: str) -> str | None:
        """There is something to count, and nobody else counts it."""
        session = self.to_count(agent)
        if session is None:
            return "NoTill"
        return "CountedByAnother" if session.counter not in ("", agent) else None

    def refuses_start_for(self, agent: str, by: str, witness: str) -> str | None:
        """Three people: an absent agent, who counts, and who watches. What the agent had begun is given up."""
        if len({agent, by, witness}) < 3:
            return "WitnessUnfit"
        session = self.to_count(agent)
        if session is None:
            return "NoTill"
        return "CountedByAnother" if session.counter not in ("", agent, by) else None

    def start(self, session: Session, by: str, witness: str = "") -> None:
        """A count begins, or goes on with the witness it had."""
        if session.counter != by:
            session.counter, session.witness = by, witness

    def refuses_submission(self, session: Session, by: str, *, explained: bool) -> str | None:
        """The last count, by who made it, of a till that has not moved since, with every cheque, and explained."""
        count = session.count
        if session.counter or count is None or count.by != by:
            return "NoCount"
        if session.drawer != count.expected:
            return "TillMoved"
        if any(sheet not in count.seen for sheet in session.sheets):
            return "ChequesMissing"
        return "ExplanationMissing" if count.counted != count.expected and not explained else None

    def cash_to_bag(self, session: Session) -> int:
        """Collections in full; a shortage reduces the float first, and what exceeds it is not there to be bagged."""
        assert session.count is not None
        return min(session.collected(), session.count.counted)

    def submit(self, agent: str, session: Session, bag_id: int, reconciliation_id: int, today: date) -> Bag:
        """The difference is the branch's, the collections are sealed, and the rest opens the next session."""
        assert session.count is not None
        cash, difference = self.cash_to_bag(session), session.count.counted - session.count.expected
        bag = self._seal(agent, session, bag_id, cash, [each for each in session.sheets if each.dated <= today])
        bag.difference, bag.reconciliation_id = difference, reconciliation_id
        bag.made_by = (session.count.by, session.count.witness)
        session.submitted = True
        following = self.open(agent)
        following.drawer += session.drawer + difference
        following.fund += session.fund + difference
        following.owed += session.owed
        following.sheets = session.sheets + following.sheets
        return bag

    def refuses_drop(self, agent: str, cash: int, sheets: list[Sheet], today: date) -> str | None:
        """Collections of a till that is not counted: no float, no cheque before its date or not used up."""
        session = next(iter(self.of(agent)), Session())
        if self.stands_still(agent):
            return "CountUnderWay"
        if not cash and not sheets:
            return "DropEmpty"
        if cash > session.collected():
            return "DropBeyondCollected"
        if any(sheet not in session.sheets or sheet.dated > today for sheet in sheets):
            return "ChequeNotOnHand"
        return "ChequeNotFullyApplied" if any(sheet.applied < sheet.face for sheet in sheets) else None

    def drop(self, agent: str, bag_id: int, cash: int, sheets: list[Sheet]) -> Bag:
        """A bag during the day."""
        return self._seal(agent, self.open(agent), bag_id, cash, sheets)

    def _seal(self, agent: str, session: Session, bag_id: int, cash: int, sheets: list[Sheet]) -> Bag:
        bag = Bag(bag_id, agent, cash, list(sheets), session)
        session.drawer -= cash
        session.sheets = [sheet for sheet in session.sheets if sheet not in sheets]
        session.owed -= bag.total
        self.bags.append(bag)
        return bag

    def refuses_decision(self, bag: Bag, by: str, *, approves: bool) -> str | None:
        """Who neither owes it nor counted or watched, once; the same person's second click changes nothing."""
        if by in (bag.agent, *bag.made_by):
            return "OwnReconciliation"
        again = bag.decided_by == by and approves == (bag.place != "opened")
        return "NotPending" if bag.decided_by and not again else None

    def refuses_receipt(self, bag: Bag, by: str) -> str | None:
        """A dropped bag is taken by another person, once."""
        if bag.decided_by:
            return None if bag.decided_by == by else "DropNotWaiting"
        return "OwnReconciliation" if bag.agent == by else None

    def take_for_branch(self, bag: Bag, by: str) -> None:
        """Approved, or received: the bag and its debt pass to the branch."""
        if not bag.decided_by:
            bag.decided_by, bag.place = by, "branch"

    def put_on_a_slip(self, bags: list[Bag]) -> list[Bag]:
        """On their way to the bank, once and for all."""
        for bag in bags:
            bag.place = "slip"
        return list(bags)

    def refuses_reference(self, bags: list[Bag], reference: str) -> str | None:
        """One reference for good, and none for a slip of which everything was taken out."""
        given = {bag.reference for bag in bags}
        if given != {""}:
            return None if given == {reference} else "DepositSettled"
        return None if any(bag.total for bag in bags) else "DepositEmpty"

    def deposit(self, bags: list[Bag], reference: str) -> None:
        """The bank has them: the debt is paid."""
        for bag in bags:
            bag.place, bag.reference = "bank", reference

    def send_back(self, bag: Bag, by: str) -> None:
        """The bag is opened into the session whose turn it is, and the difference is taken back."""
        if bag.decided_by:
            return
        session = self.to_count(bag.agent) or self.open(bag.agent)
        session.drawer += bag.cash - bag.difference
        session.fund -= bag.difference
        session.owed += bag.total
        session.sheets = bag.sheets + session.sheets
        bag.session.reopened = session  # even of an empty bag: what the count said of the till is said again
        bag.decided_by, bag.place = by, "opened"


def still_uncounted(session: Session) -> Session | None:
    """Where a session's money waits to be counted: there, or where its bag was opened; `None` once accounted for."""
    while session.submitted:
        if session.reopened is None:
            return None
        session = session.reopened
    return session
