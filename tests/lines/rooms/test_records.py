"""Rooms in the store, and in the paper's file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr_flows.ports import Role
from lines.errors import RoomInvalid, RoomTaken, RoomUnknown
from lines.rooms import interchange, recordings, records
from lines.rooms.entry import checked
from lines.rooms.lookup import languages, names, rooms
from lines.rooms.signing_in import set_pin
from store.models import Recording
from store.yaml_text import read, write

pytestmark = pytest.mark.usefixtures("store")

TEXT = """\
rooms:
  editors: {}
  planning:
    title: the planning conference
    numbers: ["701", "702"]
    language: yue
    open: listener
    wait_for_moderator: true
    ends_with_moderator: true
    announce: name
    muted: true
    most_members: 20
    record: true
    music: waltz
"""


def take_in(text: str) -> list[str]:
    content = interchange.gather(read(text, "paper.yaml"), "paper.yaml")
    if not content.mistakes:
        interchange.keep(content)
    return [str(mistake) for mistake in content.mistakes]


def test_what_is_taken_in_is_given_out_again() -> None:
    assert take_in(TEXT) == []
    assert read(write({"rooms": interchange.section()}), "") == read(TEXT, "")
    assert take_in(TEXT) == []
    assert names() == {"editors", "planning", "701", "702"}
    assert languages() == {"en", "yue"}


def test_pins_stay_when_a_room_is_taken_in_again() -> None:
    take_in(TEXT)
    set_pin("planning", Role.MODERATOR, "7294")
    take_in(TEXT)
    assert [room.pins for room in rooms()] == [frozenset(), {Role.MODERATOR}]


def test_every_mistake_is_told_with_its_place() -> None:
    rooms_given = ('a: {numbers: ["1"], most_members: 1}', "b: {open: moderator}", "C: {}")
    found = "\n".join(take_in("\n  ".join(["rooms:", *rooms_given])))
    for part in ("most_members", "open", "C"):
        assert part in found
    assert rooms() == []


def test_a_number_leads_to_one_room() -> None:
    take_in(TEXT)
    found = take_in('rooms: {other: {numbers: ["702"]}}')
    assert len(found) == 1
    assert '702 belongs to room "planning"' in found[0]
    with pytest.raises(RoomTaken, match="702"):
        records.create(checked(name="other", numbers=["702"]))
    with pytest.raises(RoomTaken, match="planning"):
        records.create(checked(name="planning"))


def test_two_rooms_can_change_their_numbers() -> None:
    take_in('rooms: {a: {numbers: ["1"]}, b: {numbers: ["2"]}}')
    assert take_in('rooms: {a: {numbers: ["2"]}, b: {numbers: ["1"]}}') == []
    assert records.owners() == {"2": "a", "1": "b"}


def test_odd_facts_are_refused_each_with_what_was_expected() -> None:
    with pytest.raises(RoomInvalid) as refused:
        checked(name="Big Room", numbers=["x"], most_members=9_999, music="../secret")
    assert [fault.split(":")[0] for fault in refused.value.faults] == [
        "name", "numbers.0", "most_members", "music",
    ]  # fmt: skip


def test_a_recording_is_in_the_ledger_and_with_its_room_and_stays_when_the_room_goes() -> None:
    take_in(TEXT)
    planning = rooms()[1]
    name = f"room-{planning.id}_20261121T120000Z_1a2b3c4d.wav"
    path, number, begun = recordings.place(name)
    assert (path, number) == (Path("2026/11/21") / name, planning.id)
    assert begun == datetime(2026, 11, 21, 12, tzinfo=UTC)
    for _ in range(2):
        recordings.enter(recordings.Kept(path, number, begun, 3.5, "0" * 64))
    assert [row.path for row in recordings.of_room("701")] == [path.as_posix()]
    records.remove("planning")
    assert Recording.select().count() == 1
    with pytest.raises(RoomUnknown):
        recordings.of_room("planning")


@pytest.mark.parametrize("name", ["x.wav", "room-1_now_2.wav", "room-x_20261121T120000Z_1.wav"])
def test_a_file_of_a_strange_name_is_no_recording(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        recordings.place(name)
