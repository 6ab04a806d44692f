"""The way in: `python3 wsgi.py` sets everything up and serves; a server of your own imports `wsgi:app`."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    runpy.run_path(str(Path(__file__).with_name("surveyapp") / "bootstrap.py"))["enter"]()

    from surveyapp.cli.main import main

    words = sys.argv[1:]
    is_command = bool(words) and (words[0] == "--version" or not words[0].startswith("-"))
    sys.exit(main(words if is_command else ["serve", *words]))
else:
    from dataclasses import replace

    from config import Config
    from surveyapp.cli.refusals import leaving_with_a_sentence
    from surveyapp.server.serve import prepared_app

    with leaving_with_a_sentence():
        # Nobody knows where that server listens, so the demonstration, whose password everybody knows, stays out.
        app = prepared_app(replace(Config.from_environment(), demo="off"))
