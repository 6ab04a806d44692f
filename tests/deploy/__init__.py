"""The examples of deploy/: what they name is there, and the proxies let people through."""
