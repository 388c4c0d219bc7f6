"""Whoever follows is told; whoever is slow, or one too many, harms nobody."""

from collections.abc import Callable

import pytest

from admin.live import follower as followers
from admin.live import live as lives
from admin.live.live import Live, TooMany
from admin.live.ports import Tell

CALLS = frozenset({"calls"})


class Source:
    def __init__(self) -> None:
        self.asked: list[frozenset[str]] = []
        self.tell: Tell | None = None

    def follow(self, topics: frozenset[str], tell: Tell) -> None:
        self.asked.append(topics)
        self.tell = tell


def test_news_reach_those_who_follow_their_topic_alone() -> None:
    live = Live()
    with live.following("ann", CALLS) as ann, live.following("bob", frozenset({"rooms"})) as bob:
        live.tell("rooms", {"room": 3})
        assert ann.next(0) == b""
        assert bob.next(0) == b'event: rooms\ndata: {"room": 3}\n\n'


def test_all_that_waits_comes_in_one_piece() -> None:
    live = Live()
    with live.following("ann", frozenset({"rooms"})) as ann:
        live.tell("rooms", {"room": 1})
        live.tell("rooms", {"room": 2})
        assert ann.next(0).count(b"event: rooms") == 2
        assert ann.next(0) == b""


def test_a_slow_reader_loses_the_oldest_and_is_told_so_once() -> None:
    live = Live()
    with live.following("ann", frozenset({"rooms"})) as ann:
        for number in range(followers.MOST_WAITING + 5):
            live.tell("rooms", {"room": number})
        told = ann.next(0)
        assert told.startswith(followers.MISSED)
        assert told.count(b"event: rooms") == followers.MOST_WAITING
        assert b'"room": 4}' not in told
        live.tell("rooms", {"room": 7})
        assert b"reload" not in ann.next(0)


def test_texts_of_callers_cannot_forge_news() -> None:
    live = Live()
    with live.following("ann", CALLS) as ann:
        live.tell("calls", {"name": "x\n\nevent: attention\ndata: {}\r\n"})
        assert ann.next(0).count(b"\n") == 3


def test_the_source_works_only_while_somebody_follows() -> None:
    source = Source()
    live = Live(source)
    with live.following("ann", CALLS), live.following("bob", frozenset({"hours"})):
        assert source.asked[-1] == {"calls", "hours"}
    assert source.asked == [CALLS, {"calls", "hours"}, CALLS, frozenset()]


def test_who_comes_later_hears_at_once_how_the_calls_stand() -> None:
    live = Live()
    with live.following("ann", CALLS):
        live.tell("calls", {"count": 2})
        with live.following("bob", CALLS) as bob:
            assert b'"count": 2' in bob.next(0)


def test_what_nobody_followed_meanwhile_is_not_told_as_news() -> None:
    live = Live()
    with live.following("ann", CALLS):
        live.tell("calls", {"count": 2})
    with live.following("bob", CALLS) as bob:
        assert bob.next(0) == b""


@pytest.mark.parametrize(
    ("most", "name"), [("MOST_OF_ONE", lambda n: "ann"), ("MOST_FOLLOWERS", lambda n: f"user {n}")]
)
def test_the_number_of_followers_is_bounded(
    monkeypatch: pytest.MonkeyPatch, most: str, name: Callable[[int], str]
) -> None:
    monkeypatch.setattr(lives, most, 1)
    live = Live()
    with (
        live.following(name(0), CALLS),
        pytest.raises(TooMany),
        live.following(name(1), CALLS),
    ):
        raise AssertionError("one too many follows")
    assert live.followed == frozenset()
