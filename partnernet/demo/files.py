"""The files that the principal would send: customers, and what they owe, of every age."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from partnernet.demo import names
from partnernet.domain import customer_file, open_item_file

CUSTOMER_COUNT = 2000
# Of one hundred customers: how many are « comptant seulement », how many are blocked.
_CASH_ONLY, _BLOCKED = 4, 3
_POSTAL_LETTERS = "ABCEGHJKLMNPRSTVXYZ"
_TERM_DAYS = 30

Row = Sequence[str]


def write_customers(path: Path, random: Random) -> list[str]:
    """Write ``customers.csv`` as an ERP does (semicolons, a byte-order mark); returns the account numbers."""
    rows = list(_customers(random))
    _write(path, customer_file.COLUMNS, rows)
    return [row[0] for row in rows]


def open_items(numbers: Sequence[str], today: date, random: Random) -> list[Row]:
    """What customers owe: one in six owes nothing, and a few are in credit."""
    return list(_open_items(numbers, today, random))


def write_open_items(path: Path, rows: Iterable[Row]) -> None:
    """Write ``open_items.csv``."""
    _write(path, open_item_file.COLUMNS, rows)


def new_invoice(number: str, document: int, day: date, random: Random) -> Row:
    """An invoice of that day."""
    cents = written(round(random.lognormvariate(5.2, 0.8) * 100) + 100)
    due = day + timedelta(days=_TERM_DAYS)
    return number, f"F{document}", "invoice", day.isoformat(), due.isoformat(), cents, cents


def written(cents: int) -> str:
    """An amount as the principal's files write it."""
    return f"{cents // 100},{cents % 100:02}"


def _customers(random: Random) -> Iterator[Row]:
    for place, (name, street, city, province, postal_code, phone, language, terms) in enumerate(names.CHOSEN):
        yield f"{123456 + place}", name, street, "", city, province, postal_code, phone, language, terms
    numbers = random.sample(range(1_000, 99_999), CUSTOMER_COUNT - len(names.CHOSEN))
    for place, number in enumerate(numbers):
        # The principal's older accounts carry letters.
        written = f"A{number:05}" if place % 40 == 0 else f"{number:06}"
        yield _customer(written, random)


def _customer(number: str, random: Random) -> Row:
    cities = names.CITIES
    city, province, postal, area, _weight = random.choices(cities, [place[-1] for place in cities])[0]
    english = random.random() < (0.8 if province == "ON" else 0.12)
    street = f"{random.randint(1, 9800)}, {random.choice(names.STREETS)}"
    if english:
        street = street.replace(",", "")
    return (
        number,
        _name(random, english=english),
        street,
        random.choice(["", "", "", "", f"bureau {random.randint(1, 40)}"]),
        city,
        province,
        f"{postal}{random.choice(_POSTAL_LETTERS)} {_postal_end(random)}",
        _phone(area, random),
        "en" if english else "fr",
        random.choices(["open", "cash_only", "blocked"], [100 - _CASH_ONLY - _BLOCKED, _CASH_ONLY, _BLOCKED])[0],
    )


def _name(random: Random, *, english: bool) -> str:
    if english:
        return f"{random.choice(names.FAMILIES_ENGLISH)} {random.choice(names.TRADES_ENGLISH)}"
    family = random.choice(names.FAMILIES)
    if random.random() < 0.25:
        return f"{random.choice(names.FIRST_NAMES)} {family}"
    return f"{random.choice(names.TRADES)} {family}{random.choice(names.ENDINGS)}"


def _postal_end(random: Random) -> str:
    return f"{random.randint(0, 9)}{random.choice(_POSTAL_LETTERS)}{random.randint(0, 9)}"


def _phone(area: str, random: Random) -> str:
    number = f"{area} 555-{random.randint(0, 9999):04}"
    extra = random.random()
    if extra < 0.08:
        return f"{number} poste {random.randint(10, 399)}"
    return "" if extra > 0.96 else number


def _open_items(numbers: Sequence[str], today: date, random: Random) -> Iterator[Row]:
    document = 480_000
    for number in numbers:
        if random.random() < 1 / 6:
            continue
        for _invoice in range(random.choice([1, 1, 2, 2, 3, 5])):
            document += random.randint(1, 9)
            yield _invoice_row(number, document, today, random)
        fate = random.random()
        if fate < 0.10:
            document += 1
            yield _credit_row(number, f"NC{document}", "credit_note", random.uniform(10, 250), today, random)
        elif fate < 0.14:
            yield _credit_row(number, f"P{document}", "unapplied_payment", random.uniform(500, 9000), today, random)


def _invoice_row(number: str, document: int, today: date, random: Random) -> Row:
    due = today + timedelta(
        days=random.choice([random.randint(0, 30), random.randint(-45, 0), random.randint(-160, 0)])
    )
    cents = round(random.lognormvariate(5.4, 1.1) * 100) + 100
    still_open = cents if random.random() < 0.9 else round(cents * random.uniform(0.2, 0.9))
    dates = ((due - timedelta(days=_TERM_DAYS)).isoformat(), due.isoformat())
    return number, f"F{document}", "invoice", *dates, written(cents), written(still_open)


def _credit_row(number: str, document: str, kind: str, dollars: float, today: date, random: Random) -> Row:
    cents = round(dollars * 100)
    day = (today - timedelta(days=random.randint(1, 60))).isoformat()
    return number, document, kind, day, day, written(cents), written(cents)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(columns)
        writer.writerows(rows)
