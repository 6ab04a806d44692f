"""Runs migrations on the connection that `surveyapp.db.migrations` hands over."""

from alembic import context

from surveyapp.editing import drafts  # noqa: F401 -- all tables register
from surveyapp.figures import safe_figures  # noqa: F401 -- all tables register
from surveyapp.model import (  # noqa: F401 -- all tables register
    access_token,
    action,
    comment_note,
    contact,
    deletion,
    figure_counts,
    installation,
    paper,
    public_report,
    response,
    survey,
    team,
    team_cards,
)
from surveyapp.model.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
