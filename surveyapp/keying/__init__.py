"""Paper forms that people filled in by hand are keyed in, checked, and join the answers."""
