"""Promises that were kept

The day on which what a team said it will do was done.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("action", sa.Column("kept_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("action", "kept_on")
