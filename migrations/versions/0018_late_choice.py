"""What people choose who come late

Only counted, or shown all the same.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # ADD COLUMN, never a rebuilt table: it has no row number, which SQLite would give it.
    for table in ("inbox", "response"):
        op.add_column(table, sa.Column("late_choice", sa.String(5), nullable=True))


def downgrade() -> None:
    for table in ("response", "inbox"):
        op.drop_column(table, "late_choice")
