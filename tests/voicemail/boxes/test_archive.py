"""Messages that are dealt with: kept for good, out of the way."""

from datetime import timedelta
from pathlib import Path

import pytest

from store.message_search import index
from store.models import Message, MessageIndex, MessageNote
from tests.voicemail.stored import MORNING, make_box, make_message, state
from voicemail.boxes import archive, counts, delete, mark_new, save, undelete
from voicemail.boxes.records import remove
from voicemail.errors import BoxNotEmpty, LetterGone
from voicemail.housekeeping import ledger, tidy
from voicemail.ports import Counts

pytestmark = pytest.mark.usefixtures("store")


def test_what_is_archived_fills_no_mailbox_and_comes_back() -> None:
    box = make_box()
    message = make_message(box, 1)
    archive(box, message)
    archive(box, message)
    assert (state(message), counts(box)) == ("archived", Counts())
    save(box, message)
    assert (state(message), counts(box)) == ("saved", Counts(saved=1))
    mark_new(box, message)
    assert (state(message), counts(box)) == ("new", Counts(new=1))


def test_what_was_deleted_from_the_archive_comes_back_to_it() -> None:
    box = make_box()
    message = make_message(box, 1, state="archived")
    delete(box, message)
    undelete(box, message)
    assert state(message) == "archived"


def test_nobody_archives_what_is_deleted() -> None:
    box = make_box()
    message = make_message(box, 1, state="deleted")
    with pytest.raises(LetterGone):
        archive(box, message)
    with pytest.raises(LetterGone):
        mark_new(box, message)


def test_the_archive_is_never_tidied_away_and_its_files_are_missed(tmp_path: Path) -> None:
    box = make_box(keep_days=1)
    message = make_message(box, 1, root=tmp_path, state="archived", changed_at=MORNING)
    assert tidy(tmp_path, MORNING + timedelta(days=999)).messages == 0
    (tmp_path / Message.get_by_id(message).path).unlink()
    losses = [finding.message for finding in ledger(tmp_path).findings if finding.is_loss]
    assert losses == [message]


def test_a_mailbox_with_an_archive_is_not_removed_by_the_way() -> None:
    box = make_box()
    message = make_message(box, 1, state="archived")
    with pytest.raises(BoxNotEmpty):
        remove(box.name)
    remove(box.name, with_messages=True)
    assert state(message) == "deleted"


def test_notes_and_the_index_go_with_the_voice(tmp_path: Path) -> None:
    box = make_box()
    message = make_message(box, 1, root=tmp_path, state="deleted", changed_at=MORNING)
    MessageNote.create(message=message, text="a secret")
    index(message)
    tidy(tmp_path, MORNING + timedelta(days=8))
    assert MessageNote.select().count() == 0
    assert MessageIndex.select().count() == 0
