"""What programs may do to a call from aside."""

from typing import TYPE_CHECKING

from softswitch.api.about_calls import NO_SUCH_CHANNEL
from softswitch.apps.joining import join
from softswitch.causes import cause_named
from softswitch.channel import State
from softswitch.transfers import transfer_to

if TYPE_CHECKING:
    from softswitch.switch import Switch

_TRANSFER_USAGE = "-USAGE: <uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]\n"


def uuid_kill(switch: "Switch", argument: str) -> str:
    identity, _, cause = argument.partition(" ")
    if not identity:
        return "-USAGE: <uuid> [cause]\n"
    session = switch.sessions.get(identity)
    if session is None or session.channel.hung_up:
        return NO_SUCH_CHANNEL
    session.hang_up(cause_named(cause), aside=True)
    return "+OK\n"


def hupall(switch: "Switch", argument: str) -> str:
    """`hupall [<cause> [<variable> <value>]]`."""
    words = argument.split()
    cause = cause_named(words[0] if words else "", "MANAGER_REQUEST")
    if len(words) < 3:
        switch.hang_up_all(cause)
        return f"+OK hangup all channels with cause {cause}\n"
    for session in list(switch.sessions.values()):
        if session.variables.get(words[1]) == words[2]:
            session.hang_up(cause, aside=True)
    return f"+OK hangup all channels matching [{words[1]}]=[{words[2]}] with cause: {cause}\n"


def uuid_break(switch: "Switch", argument: str) -> str:
    identity, _, rest = argument.partition(" ")
    if not identity:
        return "-USAGE: <uuid> [all]\n"
    session = switch.sessions.get(identity)
    if session is None:
        return NO_SUCH_CHANNEL
    session.interrupt(everything=rest.strip() in ("all", "both"))
    return "+OK\n"


def uuid_transfer(switch: "Switch", argument: str) -> str:
    words = argument.split()
    if len(words) < 2:
        return _TRANSFER_USAGE
    session = switch.sessions.get(words[0])
    if session is None:
        return NO_SUCH_CHANNEL
    legs = words.pop(1) if words[1] in ("-bleg", "-both") else ""
    if len(words) < 2:
        return _TRANSFER_USAGE
    if legs and session.peer is not None:
        transfer_to(session.peer, words[1])
    if legs != "-bleg":
        transfer_to(session, words[1])
    return "+OK\n"


def uuid_bridge(switch: "Switch", argument: str) -> str:
    words = argument.split()
    if len(words) != 2:
        return "-USAGE: <uuid> <other_uuid>\n"
    one, other = (switch.sessions.get(word) for word in words)
    if one is None or other is None or one is other:
        return "-ERR Invalid uuid\n"
    if not (one.channel.answered or other.channel.answered):
        return "-ERR Invalid uuid\n"
    join(one, other)
    return f"+OK {other.uuid}\n"


def uuid_park(switch: "Switch", argument: str) -> str:
    if not argument:
        return "-USAGE: <uuid>\n"
    session = switch.sessions.get(argument)
    if session is None:
        return NO_SUCH_CHANNEL
    session.move(State.PARK)
    return "+OK\n"


def uuid_answer(switch: "Switch", argument: str) -> str:
    session = switch.sessions.get(argument)
    if session is None:
        return NO_SUCH_CHANNEL
    session.line.answer()
    return "+OK\n"


def uuid_hold(switch: "Switch", argument: str) -> str:
    """`uuid_hold [off|toggle] <uuid> [<display>]`."""
    words = argument.split()
    word = words.pop(0) if words and words[0] in ("off", "toggle") else ""
    session = switch.sessions.get(words[0]) if words else None
    if session is None:
        return "-ERR Operation failed\n" if words else "-USAGE: [off|toggle] <uuid> [<display>]\n"
    on = session.channel.call_state.value != "HELD" if word == "toggle" else word != "off"
    session.line.hold(on)
    return "+OK Success\n"


def uuid_display(switch: "Switch", argument: str) -> str:
    if argument.partition(" ")[0] not in switch.sessions:
        return NO_SUCH_CHANNEL
    return "+OK Success\n"


def uuid_flush_dtmf(switch: "Switch", argument: str) -> str:
    session = switch.sessions.get(argument)
    if session is None:
        return NO_SUCH_CHANNEL
    session.keypad.flush()
    return "+OK\n"
