"""A mark of the messages changes with everything that people see of them."""

from pathlib import Path

import pytest

from store import marks
from store.models import Correction, Message, Transcript
from store.models.message import MessageState, TranscriptState
from tests.voicemail.left import leave, mailbox

pytestmark = pytest.mark.usefixtures("store")


def test_the_mark_stays_while_nothing_happens(tmp_path: Path) -> None:
    leave(mailbox(), tmp_path)
    assert marks.messages() == marks.messages()


def test_a_new_message_changes_the_mark(tmp_path: Path) -> None:
    before = marks.messages()
    leave(mailbox(), tmp_path)
    assert marks.messages() != before


def test_what_people_and_machines_do_with_a_message_changes_the_mark(tmp_path: Path) -> None:
    message = leave(mailbox(), tmp_path)
    seen = {marks.messages()}
    Message.update(state=MessageState.SAVED).execute()
    seen.add(marks.messages())
    Transcript.insert(message=message).on_conflict_ignore().execute()
    Transcript.update(state=TranscriptState.RUNNING).execute()
    seen.add(marks.messages())
    Transcript.update(state=TranscriptState.DONE).execute()
    seen.add(marks.messages())
    Correction.create(message=message, text="the road")
    seen.add(marks.messages())
    assert len(seen) == 5
