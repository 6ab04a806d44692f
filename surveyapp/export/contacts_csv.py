"""`contacts.csv`: how to reach the people who asked for it, and what for; nothing in it leads to anybody's answers.

A file by itself, in no package and beside no row: by the order of its random keys, without them.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import guarded_line
from surveyapp.model.contact import CONTACT, released_contacts
from surveyapp.model.contact_form import FIELDS, PURPOSES
from surveyapp.model.survey import Survey

NAME = "contacts.csv"
HEADER = (*FIELDS, *(f"for_{purpose}" for purpose in PURPOSES))


def contacts_csv(connection: Connection, survey: Survey) -> Iterator[bytes]:
    """The file in chunks of bytes, all columns whatever the form asked for."""
    columns = select(CONTACT.c.name, CONTACT.c.email, CONTACT.c.telephone, CONTACT.c.purposes)
    found = connection.execute(columns.where(*released_contacts(survey.id)).order_by(CONTACT.c.key))
    return csv_bytes(HEADER, [[_line(*row) for row in found]])


def _line(name: str, email: str, telephone: str, purposes: str) -> tuple[object, ...]:
    asked = purposes.split()
    texts = (guarded_line(text) for text in (name, email, telephone))
    return (*texts, *(int(purpose in asked) for purpose in PURPOSES))
