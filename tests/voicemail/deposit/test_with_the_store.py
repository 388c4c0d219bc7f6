"""A message that is really spoken into files, and really in the store at every moment."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr_flows.ports import CallFailed, Party, SwitchLost
from store.jobs import MessageBegun, MessageNoted
from store.models import Message
from tests.voicemail.deposit.calls import Strike, leave
from tests.voicemail.keeping.lives import find_again, store, the_only_message
from tests.voicemail.sounds import silence, speech, tone, write_wav
from tests.voicemail.stored import make_box
from tts_asr.sound_facts import facts
from voicemail import boxes
from voicemail.keeping import discard, keep, sweep
from voicemail.ports import Box, Door, Draft, Note, Said
from voicemail.simulated import SimulatedMailroom

QUICK = "{box: desk, greeting: none, review: false}"


@dataclass(slots=True)
class StoredMailroom(SimulatedMailroom):
    """The half for leaving messages on the store, in this process."""

    root: Path = Path()
    rows: dict[str, MessageBegun] = field(default_factory=dict)

    def door(self, box: str, greeting: str) -> Door:
        return boxes.door(self.root, box, greeting, datetime.now(UTC))

    def begin(self, box: Box, call_id: str, caller: Party, dialed: str, language: str) -> Draft:
        begun = MessageBegun("m1", box.name, call_id, datetime.now(UTC), caller.number)
        self.rows[begun.id] = begun
        store(begun)
        self.begun.append(Draft(begun.id, box, self.root / "in-progress"))
        return self.begun[-1]

    def said(self, path: Path) -> Said | None:
        found = facts(path)
        return Said(found.seconds, found.spoken_seconds)

    def note(self, draft: Draft, note: Note) -> None:
        store(_noted(draft, note))

    def keep(self, draft: Draft, take: int, note: Note, ended_by: str) -> None:
        store(keep(self.root, self.rows[draft.id], take, _noted(draft, note), ended_by))
        sweep(self.root, self.root.parent / "spool")

    def discard(self, draft: Draft, reason: str) -> None:
        store(discard(self.root, self.rows[draft.id], reason))


def _noted(draft: Draft, note: Note) -> MessageNoted:
    return MessageNoted(draft.id, note.urgent, note.callback_number, note.callback_confirmed)


@pytest.fixture
def room(store: object, tmp_path: Path) -> StoredMailroom:
    """One mailbox, `desk`."""
    make_box("desk", "200")
    return StoredMailroom(root=tmp_path / "voicemail")


def words(path: Path, seconds: float) -> None:
    write_wav(path, speech(seconds))


def message_state() -> tuple[str, str]:
    (row,) = Message.select()
    return str(row.state), row.reason


def test_a_message_is_a_row_with_a_file_where_the_row_says(room: StoredMailroom) -> None:
    left = leave(QUICK, room, write=words, speaks=[6.0])
    row = the_only_message(room.root)
    assert (row.state, row.box, row.caller_number, row.ended_by) == (
        "new", "desk", "5550100", "silence",
    )  # fmt: skip
    assert row.seconds == pytest.approx(6.0, abs=0.1)
    assert left.event == "done"


def test_the_take_that_was_chosen_is_the_file_and_what_was_said_of_it_the_row(
    room: StoredMailroom,
) -> None:
    keys = ["3", "4", "5", "0301234567#", "1", "1"]
    leave("{box: desk, greeting: none}", room, write=words, speaks=[9.0, 4.0], keys=keys)
    row = the_only_message(room.root)
    assert row.seconds == pytest.approx(4.0, abs=0.1)
    assert (row.urgent, row.callback_number, row.callback_confirmed) == (True, "0301234567", True)


@pytest.mark.parametrize(("seconds", "kept"), [(1.0, False), (2.05, True), (30.0, True)])
def test_a_hang_up_keeps_real_speech_from_two_seconds_on(
    room: StoredMailroom, seconds: float, kept: bool
) -> None:
    leave(QUICK, room, write=words, speaks=[60.0], hangs_up=seconds)
    assert message_state()[0] == ("new" if kept else "discarded")


@pytest.mark.parametrize("sound", [silence, tone])
def test_a_hang_up_after_ten_seconds_without_speech_leaves_nothing(
    room: StoredMailroom, sound: type
) -> None:
    leave(
        QUICK,
        room,
        write=lambda path, seconds: write_wav(path, sound(seconds)),
        speaks=[60.0],
        hangs_up=10.0,
    )
    state, reason = message_state()
    assert state == "discarded"
    assert "0.0 s of speech" in reason


def test_the_row_stands_while_the_greeting_is_heard(room: StoredMailroom) -> None:
    seen: list[tuple[str, str]] = []

    def look() -> CallFailed:
        seen.append(message_state())
        return CallFailed("play", "FILE NOT FOUND")

    leave("desk", room, write=words, strike=Strike(1, look))
    assert seen == [("recording", "")]
    assert message_state()[0] == "new"


def test_what_a_lost_switch_recorded_is_found_by_its_row(
    room: StoredMailroom, tmp_path: Path
) -> None:
    def lose() -> SwitchLost:
        words(room.begun[0].take(1), 8.0)
        return SwitchLost("end of file")

    leave(QUICK, room, write=words, strike=Strike(1, lose))
    assert message_state() == ("recording", "")
    assert find_again(room.root, tmp_path / "spool") == 1
    assert the_only_message(room.root).ended_by == "salvaged"


def test_a_box_that_is_full_takes_no_row(room: StoredMailroom) -> None:
    make_box("tiny", max_messages=0)
    assert leave("tiny", room).event == "full"
    assert Message.select().count() == 0


def test_a_box_by_its_number_takes_the_message_under_its_name(room: StoredMailroom) -> None:
    leave('{box: "200", greeting: none, review: false}', room, write=words)
    assert the_only_message(room.root).box == "desk"
