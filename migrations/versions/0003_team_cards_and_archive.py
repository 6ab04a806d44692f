"""Cards of a team's own, cards kept for one sheet, and surveys put away"""

import sqlalchemy as sa
from alembic import op

from surveyapp.model.base import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("survey", sa.Column("archived_on", sa.Date(), nullable=True))
    op.add_column("card", sa.Column("sheet", sa.String(length=10), nullable=True))
    op.create_table(
        "team_card",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("view", sa.String(length=10), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_card_team_id_team")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_team_card")),
    )
    op.create_index("ix_team_card_team_id", "team_card", ["team_id"])
    op.create_table(
        "team_card_use",
        sa.Column("card", sa.String(length=6), nullable=False),
        sa.Column("team_card", sa.String(length=6), nullable=False),
        sa.Column("pointed_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["card"], ["card.code"], name=op.f("fk_team_card_use_card_card"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_card"], ["team_card.code"], name=op.f("fk_team_card_use_team_card_team_card")),
        sa.PrimaryKeyConstraint("card", name=op.f("pk_team_card_use")),
    )
    op.create_index("ix_team_card_use_team_card", "team_card_use", ["team_card"])


def downgrade() -> None:
    op.drop_index("ix_team_card_use_team_card", "team_card_use")
    op.drop_table("team_card_use")
    op.drop_index("ix_team_card_team_id", "team_card")
    op.drop_table("team_card")
    op.drop_column("card", "sheet")
    op.drop_column("survey", "archived_on")
