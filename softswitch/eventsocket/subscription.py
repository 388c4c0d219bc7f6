"""Which events a program wants: names, subclasses, its own call, filters."""

import re
from dataclasses import dataclass, field

from softswitch.event_names import EVENT_NAMES, MY_EVENTS
from softswitch.events import Event

MAX_FILTERS = 1000
MAX_SUBCLASSES = 1000


@dataclass(slots=True)
class Subscription:
    names: set[str] = field(default_factory=set)
    subclasses: set[str] = field(default_factory=set)
    json: bool = False
    own_channel: str = ""
    """Only events of this channel (`myevents`)."""
    filters: dict[str, list[str]] = field(default_factory=dict)

    def add(self, words: list[str]) -> bool:
        """`words` as after `event plain`; what follows CUSTOM are subclasses. False: none."""
        found, custom = False, False
        for word in words:
            name = word.upper()
            if custom:
                self._add_subclass(word)
            elif name in EVENT_NAMES:
                self.names.add(name)
                found, custom = True, name == "CUSTOM"
        return found

    def _add_subclass(self, word: str) -> None:
        if len(self.subclasses) < MAX_SUBCLASSES:
            self.subclasses.add(word)

    def drop(self, words: list[str]) -> bool:
        """`nixevent`. False when there is no event's name among `words`."""
        found, custom = False, False
        for word in words:
            name = word.upper()
            if custom:
                self.subclasses.discard(word)
                found = True
            elif name == "CUSTOM":
                found, custom = True, True
            elif name in EVENT_NAMES:
                found = True
                if "ALL" in self.names and name != "ALL":
                    self.names = set(EVENT_NAMES - {"ALL"})
                self.names.discard(name)
        return found

    def follow(self, channel: str) -> None:
        """`myevents`."""
        self.own_channel = channel
        self.names |= MY_EVENTS

    def clear(self) -> bool:
        """`noevents`. False when there was nothing to forget."""
        had = bool(self.names)
        self.names.clear()
        self.subclasses.clear()
        return had

    def wants(self, name: str) -> bool:
        return name in self.names or "ALL" in self.names

    def takes(self, event: Event) -> bool:
        if not self.wants(event.name):
            return False
        if event.name == "CUSTOM" and not self._takes_subclass(event.subclass):
            return False
        if self.own_channel and event.channel != self.own_channel:
            return False
        return not self.filters or self._passes(event)

    def _takes_subclass(self, subclass: str) -> bool:
        return "ALL" in self.names or subclass in self.subclasses

    def _passes(self, event: Event) -> bool:
        """One filter that fits is enough (mod_event_socket.c)."""
        for name, patterns in self.filters.items():
            value = event.headers.get(name)
            if value is not None and any(_fits(pattern, value) for pattern in patterns):
                return True
        return False

    def add_filter(self, name: str, pattern: str) -> None:
        if sum(len(patterns) for patterns in self.filters.values()) < MAX_FILTERS:
            self.filters.setdefault(name, []).append(pattern)

    def drop_filter(self, name: str, pattern: str) -> None:
        """Without `pattern` all of that name; `all` forgets every filter."""
        if name == "all":
            self.filters.clear()
        elif not pattern:
            self.filters.pop(name, None)
        elif pattern in self.filters.get(name, []):
            self.filters[name].remove(pattern)
            if not self.filters[name]:
                del self.filters[name]


def _fits(pattern: str, value: str) -> bool:
    """`/…/` is a pattern to search for; anything else is the value itself."""
    if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
        try:
            return re.search(pattern[1:-1], value[:4096]) is not None
        except re.error:
            return False
    return pattern == value
