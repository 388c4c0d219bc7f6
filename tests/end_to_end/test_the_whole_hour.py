"""From the plan to the page: an expert's hour with ten listeners, and one question too late."""

import json
import re
import urllib.parse
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import pytest
import soundfile

from appliance.settings import load
from lines.experts.hour.words.everybody import FAREWELL
from lines.experts.ports import QuestionState, SessionState
from lines.experts.talk.staff_words import THE_ANSWER, YOU_ASKED
from lines.experts.talk.words import CONSENT, HOW, TOPIC, WELCOME
from store.models import Piece
from store.models.expert import PieceState
from store.models.message import TranscriptState
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import SAID
from tests.end_to_end.ear import Ear
from tests.end_to_end.expert_hours import FLOWS, STAFF, Hour
from tests.end_to_end.house import LOCAL, ROUTES, House, desks, house, phone_at
from tests.end_to_end.mailboxes import CANCEL, LATE, SPEECH, TIP, part
from tests.end_to_end.test_expert_line_outside_the_hour import (
    TAKE_IT,
    Evening,
    expert,
    give_answer,
    leave_question,
    takes_the_call,
)
from tests.end_to_end.test_pieces import home, items, likeness
from tests.end_to_end.waiting import eventually
from tests.listening import RATE, Samples, heard_in_parts
from tests.phones import PhoneMaker

__all__ = ["desks", "house"]

pytestmark = pytest.mark.timeout(1200)

LINE = "630"
LISTENERS = [f"caller-{number}" for number in range(10)]
ASKERS = {"caller-2": TIP, "caller-5": CANCEL, "caller-7": LATE}
"""Those who ask, in this order, and what each says on air."""
SPOKEN = 3.0
"""Seconds of each."""
ANSWERED = part(TIP, 3.0, 3.5)
"""Other words than anybody asks, and none twice: each is looked for by itself."""
RINGS = Manners(status=None)
LIMIT = 120.0
PINS = re.compile(r"host (\d+), expert (\d+), screener (\d+)")


@pytest.fixture(scope="module")
def venue(house: House) -> House:
    """As the paper's administrator sets it up: one number for callers, one for the staff."""
    house.person(LINE, phone_at("200", confirm=True), title="Doctor Storm")
    line = {
        "title": "Ask science",
        "mailbox": f"questions-{LINE}",
        "callback_hours": {"mon-sun": "00:00-24:00"},
    }
    routes = [{"number": LINE, "flow": "ask"}, {"number": STAFF + LINE, "flow": "staff"}]
    house.write(
        mailboxes={f"questions-{LINE}": {"title": "Questions"}},
        experts={f"line-{LINE}": line},
        routes=[*ROUTES, *routes],
    )
    house.box.reloaded_by("publish", str(FLOWS))
    return house


@pytest.fixture
def hour(venue: House, phones: PhoneMaker) -> Iterator[Hour]:
    """Planned at the terminal, for the next minute but one at the latest."""
    zone = load(venue.box.environment).time_zone
    soon = datetime.now(zone) + timedelta(seconds=75)
    number, pins = scheduled(venue, "The bees", soon.replace(second=0))
    made = Hour(venue, phones, LINE, number, pins)
    yield made
    if made.row().state in (SessionState.OPEN, SessionState.LIVE):
        made.client.close()


def scheduled(house: House, topic: str, at: datetime) -> tuple[int, dict[str, str]]:
    told = house.box.done(
        "experts", "schedule", f"line-{LINE}", topic,
        "--at", f"{at:%Y-%m-%d %H:%M}", "--expert", f"person-{LINE}",
    )  # fmt: skip
    pins = PINS.search(told)
    assert pins, told
    keyed = dict(zip(("host", "expert", "screener"), pins.groups(), strict=True))
    return int(told.split()[0]), keyed


def listeners_come(hour: Hour) -> None:
    """All at once; the first one's phone is listened to from the beginning."""
    made = {name: hour.rings(name) for name in LISTENERS}
    ear = Ear(made[LISTENERS[0]], hour.house.spoken)
    ear.hears(WELCOME["en"], TOPIC["en"], "The bees", CONSENT["en"], HOW["en"], limit=LIMIT)
    eventually(lambda: hour.state()["listeners"] == len(LISTENERS), "all are in the hall", LIMIT)
    hour.choir.hum(*LISTENERS)


def on_air(*names: str) -> dict[str, set[str]]:
    """What everybody hears while these are on air; nobody hears themselves."""
    everybody = [*names, *(name for name in [*LISTENERS, "screener"] if name not in names)]
    return {name: set(names) - {name} for name in everybody}


def ask(hour: Hour) -> None:
    for count, name in enumerate(ASKERS, 1):
        hour.press(name, "1")
        eventually(lambda c=count: hour.state()["waiting_count"] == c, f"{name} waits")


def screen(hour: Hour, name: str) -> None:
    """A word aside, which nobody else hears, and a note for the host."""
    hour.press("screener", "1")
    aside = {name: {"screener"}, "screener": {name}}
    hour.hears({**on_air("host", "expert"), **aside})
    question = hour.questions()[0].id
    hour.house.box.done("experts", "live", "note", question[:8], "Keeps forty hives")
    hour.press("screener", "2")
    hour.hears(on_air("host", "expert"))
    assert hour.state()["waiting"][0]["note"] == "Keeps forty hives"


def is_answered(hour: Hour, name: str) -> None:
    """On air by the host's key: who hears whom, then what is really said."""
    hour.press("host", "1")
    hour.hears(on_air("host", "expert", name))
    for voice in ("host", "expert", name):
        hour.choir.voices[voice].hush()
    says(hour, name, part(ASKERS[name], SPOKEN))
    says(hour, "expert", ANSWERED)
    hour.press("host", "2")
    hour.choir.hum("host", "expert", name)
    hour.hears(on_air("host", "expert"))


def says(hour: Hour, name: str, samples: Samples) -> None:
    """And lets it die away before anybody presses a key."""
    line = hour.choir.voices[name].phone.line
    line.say(np.concatenate([samples, np.zeros(RATE)]))
    line.wait_said()


def pieces_of(hour: Hour) -> list[Piece]:
    def done() -> list[Piece]:
        found = hour.pieces()
        states = {(each.state, each.transcript_state) for each in found}
        return found if states == {(PieceState.KEPT, TranscriptState.DONE)} else []

    return eventually(done, "all pieces are kept and written down", 240)


def assert_holds(hour: Hour, piece: Piece, file: str) -> np.ndarray:
    """Question and answer, by sound and by words; and nobody else's tone."""
    recording, rate = soundfile.read(home(hour).recordings / piece.path)
    assert rate == RATE
    assert heard_in_parts(part(SPEECH / file, SPOKEN), recording) > SAID
    assert heard_in_parts(ANSWERED, recording) > SAID
    told = json.loads((SPEECH / "messages.json").read_text())
    (said,) = (one["text"] for one in told if one["file"] == file)
    assert len(set(said.split()) & set(piece.transcript.split())) >= 4, piece.transcript
    return recording


def approve(hour: Hour, piece: Piece, recording: np.ndarray) -> None:
    """Cut to two seconds, published, read and heard as a reader does."""
    box = hour.house.box
    box.done("pieces", "title", piece.id, "Why bees dance", "--by", "eva")
    box.done("pieces", "cut", piece.id, "1", "3", "--by", "eva")
    box.done("pieces", "approve", piece.id, "--by", "eva")
    (item,) = eventually(lambda: items(hour), "it stands in the feed", 240)
    assert item.title == "Why bees dance"
    (sound,) = item.enclosures
    path = home(hour).public / urllib.parse.urlparse(sound.href).path.removeprefix("/")
    played, rate = soundfile.read(path)
    assert len(played) / rate == pytest.approx(2.0, abs=0.15)
    assert likeness(played[:: rate // RATE], recording[1 * RATE : 3 * RATE]) > 0.8
    for each in home(hour).public.rglob("*"):
        assert not each.is_file() or b"55560" not in each.read_bytes(), f"a number is in {each}"


def test_an_hour_from_its_plan_to_the_feed_and_a_question_that_comes_late(
    hour: Hour, desks: PhoneMaker, phones: PhoneMaker
) -> None:
    expert_phone = desks("200", RINGS)
    hour.staff("host", "host")
    hour.staff("screener", "screener")
    hour.answers("expert", expert_phone)
    Ear(expert_phone, hour.house.spoken).hears(TAKE_IT, limit=LIMIT).press("1")
    eventually(lambda: hour.state()["state"] == "live", "the hour is live", LIMIT)
    listeners_come(hour)
    hour.hears(on_air("host", "expert"))

    ask(hour)
    screen(hour, "caller-2")
    for name in ASKERS:
        is_answered(hour, name)
    for voice in ("host", "expert"):
        hour.choir.voices[voice].hush()  # else the farewell is mixed with their tones
    hour.press("host", "99")
    last = hour.choir.voices["caller-9"].phone
    hour.house.spoken.wait_heard(FAREWELL["en"], last.line.heard, limit=LIMIT)
    for voice in hour.choir.voices.values():
        voice.phone.wait_end(LIMIT)
    eventually(lambda: hour.row().state == SessionState.CLOSED, "the session is closed")

    asked = hour.questions()
    assert [each.state for each in asked] == [QuestionState.ANSWERED] * 3
    assert [each.caller_number for each in asked] == [hour.number_of(name) for name in ASKERS]
    pieces = pieces_of(hour)
    assert [each.question_id for each in pieces] == [each.id for each in asked]
    recordings = [
        assert_holds(hour, piece, path.name)
        for piece, path in zip(pieces, ASKERS.values(), strict=True)
    ]
    approve(hour, pieces[0], recordings[0])
    comes_late(hour, phones)


def comes_late(hour: Hour, phones: PhoneMaker) -> None:
    """Outside the hour a question is left, answered by the expert, and the answer called back."""
    zone = load(hour.house.box.environment).time_zone
    tomorrow = (datetime.now(zone) + timedelta(days=1)).replace(hour=19, minute=0, second=0)
    starts_at = tomorrow.replace(microsecond=0)
    _, pins = scheduled(hour.house, "The stars", starts_at)
    evening = Evening(hour.house, phones, pins["expert"], starts_at, LINE)
    trunk: Phone = phones("trunk", RINGS)
    hour.house.trunks(trunk)
    question = part(LATE, 4.0)
    leave_question(evening, LOCAL, question)
    ear = expert(evening).hears_sound(question, "the question", LIMIT)
    give_answer(ear, ANSWERED)
    ear.phone.hang_up()
    asker = takes_the_call(evening, trunk)
    asker.hears(YOU_ASKED["en"], limit=LIMIT).hears_sound(question, "the own question", LIMIT)
    asker.hears(THE_ANSWER["en"]).hears_sound(ANSWERED, "the answer", LIMIT)
    eventually(lambda: "  heard  " in evening.late(), "the answer was heard", LIMIT)
    trunk.wait_end(LIMIT)
