"""Questionnaires from elsewhere and to elsewhere: spreadsheets (XLSForm), pasted text and our own documents."""
