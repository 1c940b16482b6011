"""The deposit slip (bordereau de dépôt): a deposit as it is printed, for the bank and for the branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from partnernet.domain.counts import HeldCheque
from partnernet.domain.deposits import Deposit
from partnernet.domain.papers import NEVER_PRINTED, Printed


@dataclass(frozen=True, slots=True)
class WithdrawnCheque:
    """A cheque that left a bag of the deposit before the bank had it: its payment was reversed."""

    cheque: HeldCheque
    at: datetime


@dataclass(frozen=True, slots=True)
class DepositSlip:
    """A deposit and its prints. ``withdrawn`` are the cheques taken out since the slip was first printed: that print
    lists more than the bank receives, so the slip of now is an amended one."""

    deposit: Deposit
    withdrawn: tuple[WithdrawnCheque, ...] = ()
    printed: Printed = NEVER_PRINTED
