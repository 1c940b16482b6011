"""Tills: settings, vouchers, counts, reconciliations, bags and deposits."""

import sqlalchemy as sa
from alembic import op

from partnernet.storage import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "branch_setting",
        sa.Column("branch_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("voucher_limit_cents", sa.BigInteger(), nullable=False),
        sa.Column("fund_limit_cents", sa.BigInteger(), nullable=False),
        sa.Column("tolerance_cents", sa.BigInteger(), nullable=False),
        sa.Column("cash_limit_cents", sa.BigInteger(), nullable=True),
        sa.Column("deposit_account", sa.Text(), nullable=False),
        sa.Column("one_person", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "cash_limit_cents IS NULL OR (cash_limit_cents >= 1 AND cash_limit_cents <= 2500000000)",
            name=op.f("ck_branch_setting_cash_limit_cents"),
        ),
        sa.CheckConstraint(
            "fund_limit_cents >= 0 AND fund_limit_cents <= 2500000000", name=op.f("ck_branch_setting_fund_limit_cents")
        ),
        sa.CheckConstraint(
            "tolerance_cents >= 0 AND tolerance_cents <= 2500000000", name=op.f("ck_branch_setting_tolerance_cents")
        ),
        sa.CheckConstraint(
            "voucher_limit_cents >= 0 AND voucher_limit_cents <= 2500000000",
            name=op.f("ck_branch_setting_voucher_limit_cents"),
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_branch_setting_branch_id")),
        sa.PrimaryKeyConstraint("branch_id", name=op.f("pk_branch_setting")),
        sqlite_strict=True,
    )
    op.create_table(
        "deposit",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("made_by_id", types.RowId, nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_deposit_branch_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["app_user.id"], name=op.f("fk_deposit_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_deposit_branch_id_number")),
        sa.UniqueConstraint("key", name=op.f("uq_deposit_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "paper_copy",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("paper_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("copy_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("printed_at", types.UtcDateTime(), nullable=False),
        sa.Column("user_id", types.RowId, nullable=False),
        sa.CheckConstraint("copy_number >= 1", name=op.f("ck_paper_copy_copy_number")),
        sa.CheckConstraint("kind IN ('till_report', 'deposit_slip')", name=op.f("ck_paper_copy_kind")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_paper_copy_user_id")),
        sa.PrimaryKeyConstraint("kind", "paper_id", "copy_number", name=op.f("pk_paper_copy")),
        sqlite_strict=True,
    )
    op.create_table(
        "replenishment_request",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("agent_id", types.RowId, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "amount_cents >= 1 AND amount_cents <= 2500000000", name=op.f("ck_replenishment_request_amount_cents")
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["app_user.id"], name=op.f("fk_replenishment_request_agent_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_replenishment_request_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replenishment_request")),
        sa.UniqueConstraint("key", name=op.f("uq_replenishment_request_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("replenishment_request", schema=None) as batch_op:
        batch_op.create_index("ix_replenishment_request_of_agent", ["agent_id"], unique=False)

    op.create_table(
        "bag",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("till_session_id", types.RowId, nullable=False),
        sa.Column("agent_id", types.RowId, nullable=False),
        sa.Column("sealed_at", types.UtcDateTime(), nullable=False),
        sa.Column("cash_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cash_cents >= 0 AND cash_cents <= 2500000000", name=op.f("ck_bag_cash_cents")),
        sa.ForeignKeyConstraint(["agent_id"], ["app_user.id"], name=op.f("fk_bag_agent_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_bag_branch_id")),
        sa.ForeignKeyConstraint(["till_session_id"], ["till_session.id"], name=op.f("fk_bag_till_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bag")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_bag_branch_id_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "deposit_reference",
        sa.Column("deposit_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("posting_id", types.RowId, nullable=False),
        sa.Column("bank_reference", sa.Text(), nullable=False),
        sa.Column("settled_by_id", types.RowId, nullable=False),
        sa.Column("settled_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("length(bank_reference) BETWEEN 3 AND 40", name=op.f("ck_deposit_reference_bank_reference")),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_reference_deposit_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_deposit_reference_posting_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["app_user.id"], name=op.f("fk_deposit_reference_settled_by_id")),
        sa.PrimaryKeyConstraint("deposit_id", name=op.f("pk_deposit_reference")),
        sa.UniqueConstraint("posting_id", name=op.f("uq_deposit_reference_posting_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "replenishment_grant",
        sa.Column("request_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("posting_id", types.RowId, nullable=False),
        sa.Column("asked_by_id", types.RowId, nullable=False),
        sa.Column("granted_by_id", types.RowId, nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.CheckConstraint("granted_by_id <> asked_by_id OR alone", name=op.f("ck_replenishment_grant_by_another")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["app_user.id"], name=op.f("fk_replenishment_grant_asked_by_id")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["app_user.id"], name=op.f("fk_replenishment_grant_granted_by_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_replenishment_grant_posting_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["replenishment_request.id"], name=op.f("fk_replenishment_grant_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_replenishment_grant")),
        sa.UniqueConstraint("posting_id", name=op.f("uq_replenishment_grant_posting_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "till_count",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("till_session_id", types.RowId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("counted_by_id", types.RowId, nullable=False),
        sa.Column("witness_id", types.RowId, nullable=True),
        sa.Column("started_at", types.UtcDateTime(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("frozen_at", types.UtcDateTime(), nullable=True),
        sa.Column("counted_cents", sa.BigInteger(), nullable=True),
        sa.Column("expected_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (counted_cents IS NULL) AND (frozen_at IS NULL) = (expected_cents IS NULL)",
            name=op.f("ck_till_count_frozen"),
        ),
        sa.CheckConstraint(
            "counted_cents IS NULL OR (counted_cents >= 0 AND counted_cents <= 2500000000)",
            name=op.f("ck_till_count_counted_cents"),
        ),
        sa.CheckConstraint("witness_id IS NULL OR witness_id <> counted_by_id", name=op.f("ck_till_count_witness")),
        sa.ForeignKeyConstraint(["counted_by_id"], ["app_user.id"], name=op.f("fk_till_count_counted_by_id")),
        sa.ForeignKeyConstraint(["till_session_id"], ["till_session.id"], name=op.f("fk_till_count_till_session_id")),
        sa.ForeignKeyConstraint(["witness_id"], ["app_user.id"], name=op.f("fk_till_count_witness_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_count")),
        sa.UniqueConstraint("till_session_id", "number", name=op.f("uq_till_count_till_session_id_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("till_count", schema=None) as batch_op:
        batch_op.create_index(
            "uq_till_count_open",
            ["till_session_id"],
            unique=True,
            sqlite_where=sa.text("frozen_at IS NULL"),
            postgresql_where=sa.text("frozen_at IS NULL"),
        )

    op.create_table(
        "voucher",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("receipt_kept", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "category IN ('office', 'postage', 'travel', 'cleaning', 'repairs', 'meals', 'other')",
            name=op.f("ck_voucher_category"),
        ),
        sa.CheckConstraint("amount_cents % 5 = 0", name=op.f("ck_voucher_in_five_cents")),
        sa.CheckConstraint("amount_cents >= 1 AND amount_cents <= 2500000000", name=op.f("ck_voucher_amount_cents")),
        sa.CheckConstraint("length(payee) BETWEEN 1 AND 100", name=op.f("ck_voucher_payee")),
        sa.CheckConstraint("length(purpose) BETWEEN 1 AND 200", name=op.f("ck_voucher_purpose")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_voucher_posting_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_voucher")),
        sqlite_strict=True,
    )
    op.create_table(
        "bag_cheque",
        sa.Column("bag_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("cheque_id", types.RowId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["bag_id"], ["bag.id"], name=op.f("fk_bag_cheque_bag_id")),
        sa.ForeignKeyConstraint(["cheque_id"], ["cheque.id"], name=op.f("fk_bag_cheque_cheque_id")),
        sa.PrimaryKeyConstraint("bag_id", "cheque_id", name=op.f("pk_bag_cheque")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("bag_cheque", schema=None) as batch_op:
        batch_op.create_index("ix_bag_cheque_cheque", ["cheque_id"], unique=False)

    op.create_table(
        "bag_piece",
        sa.Column("bag_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("denomination_cents", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "denomination_cents IN (5, 10, 25, 100, 200, 500, 1000, 2000, 5000, 10000)",
            name=op.f("ck_bag_piece_denomination_cents"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_bag_piece_quantity")),
        sa.ForeignKeyConstraint(["bag_id"], ["bag.id"], name=op.f("fk_bag_piece_bag_id")),
        sa.PrimaryKeyConstraint("bag_id", "denomination_cents", name=op.f("pk_bag_piece")),
        sqlite_strict=True,
    )
    op.create_table(
        "deposit_bag",
        sa.Column("bag_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("deposit_id", types.RowId, nullable=False),
        sa.ForeignKeyConstraint(["bag_id"], ["bag.id"], name=op.f("fk_deposit_bag_bag_id")),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_bag_deposit_id")),
        sa.PrimaryKeyConstraint("bag_id", name=op.f("pk_deposit_bag")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("deposit_bag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deposit_bag_deposit_id"), ["deposit_id"], unique=False)

    op.create_table(
        "reconciliation",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("till_session_id", types.RowId, nullable=False),
        sa.Column("count_id", types.RowId, nullable=False),
        sa.Column("bag_id", types.RowId, nullable=False),
        sa.Column("agent_id", types.RowId, nullable=False),
        sa.Column("submitted_by_id", types.RowId, nullable=False),
        sa.Column("submitted_at", types.UtcDateTime(), nullable=False),
        sa.Column("difference_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reason IS NULL OR reason IN ('change_error', 'entry_error', 'counterfeit', 'theft', 'unknown')",
            name=op.f("ck_reconciliation_reason"),
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["app_user.id"], name=op.f("fk_reconciliation_agent_id")),
        sa.ForeignKeyConstraint(["bag_id"], ["bag.id"], name=op.f("fk_reconciliation_bag_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_reconciliation_branch_id")),
        sa.ForeignKeyConstraint(["count_id"], ["till_count.id"], name=op.f("fk_reconciliation_count_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["app_user.id"], name=op.f("fk_reconciliation_submitted_by_id")),
        sa.ForeignKeyConstraint(
            ["till_session_id"], ["till_session.id"], name=op.f("fk_reconciliation_till_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
        sa.UniqueConstraint("bag_id", name=op.f("uq_reconciliation_bag_id")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_reconciliation_branch_id_number")),
        sa.UniqueConstraint("count_id", name=op.f("uq_reconciliation_count_id")),
        sa.UniqueConstraint("key", name=op.f("uq_reconciliation_key")),
        sa.UniqueConstraint("till_session_id", name=op.f("uq_reconciliation_till_session_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("reconciliation", schema=None) as batch_op:
        batch_op.create_index("ix_reconciliation_of_agent", ["agent_id", "id"], unique=False)

    op.create_table(
        "till_count_cheque",
        sa.Column("count_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("cheque_id", types.RowId, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["cheque_id"], ["cheque.id"], name=op.f("fk_till_count_cheque_cheque_id")),
        sa.ForeignKeyConstraint(["count_id"], ["till_count.id"], name=op.f("fk_till_count_cheque_count_id")),
        sa.PrimaryKeyConstraint("count_id", "cheque_id", name=op.f("pk_till_count_cheque")),
        sqlite_strict=True,
    )
    op.create_table(
        "till_count_piece",
        sa.Column("count_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("denomination_cents", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "denomination_cents IN (5, 10, 25, 100, 200, 500, 1000, 2000, 5000, 10000)",
            name=op.f("ck_till_count_piece_denomination_cents"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_till_count_piece_quantity")),
        sa.ForeignKeyConstraint(["count_id"], ["till_count.id"], name=op.f("fk_till_count_piece_count_id")),
        sa.PrimaryKeyConstraint("count_id", "denomination_cents", name=op.f("pk_till_count_piece")),
        sqlite_strict=True,
    )
    op.create_table(
        "reconciliation_decision",
        sa.Column("reconciliation_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("agent_id", types.RowId, nullable=False),
        sa.Column("submitted_by_id", types.RowId, nullable=False),
        sa.Column("decided_by_id", types.RowId, nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "outcome = 'approved' OR length(note) > 0", name=op.f("ck_reconciliation_decision_return_says_why")
        ),
        sa.CheckConstraint("outcome IN ('approved', 'returned')", name=op.f("ck_reconciliation_decision_outcome")),
        sa.CheckConstraint(
            "(decided_by_id <> agent_id AND decided_by_id <> submitted_by_id) OR alone",
            name=op.f("ck_reconciliation_decision_by_another"),
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["app_user.id"], name=op.f("fk_reconciliation_decision_agent_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["app_user.id"], name=op.f("fk_reconciliation_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reconciliation_id"], ["reconciliation.id"], name=op.f("fk_reconciliation_decision_reconciliation_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["app_user.id"], name=op.f("fk_reconciliation_decision_submitted_by_id")
        ),
        sa.PrimaryKeyConstraint("reconciliation_id", name=op.f("pk_reconciliation_decision")),
        sqlite_strict=True,
    )
