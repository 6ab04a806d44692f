"""`safe.zip`: what may be passed on. Figures without small groups, and chosen quotes; never a row of a person."""
