"""Pieces as lines for a person; what callers gave is shown without what a terminal obeys."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from lines.pieces.wording import end_of, is_cut, words_of
from store.models import Piece, PieceEdit
from store.models.expert import PieceState

from ..home import Home
from ..step_line import one_line


def line_of(row: Piece, zone: tzinfo) -> str:
    """A piece in a list."""
    when = f"{row.begun_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    state = row.review if row.state == PieceState.KEPT else row.state
    seconds = end_of(row) - row.cut_start
    title = row.title or row.session.topic
    return one_line(
        f"{when}  {row.id}  session {row.session_id}  {seconds:.0f} s  {state}  {title}"
    )


def shown(row: Piece, edits: Iterable[PieceEdit], home: Home, zone: tzinfo) -> Iterator[str]:
    """All about one piece."""
    yield line_of(row, zone)
    for one in row.people:
        yield one_line(f"  {one['role']}  {one['name']} {one['number']}".rstrip())
    if row.contact_number:
        yield one_line(f"  the caller can be reached at {row.contact_number}; never published")
    if row.reason:
        yield one_line(f"  because: {row.reason}")
    if row.path:
        yield f"  sound  {home.recordings / row.path}"
    if is_cut(row):
        yield f"  cut  {row.cut_start:g} s to {end_of(row):g} s of {row.seconds:.1f} s"
    yield from _words(row)
    for edit in edits:
        at = f"{edit.at.astimezone(zone):%Y-%m-%d %H:%M}"
        yield one_line(f"  {at}  {edit.author}: {edit.what} {edit.value[:80]}".rstrip())


def _words(row: Piece) -> Iterator[str]:
    whose = "corrected" if row.corrected else row.transcript_state
    if whose:
        yield one_line(f"  words ({whose}): {words_of(row)}")
    for remark in filter(None, (row.transcript_note, row.transcript_error)):
        yield one_line(f"    {remark}")
