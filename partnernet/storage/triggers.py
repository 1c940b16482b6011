"""What the database itself forbids: changing or removing a posted row, paying more with a cheque than its face amount,
and (PostgreSQL) an unbalanced entry.

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

# Whether a payment takes more of its cheque than the payments that share it, not reversed, have left.
_OVERDRAWS = """
    NEW.amount_cents + coalesce((
        SELECT sum(payment.amount_cents) FROM payment
        WHERE payment.cheque_id = NEW.cheque_id
        AND NOT EXISTS (SELECT 1 FROM posting WHERE posting.reverses_id = payment.posting_id)
    ), 0) > (SELECT cheque.face_amount_cents FROM cheque WHERE cheque.id = NEW.cheque_id)
"""

# Two transactions at once do not see each other's payments: the second waits for the first, and looks then.
_REFUSE_OVERDRAWN = f"""
CREATE OR REPLACE FUNCTION refuse_overdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('partnernet cheque', NEW.cheque_id));
    IF {_OVERDRAWS} THEN
        RAISE EXCEPTION 'overdrawn cheque: %', NEW.cheque_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
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
    statements.append("DROP TRIGGER IF EXISTS payment_within_cheque")
    statements.append(
        f"CREATE TRIGGER payment_within_cheque BEFORE INSERT ON payment WHEN {_OVERDRAWS} "
        "BEGIN SELECT RAISE(ABORT, 'overdrawn cheque'); END"
    )
    return statements


def _postgresql() -> list[str]:
    statements = [_REFUSE_CHANGE, _REFUSE_UNBALANCED, _REFUSE_OVERDRAWN]
    for table in APPEND_ONLY:
        for act, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"{table.name}_refuses_{'truncate' if act == 'TRUNCATE' else 'change'}"
            statements.append(f"DROP TRIGGER IF EXISTS {name} ON {table.name}")
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {act} ON {table.name} FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
    statements.append("DROP TRIGGER IF EXISTS payment_within_cheque ON payment")
    statements.append(
        "CREATE TRIGGER payment_within_cheque BEFORE INSERT ON payment FOR EACH ROW "
        "WHEN (NEW.cheque_id IS NOT NULL) EXECUTE FUNCTION refuse_overdrawn()"
    )
    statements.append("DROP TRIGGER IF EXISTS ledger_line_balances ON ledger_line")
    statements.append(
        "CREATE CONSTRAINT TRIGGER ledger_line_balances AFTER INSERT ON ledger_line "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced()"
    )
    return statements
