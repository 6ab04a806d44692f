"""How lines of the log are written: plain for people, or as JSON (LOG_FORMAT=json) for programs that collect them."""

import json
import logging
from datetime import UTC, datetime

PLAIN = "%(message)s"


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC, ISO 8601), level, logger, message, and what else a line brings as `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said | getattr(record, "fields", {}), ensure_ascii=False)


def formatter(log_format: str) -> logging.Formatter:
    """The formatter that the setting names."""
    return JsonFormatter() if log_format == "json" else logging.Formatter(PLAIN)
