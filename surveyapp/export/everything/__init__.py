"""`everything.zip`: all files of one moment, what describes them to other programs, and what tells that it is whole."""
