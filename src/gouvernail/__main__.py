"""``python -m gouvernail``: the same command line, where the script is not on the path."""

from gouvernail.cli import main

if __name__ == "__main__":
    main()
