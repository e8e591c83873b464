"""What is said to somebody who typed a command wrongly.

What they typed is never repeated: it may be about somebody, and the words may end in a log.
"""

from __future__ import annotations

import click


def title_of(error: click.UsageError) -> str:
    """Say what was wrong."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return "This needs to be told what to do."
        case click.NoSuchOption():
            return "There is no such option here."
        case click.MissingParameter():
            return error.format_message()
        case click.BadParameter() if error.param is not None and error.ctx is not None:
            return f"{error.param.get_error_hint(error.ctx)} cannot be that value."
        case click.BadParameter():
            return "One value is not what this command takes."
        case click.BadOptionUsage() | click.BadArgumentUsage():
            return "An option is used in a way that it does not allow."
        case _:
            return "The command is not one of those there are, or was given too many words."


def hint_of(error: click.UsageError) -> str:
    """Say what would be right."""
    help_at = f"See {error.ctx.command_path if error.ctx is not None else 'enquiry-tui'} --help."
    match error:
        case click.exceptions.NoArgsIsHelpError() if error.ctx is not None:
            return f"One of: {_commands(error.ctx)}. {help_at}"
        case click.NoSuchOption() if error.possibilities:
            return f"Did you mean {' or '.join(sorted(error.possibilities))}?"
        case click.BadParameter() if error.param is not None:
            return f"{_wanted(error.param.type)} {help_at}".strip()
        case click.MissingParameter() | click.NoSuchOption() | click.BadOptionUsage():
            return help_at
        case _:
            return f"Put text of several words in quotes. {help_at}"


def _commands(ctx: click.Context) -> str:
    command = ctx.command
    return ", ".join(command.list_commands(ctx)) if isinstance(command, click.Group) else ""


def _wanted(kind: click.ParamType[object]) -> str:
    match kind:
        case click.Choice():
            return f"Choose one of: {', '.join(map(str, kind.choices))}."
        case click.IntRange():
            return f"It is a whole number from {kind.min} to {kind.max}."
        case _:
            return ""
