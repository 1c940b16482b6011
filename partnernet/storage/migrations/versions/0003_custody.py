"""Money that changes hands inside a branch: drops, handovers, and reviews of approvals without a second person."""

import sqlalchemy as sa
from alembic import op

from partnernet.storage import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column(
            "id", types.RowId, sa.Identity(always=False), nullable=False
        ),
        sa.Column("branch_id", types.RowId, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("from_id", types.RowId, nullable=True),
        sa.Column("to_id", types.RowId, nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("offered_by_id", types.RowId, nullable=False),
        sa.Column("offered_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("amount_cents % 5 = 0", name=op.f("ck_handover_in_five_cents")),
        sa.CheckConstraint("amount_cents >= 1 AND amount_cents <= 2500000000", name=op.f("ck_handover_amount_cents")),
        sa.CheckConstraint("coalesce(from_id, 0) <> coalesce(to_id, 0)", name=op.f("ck_handover_between_two")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_handover_branch_id")),
        sa.ForeignKeyConstraint(["from_id"], ["app_user.id"], name=op.f("fk_handover_from_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["app_user.id"], name=op.f("fk_handover_offered_by_id")),
        sa.ForeignKeyConstraint(["to_id"], ["app_user.id"], name=op.f("fk_handover_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("key", name=op.f("uq_handover_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_from", ["from_id"], unique=False)
        batch_op.create_index("ix_handover_to", ["to_id"], unique=False)

    op.create_table(
        "handover_answer",
        sa.Column(
            "handover_id", types.RowId, autoincrement=False, nullable=False
        ),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("offered_by_id", types.RowId, nullable=False),
        sa.Column("answered_by_id", types.RowId, nullable=False),
        sa.Column("answered_at", types.UtcDateTime(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("posting_id", types.RowId, nullable=True),
        sa.CheckConstraint(
            "(outcome = 'accepted') = (posting_id IS NOT NULL)", name=op.f("ck_handover_answer_accepted")
        ),
        sa.CheckConstraint(
            "outcome = 'withdrawn' OR answered_by_id <> offered_by_id OR alone",
            name=op.f("ck_handover_answer_by_another"),
        ),
        sa.CheckConstraint("outcome IN ('accepted', 'declined', 'withdrawn')", name=op.f("ck_handover_answer_outcome")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["app_user.id"], name=op.f("fk_handover_answer_answered_by_id")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_answer_handover_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["app_user.id"], name=op.f("fk_handover_answer_offered_by_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_handover_answer_posting_id")),
        sa.PrimaryKeyConstraint("handover_id", name=op.f("pk_handover_answer")),
        sa.UniqueConstraint("posting_id", name=op.f("uq_handover_answer_posting_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "till_drop",
        sa.Column("bag_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("agent_id", types.RowId, nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["app_user.id"], name=op.f("fk_till_drop_agent_id")),
        sa.ForeignKeyConstraint(["bag_id"], ["bag.id"], name=op.f("fk_till_drop_bag_id")),
        sa.PrimaryKeyConstraint("bag_id", name=op.f("pk_till_drop")),
        sa.UniqueConstraint("key", name=op.f("uq_till_drop_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "drop_receipt",
        sa.Column("bag_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("agent_id", types.RowId, nullable=False),
        sa.Column("received_by_id", types.RowId, nullable=False),
        sa.Column("received_at", types.UtcDateTime(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.CheckConstraint("received_by_id <> agent_id OR alone", name=op.f("ck_drop_receipt_by_another")),
        sa.ForeignKeyConstraint(["agent_id"], ["app_user.id"], name=op.f("fk_drop_receipt_agent_id")),
        sa.ForeignKeyConstraint(["bag_id"], ["till_drop.bag_id"], name=op.f("fk_drop_receipt_bag_id")),
        sa.ForeignKeyConstraint(["received_by_id"], ["app_user.id"], name=op.f("fk_drop_receipt_received_by_id")),
        sa.PrimaryKeyConstraint("bag_id", name=op.f("pk_drop_receipt")),
        sqlite_strict=True,
    )
    op.create_table(
        "reconciliation_review",
        sa.Column(
            "reconciliation_id",
            types.RowId,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("decided_by_id", types.RowId, nullable=False),
        sa.Column("reviewed_by_id", types.RowId, nullable=False),
        sa.Column("reviewed_at", types.UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("reviewed_by_id <> decided_by_id", name=op.f("ck_reconciliation_review_by_another")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["app_user.id"], name=op.f("fk_reconciliation_review_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reconciliation_id"],
            ["reconciliation_decision.reconciliation_id"],
            name=op.f("fk_reconciliation_review_reconciliation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["app_user.id"], name=op.f("fk_reconciliation_review_reviewed_by_id")
        ),
        sa.PrimaryKeyConstraint("reconciliation_id", name=op.f("pk_reconciliation_review")),
        sqlite_strict=True,
    )
