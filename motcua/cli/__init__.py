"""The command line: one group, one module per family of verbs, imported when asked for."""

import importlib
from collections.abc import Mapping

import click

# Verbs by the module that holds them: `up` must not wait for the imports of `load`.
VERBS: Mapping[str, str] = {
    "up": "motcua.cli.up",
    "test": "motcua.cli.runs",
    "journeys": "motcua.cli.runs",
    "load": "motcua.cli.load",
    "audit": "motcua.cli.worlds",
    "world": "motcua.cli.worlds",
    "clock": "motcua.cli.worlds",
    "journal": "motcua.cli.worlds",
    "judge": "motcua.cli.judge",
}


class Verbs(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every verb, in the order of the help text."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb's module and return its command."""
        del ctx
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(importlib.import_module(VERBS[cmd_name]), cmd_name)
        return command


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Một Cửa: an offline twin of a city's online public services."""
