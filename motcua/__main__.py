"""``python -m motcua``: the command line."""

from motcua.cli import main

if __name__ == "__main__":
    main()
