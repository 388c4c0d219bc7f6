"""Answers that were recorded and never sent go after a while. Blocks."""

from datetime import datetime, timedelta

from lines.experts.late import IN_PROGRESS, Folders
from store.database import translated
from store.models import LateAnswer
from store.models.expert import AnswerState

UNSENT_FOR = timedelta(days=1)
"""Nobody is still speaking then."""


@translated()
def tidy(folders: Folders, now: datetime) -> int:
    """How many files are gone. Raises `StoreAway`, `OSError`."""
    before = now - UNSENT_FOR
    begun = LateAnswer.state == AnswerState.RECORDING
    LateAnswer.delete().where(begun, LateAnswer.created_at < before).execute()
    found = list((folders.recordings / IN_PROGRESS).glob("*.wav"))
    old = [path for path in found if path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
