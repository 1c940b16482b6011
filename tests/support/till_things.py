"""What a till holds, in plain cents: sheets of paper, counts, sessions, bags and the payments that they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(eq=False)
class Sheet:
    """A cheque: made out for ``face``; ``applied`` is what its payments, not reversed, have used of it."""

    id: int
    face: int
    dated: date
    applied: int = 0


@dataclass(eq=False)
class Count:
    """A frozen count: what the till should have held at that moment, what was found, and which sheets were seen.

    ``by`` is who counted; ``witness`` stood beside whoever counts for an absent agent.
    """

    id: int
    expected: int
    counted: int
    seen: list[Sheet]
    by: str
    witness: str


@dataclass(eq=False)
class Session:
    """What one till session holds. ``fund`` is the part of the drawer that is the float.

    ``counter`` is who counts it now, beside a ``witness`` when its agent is absent; ``frozen`` once counted;
    ``submitted`` once accounted for, and then everything but its bag lies elsewhere; ``reopened`` is the session into
    which its bag was opened when it was sent back.
    """

    drawer: int = 0
    fund: int = 0
    owed: int = 0
    sheets: list[Sheet] = field(default_factory=list)
    frozen: bool = False
    counter: str = ""
    witness: str = ""
    count: Count | None = None
    submitted: bool = False
    reopened: Session | None = None

    def collected(self) -> int:
        """Customers' cash that can be bagged: never the float, never more than what lies there."""
        return max(self.drawer - max(self.fund, 0), 0)


@dataclass(eq=False)
class Bag:
    """Sealed collections; ``place`` is till, branch, slip, bank, or opened (returned to the till)."""

    id: int
    agent: str
    cash: int
    sheets: list[Sheet]
    session: Session
    difference: int = 0
    reconciliation_id: int = 0
    made_by: tuple[str, ...] = ()
    decided_by: str = ""
    place: str = "till"
    reference: str = ""

    @property
    def total(self) -> int:
        return self.cash + sum(sheet.applied for sheet in self.sheets)


@dataclass(eq=False)
class Paid:
    """A payment; ``sheet`` is its cheque, ``session`` the one into which its money came first.

    ``agent`` took the money, and ``entered_by`` entered it: a supervisor when it stands in place of another payment.
    """

    number: str
    agent: str
    customer: str
    amount: int
    received: int
    session: Session
    sheet: Sheet | None = None
    reversed: bool = False
    entered_by: str = ""

    @property
    def involved(self) -> set[str]:
        """Whose work it is."""
        return {self.agent, self.entered_by}

    @property
    def pays_a_part(self) -> bool:
        """Whether its sheet is made out for more than it."""
        return self.sheet is not None and self.sheet.face > self.amount
