"""A form of its own after thanks: stay in touch, prize, expenses. It joins no answer."""
