"""What should be there, and what is there without a reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store.models import Greeting, Message
from store.recordings import checksum
from tests.voicemail.sounds import speech, write_wav
from tests.voicemail.stored import make_box, make_message
from voicemail.housekeeping import ledger
from voicemail.housekeeping.reckoning import Fault, Finding

pytestmark = pytest.mark.usefixtures("store")


def change_one_sample(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[1_000] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def test_a_folder_in_order_gives_no_findings(root: Path) -> None:
    box = make_box()
    for number, kind in enumerate(("new", "saved", "deleted")):
        make_message(box, number, root=root, state=kind)
    for number, kind in enumerate(("recording", "discarded", "purged"), 10):
        make_message(box, number, state=kind, path="")
    Greeting.create(mailbox=box.id, kind="busy", path="greetings/1.wav")
    write_wav(root / "greetings" / "1.wav", speech(2))
    found = ledger(root)
    assert (found.messages, found.greetings, found.findings) == (3, 1, [])


@pytest.mark.parametrize(
    ("harm", "fault", "is_seen_quickly"),
    [
        (Path.unlink, Fault.MISSING, True),
        (cut, Fault.SIZE, True),
        (lambda path: path.write_bytes(b""), Fault.SIZE, True),
        (change_one_sample, Fault.CHECKSUM, False),
    ],
)
@pytest.mark.parametrize("kind", ["new", "saved", "deleted"])
def test_a_message_that_is_not_as_it_was_is_found(
    harm: Callable[[Path], object], fault: Fault, is_seen_quickly: bool, kind: str, root: Path
) -> None:
    message = make_message(make_box(), 1, root=root, state=kind)
    path = Message.get_by_id(message).path
    harm(root / path)
    assert ledger(root).findings == [Finding(fault, path, message)]
    assert bool(ledger(root, quick=True).findings) is is_seen_quickly
    assert ledger(root).findings[0].is_loss


def test_a_message_whose_length_is_another_is_found(root: Path) -> None:
    make_message(make_box(), 1, root=root, seconds=9.0)
    assert [finding.fault for finding in ledger(root).findings] == [Fault.LENGTH]


def test_a_message_that_never_was_a_sound_is_in_order_as_it_is(root: Path) -> None:
    message = make_message(make_box(), 1, seconds=0.0, size=3)
    path = root / Message.get_by_id(message).path
    path.parent.mkdir(parents=True)
    path.write_bytes(b"abc")
    Message.update(sha256=checksum(path)).execute()
    assert ledger(root).findings == []


def test_a_message_without_a_place_is_missing(root: Path) -> None:
    message = make_message(make_box(), 1, path="")
    assert ledger(root).findings == [Finding(Fault.MISSING, "", message)]


def test_comments_and_greetings_that_are_gone_are_found(root: Path) -> None:
    box = make_box()
    message = make_message(box, 1, root=root, comment_path="comments/1.wav")
    Greeting.create(mailbox=box.id, kind="busy", path="greetings/1.wav")
    assert ledger(root).findings == [
        Finding(Fault.MISSING, "comments/1.wav", message),
        Finding(Fault.MISSING, "greetings/1.wav", "greeting busy"),
    ]


@pytest.mark.parametrize(
    ("name", "is_stray"),
    [
        ("2026/11/21/nobody.wav", True),
        ("2026/11/21/.half.part", True),
        ("greetings/old.wav", True),
        ("comments/old.wav", True),
        ("notes.txt", True),
        ("in-progress/nobody-1.wav", True),
        ("in-progress/notes.txt", True),
        ("in-progress/desk00001-1.wav", False),
        ("discarded/nobody-1.wav", False),
        ("scratch/call-1.wav", False),
        ("small/m1-message.mp3", False),
    ],
)
def test_a_file_without_a_row_is_found(name: str, is_stray: bool, root: Path) -> None:
    make_message(make_box(), 1, state="recording", path="")
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(b"x")
    expected = [Finding(Fault.STRAY, name)] if is_stray else []
    assert ledger(root).findings == expected
    assert not any(finding.is_loss for finding in expected)


def test_a_folder_that_is_not_there_misses_everything(root: Path) -> None:
    message = make_message(make_box(), 1)
    (finding,) = ledger(root / "none").findings
    assert (finding.fault, finding.message) == (Fault.MISSING, message)
