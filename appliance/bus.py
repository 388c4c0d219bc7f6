"""Tells the callbox through the switch that something has changed."""

from esl import commands
from esl.errors import EslError
from esl.inbound import CommandConnection, checked_reply

from .dialplan import switch_password
from .errors import BoxSilent, SettingsInvalid
from .settings import Settings

RELOAD = "pressline::reload"
"""Sent by whoever changed flows, routes or queries."""
LIMIT = 2.0
"""Seconds for the switch to take it."""


def tell_reload(settings: Settings) -> str:
    """Ask the callbox to take up what is live now; a line that says whether it will."""
    try:
        announce(settings)
    except BoxSilent as error:
        return str(error)
    return "The box takes it up now."


def announce(settings: Settings) -> None:
    """Ask the callbox to take up what is live now. Raises `BoxSilent`."""
    try:
        connection = CommandConnection(*settings.esl, switch_password(settings), timeout=LIMIT)
        connection.connect()
    except (EslError, SettingsInvalid) as error:
        raise BoxSilent(f"The box will take it up when it starts ({error}).") from error
    try:
        reply = connection.request(commands.sendevent(RELOAD, {}, ""), LIMIT)
        checked_reply(f"sendevent {RELOAD}", reply.data)
    except EslError as error:
        raise BoxSilent(f"The box could not be told ({error}); restart it.") from error
    finally:
        connection.stop()
