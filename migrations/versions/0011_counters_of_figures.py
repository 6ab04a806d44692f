"""Counters of what people answered

What was released before is counted here, so that a page of figures reads counters from the first look on.
"""

import sqlalchemy as sa
from alembic import op

from surveyapp.model.figure_counts import count_released

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Of each index of few rows: the mark that they have or haven't, and the other columns.
FEW = {
    "ix_response_uncounted": ("counted", False, ("released", "finished", "withdrawn", "key", "source")),
    "ix_response_begun": ("finished", False, ("released",)),
    "ix_response_withdrawn": ("withdrawn", True, ()),
    "ix_response_listed": ("listed", True, ()),
}


def upgrade() -> None:
    op.create_table(
        "figure_count",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dimension", sa.String(length=10), nullable=False),
        sa.Column("cell", sa.String(length=60), nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_figure_count_survey_id_survey")),
        sa.PrimaryKeyConstraint(
            "survey_id", "edition", "dimension", "cell", "question", "value", name=op.f("pk_figure_count")
        ),
        sqlite_with_rowid=False,
    )
    # ADD COLUMN, never a rebuilt table: SQLite would drop the table in which the answers are.
    op.add_column("response", sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("response", sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("survey", sa.Column("recounted_on", sa.Date(), nullable=True))
    for name, (mark, is_so, columns) in FEW.items():
        sqlite, postgresql = (sa.text(f"{mark} IS {words[is_so]}") for words in (("0", "1"), ("false", "true")))
        op.create_index(
            name, "response", ["survey_id", mark, *columns], sqlite_where=sqlite, postgresql_where=postgresql
        )
    _count_what_was_released()


def _count_what_was_released() -> None:
    """Rows that are marked are new ones to PostgreSQL: they are written anew by the routine that does what is due."""
    connection = op.get_bind()
    survey = sa.table("survey", sa.column("id", sa.Uuid()), sa.column("moved_since_rewrite", sa.Boolean()))
    for survey_id in connection.scalars(sa.select(survey.c.id)).all():
        if count_released(connection, survey_id):
            connection.execute(sa.update(survey).where(survey.c.id == survey_id).values(moved_since_rewrite=True))


def downgrade() -> None:
    for name in reversed(FEW):
        op.drop_index(name, "response")
    op.drop_column("survey", "recounted_on")
    op.drop_column("response", "listed")
    op.drop_column("response", "counted")
    op.drop_table("figure_count")
