"""The store of recordings and photos that this app's settings name."""

from pathlib import Path
from typing import cast

from flask import Flask, current_app

from surveyapp.storage.stores import Store, store_of


def init_app(app: Flask) -> None:
    """Make the store once an app."""
    url, endpoint = app.config["MEDIA_URL"], app.config["MEDIA_ENDPOINT"]
    app.extensions["media_store"] = store_of(url, endpoint, Path(app.instance_path))


def media_store() -> Store:
    """This app's store."""
    return cast(Store, current_app.extensions["media_store"])
