"""What attendees read, in other languages: a gettext catalogue each, kept up to date by `make words`."""
