"""Who follows what just now: one source of news for all of them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from admin.errors import PanelError

from .follower import Follower
from .ports import Silence, Source

MOST_FOLLOWERS = 300
MOST_OF_ONE = 20
"""Pages that one user has open."""
STANDING = frozenset({"calls", "attention"})
"""Topics whose news say how everything stands: whoever comes later is told the last one at once."""


class TooMany(PanelError):
    """No more can follow."""


class Live:
    def __init__(self, source: Source | None = None) -> None:
        self._source = source or Silence()
        self._followers: set[Follower] = set()
        self._standing: dict[str, bytes] = {}

    def tell(self, topic: str, data: Mapping[str, Any]) -> None:
        """Tell everybody who follows the topic. Never waits."""
        news = f"event: {topic}\ndata: {json.dumps(data, default=str)}\n\n".encode()
        if topic in STANDING:
            self._standing[topic] = news
        for follower in [each for each in self._followers if topic in each.topics]:
            follower.tell(news)

    @contextmanager
    def following(self, user: str, topics: frozenset[str]) -> Iterator[Follower]:
        """Raises `TooMany`."""
        self._make_sure_of_room(user)
        follower = Follower(user, topics)
        for topic in topics & self._standing.keys():
            follower.tell(self._standing[topic])
        self._followers.add(follower)
        self._tell_source()
        try:
            yield follower
        finally:
            self._followers.discard(follower)
            self._tell_source()

    @property
    def followed(self) -> frozenset[str]:
        """Topics that somebody follows."""
        return frozenset().union(*(each.topics for each in self._followers))

    def _make_sure_of_room(self, user: str) -> None:
        mine = Counter(each.user for each in self._followers)[user]
        if mine >= MOST_OF_ONE or len(self._followers) >= MOST_FOLLOWERS:
            raise TooMany(f"{len(self._followers)} pages are open already, {mine} of them yours")

    def _tell_source(self) -> None:
        followed = self.followed
        for topic in self._standing.keys() - followed:
            del self._standing[topic]  # nobody keeps it true any more
        self._source.follow(followed, self.tell)
