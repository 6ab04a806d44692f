"""Counting answers, and what may be shown of the counts: suppression, breakdowns, intervals."""
