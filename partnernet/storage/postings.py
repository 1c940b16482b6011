"""Postings read back whole, in the order of their branch's chain, a chunk at a time so that memory stays bounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from partnernet.storage import tables as t
from partnernet.storage.chain import content_of

_CHUNK = 1000
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredPosting:
    """A posting with everything that hangs on it, as column values."""

    header: Values
    lines: list[Values]
    payment: Values
    cheque: Values
    allocations: list[Values]
    reversal: Values
    reentry: Values

    def content(self) -> list[Any]:
        """What its hash covers."""
        return content_of(
            self.header, self.lines, self.payment, self.cheque, self.allocations, self.reversal, self.reentry
        )


def of_branch(connection: Connection, branch_id: int) -> Iterator[StoredPosting]:
    """Every posting of a branch by sequence."""
    last = -(2**62)
    while True:
        query = select(t.posting).where(t.posting.c.branch_id == branch_id, t.posting.c.sequence > last)
        headers = _rows(connection, query.order_by(t.posting.c.sequence).limit(_CHUNK))
        if not headers:
            return
        last = headers[-1]["sequence"]
        yield from _whole(connection, headers)


def _whole(connection: Connection, headers: list[Values]) -> Iterator[StoredPosting]:
    ids = [header["id"] for header in headers]
    lines = _by_posting(connection, t.ledger_line, ids, "position")
    payments = _by_posting(connection, t.payment, ids)
    allocations = _by_posting(connection, t.allocation, ids, "position")
    reversals = _by_posting(connection, t.reversal, ids)
    reentries = _by_posting(connection, t.reentry, ids)
    cheque_ids = [rows[0]["cheque_id"] for rows in payments.values() if rows[0]["cheque_id"]]
    cheques = {row["id"]: row for row in _rows(connection, select(t.cheque).where(t.cheque.c.id.in_(cheque_ids)))}
    for header in headers:
        payment = next(iter(payments[header["id"]]), {})
        yield StoredPosting(
            header=header,
            lines=lines[header["id"]],
            payment=payment,
            cheque=cheques.get(payment.get("cheque_id"), {}),
            allocations=allocations[header["id"]],
            reversal=next(iter(reversals[header["id"]]), {}),
            reentry=next(iter(reentries[header["id"]]), {}),
        )


def _by_posting(connection: Connection, table: Table, ids: list[int], *order: str) -> dict[int, list[Values]]:
    found: dict[int, list[Values]] = defaultdict(list)
    query = select(table).where(table.c.posting_id.in_(ids)).order_by(table.c.posting_id, *(table.c[o] for o in order))
    for row in _rows(connection, query):
        found[row["posting_id"]].append(row)
    return found


def _rows(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[Values]:
    """The rows by column name. A ledger has millions of them: the names are asked for once, not with each row."""
    result = connection.execute(query)
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result]
