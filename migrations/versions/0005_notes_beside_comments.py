"""Notes beside comments"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment_note",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("response_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("is_quote", sa.Boolean(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_id", "response_key"],
            ["response.survey_id", "response.key"],
            name=op.f("fk_comment_note_survey_id_response"),
        ),
        sa.PrimaryKeyConstraint("survey_id", "response_key", "question", name=op.f("pk_comment_note")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("comment_note")
