"""Engines, sessions, migrations and group commit."""
