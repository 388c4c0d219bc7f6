"""What a caller finds who stands before a mailbox."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.models import Greeting, Mailbox
from tests.voicemail.stored import make_box, make_message
from voicemail.boxes import door
from voicemail.ports import Box, Refusal

ZONE = ZoneInfo("Europe/Berlin")
SATURDAY_NOON = datetime(2026, 11, 21, 12, tzinfo=ZONE)
SUNDAY_NOON = datetime(2026, 11, 22, 12, tzinfo=ZONE)
HOURS = {"mon-sat": "09:00-18:00"}

pytestmark = pytest.mark.usefixtures("store")


def greet(box: Box, *kinds: str) -> None:
    for kind in kinds:
        Greeting.create(mailbox=box.id, kind=kind, text=f"words of {kind}")


@pytest.mark.parametrize("asked", ["desk", "801", "802"])
def test_a_box_is_found_by_its_name_and_each_of_its_numbers(asked: str, tmp_path: Path) -> None:
    box = make_box("desk", "801", "802", title="the news desk", max_seconds=60)
    found = door(tmp_path, asked, "auto", SATURDAY_NOON)
    assert found.box == box
    assert (found.box.title, found.box.max_seconds) == ("the news desk", 60)
    assert (found.greeting, found.refusal) == (None, Refusal.NONE)


@pytest.mark.parametrize("asked", ["", "8", "DESK' OR 1=1", "\0\ud800", "9" * 10_000])
def test_a_box_that_does_not_exist_is_said_to_be_unknown(asked: str, tmp_path: Path) -> None:
    make_box("desk", "801")
    found = door(tmp_path, asked, "auto", SATURDAY_NOON)
    assert (found.refusal, found.box.id) == (Refusal.UNKNOWN, 0)
    assert len(found.box.name) <= 64


@pytest.mark.parametrize(
    ("there", "asked", "away", "at", "heard"),
    [
        ("standard busy away closed", "auto", False, SATURDAY_NOON, "standard"),
        ("standard busy away closed", "auto", False, SUNDAY_NOON, "closed"),
        ("standard busy away closed", "auto", True, SATURDAY_NOON, "away"),
        ("standard busy away closed", "auto", True, SUNDAY_NOON, "closed"),
        ("standard busy away", "auto", True, SUNDAY_NOON, "away"),
        ("standard busy away closed", "busy", True, SUNDAY_NOON, "busy"),
        ("standard away", "busy", True, SATURDAY_NOON, "away"),
        ("standard", "busy", False, SUNDAY_NOON, "standard"),
        ("standard", "no such kind", False, SATURDAY_NOON, "standard"),
        ("away closed busy", "auto", False, SATURDAY_NOON, None),
    ],
)
def test_the_greeting_that_fits_best_is_heard(
    there: str, asked: str, away: bool, at: datetime, heard: str | None, tmp_path: Path
) -> None:
    box = make_box("desk", away=away, hours=HOURS)
    greet(box, *there.split())
    found = door(tmp_path, box.name, asked, at).greeting
    assert (found and found.kind) == heard


def test_a_recorded_greeting_is_heard_from_its_file(tmp_path: Path) -> None:
    box = make_box()
    (tmp_path / "greetings").mkdir()
    (tmp_path / "greetings" / "1.wav").write_bytes(b"RIFF")
    Greeting.create(mailbox=box.id, kind="standard", path="greetings/1.wav")
    found = door(tmp_path, "desk", "auto", SATURDAY_NOON).greeting
    assert found is not None
    assert found.path == tmp_path / "greetings" / "1.wav"


def test_a_greeting_whose_file_is_gone_gives_way_to_the_next(tmp_path: Path) -> None:
    box = make_box(away=True)
    Greeting.create(mailbox=box.id, kind="away", path="greetings/gone.wav")
    greet(box, "standard")
    found = door(tmp_path, "desk", "auto", SATURDAY_NOON).greeting
    assert found is not None
    assert (found.kind, found.path) == ("standard", None)


def test_a_full_box_says_so_and_deleted_messages_do_not_count(tmp_path: Path) -> None:
    box = make_box(max_messages=2)
    make_message(box, 1, state="saved")
    make_message(box, 2, state="deleted")
    assert door(tmp_path, "desk", "auto", SATURDAY_NOON).refusal is Refusal.NONE
    make_message(box, 3)
    assert door(tmp_path, "desk", "auto", SATURDAY_NOON).refusal is Refusal.FULL


def test_a_disk_without_room_is_told_before_the_caller_speaks(tmp_path: Path) -> None:
    make_box()
    assert door(tmp_path, "desk", "auto", SATURDAY_NOON, has_room=False).refusal is Refusal.DISK


def test_hours_that_cannot_be_read_leave_the_box_open(tmp_path: Path) -> None:
    box = make_box(hours={"someday": "09:00-18:00"})
    greet(box, "standard", "closed")
    found = door(tmp_path, "desk", "auto", SUNDAY_NOON).greeting
    assert found is not None
    assert found.kind == "standard"


def test_a_box_that_was_renamed_in_the_store_is_not_found_by_its_old_name(tmp_path: Path) -> None:
    make_box()
    Mailbox.update(name="tips").execute()
    assert door(tmp_path, "desk", "auto", SATURDAY_NOON).refusal is Refusal.UNKNOWN
