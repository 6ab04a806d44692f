"""Questionnaires from elsewhere and to elsewhere."""
