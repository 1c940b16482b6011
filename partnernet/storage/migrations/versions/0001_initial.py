"""The first schema: people, books, till and ledger."""

import sqlalchemy as sa
from alembic import op

from partnernet.storage import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "branch",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("float_authorised_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "float_authorised_cents >= 0 AND float_authorised_cents <= 2500000000",
            name=op.f("ck_branch_float_authorised_cents"),
        ),
        sa.CheckConstraint("length(code) BETWEEN 2 AND 8", name=op.f("ck_branch_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch")),
        sa.UniqueConstraint("code", name=op.f("uq_branch_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "cheque",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("transit", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("drawer", sa.Text(), nullable=False),
        sa.Column("face_amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "face_amount_cents >= 1 AND face_amount_cents <= 2500000000", name=op.f("ck_cheque_face_amount_cents")
        ),
        sa.CheckConstraint("length(account) BETWEEN 7 AND 12", name=op.f("ck_cheque_account")),
        sa.CheckConstraint("length(drawer) BETWEEN 1 AND 200", name=op.f("ck_cheque_drawer")),
        sa.CheckConstraint("length(institution) = 3", name=op.f("ck_cheque_institution")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 12", name=op.f("ck_cheque_number")),
        sa.CheckConstraint("length(transit) = 5", name=op.f("ck_cheque_transit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cheque")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("cheque", schema=None) as batch_op:
        batch_op.create_index("ix_cheque_on_record", ["institution", "transit", "account", "number"], unique=False)

    op.create_table(
        "customer",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("number", types.KeyText, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address_line1", sa.Text(), nullable=False),
        sa.Column("address_line2", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_extension", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("name_key", types.KeyText, nullable=False),
        sa.Column("city_key", types.KeyText, nullable=False),
        sa.Column("postal_key", types.KeyText, nullable=False),
        sa.Column("phone_key", types.KeyText, nullable=False),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_customer_language")),
        sa.CheckConstraint("terms IN ('open', 'cash_only', 'blocked')", name=op.f("ck_customer_terms")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name=op.f("ck_customer_name")),
        sa.CheckConstraint("length(number) BETWEEN 1 AND 20", name=op.f("ck_customer_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("number", name=op.f("uq_customer_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index("ix_customer_by_city", ["city_key", "name_key", "id"], unique=False)
        batch_op.create_index("ix_customer_by_name", ["name_key", "postal_key", "id"], unique=False)
        batch_op.create_index("ix_customer_by_phone", ["phone_key", "id"], unique=False)
        batch_op.create_index("ix_customer_by_postal_code", ["postal_key", "name_key", "id"], unique=False)

    op.create_table(
        "database_mark",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_database_mark")),
        sqlite_strict=True,
    )
    op.create_table(
        "snapshot",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("as_of", types.UtcDateTime(), nullable=False),
        sa.Column("through_batch", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", types.UtcDateTime(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("item_count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("through_batch >= 0", name=op.f("ck_snapshot_through_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sqlite_strict=True,
    )
    op.create_table(
        "app_user",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("code_hash", sa.Text(), nullable=True),
        sa.Column("code_expires_at", types.UtcDateTime(), nullable=True),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("refused_until", types.UtcDateTime(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("language IN ('fr', 'en')", name=op.f("ck_app_user_language")),
        sa.CheckConstraint(
            "role IN ('agent', 'supervisor', 'administrator', 'auditor')", name=op.f("ck_app_user_role")
        ),
        sa.CheckConstraint(
            "role NOT IN ('agent', 'supervisor') OR branch_id IS NOT NULL", name=op.f("ck_app_user_branch_served")
        ),
        sa.CheckConstraint("(code_hash IS NULL) = (code_expires_at IS NULL)", name=op.f("ck_app_user_code")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_app_user_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("login", name=op.f("uq_app_user_login")),
        sqlite_strict=True,
    )
    op.create_table(
        "branch_head",
        sa.Column("branch_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_receipt", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.Text(), nullable=False),
        sa.Column("last_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_branch_head_branch_id")),
        sa.PrimaryKeyConstraint("branch_id", name=op.f("pk_branch_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "open_item",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("snapshot_id", types.RowId, nullable=False),
        sa.Column("customer_id", types.RowId, nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("open_amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('invoice', 'credit_note', 'unapplied_payment')", name=op.f("ck_open_item_kind")),
        sa.CheckConstraint("amount_cents >= 1 AND amount_cents <= 2500000000", name=op.f("ck_open_item_amount_cents")),
        sa.CheckConstraint("open_amount_cents <= amount_cents", name=op.f("ck_open_item_open_part")),
        sa.CheckConstraint(
            "open_amount_cents >= 1 AND open_amount_cents <= 2500000000", name=op.f("ck_open_item_open_amount_cents")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_open_item_customer_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_open_item_snapshot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_item")),
        sa.UniqueConstraint(
            "customer_id", "kind", "document_number", name=op.f("uq_open_item_customer_id_kind_document_number")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_event",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("user_id", types.RowId, nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name=op.f("ck_audit_event_outcome")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_audit_event_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_audit_event_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_at"), ["at"], unique=False)

    op.create_table(
        "posting",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("posted_at", types.UtcDateTime(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("agent_id", types.RowId, nullable=False),
        sa.Column("reverses_id", types.RowId, nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name=op.f("ck_posting_reverses")),
        sa.CheckConstraint(
            "kind IN ('payment', 'reversal', 'float', 'voucher', 'replenishment', 'difference', 'seal', 'custody', 'deposit', 'returned_cheque', 'transfer')",
            name=op.f("ck_posting_kind"),
        ),
        sa.CheckConstraint("length(key) BETWEEN 16 AND 64", name=op.f("ck_posting_key")),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_posting_sequence")),
        sa.ForeignKeyConstraint(["agent_id"], ["app_user.id"], name=op.f("fk_posting_agent_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_posting_branch_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["posting.id"], name=op.f("fk_posting_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("branch_id", "sequence", name=op.f("uq_posting_branch_id_sequence")),
        sa.UniqueConstraint("key", name=op.f("uq_posting_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_posting_reverses_id")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix_posting_of_day", ["branch_id", "business_date"], unique=False)

    op.create_table(
        "till_session",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("agent_id", types.RowId, nullable=False),
        sa.Column("opened_at", types.UtcDateTime(), nullable=False),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["app_user.id"], name=op.f("fk_till_session_agent_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_till_session_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_session")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("till_session", schema=None) as batch_op:
        batch_op.create_index(
            "uq_till_session_open",
            ["agent_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "user_session",
        sa.Column("id", types.RowId, sa.Identity(always=False), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", types.RowId, nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.Column("password_proved_at", types.UtcDateTime(), nullable=False),
        sa.Column("new_password_due", sa.Boolean(), nullable=False),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_user_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "ledger_line",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("debit_cents", sa.BigInteger(), nullable=False),
        sa.Column("credit_cents", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("holder_id", types.RowId, nullable=True),
        sa.Column("till_session_id", types.RowId, nullable=True),
        sa.Column("customer_id", types.RowId, nullable=True),
        sa.CheckConstraint(
            "account IN ('drawer', 'cheques', 'bag', 'owed', 'rounding', 'remitted', 'branch_funds', 'petty_expense', 'over_short')",
            name=op.f("ck_ledger_line_account"),
        ),
        sa.CheckConstraint(
            "account NOT IN ('drawer', 'cheques') OR till_session_id IS NOT NULL", name=op.f("ck_ledger_line_till")
        ),
        sa.CheckConstraint("(debit_cents = 0) <> (credit_cents = 0)", name=op.f("ck_ledger_line_one_side")),
        sa.CheckConstraint(
            "credit_cents >= 0 AND credit_cents <= 2500000000", name=op.f("ck_ledger_line_credit_cents")
        ),
        sa.CheckConstraint("debit_cents >= 0 AND debit_cents <= 2500000000", name=op.f("ck_ledger_line_debit_cents")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_ledger_line_branch_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_ledger_line_customer_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["app_user.id"], name=op.f("fk_ledger_line_holder_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_ledger_line_posting_id")),
        sa.ForeignKeyConstraint(["till_session_id"], ["till_session.id"], name=op.f("fk_ledger_line_till_session_id")),
        sa.PrimaryKeyConstraint("posting_id", "position", name=op.f("pk_ledger_line")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("ledger_line", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_line_of_branch", ["branch_id", "account", "holder_id"], unique=False)
        batch_op.create_index(
            "ix_ledger_line_of_customer",
            ["customer_id", "debit_cents", "credit_cents"],
            unique=False,
            sqlite_where=sa.text("account = 'owed'"),
            postgresql_where=sa.text("account = 'owed'"),
        )
        batch_op.create_index(
            "ix_ledger_line_of_holder", ["holder_id", "account", "debit_cents", "credit_cents"], unique=False
        )

    op.create_table(
        "payment",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("receipt_number", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", types.RowId, nullable=False),
        sa.Column("tender", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("received_cents", sa.BigInteger(), nullable=False),
        sa.Column("handed_cents", sa.BigInteger(), nullable=True),
        sa.Column("cheque_id", types.RowId, nullable=True),
        sa.Column("unallocated_cents", sa.BigInteger(), nullable=False),
        sa.Column("total_due_before_cents", sa.BigInteger(), nullable=False),
        sa.Column("past_due_after_cents", sa.BigInteger(), nullable=False),
        sa.Column("post_dated", sa.Boolean(), nullable=False),
        sa.Column("snapshot_id", types.RowId, nullable=True),
        sa.Column("customer_printed", sa.Text(), nullable=False),
        sa.Column("confirmed", sa.Text(), nullable=False),
        sa.CheckConstraint("(tender = 'cheque') = (cheque_id IS NOT NULL)", name=op.f("ck_payment_cheque_details")),
        sa.CheckConstraint("NOT post_dated OR tender = 'cheque'", name=op.f("ck_payment_post_dated")),
        sa.CheckConstraint("post_dated IN (0, 1)", name=op.f("ck_payment_post_dated_or_not")).ddl_if(dialect="sqlite"),
        sa.CheckConstraint("past_due_after_cents >= 0", name=op.f("ck_payment_past_due_after_cents")),
        sa.CheckConstraint("receipt_number >= 1", name=op.f("ck_payment_receipt_number")),
        sa.CheckConstraint("choice IN ('past_due', 'total_due', 'other')", name=op.f("ck_payment_choice")),
        sa.CheckConstraint("tender = 'cash' OR handed_cents IS NULL", name=op.f("ck_payment_handed_in_cash")),
        sa.CheckConstraint("tender = 'cash' OR received_cents = amount_cents", name=op.f("ck_payment_cheque_is_exact")),
        sa.CheckConstraint("tender = 'cheque' OR received_cents % 5 = 0", name=op.f("ck_payment_cash_in_five_cents")),
        sa.CheckConstraint("tender IN ('cheque', 'cash')", name=op.f("ck_payment_tender")),
        sa.CheckConstraint("amount_cents >= 1 AND amount_cents <= 2500000000", name=op.f("ck_payment_amount_cents")),
        sa.CheckConstraint(
            "handed_cents IS NULL OR (handed_cents >= 1 AND handed_cents <= 2500000000)",
            name=op.f("ck_payment_handed_cents"),
        ),
        sa.CheckConstraint(
            "handed_cents IS NULL OR handed_cents >= received_cents", name=op.f("ck_payment_handed_enough")
        ),
        sa.CheckConstraint("received_cents - amount_cents BETWEEN -2 AND 2", name=op.f("ck_payment_rounding")),
        sa.CheckConstraint(
            "received_cents >= 1 AND received_cents <= 2500000000", name=op.f("ck_payment_received_cents")
        ),
        sa.CheckConstraint("unallocated_cents BETWEEN 0 AND amount_cents", name=op.f("ck_payment_unallocated_cents")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_payment_branch_id")),
        sa.ForeignKeyConstraint(["cheque_id"], ["cheque.id"], name=op.f("fk_payment_cheque_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_payment_customer_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_payment_posting_id")),
        sa.ForeignKeyConstraint(["snapshot_id"], ["snapshot.id"], name=op.f("fk_payment_snapshot_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_payment")),
        sa.UniqueConstraint("branch_id", "receipt_number", name=op.f("uq_payment_branch_id_receipt_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index("ix_payment_cheque", ["cheque_id"], unique=False)
        batch_op.create_index("ix_payment_of_customer", ["customer_id", "amount_cents"], unique=False)

    op.create_table(
        "reversal",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("where_is_the_money", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reason IN ('wrong_customer', 'wrong_amount', 'wrong_tender', 'duplicate', 'returned_cheque')",
            name=op.f("ck_reversal_reason"),
        ),
        sa.CheckConstraint(
            "where_is_the_money IN ('handed_back', 'never_received', 'returned_by_bank')", name=op.f("ck_reversal_where_is_the_money")
        ),
        sa.CheckConstraint("length(note) BETWEEN 1 AND 500", name=op.f("ck_reversal_note")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_reversal_posting_id")),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_reversal")),
        sqlite_strict=True,
    )
    op.create_table(
        "allocation",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('invoice')", name=op.f("ck_allocation_kind")),
        sa.CheckConstraint("amount_cents >= 1 AND amount_cents <= 2500000000", name=op.f("ck_allocation_amount_cents")),
        sa.ForeignKeyConstraint(["posting_id"], ["payment.posting_id"], name=op.f("fk_allocation_posting_id")),
        sa.PrimaryKeyConstraint("posting_id", "position", name=op.f("pk_allocation")),
        sqlite_strict=True,
    )
    op.create_table(
        "receipt_copy",
        sa.Column("posting_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("copy_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("printed_at", types.UtcDateTime(), nullable=False),
        sa.Column("user_id", types.RowId, nullable=False),
        sa.CheckConstraint("copy_number >= 1", name=op.f("ck_receipt_copy_copy_number")),
        sa.ForeignKeyConstraint(["posting_id"], ["payment.posting_id"], name=op.f("fk_receipt_copy_posting_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_receipt_copy_user_id")),
        sa.PrimaryKeyConstraint("posting_id", "copy_number", name=op.f("pk_receipt_copy")),
        sqlite_strict=True,
    )
