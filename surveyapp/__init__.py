"""Event surveys that anyone can answer. Nothing is imported here, so that commands start fast: see `app`."""

__version__ = "0.1.0"
