"""A question and its answer, from the air to the feed; and what a killed callbox leaves of it."""

import json
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import feedparser
import numpy as np
import pytest
import soundfile

from appliance.home import Home
from lines.pieces.places import IN_PROGRESS
from store.models import Piece
from store.models.expert import PieceState
from store.models.message import TranscriptState
from tests.contract.phone import Manners
from tests.contract.rtp import SAID
from tests.end_to_end.expert_hours import Hour, furnish, planned
from tests.end_to_end.house import House, phone_at
from tests.end_to_end.mailboxes import SPEECH, TIP
from tests.end_to_end.test_things_die import killed
from tests.end_to_end.waiting import eventually
from tests.listening import RATE, heard_in, heard_in_parts, read_wav
from tests.phones import PhoneMaker

pytestmark = pytest.mark.timeout(400)

RINGS = Manners(status=None)
NUMBERS = iter(range(6070, 6099))
WORKER = 120.0
"""Seconds; the worker runs niced, beside all else."""


@pytest.fixture(scope="module")
def venue(house: House) -> House:
    return furnish(house)


@pytest.fixture
def hour(venue: House, phones: PhoneMaker, desks: PhoneMaker) -> Iterator[Hour]:
    """The expert is there, with a host; nobody says anything."""
    number = str(next(NUMBERS))
    expert = desks("200", RINGS)
    venue.person(number, phone_at("200"), title="Doctor Storm")
    with planned(venue, phones, number) as made:
        made.answers("expert", expert)
        made.staff("host", "host")
        eventually(lambda: made.state()["state"] == "live", "the hour is live", 60)
        for voice in made.choir.voices.values():
            voice.hush()
        yield made


def asks(hour: Hour, name: str) -> None:
    """Somebody comes, and is put on air with what is in the news tip."""
    hour.caller(name)
    voice = hour.choir.voices[name]
    voice.hush()
    hour.press(name, "1")
    eventually(lambda: hour.state()["waiting_count"] == 1, f"{name} waits")
    hour.press("host", "1")
    eventually(lambda: recordings(hour), f"{name} is recorded", 60)
    voice.phone.line.say(read_wav(TIP))


def recordings(hour: Hour) -> list[Path]:
    return list((home(hour).recordings / IN_PROGRESS).iterdir())


def home(hour: Hour) -> Home:
    return Home(hour.house.box.home)


def settled(hour: Hour, limit: float = 60) -> Piece:
    def kept() -> Piece | None:
        found = [each for each in hour.pieces() if each.state == PieceState.KEPT]
        return found[0] if found else None

    return eventually(kept, f"the piece is kept: {hour.house.box.said()[-500:]}", limit)


def heard(hour: Hour) -> Piece:
    def done() -> Piece | None:
        (piece,) = hour.pieces()
        return piece if piece.transcript_state == TranscriptState.DONE else None

    return eventually(done, "the piece is written down", WORKER)


def items(hour: Hour) -> list[feedparser.FeedParserDict]:
    """Of all feeds."""
    feeds = (home(hour).public / "experts").glob("*/feed.xml")
    return [item for feed in feeds for item in feedparser.parse(feed.read_bytes()).entries]


def holds_the_tip(recording: np.ndarray) -> bool:
    """As a whole; in parts, where packets were lost between two clocks."""
    said = read_wav(TIP)
    return max(heard_in(said, recording), heard_in_parts(said, recording)) > SAID


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    size = len(one) + len(other)
    match = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    return float(match.max() / np.sqrt((one**2).sum() * (other**2).sum()))


def test_a_question_is_recorded_written_down_cut_and_found_in_the_feed_until_it_is_rejected(
    hour: Hour,
) -> None:
    box = hour.house.box
    asks(hour, "ann")
    hour.choir.voices["ann"].phone.line.wait_said()
    hour.press("host", "2")
    settled(hour)
    piece = heard(hour)
    told = json.loads((SPEECH / "messages.json").read_text())
    (said,) = (one["text"] for one in told if one["file"] == TIP.name)
    words = set(said.split())
    assert len(words & set(piece.transcript.split())) > len(words) / 2, piece.transcript
    recording, rate = soundfile.read(home(hour).recordings / piece.path)
    assert rate == RATE
    assert holds_the_tip(recording)

    assert piece.id in box.done("pieces", "--session", str(hour.session))
    box.done("pieces", "title", piece.id, "Where the storm went", "--by", "eva")
    box.done("pieces", "cut", piece.id, "2", "6", "--by", "eva")
    box.done("pieces", "approve", piece.id, "--by", "eva")
    (item,) = eventually(lambda: items(hour), "it stands in the feed", WORKER)
    assert item.title == "Where the storm went"
    (sound,) = item.enclosures
    path = home(hour).public / urllib.parse.urlparse(sound.href).path.removeprefix("/")
    assert int(sound.length) == path.stat().st_size
    played, faster = soundfile.read(path)
    cut = recording[2 * rate : 6 * rate]
    assert len(played) / faster == pytest.approx(4.0, abs=0.15)
    assert likeness(played[:: faster // rate], cut) > 0.8
    caller = hour.questions()[0].caller_number.encode()
    assert caller
    for each in home(hour).public.rglob("*"):
        assert not each.is_file() or caller not in each.read_bytes(), each

    box.done("pieces", "reject", piece.id, "--by", "max")
    eventually(lambda: not path.exists(), "it has vanished", WORKER)
    assert items(hour) == []


def test_a_piece_on_air_outlives_the_callbox(hour: Hour) -> None:
    box = hour.house.box
    asks(hour, "bob")
    hour.choir.voices["bob"].phone.line.wait_said()
    killed(box, "callbox")
    box.wait_until_well()
    piece = settled(hour, 120)
    recording, rate = soundfile.read(home(hour).recordings / piece.path)
    assert len(recording) / rate == pytest.approx(piece.seconds, abs=0.1)
    assert holds_the_tip(recording)
    assert piece.question.caller_number == hour.questions()[0].caller_number
    assert not [path for path in recordings(hour) if piece.id in path.name]
