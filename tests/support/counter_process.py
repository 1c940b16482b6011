"""A counter in a process of its own, to be killed or to race: one submission a line, one acknowledgement a line.

`python -m tests.support.counter_process URL LOGIN` reads ``key account cents`` from its standard input and writes
``key receipt cents`` once the payment is acknowledged. Its agent confirms whatever is asked, and submits again, under
the same key, when the database was busy.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import IO

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.money import ZERO, Money
from partnernet.domain.payments import AmountChoice, PaymentRequest
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import DatabaseBusy
from partnernet.domain.tenders import Tender
from partnernet.services import payments
from partnernet.settings import ROOT
from partnernet.storage import schema
from partnernet.storage.database import Database
from partnernet.storage.people import agent_of_row, people
from partnernet.storage.tables import app_user


def start(url: str, login: str) -> subprocess.Popen[str]:
    """A counter that waits for submissions on its standard input."""
    command = [sys.executable, "-m", "tests.support.counter_process", url, login]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def submission(key: str, account: str, cents: int) -> PaymentRequest:
    """Cash on an account, of which the form has seen nothing."""
    amount = Money(cents)
    return PaymentRequest(key, account, AmountChoice.OTHER, amount, Tender.CASH, None, None, ZERO, ZERO)


def insist(db: Database, request: PaymentRequest, *, by: Agent) -> Receipt:
    """Submit until it is saved, confirming whatever is asked."""
    while True:
        try:
            return payments.record(db, request, by=by, at=now())
        except ConfirmationNeeded as needed:
            request = replace(request, confirmed=frozenset(needed.concerns))
        except DatabaseBusy:
            pass


def serve(url: str, login: str, submissions: IO[str], acknowledgements: IO[str]) -> None:
    """Post each submission and acknowledge it, in order."""
    db = schema.open_database(url)
    with db.read() as connection:
        agent = agent_of_row(connection.execute(people().where(app_user.c.login == login)).one())
    for line in submissions:
        key, account, cents = line.split()
        receipt = insist(db, submission(key, account, int(cents)), by=agent)
        acknowledgements.write(f"{key} {receipt.number} {receipt.amount.cents}\n")
        acknowledgements.flush()


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2], sys.stdin, sys.stdout)
