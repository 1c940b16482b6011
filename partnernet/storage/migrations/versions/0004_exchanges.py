"""Exchanges with the principal's books, statements, and corrections of payments."""

import sqlalchemy as sa
from alembic import op

from partnernet.storage import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "export_batch",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cut_at", types.UtcDateTime(), nullable=False),
        sa.Column("cut_by", sa.Text(), nullable=False),
        sa.Column("payment_count", sa.BigInteger(), nullable=False),
        sa.Column("reversal_count", sa.BigInteger(), nullable=False),
        sa.Column("payments_cents", sa.BigInteger(), nullable=False),
        sa.Column("reversals_cents", sa.BigInteger(), nullable=False),
        sa.Column("anchors", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_export_batch_number")),
        sa.CheckConstraint("payment_count + reversal_count >= 1", name=op.f("ck_export_batch_not_empty")),
        sa.CheckConstraint("payment_count >= 0 AND reversal_count >= 0", name=op.f("ck_export_batch_counts")),
        sa.CheckConstraint("payments_cents >= 0 AND reversals_cents >= 0", name=op.f("ck_export_batch_totals")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_export_batch")),
        sa.UniqueConstraint("key", name=op.f("uq_export_batch_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "export_file",
        sa.Column("batch_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('payments', 'deposits')", name=op.f("ck_export_file_kind")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_export_file_sha256")),
        sa.ForeignKeyConstraint(["batch_number"], ["export_batch.number"], name=op.f("fk_export_file_batch_number")),
        sa.PrimaryKeyConstraint("batch_number", "kind", name=op.f("pk_export_file")),
        sqlite_strict=True,
    )
    op.create_table(
        "file_import",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("imported_at", types.UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("fault_count", sa.BigInteger(), nullable=False),
        sa.Column("caution_count", sa.BigInteger(), nullable=False),
        sa.Column("snapshot_id", types.RowId, nullable=True),
        sa.CheckConstraint("(kind = 'open_items') = (snapshot_id IS NOT NULL)", name=op.f("ck_file_import_snapshot")),
        sa.CheckConstraint("kind IN ('customers', 'open_items')", name=op.f("ck_file_import_kind")),
        sa.CheckConstraint(
            "row_count >= 0 AND fault_count >= 0 AND caution_count >= 0", name=op.f("ck_file_import_counts")
        ),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_file_import_snapshot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_import")),
        sa.UniqueConstraint("key", name=op.f("uq_file_import_key")),
        sa.UniqueConstraint("snapshot_id", name=op.f("uq_file_import_snapshot_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "snapshot_change",
        sa.Column("snapshot_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("customer_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("open_amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('invoice', 'credit_note', 'unapplied_payment')", name=op.f("ck_snapshot_change_kind")
        ),
        sa.CheckConstraint("side IN ('before', 'after')", name=op.f("ck_snapshot_change_side")),
        sa.CheckConstraint(
            "amount_cents >= 1 AND amount_cents <= 2500000000", name=op.f("ck_snapshot_change_amount_cents")
        ),
        sa.CheckConstraint(
            "open_amount_cents >= 1 AND open_amount_cents <= 2500000000",
            name=op.f("ck_snapshot_change_open_amount_cents"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_snapshot_change_customer_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_change_snapshot_id")),
        sa.PrimaryKeyConstraint(
            "snapshot_id", "customer_id", "side", "kind", "document_number", name=op.f("pk_snapshot_change")
        ),
        sqlite_strict=True,
    )
    with op.batch_alter_table("snapshot_change", schema=None) as batch_op:
        batch_op.create_index("ix_snapshot_change_of_customer", ["customer_id", "snapshot_id"], unique=False)

    op.create_table(
        "export_deposit",
        sa.Column("deposit_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("batch_number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["batch_number"], ["export_batch.number"], name=op.f("fk_export_deposit_batch_number")),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_export_deposit_deposit_id")),
        sa.PrimaryKeyConstraint("deposit_id", name=op.f("pk_export_deposit")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("export_deposit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_deposit_batch_number"), ["batch_number"], unique=False)

    op.create_table(
        "export_line",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("batch_number", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_export_line_position")),
        sa.ForeignKeyConstraint(["batch_number"], ["export_batch.number"], name=op.f("fk_export_line_batch_number")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_export_line_posting_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_export_line")),
        sa.UniqueConstraint("batch_number", "position", name=op.f("uq_export_line_batch_number_position")),
        sqlite_strict=True,
    )
    op.create_table(
        "snapshot_exception",
        sa.Column("snapshot_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_snapshot_exception_posting_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_exception_snapshot_id")),
        sa.PrimaryKeyConstraint("snapshot_id", "posting_id", name=op.f("pk_snapshot_exception")),
        sqlite_strict=True,
    )
    op.create_table(
        "cash_only_mark",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("customer_id", types.RowId, nullable=False),
        sa.Column("cash_only", sa.Boolean(), nullable=False),
        sa.Column("reversal_id", types.RowId, nullable=True),
        sa.Column("marked_by_id", types.RowId, nullable=False),
        sa.Column("marked_at", types.UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("cash_only OR length(note) > 0", name=op.f("ck_cash_only_mark_lifting_says_why")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_cash_only_mark_customer_id")),
        sa.ForeignKeyConstraint(["marked_by_id"], ["app_user.id"], name=op.f("fk_cash_only_mark_marked_by_id")),
        sa.ForeignKeyConstraint(["reversal_id"], ["reversal.posting_id"], name=op.f("fk_cash_only_mark_reversal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_only_mark")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cash_only_mark", schema=None) as batch_op:
        batch_op.create_index("ix_cash_only_mark_of_customer", ["customer_id", "id"], unique=False)

    op.create_table(
        "error_report",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("posting_id", types.RowId, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reported_by_id", types.RowId, nullable=False),
        sa.Column("reported_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("reason <> 'other' OR length(note) > 0", name=op.f("ck_error_report_other_says_what")),
        sa.CheckConstraint(
            "reason IN ('wrong_customer', 'wrong_amount', 'wrong_tender', 'duplicate', 'other')",
            name=op.f("ck_error_report_reason"),
        ),
        sa.CheckConstraint("length(note) <= 500", name=op.f("ck_error_report_note")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_error_report_branch_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["payment.posting_id"], name=op.f("fk_error_report_posting_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["app_user.id"], name=op.f("fk_error_report_reported_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_error_report")),
        sa.UniqueConstraint("key", name=op.f("uq_error_report_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("error_report", schema=None) as batch_op:
        batch_op.create_index("ix_error_report_of_branch", ["branch_id", "id"], unique=False)
        batch_op.create_index("ix_error_report_of_payment", ["posting_id"], unique=False)

    op.create_table(
        "reentry",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("corrects_id", types.RowId, nullable=False),
        sa.Column("taken_by_id", types.RowId, nullable=False),
        sa.CheckConstraint("posting_id <> corrects_id", name=op.f("ck_reentry_another")),
        sa.ForeignKeyConstraint(["corrects_id"], ["payment.posting_id"], name=op.f("fk_reentry_corrects_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["payment.posting_id"], name=op.f("fk_reentry_posting_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["app_user.id"], name=op.f("fk_reentry_taken_by_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_reentry")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_reentry_corrects_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "error_report_answer",
        sa.Column("report_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("answered_by_id", types.RowId, nullable=False),
        sa.Column("answered_at", types.UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome = 'reversed' OR length(note) > 0", name=op.f("ck_error_report_answer_dismissal_says_why")
        ),
        sa.CheckConstraint("outcome IN ('reversed', 'dismissed')", name=op.f("ck_error_report_answer_outcome")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["app_user.id"], name=op.f("fk_error_report_answer_answered_by_id")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["error_report.id"], name=op.f("fk_error_report_answer_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_error_report_answer")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("ledger_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_line_of_customer"), sqlite_where=sa.text("account = 'owed'"))
        batch_op.create_index(
            "ix_ledger_line_of_customer",
            ["customer_id", "posting_id", "debit_cents", "credit_cents"],
            unique=False,
            sqlite_where=sa.text("account = 'owed'"),
            postgresql_where=sa.text("account = 'owed'"),
        )

    _let_money_be_kept()


def _let_money_be_kept() -> None:
    """Another answer to « Où est l'argent ? »; SQLite changes a constraint by making the table anew."""
    allowed = "where_is_the_money IN ('handed_back', 'never_received', 'returned_by_bank', 'kept')"
    name = op.f("ck_reversal_where_is_the_money")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(name, "reversal", type_="check")
        op.create_check_constraint(name, "reversal", allowed)
        return
    op.execute("CREATE TABLE reversal_before AS SELECT * FROM reversal")
    op.drop_table("reversal")
    op.create_table(
        "reversal",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("where_is_the_money", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("length(note) BETWEEN 1 AND 500", name=op.f("ck_reversal_note")),
        sa.CheckConstraint(
            "reason IN ('wrong_customer', 'wrong_amount', 'wrong_tender', 'duplicate', 'returned_cheque')",
            name=op.f("ck_reversal_reason"),
        ),
        sa.CheckConstraint(allowed, name=name),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_reversal_posting_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_reversal")),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO reversal SELECT posting_id, reason, where_is_the_money, note FROM reversal_before")
    op.drop_table("reversal_before")
