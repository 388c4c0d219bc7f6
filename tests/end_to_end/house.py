"""A house with people, desk phones and trunks, on either switch."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from appliance.home import Home
from appliance.secrets_file import load_secrets
from tests.contract.phone import Manners, Phone
from tests.contract.sounds import voice
from tests.end_to_end.box import NO_FREESWITCH, Box
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually
from tests.listening import RATE
from tests.phones import PhoneMaker
from tests.switches import FreeSwitch
from tests.tones import Choir
from tts_asr.errors import SpeechError

DESKS = {"200": "Desk", "201": "Sports"}
LOCAL, MOBILE = "+493012345678", "+491711234567"
PREMIUM = "+499001234567"
MUSIC = voice("long", 3.0)
"""The paper's recording `waltz`."""

FLOWS = Path(__file__).parent / "flows_of_people"
ROUTES = [
    {"number": "41*", "flow": "reach"},
    {"number": "420", "flow": "keyed"},
    {"number": "100", "flow": "main"},
    {"number": "199", "flow": "mailbox"},
    {"number": "8*", "flow": "direct"},
]

Number = Mapping[str, Any]


@dataclass
class House:
    """A box, and what an administrator has written of its people."""

    box: Box
    spoken: Spoken

    def write(self, **sections: Any) -> None:
        """Sections of the paper's file; what may be dialled holds from the next call on."""
        self.box.take_in(json.dumps(sections))

    def person(self, dialled: str, *numbers: Number, **facts: Any) -> None:
        """Whom the flow `reach` rings for callers of this number."""
        titled = {"title": "Anna Berg", "numbers": list(numbers), **facts}
        self.write(people={f"person-{dialled}": titled})

    def trunks(self, *ends: Phone) -> None:
        """Over which all German numbers but the dear ones may be dialled."""
        named = {f"trunk-{at}": {"host": f"127.0.0.1:{end.port}"} for at, end in enumerate(ends)}
        self.write(trunks=named, dialling={"rules": {"home": {"to": ["+49*"]}}})

    def prepare(self, *texts: str) -> None:
        """Have the box's voice know these, so that on a busy machine it is not late with them."""

        def known(text: str) -> bool:
            with suppress(SpeechError):
                self.spoken.make(text)
            return bool(self.spoken.files(text))

        for text in texts:
            eventually(partial(known, text), f"it can be said: {text}")

    def secret(self, desk: str) -> str:
        if self.box.freeswitch:
            return self.box.freeswitch.plan.users[desk]
        return load_secrets(self.box.home, list(DESKS)).phones[desk]

    def wait_log(self, *wanted: str) -> None:
        """Until the newest lines of the dialling log hold these words, the newest first."""

        def logged() -> bool:
            lines = self.log()[: len(wanted)]
            return len(lines) == len(wanted) and all(map(_has, lines, wanted))

        eventually(logged, f"the log tells of {wanted}: {self.log()[:4]}")

    def log(self) -> Sequence[str]:
        sql = (
            "SELECT number, cost_class, door, asked_by, state, outcome, reason "
            "FROM dial_attempt ORDER BY id DESC"
        )
        return [" ".join(map(str, row)) for row in self.box.ledger.ask(sql)]


def hear_each_other(one: Phone, other: Phone) -> None:
    """And nobody else."""
    choir = Choir()
    choir.add("one", one)
    choir.add("other", other)
    choir.hum("one", "other")
    choir.hears({"one": {"other"}, "other": {"one"}})
    for phone in (one, other):
        phone.line.hum(np.zeros(0))


def hear_oneself(phone: Phone) -> None:
    """Connected with somebody who sends back what is heard."""
    _hum_alone(phone, {"one"})


def hear_nobody(phone: Phone) -> None:
    """Connected with nobody, not even with who sends back what is heard."""
    _hum_alone(phone, set())


def _hum_alone(phone: Phone, heard: set[str]) -> None:
    choir = Choir()
    choir.add("one", phone)
    choir.hum("one")
    choir.hears({"one": heard})
    phone.line.hum(np.zeros(0))


def _has(line: str, words: str) -> bool:
    return all(word in line for word in words.split())


def phone_at(number: str, **more: Any) -> Number:
    return {"kind": "phone", "number": number, **more}


def outside(number: str, **more: Any) -> Number:
    return {"kind": "outside", "number": number, **more}


@pytest.fixture(scope="session", params=["embedded", "freeswitch"])
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    if request.param == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip(NO_FREESWITCH)
    home = tmp_path_factory.mktemp(f"house-{request.param}") / "home"
    phones = ",".join(f"{number}={title}" for number, title in DESKS.items())
    box = Box(home, request.param, phones=phones, country="DE")
    if box.freeswitch:
        box.freeswitch.plan.users |= {number: f"secret-{number}" for number in DESKS}
    try:
        _make_music(home)
        box.fill().done("publish", str(FLOWS))
        house = House(box, Spoken(box))
        house.write(routes=ROUTES)
        box.start()
        yield house
        assert "Traceback" not in box.said(), box.said()
    finally:
        box.close()


def _make_music(home: Path) -> None:
    folder = Home(home).own_prompts
    folder.mkdir(parents=True)
    soundfile.write(folder / "waltz.wav", MUSIC, RATE, subtype="PCM_16")


@pytest.fixture
def desks(house: House, phones: PhoneMaker) -> Iterator[PhoneMaker]:
    """Makes desk phones that are registered, with given manners."""
    made: list[Phone] = []

    def make(number: str = "200", manners: Manners | None = None) -> Phone:
        phone = phones(number, manners)
        assert phone.register(house.box.sip, house.secret(number)) == 200
        made.append(phone)
        return phone

    yield make
    for phone in made:
        phone.hang_up()
        assert phone.register(house.box.sip, house.secret(phone.number), 0) == 200
