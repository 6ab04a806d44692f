"""One question's own page: its words, its answers, its symbols, who sees it, and how it looks."""
