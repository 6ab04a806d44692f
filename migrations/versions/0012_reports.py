"""Frozen figures as a document, and public reports

Figures that were given out before keep their text; the routine that does what is due adds their document where nobody
has answered since.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("safe_figures", sa.Column("document", sa.Text(), nullable=True))
    op.create_table(
        "public_report",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_public_report_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_public_report")),
        sa.UniqueConstraint("key", name=op.f("uq_public_report_key")),
    )


def downgrade() -> None:
    op.drop_table("public_report")
    op.execute(sa.text("DELETE FROM safe_figures WHERE figures = ''"))
    op.drop_column("safe_figures", "document")
