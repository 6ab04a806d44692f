"""What describes the tables to programs against the codebook: the same columns, words and codes."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from surveyapp.export.checking.statement import PackageStatement
from surveyapp.export.checking.tables import CodebookColumn
from surveyapp.export.guard import guarded_line


def data_package_faults(content: bytes, said: PackageStatement, columns: Mapping[str, CodebookColumn]) -> Iterator[str]:
    """Where `datapackage.json` says something else than codebook and manifest."""
    resources = {one["path"]: one for one in orjson.loads(content)["resources"]}
    for file in said.files:
        if file.path.endswith(".csv"):
            told = resources.get(file.path, {})
            if (told.get("bytes"), told.get("hash")) != (file.bytes, f"sha256:{file.sha256}"):
                yield f"datapackage.json says other bytes or another hash of {file.path}."
    fields = resources.get("responses.csv", {}).get("schema", {}).get("fields", [])
    if [field["name"] for field in fields] != list(columns):
        yield "datapackage.json and codebook.csv have different columns."
        return
    for field in fields:
        yield from _field_faults(field, columns[field["name"]])


def csvw_faults(content: bytes, columns: Mapping[str, CodebookColumn]) -> Iterator[str]:
    """Where `responses.csv-metadata.json` has other columns or words."""
    told = orjson.loads(content)["tableSchema"]["columns"]
    if [one["name"] for one in told] != list(columns):
        yield "responses.csv-metadata.json and codebook.csv have different columns."
        return
    for one in told:
        if guarded_line(one["dc:description"]) != columns[one["name"]].words:
            yield f"responses.csv-metadata.json and codebook.csv word “{one['name']}” differently."


def _field_faults(field: Mapping[str, Any], column: CodebookColumn) -> Iterator[str]:
    if guarded_line(field["title"]) != column.words:
        yield f"datapackage.json and codebook.csv word “{column.name}” differently."
    missing = field.get("missingValues", [])
    told = {str(one["value"]): guarded_line(one["label"]) for one in (*field.get("categories", ()), *missing[1:])}
    expected = column.labels
    if column.kind == "rating5" and not column.item:  # a rating's cell is empty for what doesn't count
        expected = {code: label for code, label in column.labels.items() if code in column.counting}
    categories = {str(one["value"]) for one in field.get("categories", ())}
    if not column.item and column.labels and categories != column.counting:
        yield f"datapackage.json counts other codes of “{column.name}” than codebook.csv."
    if told != expected:
        yield f"datapackage.json and codebook.csv give the codes of “{column.name}” different labels."
