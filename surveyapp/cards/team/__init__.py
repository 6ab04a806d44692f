"""A team's own cards: printed once, used at every event."""
