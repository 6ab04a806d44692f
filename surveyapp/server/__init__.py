"""The server: how requests come in, wait, run and go out, with a bound on every size and time."""
