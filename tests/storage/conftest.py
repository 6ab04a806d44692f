"""Both stores, empty; the bucket is a real server's (moto)."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from surveyapp.storage.stores import Store, store_of

KEYS = {"AWS_ACCESS_KEY_ID": "me", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "eu-west-2"}


@pytest.fixture(scope="package")
def endpoint() -> Iterator[str]:
    """A server that speaks S3, with one bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        where = {"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]}
        boto3.client("s3", endpoint_url=address).create_bucket(Bucket="surveys", CreateBucketConfiguration=where)
        yield address
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind, as the settings make it."""
    if request.param == "folder":
        return store_of("", "", tmp_path)
    return store_of(f"s3://surveys/{tmp_path.name}", request.getfixturevalue("endpoint"), tmp_path)
