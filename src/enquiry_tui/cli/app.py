"""The group of commands: global options, lazy modules, and what a usage error says."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

import click

from enquiry_tui import __version__
from enquiry_tui.cli.globals import Globals, OpensDesk
from enquiry_tui.cli.mistakes import hint_of, title_of
from enquiry_tui.errors import UsageError

# name of the command: module and attribute. A module is imported when its command is asked for.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("setup", "init"),
    "log": ("quicklog", "log"),
    "import": ("importing", "import_"),
    "show": ("matters", "show"),
    "list": ("matters", "list_matters"),
    "search": ("matters", "search"),
    "export": ("export", "export"),
    "rule": ("rules", "rule"),
    "policy": ("policy", "policy"),
    "holiday": ("holidays", "holiday"),
    "officer": ("officers", "officer"),
    "audit": ("auditing", "audit"),
    "vault": ("vaults", "vault"),
    "backup": ("backups", "backup"),
    "doctor": ("doctor", "doctor"),
    "demo": ("demo", "demo"),
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are run or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in the order of the day's work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and hand over the command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"enquiry_tui.cli.{module}"), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command


@click.group(
    name="enquiry-tui",
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--vault",
    type=click.Path(path_type=Path),
    envvar="ENQUIRY_VAULT",
    metavar="DIR",
    help="The folder of the vault. [env: ENQUIRY_VAULT]",
)
@click.option(
    "--officer",
    envvar="ENQUIRY_OFFICER",
    metavar="HANDLE",
    help="Who is at the desk. [env: ENQUIRY_OFFICER]",
)
@click.option(
    "--anchors",
    type=click.Path(path_type=Path),
    envvar="ENQUIRY_ANCHORS",
    metavar="DIR",
    help="Where this machine writes down how far the record went. [env: ENQUIRY_ANCHORS]",
)
@click.option(
    "--passphrase-file",
    metavar="FILE",
    help="Read the passphrase from the first line of FILE; - is standard input.",
)
@click.version_option(__version__, prog_name="enquiry-tui", message="%(prog)s %(version)s")
@click.pass_context
def group(
    ctx: click.Context,
    vault: Path | None,
    officer: str | None,
    anchors: Path | None,
    passphrase_file: str | None,
) -> int:
    """Keep the front desk of a chief constable's or commissioner's office.

    Without a command the desk opens on the whole screen. Data goes to standard output, everything
    else to standard error. Exit codes: 0 done, 1 refused, 2 usage, 3 the vault cannot be opened,
    70 a fault of the program.
    """
    desk: OpensDesk = ctx.obj
    ctx.obj = Globals(vault, officer, passphrase_file, desk, anchors)
    if ctx.invoked_subcommand is not None:
        return 0
    if passphrase_file is not None:
        raise UsageError(
            "--passphrase-file goes with a command.",
            "Name a command, or leave it out and type the passphrase on the sign-in screen.",
        )
    return desk.open(vault, officer, anchors=anchors)


def run(arguments: Sequence[str], desk: OpensDesk) -> int:
    """Run one command line and give its exit code; `desk` is what opens the whole screen.

    Raises EnquiryError, of which UsageError stands for everything that was typed wrongly.
    """
    try:
        with group.make_context("enquiry-tui", list(arguments), obj=desk) as ctx:
            code = group.invoke(ctx)
            return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        raise UsageError(title_of(error), hint_of(error)) from None
    except click.ClickException as error:
        raise UsageError("The command cannot be run as it was typed.", "Ask for --help.") from error
