"""Paper forms are keyed in by keyboard, checked, put right, and join the answers when a sitting ends."""
