"""The figures that were last given out to be passed on, and when they may be followed by newer ones.

Two files of different days lie side by side on somebody's desk, and the difference of their figures is what the people
between them answered. So a newer one is only made when as many came (or took their answers back) as a group needs to
be shown: until then everybody gets the same figures.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.figures.suppression import FEW, Audience
from surveyapp.model.base import Base
from surveyapp.model.survey import Survey


class SafeFigures(Base):
    """The figures of one survey as they stand in `safe.zip`, with how many had answered and taken their answers back.

    `small_group` is the setting they were made with, `document` the figures as JSON. Older ones have the text of their
    file in `figures`, and a document only where nobody has answered since.
    """

    __tablename__ = "safe_figures"

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    responses: Mapped[int]
    withdrawn: Mapped[int]
    small_group: Mapped[int]
    made_on: Mapped[date]
    figures: Mapped[str] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(Text)


def may_follow(kept: SafeFigures, responses: int, withdrawn: int, audience: Audience) -> bool:
    """Whether newer figures may be given out now that so many have answered and taken their answers back.

    Also where the kept ones show nothing yet, and where the operator's limit has changed since.
    """
    gone = withdrawn - kept.withdrawn
    come = responses - kept.responses + gone
    shows_nothing = kept.responses < FEW
    return shows_nothing or kept.small_group != audience.small_group or come + gone >= audience.sensitive_limit
