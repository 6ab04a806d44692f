"""Old answers from elsewhere: a wide table, a row a person, placed into a survey by its questions."""
