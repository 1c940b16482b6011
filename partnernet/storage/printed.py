"""What a receipt has printed of its customer, kept with the payment as JSON: written here, and read in queries."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from partnernet.domain.customers import Customer

_PRINTED = ("name", "address_line1", "address_line2", "city", "province", "postal_code", "phone", "phone_extension")


class _Name(FunctionElement[str]):
    """The name in it, taken out by the database: a list of a day has thousands, and reads nothing else of it."""

    type = Text()
    inherit_cache = True


@compiles(_Name, "sqlite")
def _on_sqlite(name: _Name, compiler: Any, **options: Any) -> str:
    return f"json_extract({compiler.process(name.clauses, **options)}, '$.name')"


@compiles(_Name, "postgresql")
def _on_postgresql(name: _Name, compiler: Any, **options: Any) -> str:
    return f"(CAST({compiler.process(name.clauses, **options)} AS json) ->> 'name')"


def printed(customer: Customer) -> str:
    """What the receipt prints of the customer, as it is kept."""
    return json.dumps({name: getattr(customer, name) for name in _PRINTED}, ensure_ascii=False)


def as_printed(customer: Customer, customer_printed: str) -> Customer:
    """The customer with everything that the receipt has printed, as it was then."""
    return replace(customer, **json.loads(customer_printed))


def printed_name(customer_printed: ColumnElement[str]) -> ColumnElement[str]:
    """The customer's name on the receipt, from the column that keeps it."""
    return _Name(customer_printed)
