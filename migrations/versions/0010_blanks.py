"""What is blanked in ordinary files of rows, who may take full ones, and the installation's key

Surveys whose answers were released before are looked at once by the routine that does what is due; until then their
ordinary files blank all that may be.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("blanked", sa.Text(), nullable=True))
    op.add_column("membership", sa.Column("full_files", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(
        "installation",
        sa.Column("comment_key", sa.LargeBinary(length=32), nullable=False, server_default=sa.text("''")),
    )
    key = sa.bindparam("key", secrets.token_bytes(32), sa.LargeBinary())
    op.execute(sa.text("UPDATE installation SET comment_key = :key").bindparams(key))
    yes = sa.bindparam("yes", True, sa.Boolean())
    op.execute(
        sa.text(
            "UPDATE survey SET moved_since_rewrite = :yes WHERE sharing = 'together' AND released_on IS NOT NULL"
        ).bindparams(yes)
    )


def downgrade() -> None:
    op.drop_column("membership", "full_files")
    op.drop_column("installation", "comment_key")
    op.drop_column("response", "blanked")
