"""Event surveys that anyone can answer. `app` wires the application; this module is empty, so that commands start fast."""
