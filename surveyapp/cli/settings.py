"""The settings of a command, which first says on which database it acts."""

import os
from collections import ChainMap

import click
from sqlalchemy import Engine

from config import Config
from surveyapp.db.opening import database_name, opened_database
from surveyapp.storage.stores import Store, store_of


def read_settings(words: dict[str, str] | None = None) -> Config:
    """Read the settings, those of the command's own words first, and name the database. Raises SettingError."""
    config = Config.from_environment(ChainMap(words or {}, dict(os.environ)))
    click.echo(f"Database: {database_name(config.database_url)}")
    return config


def open_database(config: Config, *, may_create: bool = False) -> Engine:
    """The database until the command ends; it must be there, unless the command may make it. Raises RefusedError."""
    read_from = config.settings_file or f"{config.instance / 'settings.env'}, which is not there"
    engine = opened_database(config.database_url, str(read_from), may_create=may_create)
    click.get_current_context().call_on_close(engine.dispose)
    return engine


def media_of(config: Config) -> Store:
    """Where recordings and photos are kept."""
    return store_of(config.media_url, config.media_endpoint, config.instance)
