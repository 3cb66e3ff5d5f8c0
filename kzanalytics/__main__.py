"""Run the command line with ``python -m kzanalytics``."""

from .cli import main

main()
