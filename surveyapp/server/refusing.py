"""What the server itself refuses before the app sees it, above all a body that is too large, told in plain words.

The app's own pages can't be shown: nothing of the body is read, so that a huge file fills neither disk nor memory.
"""

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
</head>
<body><h1>{title}</h1><p>{what_to_do}</p></body>
</html>
"""
TOO_LARGE = {
    "title": "That is too large to send",
    "what_to_do": "Nothing of it was kept. Go back, choose a smaller file or write less, and send it again.",
}
NOT_UNDERSTOOD = {
    "title": "We could not read that",
    "what_to_do": "Nothing was kept. Go back and try again.",
}


class PlainErrorTask(ErrorTask):
    """Answers with a page in plain words and closes the connection."""

    def execute(self) -> None:
        """Write the page."""
        error = self.request.error
        words = TOO_LARGE if isinstance(error, RequestEntityTooLarge) else NOT_UNDERSTOOD
        body = PAGE.format(**words).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "text/html; charset=utf-8"))
        self.set_close_on_finish()
        self.content_length = len(body)  # type: ignore[assignment]  # waitress starts with None and carries no types
        self.write(body)


def speak_plainly() -> None:
    """Let every waitress of this process refuse in plain words."""
    HTTPChannel.error_task_class = PlainErrorTask
