"""Run one command: 0 done, 1 refused with a sentence, 2 wrong usage."""

import signal
from collections.abc import Sequence

import click

from surveyapp import __version__
from surveyapp.cli.commands import LateGroup
from surveyapp.cli.refusals import command_sentence

REFUSED = 1


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="Event Answers")
def surveyapp() -> None:
    """Event surveys that anyone can answer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        done = surveyapp.main(args=arguments, prog_name="surveyapp", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 128 + signal.SIGINT
    except Exception as error:
        sentence = command_sentence(error)
        if sentence is None:
            raise
        click.echo(sentence, err=True)
        return REFUSED
    return done if isinstance(done, int) else 0
