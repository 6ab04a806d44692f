"""The operators' command line: one module a command, or a group of commands that belong together."""
