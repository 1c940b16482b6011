"""Cheques: their details as text with zeros kept, and when one is post-dated or stale."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from partnernet.domain.free_text import clean
from partnernet.domain.refusals import Refusal

# Labels only, never a whitelist. Source: Payments Canada, Financial Institutions File.
INSTITUTIONS = {
    "001": "BMO Banque de Montréal",
    "002": "Banque Scotia",
    "003": "RBC Banque Royale",
    "004": "TD Canada Trust",
    "006": "Banque Nationale",
    "010": "CIBC",
    "016": "HSBC (passée à RBC en 2024)",
    "039": "Banque Laurentienne",
    "809": "Coopératives de crédit (C.-B.)",
    "815": "Desjardins (Québec)",
    "828": "Coopératives de crédit (Ontario)",
    "829": "Desjardins (Ontario)",
}

STALE_AFTER_MONTHS = 6
DRAWER_MAX_CHARS = 200

_SEPARATED_DAY = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/. ])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
_COMPACT_DAY = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Cheque:
    """A cheque as read at the counter; no check digit exists, so only the format is checked."""

    number: str
    transit: str
    institution: str
    account: str
    dated: date
    drawer: str


class ChequeRefusal(Refusal):
    """Base of what can be wrong with a cheque's details."""


@dataclass(eq=False)
class ChequeNumberMalformed(ChequeRefusal):
    """The serial number is not 1 to 12 digits."""

    field: ClassVar[str | None] = "cheque_number"
    typed: str


@dataclass(eq=False)
class TransitMalformed(ChequeRefusal):
    """The transit number is not five digits."""

    field: ClassVar[str | None] = "transit"
    typed: str


@dataclass(eq=False)
class InstitutionMalformed(ChequeRefusal):
    """The institution number is not three digits."""

    field: ClassVar[str | None] = "institution"
    typed: str


@dataclass(eq=False)
class ChequeAccountMalformed(ChequeRefusal):
    """The account number is not 7 to 12 digits."""

    field: ClassVar[str | None] = "cheque_account"
    typed: str


@dataclass(eq=False)
class ChequeDateUnreadable(ChequeRefusal):
    """The date on the cheque is missing or is not a date of the calendar."""

    field: ClassVar[str | None] = "cheque_date"
    typed: str


@dataclass(eq=False)
class DrawerMissing(ChequeRefusal):
    """The name of who signed the cheque is missing, or too long."""

    field: ClassVar[str | None] = "drawer"
    limit_chars: int


def read_cheque_fields(
    *, number: str, transit: str, institution: str, account: str, dated: str, drawer: str
) -> tuple[Cheque | None, tuple[Refusal, ...]]:
    """The cheque that was typed, or every fault found, in the order of the form; zeros are kept.

    Blanks and hyphens between digits are forgiven (``0123-4``), letters are not.
    """
    faults: list[Refusal] = []
    for typed, pattern, refusal in (
        (number, r"[0-9]{1,12}", ChequeNumberMalformed),
        (transit, r"[0-9]{5}", TransitMalformed),
        (institution, r"[0-9]{3}", InstitutionMalformed),
        (account, r"[0-9]{7,12}", ChequeAccountMalformed),
    ):
        if not re.fullmatch(pattern, _digits(typed)):
            faults.append(refusal(typed))
    day, name = None, ""
    try:
        day = read_day(dated)
    except ChequeDateUnreadable as fault:
        faults.append(fault)
    try:
        name = read_drawer(drawer)
    except Refusal as fault:
        faults.append(fault)
    if faults or day is None:
        return None, tuple(faults)
    return Cheque(_digits(number), _digits(transit), _digits(institution), _digits(account), day, name), ()


def read_drawer(typed: str) -> str:
    """The name of who signed the cheque; raises `DrawerMissing`, or the refusals of `clean`."""
    name = clean(typed, field="drawer", limit_chars=DRAWER_MAX_CHARS)
    if not name:
        raise DrawerMissing(DRAWER_MAX_CHARS)
    return name


def read_day(typed: str) -> date:
    """A date as cheques and people write it: ``2026-11-24``, ``2026 11 24``, ``20261124``.

    The order year, month, day is Payments Canada's numeric order for cheques (Standard 006). Anything else is refused;
    without separators all eight digits are needed, since ``2026112`` has two readings.
    """
    match = _SEPARATED_DAY.fullmatch(typed.strip()) or _COMPACT_DAY.fullmatch(typed.strip())
    if match is None:
        raise ChequeDateUnreadable(typed)
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise ChequeDateUnreadable(typed) from None


def is_post_dated(cheque: Cheque, today: date) -> bool:
    """Whether the cheque cannot be deposited yet."""
    return cheque.dated > today


def is_stale(cheque: Cheque, today: date) -> bool:
    """Whether the date on the cheque is more than six months old, so that its bank may refuse it."""
    return cheque.dated < _months_before(today, STALE_AFTER_MONTHS)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _digits(typed: str) -> str:
    return re.sub(r"[\s-]", "", typed)
