"""The question kinds, a module each: what a kind reads, counts, exports, shows, says and imports."""
