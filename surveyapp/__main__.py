"""The way in to the operators' command line."""

import sys

from surveyapp.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
