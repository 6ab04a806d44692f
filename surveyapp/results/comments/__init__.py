"""Comments one by one: read, given a theme, and chosen as quotes; their words never change."""
