"""Former drafts, so that changes of the questions can be undone"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "former_draft",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft", JSON, nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("made", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_former_draft_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "slot", name=op.f("pk_former_draft")),
    )


def downgrade() -> None:
    op.drop_table("former_draft")
