"""Where organisers read what people said: live figures and comments."""
