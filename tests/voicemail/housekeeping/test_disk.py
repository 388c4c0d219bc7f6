"""A disk that fills up is noticed before it is full."""

from pathlib import Path

import pytest

from tests.disks import make_read_only, small
from voicemail.housekeeping import room, space
from voicemail.housekeeping.disk import Space

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("free", "total", "has_room", "is_low"),
    [
        (199_999_999, 5 * GB, False, True),
        (200_000_000, 5 * GB, True, True),
        (1 * GB, 5 * GB, True, False),
        (19 * GB, 1000 * GB, False, True),
        (21 * GB, 1000 * GB, True, True),
        (51 * GB, 1000 * GB, True, False),
    ],
)
def test_a_message_is_begun_only_where_it_can_be_ended(
    free: int, total: int, has_room: bool, is_low: bool
) -> None:
    disk = Space(free, total)
    assert (disk.has_room, disk.is_low) == (has_room, is_low)


def test_a_disk_that_takes_no_more_files_has_no_room() -> None:
    assert not Space(500 * GB, 1000 * GB, free_files=999).has_room


def test_the_disk_of_a_folder_is_measured(tmp_path: Path) -> None:
    found = space(tmp_path)
    assert 0 <= found.free <= found.total
    assert "GB free" in str(found)


def test_a_disk_that_cannot_be_asked_does_not_turn_callers_away(tmp_path: Path) -> None:
    assert room(tmp_path / "none")


def test_a_disk_that_can_only_be_read_takes_no_message_however_much_room_it_has(
    tmp_path: Path,
) -> None:
    with small(tmp_path / "disk") as place:
        assert not space(place).is_read_only
        make_read_only(place)
        assert space(place).is_read_only
    disk = Space(500 * GB, 1000 * GB, is_read_only=True)
    assert (disk.has_room, disk.is_low) == (False, True)
    assert "can only be read" in str(disk)
    assert "make room" not in disk.remedy
