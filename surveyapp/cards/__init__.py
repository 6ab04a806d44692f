"""The organiser prints: codes, table cards and posters."""
