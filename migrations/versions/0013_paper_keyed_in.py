"""Paper that is keyed in

A sitting and its sheets, until it ends and they are answers.
"""

import sqlalchemy as sa
from alembic import op

from surveyapp.model.base import Instant, Json

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_sitting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("card", sa.String(length=6), nullable=False),
        sa.Column("pile", sa.Integer(), nullable=True),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_paper_sitting_survey_id_survey")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_paper_sitting_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sitting")),
        sa.UniqueConstraint("survey_id", "account_id", name=op.f("uq_paper_sitting_survey_id")),
    )
    op.create_table(
        "paper_sheet",
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("first", Json, nullable=False),
        sa.Column("second", Json, nullable=True),
        sa.Column("differed", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["paper_sitting.id"], name=op.f("fk_paper_sheet_sitting_id_paper_sitting")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_paper_sheet_survey_id_survey")),
        sa.PrimaryKeyConstraint("sitting_id", "number", name=op.f("pk_paper_sheet")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("paper_sheet")
    op.drop_table("paper_sitting")
