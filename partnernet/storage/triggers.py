"""What the database itself forbids: changing or removing a posted row, and (PostgreSQL) an unbalanced entry.

One list for both databases, installed at the end of every migration because SQLite drops triggers with their table.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from partnernet.storage.tables import APPEND_ONLY

_REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME;
END $$
"""

_REFUSE_UNBALANCED = """
CREATE OR REPLACE FUNCTION refuse_unbalanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    difference bigint;
BEGIN
    SELECT sum(debit_cents - credit_cents) INTO difference FROM ledger_line WHERE posting_id = NEW.posting_id;
    IF difference <> 0 THEN
        RAISE EXCEPTION 'unbalanced posting %: % cents', NEW.posting_id, difference;
    END IF;
    RETURN NULL;
END $$
"""


def install(connection: Connection) -> None:
    """Drop and create every trigger; safe to run again."""
    for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgresql():
        connection.execute(text(statement))


def _sqlite() -> list[str]:
    statements = []
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            name = f"{table.name}_refuses_{act.lower()}"
            statements.append(f"DROP TRIGGER IF EXISTS {name}")
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table.name} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table.name}'); END"
            )
    return statements


def _postgresql() -> list[str]:
    statements = [_REFUSE_CHANGE, _REFUSE_UNBALANCED]
    for table in APPEND_ONLY:
        for act, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"{table.name}_refuses_{'truncate' if act == 'TRUNCATE' else 'change'}"
            statements.append(f"DROP TRIGGER IF EXISTS {name} ON {table.name}")
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table.name} FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
    statements.append("DROP TRIGGER IF EXISTS ledger_line_balances ON ledger_line")
    statements.append(
        "CREATE CONSTRAINT TRIGGER ledger_line_balances AFTER INSERT ON ledger_line "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced()"
    )
    return statements
