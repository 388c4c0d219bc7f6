"""Conference rooms of a box, made by the test itself, and callers in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance.asking import ask
from appliance.settings import load
from ivr_flows.ports import Role
from lines.rooms import records
from lines.rooms.entry import checked
from lines.rooms.signing_in import set_pin
from tests.contract.phone import Phone
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.ear import Ear
from tests.end_to_end.mailboxes import opened
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually
from tests.listening import RATE
from tests.tones import Choir

PINS = {Role.LISTENER: "2713", Role.SPEAKER: "4927", Role.MODERATOR: "8351"}


def make(home: Path, number: str, *pins: Role, **facts: Any) -> str:
    """A room of that number, with these roles' usual PINs; its name."""
    name = f"room-{number}"
    with opened(home):
        records.create(checked(name=name, numbers=[number], **facts))
        for role in pins or (() if facts.get("open") else PINS):
            set_pin(name, role, PINS[role])
    return name


@dataclass
class Scene:
    """Callers who go into one room, each with a tone of their own."""

    box: Box
    phones: PhoneMaker
    spoken: Spoken
    number: str
    choir: Choir = field(default_factory=Choir)
    _callers: int = 0

    def enter(self, name: str, role: Role | None = Role.SPEAKER) -> Ear:
        """By PIN, or where there is none at once; hums as soon as the room is reached."""
        ear = self.knock(name)
        if role:
            ear.press(f"{PINS[role]}#")
        self.choir.hum(name)
        return ear

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Nobody hums, so that words can be told."""
        voices = list(self.choir.voices.values())
        for voice in voices:
            voice.hush()
        yield
        for voice in voices:
            voice.hum()

    def ask(self, verb: str, **given: Any) -> Any:
        """As other processes ask the callbox."""
        settings = load(self.box.environment)
        return ask(settings, f"rooms.{verb}", room=f"room-{self.number}", **given)

    def members(self) -> dict[str, dict[str, Any]]:
        """By their own number."""
        return {member["caller"]: member for member in self.ask("who")["members"]}

    def wait_for(self, members: int) -> None:
        eventually(lambda: len(self.members()) == members, f"{members} are in the room")

    def knock(self, name: str) -> Ear:
        """Before the question for the PIN."""
        self._callers += 1
        phone: Phone = self.phones(f"55507{self._callers:02}")
        self.choir.add(name, phone)
        call(phone, self.box, self.number)
        eventually(lambda: len(phone.line.heard()) > RATE // 5, f"{name} hears the line")
        return Ear(phone, self.spoken)
