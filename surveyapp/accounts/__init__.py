"""Organisers sign in and out."""
