"""A visit to a mailbox that is really in the store, with files that are really on the disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr_flows.ports import Party
from ivr_flows.simulator import NOON
from store.models import Greeting, Mailbox, Message
from tests.voicemail.access.doubles import PIN, Heard, inside, listen
from tests.voicemail.sounds import speech, write_wav
from tests.voicemail.stored import make_box, make_message, state
from voicemail import boxes
from voicemail.access.words import actions, listening, signing
from voicemail.errors import VoicemailError
from voicemail.ports import Box, Counts, Folder, Letter, MailroomAway, SignIn
from voicemail.simulated import SimulatedMailroom


@dataclass(slots=True)
class StoredMailroom(SimulatedMailroom):
    """The listening half on the store, in this process."""

    root: Path = Path()

    def find(self, number_or_name: str) -> Box | None:
        return boxes.find(number_or_name)

    def sign_in(self, box: Box, pin: str, caller: Party) -> SignIn:
        return boxes.sign_in(box, pin, caller)

    def counts(self, box: Box) -> Counts:
        return boxes.counts(box)

    def letters(self, box: Box, folder: Folder, skip: int = 0) -> Sequence[Letter]:
        zone = NOON.tzinfo
        assert zone
        return boxes.letters(self.root, zone, box, folder, skip)

    def heard(self, box: Box, letter: str) -> None:
        boxes.heard(box, letter)

    def save(self, box: Box, letter: str) -> None:
        try:
            boxes.save(box, letter)
        except VoicemailError as error:
            raise MailroomAway(str(error)) from error

    def delete(self, box: Box, letter: str) -> None:
        boxes.delete(box, letter)

    def undelete(self, box: Box, letter: str) -> None:
        boxes.undelete(box, letter)

    def forward(self, box: Box, letter: str, to: Box, comment: Path | None) -> None:
        boxes.forward(self.root, box, letter, to, comment)

    def scratch(self, call_id: str) -> Path:
        return write_wav(self.root / "scratch" / f"{call_id}.wav", speech(3.0))

    def set_greeting(self, box: Box, kind: str, recording: Path) -> None:
        boxes.set_greeting(self.root, box, kind, recording)

    def set_away(self, box: Box, away: bool) -> None:
        boxes.set_away(box, away)

    def set_pin(self, box: Box, pin: str) -> str:
        return boxes.set_pin(box, pin)


@pytest.fixture
def room(store: object, tmp_path: Path) -> StoredMailroom:
    """The mailboxes 801 (`desk`) with three messages, and 802 (`sport`)."""
    desk = make_box("desk", "801")
    make_box("sport", "802", title="Sports desk")
    boxes.set_pin(desk, PIN)
    for number in (1, 2, 3):
        make_message(desk, number, tmp_path, urgent=number == 3)
    return StoredMailroom(root=tmp_path)


def visit(room: StoredMailroom, *keys: str) -> Heard:
    return listen("801#", f"{PIN}#", *keys, room=room, step="{}")


def test_messages_are_heard_saved_and_deleted_in_their_order(room: StoredMailroom) -> None:
    heard = visit(room, "1", "8", "7", "6", "6", "#")
    assert "You have three new messages, one of them urgent." in heard.call.heard
    assert [message for message, _ in heard.played] == ["desk00003", "desk00001", "desk00002"]
    assert (state("desk00003"), state("desk00001"), state("desk00002")) == (
        "saved",
        "deleted",
        "new",
    )
    assert all(row.heard_at for row in Message.select())


def test_what_was_deleted_is_had_back(room: StoredMailroom) -> None:
    visit(room, "1", "7", "*", "3", "7", "*", "#")
    assert state("desk00003") == "new"


def test_a_message_goes_to_another_box_with_a_comment_and_is_heard_there(
    room: StoredMailroom,
) -> None:
    heard = visit(room, "1", "0", "1", "802#", "1", "1", "1", "*", "#")
    assert actions.FORWARDED["en"] in heard.call.heard
    sport = boxes.find("802")
    assert sport
    boxes.set_pin(sport, PIN)
    there = listen("802#", f"{PIN}#", "1", "*", "#", room=room, step="{}")
    assert "Message one. It is urgent. Forwarded by the desk. [comment on" in there.words


def test_what_somebody_else_has_deleted_meanwhile_cannot_be_saved_and_that_is_said(
    room: StoredMailroom,
) -> None:
    class Shared(StoredMailroom):
        def heard(self, box: Box, letter: str) -> None:
            boxes.delete(box, letter)

    heard = visit(Shared(root=room.root), "1", "8", "*", "#")
    assert listening.NOT_DONE["en"] in heard.call.heard
    assert state("desk00003") == "deleted"


def test_greeting_pin_and_being_away_are_changed_in_the_store(room: StoredMailroom) -> None:
    keys = ("5", "1", "1", "1", "2", "90817#", "90817#", "3", "1", "*", "#")
    assert visit(room, *keys).event == "done"
    box = Mailbox.get(Mailbox.name == "desk")
    assert box.away
    assert Greeting.get(Greeting.mailbox == box).kind == "standard"
    assert visit(room, "#").event == "denied"
    assert listen("801#", "90817#", "#", room=room, step="{}").event == "done"


def test_a_simple_pin_is_refused_in_words(room: StoredMailroom) -> None:
    heard = visit(room, "5", "2", "1234#", "1234#", "*", "*", "#")
    assert actions.PIN_SIMPLE["en"] in heard.call.heard


@pytest.mark.parametrize("number", ["801", "899"])
def test_guessing_ends_in_a_lock_that_tells_no_box_from_none(
    room: StoredMailroom, number: str
) -> None:
    keys = [f"{number}#", "1111#"] * 3
    heard = listen(*keys, room=room, step="{attempts: 5}")
    assert heard.event == "denied"
    assert heard.call.heard[-2] == "Please call again in one minute."
    again = listen(f"{number}#", f"{PIN}#", room=room, step="{}")
    assert signing.LOCKED["en"] in again.call.heard
    assert again.event == "denied"


def test_a_box_without_a_pin_cannot_be_entered(room: StoredMailroom) -> None:
    heard = listen("802#", "0000#", "802#", "1#", room=room, step="{attempts: 2}")
    assert heard.event == "denied"


def test_a_name_works_where_the_flow_gives_it(room: StoredMailroom) -> None:
    assert inside("#", room=room).event == "done"
