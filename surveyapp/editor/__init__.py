"""Organisers make a survey: new from a ready one, its details, preview, open and close."""
