"""The way in: `python3 wsgi.py` sets everything up and serves; a server of your own imports `wsgi:app`."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    runpy.run_path(str(Path(__file__).with_name("surveyapp") / "bootstrap.py"))["enter"]()

    from surveyapp.__main__ import main

    sys.exit(main(["serve"]))
else:
    from config import Config
    from surveyapp.serve import prepared_app

    app = prepared_app(Config.from_environment())
