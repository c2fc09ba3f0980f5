"""A line that somebody types, and what is printed."""

from click.testing import CliRunner, Result

from motcua.cli import main

MISSPELT, REFUSED = 2, 1
"""Exit codes: the line makes no sense; what it asks for cannot be."""


def motcua(*words: str) -> Result:
    """Type a line."""
    return CliRunner().invoke(main, words)


def said(*words: str) -> str:
    """Type a line that is to go well and return what is printed."""
    result = motcua(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*words: str, code: int = REFUSED) -> str:
    """Type a line that is to be refused and return what is printed; nothing may burst."""
    result = motcua(*words)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    return result.stderr
