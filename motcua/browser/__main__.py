"""``python -m motcua.browser``: get a browser if there is none, and say which one is used."""

import argparse
import sys

from motcua import browser


def main(arguments: list[str]) -> int:
    """Print the browser in one line; with ``--again`` choose anew. Exit code 1: none is there."""
    parser = argparse.ArgumentParser(prog="python -m motcua.browser", description=__doc__)
    parser.add_argument("--again", action="store_true", help="forget the remembered choice first")
    if parser.parse_args(arguments).again:
        browser.forget()
    try:
        chosen = browser.ensure(lambda text: print(text, file=sys.stderr, flush=True))
    except browser.NoBrowser as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{chosen.name} {chosen.version} ({chosen.executable or 'managed by Playwright'})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
