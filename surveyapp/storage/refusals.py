"""What can't be kept, and a store that can't be reached."""


class NotKeptError(ValueError):
    """A file can't be kept; `reason` names why: a key of the sentences that pages say."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreGoneError(Exception):
    """The store doesn't answer, or refuses us; the message is for the log, never for a page."""
