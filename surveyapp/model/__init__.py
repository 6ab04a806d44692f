"""What a survey is: the standard library and SQLAlchemy, nothing of the web."""
