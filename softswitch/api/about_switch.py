"""What the switch says about itself, and small helps for programs."""

import asyncio
import time
import uuid
from collections import ChainMap
from typing import TYPE_CHECKING

from softswitch.errors import SettingsError
from softswitch.events import VERSION
from softswitch.variables import expanded, number_of

if TYPE_CHECKING:
    from softswitch.switch import Switch

_UNITS = (
    ("years", 31_536_000_000_000),
    ("days", 86_400_000_000),
    ("hours", 3_600_000_000),
    ("minutes", 60_000_000),
    ("seconds", 1_000_000),
    ("milliseconds", 1000),
    ("microseconds", 1),
)
_SESSIONS_PER_SECOND = 100


def version(_: "Switch", __: str) -> str:
    return f"FreeSWITCH Version {VERSION}~64bit ( 64bit)\n"


def status(switch: "Switch", _: str) -> str:
    count = len(switch.sessions)
    return (
        f"UP {_uptime_text(switch)}\n"
        f"FreeSWITCH (Version {VERSION}  64bit) is ready\n"
        f"{switch.total_sessions} session(s) since startup\n"
        f"{count} session(s) - peak {switch.peak_sessions}, last 5min {count} \n"
        f"0 session(s) per Sec out of max {_SESSIONS_PER_SECOND}, peak 0, last 5min 0 \n"
        f"{switch.settings.max_sessions} session(s) max\n"
        "min idle cpu 0.00/100.00\n"
        "Current Stack Size/Max 240K/8192K\n"
    )


def _uptime_text(switch: "Switch") -> str:
    left = int((time.monotonic() - switch.started) * 1_000_000)
    words = []
    for name, size in _UNITS:
        amount, left = divmod(left, size)
        words.append(f"{amount} {name if amount != 1 else name[:-1]}")
    return ", ".join(words)


def uptime(switch: "Switch", _: str) -> str:
    return f"{int(time.monotonic() - switch.started)}\n"


def hostname(switch: "Switch", _: str) -> str:
    return switch.mint.hostname


def reloadxml(switch: "Switch", _: str) -> str:
    try:
        switch.read_again()
    except SettingsError as error:
        return f"-ERR [{error}]\n"
    return "+OK [Success]\n"


def fsctl(switch: "Switch", argument: str) -> str:
    if argument.split()[:1] == ["sps"]:
        return f"+OK sessions per second: {_SESSIONS_PER_SECOND}\n"
    if argument.split()[:1] == ["max_sessions"]:
        return f"+OK max sessions: {switch.settings.max_sessions}\n"
    return "-ERR not supported\n"


def module_exists(_: "Switch", argument: str) -> str:
    known = {"mod_sofia", "mod_event_socket", "mod_dptools", "mod_commands", "mod_conference"}
    known |= {"mod_sndfile", "mod_tone_stream", "mod_dialplan_xml"}
    return "true" if argument in known else "false"


def global_getvar(switch: "Switch", argument: str) -> str:
    if argument:
        return switch.globals.get(argument, "")
    return "".join(f"{name}={value}\n" for name, value in switch.globals.items())


def global_setvar(switch: "Switch", argument: str) -> str:
    name, _, value = argument.partition("=")
    if name and len(switch.globals) < 1000:
        switch.globals[name.strip()] = value
    return "+OK\n"


def create_uuid(_: "Switch", __: str) -> str:
    return str(uuid.uuid4())


def echo(_: "Switch", argument: str) -> str:
    return argument


def evaluate(switch: "Switch", argument: str) -> str:
    """`eval [uuid:<uuid> ]<text>`."""
    if argument.startswith("uuid:"):
        identity, _, argument = argument[5:].partition(" ")
        if session := switch.sessions.get(identity):
            return expanded(argument, ChainMap(dict(session.variables), switch.globals))
    return expanded(argument, switch.globals)


async def expand(switch: "Switch", argument: str) -> str:
    """`expand <command>`: the command, with variables filled in."""
    return await switch.run_api(evaluate(switch, argument))


async def msleep(_: "Switch", argument: str) -> str:
    await asyncio.sleep(number_of(argument, 0, 0, 60_000) / 1000)
    return "+OK\n"


def strepoch(_: "Switch", __: str) -> str:
    return str(int(time.time()))


def strftime(_: "Switch", argument: str) -> str:
    try:
        return time.strftime(argument[:200] or "%Y-%m-%d %T")
    except ValueError:
        return ""
