"""Inbox and release

Unfinished answers go to the inbox. What an old survey has shown already stays shown: its finished responses are
released. Whether its further answers wait for the end follows from how many people it says were expected.
"""

import sqlalchemy as sa
from alembic import op

from surveyapp.model.base import Instant, Json

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SHARED = (
    "survey_id", "key", "edition", "group", "view", "language", "source", "revision", "finished", "late", "withdrawn",
    "follows", "day", "receipt", "answers",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=60), nullable=True),
        sa.Column("view", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("follows", sa.LargeBinary(length=32), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("receipt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("answers", Json, nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_inbox_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "key", name=op.f("pk_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_receipt", "inbox", ["receipt"])
    op.create_table(
        "unlinked_inbox",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_unlinked_inbox_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "key", name=op.f("pk_unlinked_inbox")),
        sqlite_with_rowid=False,
    )
    # ADD COLUMN, never a rebuilt table: SQLite would drop the table in which the answers are.
    op.add_column("response", sa.Column("released", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("survey", sa.Column("expected", sa.Integer(), nullable=True))
    op.add_column("survey", sa.Column("sharing", sa.String(length=10), nullable=True))
    op.add_column("survey", sa.Column("headline", sa.String(length=32), nullable=True))
    op.add_column("survey", sa.Column("headline_hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("survey", sa.Column("release_at", Instant(timezone=True), nullable=True))
    op.add_column("survey", sa.Column("released_on", sa.Date(), nullable=True))
    op.add_column("survey", sa.Column("is_released", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("survey", sa.Column("moved_since_rewrite", sa.Boolean(), nullable=False, server_default=sa.false()))
    _move_what_is_unfinished()
    _release_what_was_shown()


def _move_what_is_unfinished() -> None:
    columns = ", ".join(f'"{name}"' for name in SHARED)
    op.execute(f"INSERT INTO inbox ({columns}) SELECT {columns} FROM response WHERE NOT finished")  # noqa: S608 -- names of this file
    op.execute("DELETE FROM response WHERE NOT finished")


def _release_what_was_shown() -> None:
    """Every page showed finished answers as they came; a survey that has any was released on the day it was held."""
    op.execute(sa.text("UPDATE response SET released = :yes").bindparams(sa.bindparam("yes", True, sa.Boolean())))
    op.execute("UPDATE survey SET expected = COALESCE(booked, invited, attendance) WHERE event_key IS NOT NULL")
    op.execute(
        "UPDATE survey SET sharing = CASE WHEN expected >= 20 THEN 'together' ELSE 'openly' END "
        "WHERE event_key IS NOT NULL"
    )
    op.execute(
        "UPDATE survey SET released_on = COALESCE(event_date, created_on) WHERE event_key IS NOT NULL "
        "AND EXISTS (SELECT 1 FROM response WHERE response.survey_id = survey.id)"
    )
    op.execute(
        sa.text("UPDATE survey SET is_released = :yes WHERE released_on IS NOT NULL AND state = 'closed'").bindparams(
            sa.bindparam("yes", True, sa.Boolean())
        )
    )


def downgrade() -> None:
    columns = ", ".join(f'"{name}"' for name in SHARED)
    op.execute(
        f"INSERT INTO response ({columns}, released) SELECT {columns}, finished FROM inbox"  # noqa: S608 -- names of this file
    )
    for name in (
        "moved_since_rewrite", "is_released", "released_on", "release_at", "headline_hidden", "headline", "sharing",
        "expected",
    ):  # fmt: skip
        op.drop_column("survey", name)
    op.drop_column("response", "released")
    op.drop_table("unlinked_inbox")
    op.drop_index("ix_inbox_receipt", "inbox")
    op.drop_table("inbox")
