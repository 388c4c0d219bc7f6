"""Waits until the box has come to rest: nothing is open, on its way, or without a row."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.end_to_end.box import Box
from tests.end_to_end.waiting import eventually

LIMIT = 150.0
"""Seconds. The box looks for lost messages four times a minute, for lost jobs once a minute."""
OPEN: Mapping[str, str] = {
    "calls without their end": "SELECT uuid FROM call WHERE ended_at IS NULL",
    "messages being recorded": "SELECT id FROM message WHERE state = 'recording'",
    "transcripts to be made": "SELECT message_id FROM transcript WHERE state <> 'done'",
    "messages to be told": "SELECT message_id FROM delivery WHERE state <> 'sent'",
}
FOLDERS = (Path("voicemail") / "in-progress", Path("spool") / "calls")
ASIDE = "discarded"
ALL_THERE = "0 missing or changed, 0 files in no row"


def settle(box: Box) -> None:
    """Raises AssertionError with what is still open."""
    try:
        eventually(lambda: not list(unsettled(box)), "the box has come to rest", LIMIT)
    except AssertionError as error:
        raise AssertionError(f"{error}: {list(unsettled(box))}\n{box.said()}") from error


def unsettled(box: Box) -> Iterator[str]:
    for what, sql in OPEN.items():
        if found := box.ledger.ask(sql):
            yield f"{what}: {found}"
    for folder in FOLDERS:
        if files := sorted(path.name for path in (box.home / folder).iterdir()):
            yield f"in {folder}: {files}"


def assert_no_file_is_strange(box: Box) -> None:
    """Each recording belongs to a message, and each message has its own; the box says so too."""
    root = box.home / "voicemail"
    known = {row[0] for row in box.ledger.ask("SELECT path FROM message WHERE path <> ''")}
    found = {str(path.relative_to(root)) for path in root.rglob("*.wav")}
    assert {name for name in found if not name.startswith(ASIDE)} == known
    assert ALL_THERE in box.done("ledger")
