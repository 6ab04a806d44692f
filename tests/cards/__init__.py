"""The organiser prints."""
