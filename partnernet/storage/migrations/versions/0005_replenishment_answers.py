"""One answer to each replenishment that was asked: granted, as until now, or refused, or withdrawn."""

import sqlalchemy as sa
from alembic import op

from partnernet.storage import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replenishment_answer",
        sa.Column("request_id", types.RowId, autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("asked_by_id", types.RowId, nullable=False),
        sa.Column("answered_by_id", types.RowId, nullable=False),
        sa.Column("answered_at", types.UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("posting_id", types.RowId, nullable=True),
        sa.CheckConstraint(
            "outcome IN ('granted', 'refused', 'withdrawn')", name=op.f("ck_replenishment_answer_outcome")
        ),
        sa.CheckConstraint(
            "(outcome = 'granted') = (posting_id IS NOT NULL)", name=op.f("ck_replenishment_answer_granted")
        ),
        sa.CheckConstraint(
            "(outcome = 'refused') = (note <> '') AND length(note) <= 500", name=op.f("ck_replenishment_answer_note")
        ),
        sa.CheckConstraint(
            "(outcome = 'withdrawn') = (answered_by_id = asked_by_id) OR (outcome = 'granted' AND alone)",
            name=op.f("ck_replenishment_answer_by_whom"),
        ),
        sa.ForeignKeyConstraint(["answered_by_id"], ["app_user.id"], name=op.f("fk_replenishment_answer_answered_by_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["app_user.id"], name=op.f("fk_replenishment_answer_asked_by_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_replenishment_answer_posting_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["replenishment_request.id"], name=op.f("fk_replenishment_answer_request_id")
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_replenishment_answer")),
        sa.UniqueConstraint("posting_id", name=op.f("uq_replenishment_answer_posting_id")),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO replenishment_answer "
        "SELECT request_id, 'granted', asked_by_id, granted_by_id, posting.posted_at, '', alone, posting_id "
        "FROM replenishment_grant JOIN posting ON posting.id = replenishment_grant.posting_id"
    )
    op.drop_table("replenishment_grant")
