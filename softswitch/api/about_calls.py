"""What programs may ask and set of one call."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from softswitch.session import Session
    from softswitch.switch import Switch

NO_SUCH_CHANNEL = "-ERR No such channel!\n"
# switch_utils.c, cleanup_separated_string: quotes go, unless there is a backslash before them.
_QUOTE = re.compile(r"\\(')|'")
_SETVAR_USAGE = "-USAGE: <uuid> <var> [value]\n"


def uuid_exists(switch: "Switch", argument: str) -> str:
    return "true" if argument in switch.sessions else "false"


def uuid_getvar(switch: "Switch", argument: str) -> str:
    identity, _, name = argument.partition(" ")
    if not name:
        return "-USAGE: <uuid> <var>\n"
    session = switch.sessions.get(identity)
    if session is None:
        return NO_SUCH_CHANNEL
    return session.variables.get(name.strip(), "_undef_")


def uuid_setvar(switch: "Switch", argument: str) -> str:
    identity, _, rest = argument.partition(" ")
    name, _, value = rest.partition(" ")
    if not name:
        return _SETVAR_USAGE
    session = switch.sessions.get(identity)
    if session is None:
        return NO_SUCH_CHANNEL
    session.variables.set(name, _QUOTE.sub(r"\1", value))
    return "+OK\n"


def uuid_setvar_multi(switch: "Switch", argument: str) -> str:
    identity, _, rest = argument.partition(" ")
    if not rest:
        return "-USAGE: <uuid> <var>=<value>;<var>=<value>...\n"
    session = switch.sessions.get(identity)
    if session is None:
        return NO_SUCH_CHANNEL
    for pair in rest.split(";"):
        name, equals, value = pair.partition("=")
        if equals:
            session.variables.set(name.strip(), value.strip())
    return "+OK\n"


def uuid_dump(switch: "Switch", argument: str) -> str:
    identity, _, form = argument.partition(" ")
    if not identity:
        return "-USAGE: <uuid> [format]\n"
    session = switch.sessions.get(identity)
    if session is None:
        return NO_SUCH_CHANNEL
    return _dump(session, form)


def _dump(session: "Session", form: str) -> str:
    event = session.channel.data()
    if form == "json":
        return event.json().partition(b"\n\n")[2].decode()
    return "".join(f"{name}: {value}\n" for name, value in event.headers.items()) + "\n"
