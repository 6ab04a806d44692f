"""The list of a survey's questions: order, copy, remove, add, undo, and what is worth a look."""
