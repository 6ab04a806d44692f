"""Deletion

When a survey's answers were deleted, and when a draft that is in the bin goes.
"""

import sqlalchemy as sa
from alembic import op

from surveyapp.model.base import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # ADD COLUMN, never a rebuilt table: SQLite would drop the table on which everything hangs.
    op.add_column("survey", sa.Column("deleted_on", sa.Date(), nullable=True))
    op.add_column("survey", sa.Column("remove_on", sa.Date(), nullable=True))
    op.create_table(
        "deletion",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("was_due", sa.Boolean(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.Column("unfinished", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_deletion_survey_id_survey")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_deletion_account_id_account")),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_deletion")),
    )


def downgrade() -> None:
    op.drop_table("deletion")
    op.drop_column("survey", "remove_on")
    op.drop_column("survey", "deleted_on")
