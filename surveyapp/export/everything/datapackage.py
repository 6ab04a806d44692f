"""`datapackage.json`: the tables told to programs that read Data Package version 2 (https://datapackage.org)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from surveyapp.export import answers_csv, codebook_csv, comments_csv, equality_csv
from surveyapp.export.dictionary import ColumnDescription, Value
from surveyapp.export.everything.written_file import WrittenFile
from surveyapp.export.rows import Snapshot

NAME = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0/"
EMPTY = {"value": "", "label": "Not answered (skipped, not shown or not asked), or blanked"}
_OF_A_RESPONSE = [
    {"fields": ["response_id"], "reference": {"resource": "responses", "fields": ["response_id"]}},
]
_INTEGERS = frozenset({
    "value_number", "position", "value_order", "counts_in_results", "n_answered", "n_missing", "n", "withheld",
})  # fmt: skip


def datapackage_json(taken: Snapshot, columns: Sequence[ColumnDescription], files: Iterable[WrittenFile]) -> bytes:
    """The file; `files` are the tables that are written already."""
    schemas = _schemas(taken, columns)
    document = {
        "$schema": f"{PROFILES}datapackage.json",
        "name": taken.key or "survey",
        "title": taken.title,
        "resources": [_resource(file, schemas[file.name]) for file in files if file.name in schemas],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _resource(file: WrittenFile, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}dataresource.json",
        "name": file.name.removesuffix(".csv"),
        "type": "table",
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"$schema": f"{PROFILES}tabledialect.json", "delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {"$schema": f"{PROFILES}tableschema.json", **schema},
    }


def _schemas(taken: Snapshot, columns: Sequence[ColumnDescription]) -> dict[str, dict[str, Any]]:
    wide = {"fields": [_field(column) for column in columns], "missingValues": [EMPTY]}
    return {
        "responses.csv": {**wide, "primaryKey": ["response_id"]},
        "answers.csv": {**_plain(answers_csv.HEADER), "foreignKeys": _OF_A_RESPONSE},
        "comments.csv": _comments(taken),
        "codebook.csv": _plain(codebook_csv.HEADER),
        "equality_totals.csv": {**_plain(equality_csv.HEADER), "primaryKey": ["question_key", "value"]},
    }  # fmt: skip


def _comments(taken: Snapshot) -> dict[str, Any]:
    """Comments; only full files say which response each is of."""
    schema = {**_plain(comments_csv.header_of(taken)), "primaryKey": ["comment_id"]}
    return schema if taken.is_ordinary else {**schema, "foreignKeys": _OF_A_RESPONSE}


def _plain(header: Iterable[str]) -> dict[str, Any]:
    fields = [{"name": name, "type": "integer" if name in _INTEGERS else "string"} for name in header]
    return {"fields": fields, "missingValues": [""]}


def _field(column: ColumnDescription) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.words}
    if column.categories:
        cells = [(_cell(column, value), value.label) for value in column.categories]
        field["categories"] = [{"value": cell, "label": label} for cell, label in cells]
        field["categoriesOrdered"] = column.is_ordered
    if column.missing:
        field["missingValues"] = [EMPTY, *({"value": value.code, "label": value.label} for value in column.missing)]
    if column.name == "response_id":
        field["constraints"] = {"required": True, "unique": True}
    return field


def _cell(column: ColumnDescription, value: Value) -> str | int:
    return int(value.code) if column.type == "integer" else value.code
