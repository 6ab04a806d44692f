"""Pure functions from one document to the next; drafts, the wording check and the library of ready surveys."""
