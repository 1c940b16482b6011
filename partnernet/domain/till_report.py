"""« Rapport de caisse en cours »: everything an agent holds and why, since the last submission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from partnernet.domain.agents import Branch
from partnernet.domain.counts import HeldCheque
from partnernet.domain.money import Money
from partnernet.domain.petty_cash import Voucher
from partnernet.domain.receipts import DayPayment
from partnernet.domain.tenders import Tender
from partnernet.domain.till import TillPosition


@dataclass(frozen=True, slots=True)
class TillReport:
    """The report of one till at one moment.

    ``position`` has no figures while a count is open (it is blind), and ``by_tender`` is then empty. ``anchor`` is the
    branch's chain head (sequence and hash) at that moment, printed so that a later recomputation of the chain shows.
    """

    branch: Branch
    agent_login: str
    agent_name: str
    at: datetime
    payments: tuple[DayPayment, ...]
    by_tender: tuple[tuple[Tender, int, Money], ...]
    rounding: Money
    vouchers: tuple[Voucher, ...]
    post_dated: tuple[HeldCheque, ...]
    position: TillPosition
    anchor: tuple[int, str]
