"""What a page may play: nothing, unless it holds a recording; then what comes from here."""

from surveyapp.web.headers import POLICY

_PLAYER = "<audio "  # text that people typed is escaped, so this is one of ours


def headers_for(html: str) -> tuple[tuple[str, str], ...]:
    """The policy of a page with a recording; none of its own for any other page."""
    return (("Content-Security-Policy", f"{POLICY}; media-src 'self'"),) if _PLAYER in html else ()
