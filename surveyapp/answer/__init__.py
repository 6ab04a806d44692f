"""An attendee answers: the page, saving, thanks, how it looks."""
