"""A store in a bucket of S3 or of something that speaks like it, for several machines that serve together.

boto3 is loaded only where MEDIA_URL names a bucket; keys come from where boto3 looks for them (its environment).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from surveyapp.model.validation import MEDIA_NAME
from surveyapp.storage.refusals import StoreGoneError

PATIENCE = 5  # seconds for a connection, twice that for an answer
NOT_THERE = frozenset({"NoSuchKey", "404"})


@dataclass(frozen=True, slots=True)
class BucketStore:
    """Objects below a prefix of one bucket; `client` is boto3's, which threads may share."""

    client: Any
    errors: tuple[type[Exception], ...]
    bucket: str
    prefix: str

    def write(self, name: str, content: bytes) -> None:
        """Keep a file under a name that its content gave. Raises StoreGoneError."""
        try:
            self.client.put_object(Bucket=self.bucket, Key=self.prefix + name, Body=content)
        except self.errors as error:
            raise StoreGoneError(str(error)) from error

    def read(self, name: str) -> bytes | None:
        """A file's content, or nothing. Raises StoreGoneError."""
        try:
            content: bytes = self.client.get_object(Bucket=self.bucket, Key=self.prefix + name)["Body"].read()
        except self.errors as error:
            if _code_of(error) in NOT_THERE:
                return None
            raise StoreGoneError(str(error)) from error
        return content

    def names(self) -> Iterator[str]:
        """The names of everything that is kept. Raises StoreGoneError."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
        try:
            for page in pages:
                found = (one["Key"].removeprefix(self.prefix) for one in page.get("Contents", ()))
                yield from (name for name in found if MEDIA_NAME.fullmatch(name))
        except self.errors as error:
            raise StoreGoneError(str(error)) from error

    def forget(self, name: str, before: datetime) -> bool:
        """Delete a file unless it was sent at this moment or later; whether it did. Raises StoreGoneError."""
        where = {"Bucket": self.bucket, "Key": self.prefix + name}
        try:
            is_old: bool = self.client.head_object(**where)["LastModified"] < before
            if is_old:
                self.client.delete_object(**where)
        except self.errors as error:
            if _code_of(error) in NOT_THERE:
                return False
            raise StoreGoneError(str(error)) from error
        return is_old


def bucket_store(url: str, endpoint: str) -> BucketStore:
    """The store of `s3://bucket/prefix`, at another address than Amazon's where an endpoint is given."""
    parts = urlsplit(url)
    prefix = parts.path.strip("/")
    how = import_module("botocore.config").Config(
        connect_timeout=PATIENCE, read_timeout=2 * PATIENCE, retries={"max_attempts": 2}
    )
    client = import_module("boto3").client("s3", endpoint_url=endpoint or None, config=how)
    raised = import_module("botocore.exceptions")
    errors = (raised.BotoCoreError, raised.ClientError)
    return BucketStore(client, errors, parts.netloc, f"{prefix}/" if prefix else "")


def _code_of(error: Exception) -> str:
    told: dict[str, Any] = getattr(error, "response", {})
    return str(told.get("Error", {}).get("Code", ""))
