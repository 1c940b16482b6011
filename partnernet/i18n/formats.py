"""How money, dates, times and phone numbers are written in French and English (CLDR for Canada, through Babel)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.numbers import format_currency, format_decimal

from partnernet.domain.money import Money
from partnernet.i18n.catalogues import _, language

_LOCALES = {"fr": "fr_CA", "en": "en_CA"}
CREDIT = "CR"  # the mark of the principal's own statements, the same in both languages


def dollars(amount: Money) -> Decimal:
    """The amount as an exact number, for cells that are sorted, read aloud or calculated with."""
    return Decimal(amount.cents).scaleb(-2)


def of_dollars(number: Decimal) -> Money:
    """The amount that `dollars` made this number of."""
    return Money(int(number.scaleb(2)))


def money(amount: Money) -> str:
    """``1 234,56 $`` with no-break spaces in French, ``$1,234.56`` in English; a minus sign below zero."""
    return format_currency(dollars(amount), "CAD", locale=_LOCALES[language()])


def figure(amount: Money) -> str:
    """The amount for a column of figures, without the dollar sign: ``1 234,56``."""
    return format_decimal(dollars(amount), format="#,##0.00", locale=_LOCALES[language()])


def whole(number: int) -> str:
    """A whole number, its thousands apart: ``100 000`` (no-break space) in French, ``100,000`` in English."""
    return format_decimal(number, locale=_LOCALES[language()])


def denomination(cents: int) -> str:
    """A coin or note as people name it: ``5 ¢``, ``20 $`` (no-break spaces) in French; ``5¢``, ``$20`` in English."""
    named = _("{count} ¢").format(count=cents) if cents < 100 else _("{count} $").format(count=cents // 100)
    return named.replace(" ", "\u00a0")


def signed(amount: Money) -> str:
    """A difference for a column of figures, its sign always shown: ``+0,01``, ``-0,02``; zero has none."""
    return "+" + figure(amount) if amount.cents > 0 else figure(amount)


def balance(amount: Money) -> str:
    """What an account stands at: ``60,00`` when it owes, ``40,00 CR`` when it is in credit."""
    return f"{figure(abs(amount))} {CREDIT}" if amount.cents < 0 else figure(amount)


def due(amount: Money) -> str:
    """The same among amounts in dollars on a screen: ``60,00 $``, ``40,00 CR``."""
    return money(amount) if amount.cents >= 0 else balance(amount)


def day(when: date) -> str:
    """``2026-11-24`` in both languages (CAN/CSA-ISO 8601)."""
    return date(when.year, when.month, when.day).isoformat()


def hour(at: datetime, timezone: str) -> str:
    """``14:05``, 24-hour clock in both languages, in the branch's time zone."""
    return f"{_local(at, timezone):%H:%M}"


def moment(at: datetime, timezone: str) -> str:
    """``2026-11-24 14:05`` in the branch's time zone."""
    return f"{_local(at, timezone):%Y-%m-%d %H:%M}"


def phone(number: str, extension: str = "") -> str:
    """``514 285-9286, poste 150``; a number from another country is shown as it is stored (E.164)."""
    national = re.fullmatch(r"(?:\+?1)?([0-9]{3})([0-9]{3})([0-9]{4})", number)
    written = f"{national[1]} {national[2]}-{national[3]}" if national else number
    if not extension:
        return written
    return _("{phone}, poste {extension}").format(phone=written, extension=extension)


def french_spacing(text: str) -> str:
    """French with no-break spaces inside « » and before a colon, so that no line begins or ends with a lone mark."""
    return text.replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" :", "\u00a0:")


def _local(at: datetime, timezone: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone says nothing")
    return at.astimezone(ZoneInfo(timezone))
