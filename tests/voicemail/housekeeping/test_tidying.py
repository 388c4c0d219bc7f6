"""What goes when its time is over, and what stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from store import gates
from store.models import Correction, Greeting, Message, PinGate, Transcript
from tests.voicemail.stored import MORNING, make_box, make_message, state
from voicemail.housekeeping import tidy
from voicemail.ports import Box

NOW = MORNING + timedelta(days=30)

pytestmark = pytest.mark.usefixtures("store")


def days_ago(days: float) -> dict[str, object]:
    return {"heard_at": NOW - timedelta(days=days), "changed_at": NOW - timedelta(days=days)}


def old_file(root: Path, name: str, days: float) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (at, at))
    return path


@pytest.fixture
def keeps_ten_days() -> Box:
    return make_box(keep_days=10)


def test_a_message_that_was_heard_goes_after_the_days_of_its_box(
    keeps_ten_days: Box, tmp_path: Path
) -> None:
    gone = make_message(keeps_ten_days, 1, root=tmp_path, state="saved", **days_ago(10.1))
    stays = make_message(keeps_ten_days, 2, root=tmp_path, state="saved", **days_ago(9.9))
    assert tidy(tmp_path, NOW).messages == 1
    assert (state(gone), state(stays)) == ("purged", "saved")
    assert [path.stem for path in tmp_path.rglob("*.wav")] == [stays]
    assert Message.get_by_id(gone).path == ""


def test_its_words_go_with_it(keeps_ten_days: Box, tmp_path: Path) -> None:
    gone = make_message(keeps_ten_days, 1, root=tmp_path, state="saved", **days_ago(11))
    Transcript.create(message=gone, text="secret")
    Correction.create(message=gone, text="secret")
    tidy(tmp_path, NOW)
    assert (Transcript.select().count(), Correction.select().count()) == (0, 0)


def test_a_new_message_never_goes(keeps_ten_days: Box, tmp_path: Path) -> None:
    make_message(keeps_ten_days, 1, root=tmp_path, **days_ago(1000))
    assert tidy(tmp_path, NOW).messages == 0


def test_a_box_without_such_days_keeps_for_ever(tmp_path: Path) -> None:
    make_message(make_box(keep_days=0), 1, root=tmp_path, state="saved", **days_ago(1000))
    assert tidy(tmp_path, NOW).messages == 0


def test_a_deleted_message_goes_after_a_week(tmp_path: Path) -> None:
    box = make_box()
    gone = make_message(box, 1, root=tmp_path, state="deleted", **days_ago(7.1))
    stays = make_message(box, 2, root=tmp_path, state="deleted", **days_ago(6.9))
    assert tidy(tmp_path, NOW).messages == 1
    assert (state(gone), state(stays)) == ("purged", "deleted")


def test_thousands_go_in_one_go(tmp_path: Path) -> None:
    box = make_box()
    for number in range(450):
        make_message(box, number, state="deleted", **days_ago(8))
    assert tidy(tmp_path, NOW).messages == 450


def test_a_removal_that_was_cut_off_is_finished(tmp_path: Path) -> None:
    half = make_message(make_box(), 1, root=tmp_path, state="purged")
    tidy(tmp_path, NOW)
    assert Message.get_by_id(half).path == ""
    assert list(tmp_path.rglob("*.wav")) == []


def test_a_crash_while_files_are_removed_loses_no_message_that_stays(
    keeps_ten_days: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays = make_message(keeps_ten_days, 1, root=tmp_path)
    make_message(keeps_ten_days, 2, root=tmp_path, state="deleted", **days_ago(8))

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", crash)
        with pytest.raises(KeyboardInterrupt):
            tidy(tmp_path, NOW)
    tidy(tmp_path, NOW)
    assert [path.stem for path in tmp_path.rglob("*.wav")] == [stays]


@pytest.mark.parametrize(
    ("name", "days", "goes"),
    [
        ("discarded/m1-1.wav", 7.1, True),
        ("discarded/m1-1.wav", 6.9, False),
        ("scratch/call-1.wav", 1.1, True),
        ("scratch/call-1.wav", 0.9, False),
        ("small/m1-message.mp3", 1.1, True),
        ("small/m1-message.mp3", 0.95, False),
        ("in-progress/.abc.part", 1.1, True),
        ("in-progress/.abc.part", 0.9, False),
        ("in-progress/m1-1.wav", 100, False),
        ("greetings/1-busy-abc.wav", 1.1, True),
        ("greetings/1-busy-abc.wav", 0.9, False),
        ("comments/m1.wav", 1.1, True),
        ("2026/11/21/m1.wav", 1000, False),
        ("notes.txt", 1000, False),
    ],
)
def test_what_nobody_needs_goes_and_all_else_stays(
    name: str, days: float, goes: bool, tmp_path: Path
) -> None:
    path = old_file(tmp_path, name, days)
    assert tidy(tmp_path, NOW).files == int(goes)
    assert path.exists() is not goes


def test_greetings_and_comments_in_use_stay(tmp_path: Path) -> None:
    box = make_box()
    used = [old_file(tmp_path, name, 100) for name in ("greetings/1.wav", "comments/1.wav")]
    Greeting.create(mailbox=box.id, kind="busy", path="greetings/1.wav")
    make_message(box, 1, comment_path="comments/1.wav")
    assert tidy(tmp_path, NOW).files == 0
    assert all(path.exists() for path in used)


def test_old_counts_of_wrong_pins_are_forgotten(tmp_path: Path) -> None:
    gates.attempt([gates.Gate.of_box("899")], MORNING)
    tidy(tmp_path, NOW)
    assert PinGate.select().count() == 0


def test_a_folder_that_is_not_there_has_nothing_to_tidy(tmp_path: Path) -> None:
    assert tidy(tmp_path / "none", NOW).files == 0
