"""You said, we did: what a team tells people about what became of their answers."""
