"""The `triplehelix` command: each command parses its options, calls one function and prints the result."""

from __future__ import annotations

import sys

import click

from .. import __version__
from ..errors import TripleHelixError
from . import ask, building, checking, evaluating, learning, leaving


class _OneLineErrors(click.Group):
    """Shows what a user can mend as one line on standard error, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except TripleHelixError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="triplehelix")
def cli() -> None:
    """Policy texts as a cited knowledge graph.

    Start with: triplehelix build examples/ -o out
    """


for _command in (
    *building.COMMANDS,
    *ask.COMMANDS,
    *checking.COMMANDS,
    *leaving.COMMANDS,
    *learning.COMMANDS,
    *evaluating.COMMANDS,
):
    cli.add_command(_command)


def main() -> None:
    """Entry point of the console script."""
    # A terminal with another encoding must not turn a Chinese label into a crash.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    cli()
