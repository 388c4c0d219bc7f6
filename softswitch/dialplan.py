"""Which actions a dialled number has: the first extension whose pattern matches."""

import re
from dataclasses import dataclass

from softswitch.channel import Channel
from softswitch.orders import Action

_LENGTH = 256
"""Characters of a number that are looked at."""
INLINE = "inline"
"""The dialplan of a transfer that names applications instead of a number."""


@dataclass(frozen=True, slots=True)
class Extension:
    name: str
    match: re.Pattern[str]
    actions: tuple[Action, ...]
    caller: re.Pattern[str] | None = None
    """What the caller's number must look like; None for anything."""

    def takes(self, channel: Channel) -> re.Match[str] | None:
        caller = channel.profile.caller_number[:_LENGTH]
        if self.caller is not None and not self.caller.search(caller):
            return None
        return self.match.search(channel.profile.destination_number[:_LENGTH])


class Dialplan:
    def __init__(self, extensions: tuple[Extension, ...]) -> None:
        self._extensions = extensions

    def actions(self, channel: Channel) -> list[Action] | None:
        """None when no extension matches. `$1` in an argument is the pattern's first group."""
        if channel.profile.dialplan == INLINE:
            return _inline(channel)
        for extension in self._extensions:
            if match := extension.takes(channel):
                return [_filled(action, match) for action in extension.actions]
        return None


def _inline(channel: Channel) -> list[Action]:
    """`<application>[:<argument>],…`, or `m:<delimiter>:…`; then what was dialled before counts
    again (mod_dptools.c, inline_dialplan_hunt)."""
    profile = channel.profile
    text, delimiter = profile.destination_number, ","
    if text[:2] == "m:" and text[3:4] == ":":
        text, delimiter = text[4:], text[2]
    profile.destination_number, profile.rdnis = profile.rdnis, ""
    parts = (part.partition(":") for part in text.split(delimiter))
    return [Action(name.lstrip(" "), argument) for name, _, argument in parts]


def _filled(action: Action, match: re.Match[str]) -> Action:
    argument = re.sub(r"\$(\d)", lambda found: _group(match, int(found[1])), action.argument)
    return Action(action.application, argument)


def _group(match: re.Match[str], number: int) -> str:
    return (match[number] or "") if number <= (match.re.groups) else ""
