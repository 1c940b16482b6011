"""What becomes of payments that are corrected, in plain cents, from the rules alone.

A reversal moves cash only when cash moves. When the money was kept it stays where it is, and what was written of it
changes: another account, another amount, another tender.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tests.support.till_model import Branch, still_uncounted
from tests.support.till_things import Bag, Paid, Session, Sheet

# What may change when this was written wrong.
MAY_CHANGE = {"customer": {"customer"}, "amount": {"amount"}, "tender": {"tender", "amount"}}


class Written(NamedTuple):
    """What a payment says: the account, ``tender`` (cash or cheque), and what was handed over."""

    customer: str
    tender: str
    amount: int


@dataclass(frozen=True)
class Settled:
    """What is credited to the customer, and what was received for it."""

    amount: int
    received: int


def rounded(due: int) -> int:
    """Cash to five cents."""
    return due + {0: 0, 1: -1, 2: -2, 3: 2, 4: 1}[due % 5]


def written(paid: Paid) -> Written:
    """A payment as it was entered."""
    return Written(paid.customer, "cheque" if paid.sheet else "cash", paid.received)


def where_is(branch: Branch, paid: Paid) -> str:
    """Where the money of a payment that stands is."""
    if paid.sheet is None:
        return "counted" if still_uncounted(paid.session) is None else "drawer"
    bag = branch.bag_of(paid.sheet)
    return "on_hand" if bag is None else "at_bank" if bag.place == "bank" else "in_bag"


# --- reversed ---------------------------------------------------------------------------------------------------------


def refuses_reversal(branch: Branch, paid: Paid, by: str, where: str) -> str | None:
    """Never one's own, never twice; no bank returns cash, and what the bank has comes back from there only."""
    if by in paid.involved:
        return "OwnEntry"
    if paid.reversed:
        return "AlreadyReversed"
    if paid.sheet is None:
        return "NotPaidByCheque" if where == "returned_by_bank" else None
    if any(by in shared.involved for shared in _of_sheet(branch, paid.sheet)):
        return "OwnEntry"
    return "ChequeDeposited" if where_is(branch, paid) == "at_bank" and where != "returned_by_bank" else None


def reverse(branch: Branch, paid: Paid, where: str) -> None:
    """The money leaves from where it is; a sheet goes whole, with every payment that shares it."""
    if paid.sheet is None:
        _give_back_cash(branch, paid, where)
        paid.reversed = True
        return
    shared = _of_sheet(branch, paid.sheet)
    _put_instead(branch, paid, None)
    for each in shared:
        each.reversed = True


def _of_sheet(branch: Branch, sheet: Sheet) -> list[Paid]:
    return [paid for paid in branch.payments if paid.sheet is sheet and not paid.reversed]


def _give_back_cash(branch: Branch, paid: Paid, where: str) -> None:
    uncounted = still_uncounted(paid.session)
    session = uncounted or branch.open(paid.agent)
    session.owed -= paid.received
    if uncounted is None and where == "never_received":
        session.fund += paid.received  # a count has found it missing: that was no shortage of the float
    else:
        session.drawer -= paid.received


# --- entered again ----------------------------------------------------------------------------------------------------


def refuses_correction(branch: Branch, paid: Paid, by: str, wrong: str, instead: Written) -> str | None:
    """Never one's own, never twice, and nothing else than what was wrong; a sheet for several accounts only moves, and
    one that was bagged is a cheque."""
    if by in paid.involved:
        return "OwnEntry"
    if paid.reversed:
        return "AlreadyReversed"
    if wrong != "customer" and paid.pays_a_part:
        return "ChequeShared"
    was = written(paid)
    changed = {what for what in Written._fields if getattr(was, what) != getattr(instead, what)}
    if wrong not in changed:
        return "NothingCorrected"
    if changed - MAY_CHANGE[wrong]:
        return "CorrectsMore"
    if "tender" in changed and paid.sheet and branch.bag_of(paid.sheet):
        return "ChequeBagged"
    comes_to = settled(branch, paid, instead)
    if isinstance(comes_to, str):
        return comes_to
    return "NothingCorrected" if wrong == "amount" and comes_to.received == paid.received else None


def settled(branch: Branch, paid: Paid, instead: Written) -> Settled | str:
    """What is entered comes to, once ``paid`` is undone, or why it comes to nothing: no coin is less than five cents,
    but cash that settles a due settles its odd cents too."""
    if instead.tender == "cheque":
        return Settled(instead.amount, instead.amount)
    due = branch.due(instead.customer) + (paid.amount if paid.customer == instead.customer else 0)
    amount = due if due > 0 and instead.amount in (due, rounded(due)) else instead.amount
    if amount != due and amount % 5:
        return "CashNotMultipleOfFive"
    return Settled(amount, rounded(amount)) if rounded(amount) else "CashTooSmall"


def enter_again(branch: Branch, paid: Paid, again: Paid) -> None:
    """``again`` stands in place of ``paid``: moved to another account, it has the same sheet or the same cash."""
    paid.reversed = True
    branch.payments.append(again)
    if paid.sheet and again.sheet:
        if again.sheet is not paid.sheet:
            _put_instead(branch, paid, again.sheet)
    elif paid.sheet:
        _put_instead(branch, paid, None)
        _write_cash(branch, paid, again.received)
    elif again.sheet:
        session = _write_cash(branch, paid, -paid.received)
        session.owed += again.received
        session.sheets.append(again.sheet)
    else:
        _write_cash(branch, paid, again.received - paid.received)


def standing_in(paid: Paid, number: str, by: str, *, customer: str, comes_to: Settled, sheet: Sheet | None) -> Paid:
    """The payment in its place: of who took the money, where the money first came in."""
    return Paid(number, paid.agent, customer, comes_to.amount, comes_to.received, paid.session, sheet, entered_by=by)


def _write_cash(branch: Branch, paid: Paid, more: int) -> Session:
    """So much more (or less) came in: into the drawer while it is to be counted, else the count has found it already
    and called it an excess (or a shortage) of the float."""
    waiting = still_uncounted(paid.session)
    session = waiting or branch.open(paid.agent)
    session.owed += more
    if waiting is None:
        session.fund -= more
    else:
        session.drawer += more
    return session


def _put_instead(branch: Branch, paid: Paid, instead: Sheet | None) -> None:
    """A sheet leaves from where it is, and another (or none) takes its place there.

    Whoever has the bag owes what is in it; the bank's slip keeps a sheet that came back, worth nothing.
    """
    assert paid.sheet is not None
    bag: Bag | None = branch.bag_of(paid.sheet)
    if bag is None:
        session = next(session for session in branch.of(paid.agent) if paid.sheet in session.sheets)
        session.owed += (instead.applied if instead else 0) - paid.sheet.applied
    there = bag.sheets if bag else session.sheets
    place = there.index(paid.sheet)
    if instead:
        there[place] = instead
    elif bag is None or bag.place != "bank":
        del there[place]
    paid.sheet.applied = 0
