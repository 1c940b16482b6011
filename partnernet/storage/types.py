"""Column types that mean the same on SQLite (STRICT tables) and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Dialect, Integer, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator


# STRICT tables accept INTEGER, TEXT, REAL, BLOB and ANY only; SQLAlchemy's own storage formats already fit them.
@compiles(BigInteger, "sqlite")
@compiles(Boolean, "sqlite")
def _as_integer(_type: Any, _compiler: Any, **_options: Any) -> str:
    return "INTEGER"


@compiles(Date, "sqlite")
@compiles(DateTime, "sqlite")
def _as_text(_type: Any, _compiler: Any, **_options: Any) -> str:
    return "TEXT"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; a naive datetime is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite stores it without an offset, as sortable text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must know its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Back to an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite gives out row ids for INTEGER primary keys only.
RowId = BigInteger().with_variant(Integer(), "sqlite")
# Bytewise order on both databases, so that range scans serve prefixes (SQLite's BINARY is bytewise already).
KeyText = Text().with_variant(Text(collation="C"), "postgresql")
