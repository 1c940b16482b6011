"""The entries of the counter: which accounts each act moves (the worked day of ``tests/test_counter_day.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from partnernet.domain.entries import Entry, LedgerAccount, Line, credit, debit, moves, reverse
from partnernet.domain.money import ZERO, Money
from partnernet.domain.payments import Settlement
from partnernet.domain.tenders import Tender


@dataclass(frozen=True, slots=True)
class Place:
    """Where money lies: an account, its holder (``None``: the branch) and their till session."""

    account: LedgerAccount
    holder_id: int | None
    till_session_id: int | None


def payment_entry(settlement: Settlement, tender: Tender, *, customer_id: int, agent_id: int, session_id: int) -> Entry:
    """A payment into an agent's till: Dr drawer or cheques, Cr owed."""
    account = LedgerAccount.DRAWER if tender is Tender.CASH else LedgerAccount.CHEQUES
    return paid_into(Place(account, agent_id, session_id), settlement, customer_id=customer_id)


def paid_into(place: Place, settlement: Settlement, *, customer_id: int) -> Entry:
    """Dr where the money lies, Cr owed; a five-cent difference goes to rounding and is borne by the principal.

    A payment that is entered again, its money kept, has it where `reversal_entry` took it out: for another customer
    that is owed itself, without a customer for as long as nobody's name is on it.
    """
    holder_id, session_id = place.holder_id, place.till_session_id
    lines = [debit(place.account, settlement.received, holder_id, till_session_id=session_id)]
    if settlement.rounding < ZERO:
        lines.append(debit(LedgerAccount.ROUNDING, -settlement.rounding, holder_id, till_session_id=session_id))
    lines.append(
        credit(LedgerAccount.OWED, settlement.amount, holder_id, till_session_id=session_id, customer_id=customer_id)
    )
    if settlement.rounding > ZERO:
        lines.append(credit(LedgerAccount.ROUNDING, settlement.rounding, holder_id, till_session_id=session_id))
    return Entry(tuple(lines))


def float_entry(amount: Money, *, agent_id: int, session_id: int) -> Entry:
    """Dr drawer, Cr branch funds: the branch hands a float to the agent."""
    return Entry(
        (
            debit(LedgerAccount.DRAWER, amount, agent_id, till_session_id=session_id),
            credit(LedgerAccount.BRANCH_FUNDS, amount, agent_id, till_session_id=session_id),
        )
    )


def handover_entry(amount: Money, giver: tuple[int, int] | None, receiver: tuple[int, int] | None) -> Entry:
    """Cash and the float that it is pass from one to the other; each is an agent and their till session, or the branch.

    Dr branch funds, Cr drawer of the giver; Dr drawer, Cr branch funds of the receiver. The branch has no drawer: its
    funds are the counterpart.
    """
    lines: tuple[Line, ...] = ()
    for holder, moved in ((giver, -amount), (receiver, amount)):
        if holder:
            changes = {LedgerAccount.DRAWER: moved, LedgerAccount.BRANCH_FUNDS: -moved}
            lines += moves(changes, holder[0], till_session_id=holder[1])
    return Entry(lines)


def reversal_entry(payment: Entry, source: Place) -> Entry:
    """The opposite of a payment, moving cash only when cash moves: what was received comes out of ``source``.

    It is the drawer while the till is not submitted, or when cash is handed back later; over/short for money that was
    never received and that a count has found missing; the cheques on hand or the bag for a sheet that leaves them; what
    was remitted for a sheet that the bank sends back; what is owed when another customer is credited with it.
    """

    def placed(line: Line) -> Line:
        stays = line.customer_id is not None or line.account is LedgerAccount.ROUNDING
        account = line.account if stays else source.account
        return replace(line, account=account, holder_id=source.holder_id, till_session_id=source.till_session_id)

    return Entry(tuple(placed(line) for line in reverse(payment).lines))


def voucher_entry(amount: Money, *, agent_id: int, session_id: int) -> Entry:
    """Dr petty expense, Cr drawer: cash spent from the float."""
    return _in_session({LedgerAccount.PETTY_EXPENSE: amount, LedgerAccount.DRAWER: -amount}, agent_id, session_id)


def difference_entry(difference: Money, *, agent_id: int, session_id: int) -> Entry:
    """A shortage (below zero): Dr over/short, Cr drawer; an excess the other way. What is owed never moves."""
    return _in_session({LedgerAccount.DRAWER: difference, LedgerAccount.OVER_SHORT: -difference}, agent_id, session_id)


def seal_entry(cash: Money, cheques: Money, *, agent_id: int, session_id: int) -> Entry:
    """Dr bag, Cr drawer and cheques: collections sealed for the bank, still owed by the agent."""
    changes = {
        LedgerAccount.BAG: cash + cheques,
        LedgerAccount.DRAWER: -cash,
        LedgerAccount.CHEQUES: -cheques,
    }
    return _in_session(changes, agent_id, session_id)


def carry_entry(sums: Mapping[LedgerAccount, Money], *, agent_id: int, session_id: int, next_id: int) -> Entry | None:
    """Everything that a closed session still holds, but its bag and what is owed for it, goes to the next session.

    ``sums`` are debits less credits of the session; afterwards they are zero but for the bag and its debt.
    """
    bag = sums.get(LedgerAccount.BAG, ZERO)
    rest: dict[LedgerAccount, Money] = {
        account: amount for account, amount in sums.items() if account is not LedgerAccount.BAG
    }
    rest[LedgerAccount.OWED] = rest.get(LedgerAccount.OWED, ZERO) + bag
    lines = (
        *moves({account: -amount for account, amount in rest.items()}, agent_id, till_session_id=session_id),
        *moves(rest, agent_id, till_session_id=next_id),
    )
    return Entry(lines) if lines else None


def custody_entry(amount: Money, *, agent_id: int, session_id: int) -> Entry:
    """Approval: the bag and what is owed for it pass from the agent to the branch."""
    passed = {LedgerAccount.OWED: amount, LedgerAccount.BAG: -amount}
    return Entry(
        (
            *moves(passed, agent_id, till_session_id=session_id),
            *moves({account: -moved for account, moved in passed.items()}, None),
        )
    )


def reopening_entry(
    cash: Money, cheques: Money, difference: Money, *, agent_id: int, session_id: int, current_id: int
) -> Entry | None:
    """A returned submission: its bag is opened into the agent's current session, and its difference taken back."""
    closed = {LedgerAccount.OWED: cash + cheques, LedgerAccount.BAG: -cash - cheques}
    current = {
        LedgerAccount.DRAWER: cash - difference,
        LedgerAccount.CHEQUES: cheques,
        LedgerAccount.OWED: -cash - cheques,
        LedgerAccount.OVER_SHORT: difference,
    }
    lines = (
        *moves(closed, agent_id, till_session_id=session_id),
        *moves(current, agent_id, till_session_id=current_id),
    )
    return Entry(lines) if lines else None


def deposit_entry(amount: Money) -> Entry:
    """Dr remitted, Cr bag: the bank has the money, and only now is less owed to the principal."""
    return Entry(moves({LedgerAccount.REMITTED: amount, LedgerAccount.BAG: -amount}, None))


def _in_session(changes: Mapping[LedgerAccount, Money], agent_id: int, session_id: int) -> Entry:
    return Entry(moves(changes, agent_id, till_session_id=session_id))
