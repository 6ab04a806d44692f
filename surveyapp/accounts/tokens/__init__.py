"""Tokens for analysts' programs: made, listed and revoked by people who are signed in."""
