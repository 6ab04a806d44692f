"""Pages of no survey: type your code, privacy, the accessibility statement."""
