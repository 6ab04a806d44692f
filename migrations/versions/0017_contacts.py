"""Stay in touch, prize, expenses

A form of its own after thanks, and a store for it that joins no answer.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # ADD COLUMN, never a rebuilt table: SQLite would drop the table on which everything hangs.
    for name in ("contact_purposes", "contact_fields"):
        op.add_column("survey", sa.Column(name, sa.String(40), nullable=True))
    op.add_column("deletion", sa.Column("contacts", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "contact",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("purposes", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("telephone", sa.String(40), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_contact_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "key", name=op.f("pk_contact")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("contact")
    op.drop_column("deletion", "contacts")
    for name in ("contact_fields", "contact_purposes"):
        op.drop_column("survey", name)
