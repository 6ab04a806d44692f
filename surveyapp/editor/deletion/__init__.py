"""The answers of a survey are deleted, and a draft goes into the bin."""
