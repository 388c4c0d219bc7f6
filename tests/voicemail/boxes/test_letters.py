"""What lies in a mailbox, and what its owner does with it."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.database import database, is_sqlite
from store.models import Delivery, Message, Recipient, Transcript
from store.recordings import checksum
from tests.voicemail.sounds import speech, write_wav
from tests.voicemail.stored import MORNING, make_box, make_message, state
from voicemail.boxes import (
    counts,
    delete,
    forward,
    heard,
    lamps,
    letters,
    save,
    undelete,
)
from voicemail.errors import BoxFull, BoxUnknown, LetterGone
from voicemail.ports import PAGE, Box, Counts, Folder, Letter

ZONE = ZoneInfo("Asia/Shanghai")

pytestmark = pytest.mark.usefixtures("store")


def page(box: Box, root: Path, folder: Folder = Folder.NEW, skip: int = 0) -> list[Letter]:
    return list(letters(root, ZONE, box, folder, skip))


def ids(found: list[Letter]) -> list[str]:
    return [letter.id for letter in found]


def test_an_empty_box_counts_nothing(tmp_path: Path) -> None:
    box = make_box()
    assert counts(box) == Counts()
    assert page(box, tmp_path) == []


def test_new_saved_and_urgent_ones_are_counted_and_others_are_not() -> None:
    box, other = make_box(), make_box("tips")
    for number, facts in enumerate(
        [
            {},
            {"urgent": True},
            {"state": "saved"},
            {"state": "saved", "urgent": True},
            {"state": "deleted"},
            {"state": "recording"},
            {"state": "discarded"},
            {"state": "purged"},
        ]
    ):
        make_message(box, number, **facts)
    make_message(other, 1)
    assert counts(box) == Counts(new=2, saved=2, urgent_new=1, urgent_saved=1)


def test_urgent_ones_come_first_and_then_the_oldest(tmp_path: Path) -> None:
    box = make_box()
    late_urgent = make_message(box, 30, urgent=True)
    second, first = make_message(box, 20), make_message(box, 10)
    early_urgent = make_message(box, 25, urgent=True)
    assert ids(page(box, tmp_path)) == [early_urgent, late_urgent, first, second]


def test_pages_follow_each_other_without_a_gap_or_a_double(tmp_path: Path) -> None:
    box = make_box()
    for number in range(55):
        make_message(box, number, urgent=number % 2 == 0, started_at=MORNING)
    found: list[str] = []
    while some := page(box, tmp_path, skip=len(found)):
        assert len(some) <= PAGE
        found += ids(some)
    assert len(found) == len(set(found)) == 55
    urgent = [bool(Message.get_by_id(letter).urgent) for letter in found]
    assert urgent == sorted(urgent, reverse=True)


def test_a_letter_tells_who_when_and_where_its_files_are(tmp_path: Path) -> None:
    box = make_box()
    make_box("tips", title="the tip line")
    make_message(
        box, 1, caller_name="<b>Ann", withheld=True, callback_number="555", seconds=4.5,
        forwarded_by="tips", comment_path="comments/x.wav",
    )  # fmt: skip
    (letter,) = page(box, tmp_path)
    assert letter.started_at.isoformat() == "2026-11-21T16:31:00+08:00"
    assert (letter.caller.number, letter.caller.name) == ("0301234567", "<b>Ann")
    assert letter.caller.withheld
    assert (letter.callback_number, letter.seconds) == ("555", 4.5)
    assert (letter.forwarded_by, letter.comment) == ("the tip line", tmp_path / "comments/x.wav")
    assert letter.path == tmp_path / "2026/11/21/desk00001.wav"


def test_ten_thousand_messages_are_counted_and_paged_by_an_index(tmp_path: Path) -> None:
    box = make_box()
    rows = [
        {"id": f"{n:05}", "mailbox": box.id, "state": "new", "urgent": n % 7 == 0,
         "started_at": MORNING}
        for n in range(10_000)
    ]  # fmt: skip
    with database.atomic():
        for start in range(0, len(rows), 500):
            Message.insert_many(rows[start : start + 500]).execute()
    database.execute_sql("ANALYZE")
    asked: list[str] = []
    real = database.obj.execute_sql

    def listen(sql: str, parameters: object = None) -> object:
        asked.append(plan(sql, parameters))
        return real(sql, parameters)

    def plan(sql: str, parameters: object) -> str:
        prefix = "EXPLAIN QUERY PLAN" if is_sqlite() else "EXPLAIN"
        return str(real(f"{prefix} {sql}", parameters).fetchall())

    database.obj.execute_sql = listen
    try:
        assert counts(box).new == 10_000
        assert len(page(box, tmp_path)) == PAGE
    finally:
        del database.obj.execute_sql
    if is_sqlite():
        assert all("message_mailbox_id_state_urgent_started_at" in plan for plan in asked)
        assert not any("SCAN" in plan for plan in asked)
    else:
        assert "message_mailbox_id_state_urgent_started_at" in asked[-1]


def test_a_message_counts_as_heard_the_first_time_and_stays_new() -> None:
    box = make_box()
    letter = make_message(box, 1)
    heard(box, letter)
    first = Message.get_by_id(letter).heard_at
    heard(box, letter)
    assert Message.get_by_id(letter).heard_at == first
    assert state(letter) == "new"


@pytest.mark.parametrize("before", ["new", "saved"])
def test_what_is_deleted_can_be_had_back_to_where_it_was(before: str) -> None:
    box = make_box()
    letter = make_message(box, 1, state=before)
    delete(box, letter)
    delete(box, letter)
    assert state(letter) == "deleted"
    undelete(box, letter)
    undelete(box, letter)
    assert state(letter) == before


def test_a_message_is_saved() -> None:
    box = make_box()
    letter = make_message(box, 1)
    save(box, letter)
    save(box, letter)
    assert counts(box) == Counts(saved=1)


@pytest.mark.parametrize("action", [save, delete, undelete])
@pytest.mark.parametrize("gone", ["purged", "discarded", "recording"])
def test_what_is_gone_is_said_to_be_gone(action: object, gone: str) -> None:
    box = make_box()
    letter = make_message(box, 1, state=gone)
    with pytest.raises(LetterGone):
        action(box, letter)  # type: ignore[operator]
    assert state(letter) == gone


@pytest.mark.parametrize("action", [save, delete, undelete])
def test_nobody_touches_the_messages_of_another_box(action: object) -> None:
    box, other = make_box(), make_box("tips")
    letter = make_message(other, 1)
    with pytest.raises(LetterGone):
        action(box, letter)  # type: ignore[operator]
    heard(box, letter)
    assert (state(letter), Message.get_by_id(letter).heard_at) == ("new", None)


def test_a_forwarded_message_is_a_copy_with_a_life_of_its_own(tmp_path: Path) -> None:
    box, to = make_box(), make_box("tips", transcribe=True)
    Recipient.create(mailbox=to.id, address="tips@paper.example")
    letter = make_message(box, 1, root=tmp_path, urgent=True, heard_at=MORNING)
    Transcript.create(message=letter, state="done", text="the road is closed", engine="vosk")
    comment = write_wav(tmp_path / "scratch" / "c.wav", speech(1))
    forward(tmp_path, box, letter, to, comment)
    (copy,) = page(to, tmp_path)
    assert (copy.forwarded_by, copy.urgent, copy.id != letter) == ("the desk", True, True)
    (tmp_path / Message.get_by_id(letter).path).unlink()
    row = Message.get_by_id(copy.id)
    assert (checksum(copy.path), copy.path.stat().st_size) == (row.sha256, row.size)
    assert copy.comment is not None
    assert copy.comment.read_bytes() == comment.read_bytes()
    assert (row.forwarded_from_id, row.heard_at) == (letter, None)
    assert Transcript.get_by_id(copy.id).text == "the road is closed"
    assert [d.address for d in Delivery.select()] == ["tips@paper.example"]


def test_a_message_whose_words_are_not_known_yet_is_listened_to_in_the_new_box(
    tmp_path: Path,
) -> None:
    box, to = make_box(), make_box("tips", language="zh")
    letter = make_message(box, 1, root=tmp_path)
    Transcript.create(message=letter, state="running", claimed_by="somebody")
    copy = forward(tmp_path, box, letter, to, None)
    waiting = Transcript.get_by_id(copy)
    assert (waiting.state, waiting.language, waiting.claimed_by) == ("waiting", "zh", "")


def test_what_cannot_be_forwarded_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    box, full = make_box(), make_box("tips", max_messages=0)
    letter = make_message(box, 1, root=tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BoxFull):
        forward(tmp_path, box, letter, full, None)
    with pytest.raises(BoxUnknown):
        forward(tmp_path, box, letter, Box(99, "gone"), None)
    with pytest.raises(LetterGone):
        forward(tmp_path, full, letter, box, None)
    assert sorted(tmp_path.rglob("*")) == before
    assert Message.select().count() == 1


def test_the_lamp_of_a_phone_shows_all_of_its_boxes() -> None:
    one, other = make_box(phones=["200", "201"]), make_box("tips", phones=["200"])
    make_box("dark")
    make_message(one, 1, urgent=True)
    make_message(other, 1, state="saved")
    assert lamps() == {"200": Counts(1, 1, 1, 0), "201": Counts(1, 0, 1, 0)}
