"""A comment that needs a person now

The flag that any reader of comments can set.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # ADD COLUMN, never a rebuilt table: it has no row number, which SQLite would give it.
    op.add_column("comment_note", sa.Column("needs_person", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("comment_note", "needs_person")
