"""The error whose message is a sentence for whoever typed a command or started the server."""


class RefusedError(Exception):
    """It can't be done; the message says why and what to do."""
