"""What goes wrong at a counter: an error put right, one that waits for the supervisor, a cheque that came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from random import Random

from partnernet.demo.days import Counter, business_days
from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.corrections import as_entered
from partnernet.domain.error_reports import ErrorReason, ErrorReportRequest
from partnernet.domain.receipts import ListedPayment
from partnernet.domain.reversals import ReversalReason, ReversalRequest, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.services import error_reports, payments, reversals
from partnernet.storage.database import Database

_NOT_NAMED = 100  # the first customers are those that people look for


def make(db: Database, counter: Counter, numbers: list[str], now: datetime, random: Random) -> None:
    """Today one agent's payment was written on the wrong account and is corrected, another's error waits; a cheque of
    the first day was returned by the bank, and its account pays cash from now on."""
    first, second = counter.agents[:2]
    today = branch_of(first).business_date(now)
    wrong = _taken(db, counter, today, first, Tender.CASH)
    if wrong:
        _report(db, wrong, ErrorReason.WRONG_CUSTOMER, "J'ai choisi le nom voisin dans la liste.", first, now, random)
        neighbour = next(number for number in numbers[_NOT_NAMED:] if number != wrong.customer_number)
        _move(db, wrong, neighbour, counter, now, random)
    doubtful = _taken(db, counter, today, second, Tender.CASH)
    if doubtful:
        note = "Le client dit m'avoir remis un billet de plus : à vérifier avec la caisse."
        _report(db, doubtful, ErrorReason.WRONG_AMOUNT, note, second, now, random)
    returned = _taken(db, counter, business_days(today)[0], first, Tender.CHEQUE)
    if returned:
        _send_back(db, returned, counter, now, random)


def _taken(db: Database, counter: Counter, day: date, agent: Agent, tender: Tender) -> ListedPayment | None:
    """The last payment of a day that an agent took so, and that stands."""
    taken = payments.of_day(db, day, by=counter.supervisor).payments
    return next(
        (
            payment
            for payment in reversed(taken)
            if payment.agent_login == agent.login
            and payment.tender is tender
            and not (payment.reversed or payment.post_dated or payment.corrects)
        ),
        None,
    )


def _report(
    db: Database, paid: ListedPayment, reason: ErrorReason, note: str, by: Agent, at: datetime, random: Random
) -> None:
    error_reports.report(db, ErrorReportRequest(_key(random), paid.receipt_number, reason, note), by=by, at=at)


def _move(db: Database, paid: ListedPayment, number: str, counter: Counter, at: datetime, random: Random) -> None:
    """The money was kept: the payment is entered again on the account of whoever paid."""
    receipt = payments.receipt(db, paid.receipt_number, by=counter.supervisor)
    request = ReversalRequest(
        key=_key(random),
        receipt_number=receipt.number,
        reason=ReversalReason.WRONG_CUSTOMER,
        where=WhereIsTheMoney.KEPT,
        note="Vérifié avec le client au téléphone.",
        reentry=replace(as_entered(receipt), customer_number=number),
    )
    reversals.reverse(db, request, by=counter.supervisor, at=at, proved_at=at)


def _send_back(db: Database, paid: ListedPayment, counter: Counter, at: datetime, random: Random) -> None:
    request = ReversalRequest(
        key=_key(random),
        receipt_number=paid.receipt_number,
        reason=ReversalReason.RETURNED_CHEQUE,
        where=WhereIsTheMoney.RETURNED_BY_BANK,
        note="Sans provision — avis de la banque reçu ce matin.",
        cash_only=True,
    )
    reversals.reverse(db, request, by=counter.supervisor, at=at, proved_at=at)


def _key(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"
