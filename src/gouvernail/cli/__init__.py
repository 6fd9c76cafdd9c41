"""The command line: French for people, JSON for machines; exit 0 done, 1 refused, 2 wrong usage."""

from gouvernail.cli.app import main

__all__ = ["main"]
