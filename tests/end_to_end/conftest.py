"""Boxes and callers. Whole boxes take seconds to start, so most tests share one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.box import NO_FREESWITCH, Box
from tests.end_to_end.house import desks, house
from tests.end_to_end.post import Post, guarded_post, open_post
from tests.end_to_end.spoken import Spoken
from tests.phones import PhoneMaker, phones
from tests.switches import FreeSwitch

__all__ = ["NO_FREESWITCH", "PhoneMaker", "desks", "house", "phones"]


def started(home: Path, switch: str, **settings: str) -> Iterator[Box]:
    """A running box; at its end its terminal must not have shown a traceback."""
    if switch == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip(NO_FREESWITCH)
    made = Box(home, switch, **settings)
    try:
        yield made.fill().start()
        assert "Traceback" not in made.said(), made.said()
    finally:
        made.close()


@pytest.fixture(scope="session")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with guarded_post(tmp_path_factory.mktemp("post")) as made:
        yield made


@pytest.fixture(scope="session")
def rough_post() -> Iterator[Post]:
    with open_post() as made:
        yield made


@pytest.fixture(scope="session", params=["embedded", "freeswitch"])
def box(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, post: Post
) -> Iterator[Box]:
    """For calls that harm nothing. It tells of messages by `post`."""
    home = tmp_path_factory.mktemp(request.param) / "home"
    yield from started(home, request.param, **post.settings)


@pytest.fixture(scope="session")
def rough_box(
    box: Box, tmp_path_factory: pytest.TempPathFactory, rough_post: Post
) -> Iterator[Box]:
    """For tests that break something and see it mended. It tells of messages by `rough_post`."""
    home = tmp_path_factory.mktemp(f"rough-{box.switch}") / "home"
    yield from started(home, box.switch, **rough_post.settings)


@pytest.fixture(scope="session")
def spoken(box: Box) -> Spoken:
    return Spoken(box)


@pytest.fixture(scope="session")
def rough_spoken(rough_box: Box) -> Spoken:
    return Spoken(rough_box)


@pytest.fixture
def own_box(tmp_path: Path) -> Iterator[Box]:
    """A box on the embedded switch that the test itself fills and starts."""
    made = Box(tmp_path / "home")
    yield made
    made.close()
