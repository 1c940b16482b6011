"""Acts of counting a till and accounting for it, each checked against the model: count, submit, approve, send back."""

from __future__ import annotations

from partnernet.domain.agents import Agent
from partnernet.domain.counts import CountDraft
from partnernet.domain.money import Money
from partnernet.domain.pieces import LARGEST_QUANTITY, NO_PIECES, Pieces, take
from partnernet.domain.reconciliations import DifferenceReason, Reconciliation, ReconciliationState, SubmitRequest
from partnernet.services import counts, reconciliations
from tests.support.requests import new_key
from tests.support.till_acts import AGENTS, SUPERVISORS, TillActs
from tests.support.till_things import Bag, Session
from tests.support.till_worlds import PASSWORD
from tests.support.world import World

PLENTY = Pieces((LARGEST_QUANTITY,) * len(NO_PIECES.quantities))
OFF_BY = [-5, 5, 20_00, -300_00, -20_00, 0, 0]


class CountActs(TillActs):
    """What happens to a till in the evening."""

    def __init__(self, world: World, people: dict[str, Agent]) -> None:
        super().__init__(world, people)
        self.drafts: dict[str, int] = {}
        self.submitted: list[tuple[SubmitRequest, Agent, Reconciliation]] = []

    def counting(self) -> list[str]:
        """Whose till is being counted."""
        return [login for login in AGENTS if self.branch.counting(login)]

    def counted(self) -> list[str]:
        """Whose frozen count waits for its submission."""
        return [login for login in AGENTS if self.branch.counted(login)]

    def start_a_count(self) -> None:
        self.start(self.somebody())

    def start(self, login: str) -> None:
        draft = self.expect(
            self.branch.refuses_start(login),
            lambda: counts.start(self.world.db, by=self.people[login], at=self.world.now),
        )
        if draft:
            self._started(draft, login, login)

    def count_for_an_absent_agent(self) -> None:
        login, chief, witness = self.somebody(), self.somebody(SUPERVISORS), self.somebody([*AGENTS, "SU2000"])
        draft = self.expect(
            self.branch.refuses_start_for(login, chief, witness),
            lambda: counts.start_for_absent(
                self.world.db, login, witness, PASSWORD, by=self.people[chief], at=self.world.now
            ),
            twice=False,
        )
        if draft:
            self._started(draft, login, chief, witness)

    def _started(self, draft: CountDraft, login: str, by: str, witness: str = "") -> None:
        session = self._session(login)
        self.branch.start(session, by, witness)
        self.drafts[login] = draft.id
        assert {cheque.id for cheque in draft.cheques} == {sheet.id for sheet in session.sheets}

    def give_a_count_up(self) -> None:
        login = self.somebody(self.counting())
        session = self._session(login)
        counts.drop(self.world.db, self.drafts[login], by=self.people[session.counter], at=self.world.now)
        session.counter = session.witness = ""

    def freeze_a_count(self) -> None:
        self.freeze(self.somebody(self.counting()), self.one_of(OFF_BY), overlooked=1 if self.chance(6) else 0)

    def freeze(self, login: str, off_by: int, *, overlooked: int = 0) -> None:
        session = self._session(login)
        counted, seen = max(session.drawer + off_by, 0), session.sheets[overlooked:]
        typed, ticked = _typed(counted, min(session.collected(), counted)), frozenset(sheet.id for sheet in seen)
        unfinished = any(sheet.applied < sheet.face for sheet in session.sheets)
        frozen = self.expect(
            "ChequeNotFullyApplied" if unfinished else None,
            lambda: counts.freeze(
                self.world.db, self.drafts[login], typed, {}, ticked, by=self.people[session.counter], at=self.world.now
            ),
        )
        if frozen:
            assert (frozen.counted.cents, frozen.expected.cents) == (counted, session.drawer)
            assert {cheque.id for cheque in frozen.missing} == {sheet.id for sheet in session.sheets[:overlooked]}
            self.branch.freeze(session, frozen.id, counted, seen)

    def submit_a_count(self) -> None:
        self.submit(self.somebody(self.counted()), explains=not self.chance(6))

    def submit(self, login: str, *, explains: bool = True) -> None:
        session = self._session(login)
        assert session.count is not None
        reason, note = (DifferenceReason.UNKNOWN, "recompté") if explains else (None, "")
        request, today = SubmitRequest(new_key(), session.count.id, reason, note), self.today()
        by = login if self.chance(6) else session.count.by
        done = self.expect(
            self.branch.refuses_submission(session, by, explained=explains),
            lambda: reconciliations.submit(self.world.db, request, by=self.people[by], at=self.world.now),
        )
        if done:
            bag = self.branch.submit(login, session, done.bag.id, done.id, today)
            assert (done.bag.cash.cents, done.bag.total.cents) == (bag.cash, bag.total)
            assert {cheque.id for cheque in done.bag.cheques} == {sheet.id for sheet in bag.sheets}
            assert done.count.difference.cents == bag.difference
            self.submitted.append((request, self.people[by], done))

    def submit_again(self) -> None:
        request, by, done = self.one_of(self.submitted)
        other = self.one_of(["note", "person", ""])
        if other == "note":
            request = SubmitRequest(request.key, request.count_id, request.reason, "autre chose")
        if other == "person":
            by = self.people[next(login for login in AGENTS if login != by.login)]
        again = self.expect(
            "OtherContentForKey" if other else None,
            lambda: reconciliations.submit(self.world.db, request, by=by, at=self.world.now),
        )
        assert other or again.id == done.id

    def approve_a_till(self) -> None:
        self.approve(self.one_of(self.branch.submissions()), self.somebody(SUPERVISORS))

    def approve(self, bag: Bag, chief: str) -> None:
        by, at = self.people[chief], self.world.now
        done = self.expect(
            self.branch.refuses_decision(bag, chief, approves=True),
            lambda: reconciliations.approve(self.world.db, bag.reconciliation_id, by=by, at=at, proved_at=at),
        )
        if done:
            assert done.state in (ReconciliationState.APPROVED, ReconciliationState.DEPOSITED)
            self.branch.take_for_branch(bag, chief)

    def send_a_till_back(self) -> None:
        self.send_back(self.one_of(self.branch.submissions()), self.somebody(SUPERVISORS))

    def send_back(self, bag: Bag, chief: str) -> None:
        by, at, why = self.people[chief], self.world.now, "Recomptez."
        done = self.expect(
            self.branch.refuses_decision(bag, chief, approves=False),
            lambda: reconciliations.send_back(self.world.db, bag.reconciliation_id, why, by=by, at=at, proved_at=at),
        )
        if done:
            assert done.state is ReconciliationState.RETURNED
            self.branch.send_back(bag, chief)

    def close_the_day(self) -> None:
        """What happens every evening, in one step: so that long histories are reached."""
        login = self.somebody([login for login in AGENTS if self.branch.can_close(login)])
        if not self.branch.counting(login):
            self.start(login)
        self.freeze(login, self.one_of(OFF_BY))
        bags = len(self.branch.bags)
        self.submit(login)
        if len(self.branch.bags) == bags:
            return
        then = self.one_of(["nothing", "send back", "approve"])
        if then == "approve":
            self.approve(self.branch.bags[-1], "SU2000")
        if then == "send back":
            self.send_back(self.branch.bags[-1], "SU2000")

    def _session(self, login: str) -> Session:
        session = self.branch.to_count(login)
        assert session is not None
        return session


def _typed(counted: int, bagged: int) -> dict[int, str]:
    """Pieces of which the bag can be made: its own, and those of the rest."""
    bag, rest = take(PLENTY, Money(bagged)), take(PLENTY, Money(counted - bagged))
    assert bag is not None
    assert rest is not None
    return {denomination_cents: str(quantity) for denomination_cents, quantity in (bag + rest).lines()}
