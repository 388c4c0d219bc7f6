"""The `pressline` command. One file a subcommand; `COMMANDS` is all of them."""

import importlib
from typing import Any

import click

from .trouble import told

COMMANDS = {
    "up": "Start the box and keep it running in this terminal.",
    "prepare": "Make what the box needs before its processes start.",
    "demo": "Fill the home with a small example paper.",
    "call": "Place a test call, and show what the flow does.",
    "check": "Tell every mistake in flow files.",
    "simulate": "Run a flow without a switch, with the keys given.",
    "publish": "Check flows, run their test calls, and make them live.",
    "rollback": "Make a flow's previous version live again.",
    "queries": "Take in or give out the paper's file: queries, routes, mailboxes, people, rules.",
    "people": "List the people whom callers can be connected with, or change them.",
    "meetings": "List the meetings to come, or make, move and cancel them.",
    "callbacks": "List the calls that are owed to somebody, bring one forward, or cancel it.",
    "rooms": "List the conference rooms, change them, and steer those that are live.",
    "experts": "List the expert lines, plan their sessions, and see late questions.",
    "dialling": "Tell what may be dialled and why, and what was.",
    "mailboxes": "List the mailboxes with what lies in them, or change them.",
    "messages": "List messages, or show one with its words and whoever was told of it.",
    "pieces": "List recorded questions and answers, review and publish them.",
    "backup": "Back up the store, recordings and settings, or prove the last backup.",
    "restore": "Bring back a backup.",
    "upgrade": "Bring the installed box to a new version, with a way back.",
    "ledger": "Compare every message and recording with the disk.",
    "calls": "List calls, or show one with each of its steps.",
    "models": "List the speech models, add one, or try one on a recording.",
    "switch": "Write FreeSWITCH's configuration, apply it, and tell what runs.",
    "phones": "List the desk phones and how they register.",
    "users": "List who works with the panel, or help somebody who is locked out.",
    "alarms": "List what needs a person, or keep it from being told again.",
    "settings": "List every setting with its value.",
    "store": "Move the store to a PostgreSQL server.",
    "doctor": "Find what is missing or wrong, and tell how to mend it.",
}


class _Commands(click.Group):
    """Loads a subcommand when it is asked for, so that each starts fast."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{name}").command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Exception as error:
            raise told(error) from error


@click.group(cls=_Commands)
@click.version_option(package_name="pressline")
def main() -> None:
    """Pressline: a newspaper's phone desk in one box."""
