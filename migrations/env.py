"""Runs migrations on the connection that `surveyapp.schema` hands over."""

from alembic import context

from surveyapp.domain import action, comment_note, response, safe_figures, survey, team, team_cards  # noqa: F401 -- all
from surveyapp.domain.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
