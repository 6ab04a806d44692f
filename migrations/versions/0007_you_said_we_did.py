"""You said, we did

`comment_note.action_id` gets no foreign key: SQLite would have to build that table anew, WITHOUT ROWID and all, to have
one. The product lets go of an entry's notes before it removes the entry.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("you_said", sa.Text(), nullable=False),
        sa.Column("you_said_easy", sa.Text(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("we_did", sa.Text(), nullable=False),
        sa.Column("we_did_easy", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_action_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("survey_id", "theme", name=op.f("uq_action_survey_id")),
    )


def downgrade() -> None:
    op.execute("UPDATE comment_note SET action_id = NULL")
    op.drop_table("action")
