"""What a new survey starts from: a ready survey, last time's, pasted text, or a file; and taking questions along."""
