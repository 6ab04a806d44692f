"""`responses.csv-metadata.json`: the wide table told to programs that read CSV on the Web (W3C, 2015)."""

from collections.abc import Sequence
from typing import Any

import orjson

from surveyapp.export.dictionary import ColumnDescription

NAME = "responses.csv-metadata.json"
_DATATYPES: dict[str, Any] = {
    "integer": "integer",
    "string": "string",
    "date": {"base": "date", "format": "yyyy-MM-dd"},
}


def csvw_json(title: str, columns: Sequence[ColumnDescription]) -> bytes:
    """The file."""
    document = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "responses.csv",
        "dc:title": title,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "quoteChar": '"', "doubleQuote": True},
        "tableSchema": {"columns": [_column(column) for column in columns], "primaryKey": "response_id"},
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _column(column: ColumnDescription) -> dict[str, Any]:
    told = {"name": column.name, "titles": column.name, "datatype": _DATATYPES[column.type]}
    told["dc:description"] = column.words
    return {**told, "required": True} if column.name == "response_id" else told
