"""Questions as people paste them: cleaned of what programs put around them, and each line taken for what it is."""
