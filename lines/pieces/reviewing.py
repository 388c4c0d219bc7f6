"""What editors do with pieces; each act is remembered with its author. All of it blocks.

All raise `StoreAway`, and those that are given an id `PieceUnknown`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lines.pieces.errors import CutRefused, PieceNotReady, PieceUnknown
from lines.pieces.sounds import PieceSounds
from lines.pieces.transcribing import LONGEST_TEXT
from lines.pieces.wording import betrays, words_of
from store.database import translated, writing
from store.fields import clean, now
from store.models import ExpertSession, Piece, PieceEdit
from store.models.expert import PieceState, Review

LEAST_SECONDS = 1.0
"""What is left after a cut; shorter ones are a slip of the hand."""
LEAST_SPOKEN = 0.3
"""Seconds of speech between the marks."""


@translated()
def listing(
    session: int | None = None,
    review: Review | None = None,
    state: PieceState | None = PieceState.KEPT,
    limit: int = 50,
    skip: int = 0,
) -> Sequence[Piece]:
    """Pieces, newest first; those of one session in the order in which they were spoken."""
    found = Piece.select(Piece, ExpertSession).join(ExpertSession)
    if session is not None:
        found = found.where(Piece.session == session)
    if review is not None:
        found = found.where(Piece.review == review)
    if state is not None:
        found = found.where(Piece.state == state)
    order = Piece.begun_at if session is not None else Piece.begun_at.desc()
    return list(found.order_by(order, Piece.id).offset(skip).limit(limit))


@translated()
def piece(id: str) -> Piece:
    found = Piece.get_or_none(Piece.id == id)
    if found is None:
        raise PieceUnknown(id)
    return found


@translated()
def edits(id: str) -> Sequence[PieceEdit]:
    """What was done with a piece, the oldest first."""
    return list(PieceEdit.select().where(PieceEdit.piece == piece(id)).order_by(PieceEdit.id))


@translated()
def correct(id: str, text: str, author: str) -> None:
    """The wording that readers see; an empty one gives back the machine's. Raises
    `PieceNotReady` when readers see it, and it tells who the caller is."""
    text = clean(text.strip(), LONGEST_TEXT)
    _write(id, {"corrected": text}, "text", text, author)


@translated()
def entitle(id: str, title: str, author: str) -> None:
    """An empty one gives back the session's topic. Raises as `correct`."""
    title = clean(" ".join(title.split()), 200)
    _write(id, {"title": title}, "title", title, author)


@translated()
def cut(
    id: str, start: float, end: float | None, author: str, folder: Path, sounds: PieceSounds
) -> None:
    """Readers hear what is between the marks, in seconds; None for its end. `folder` is that of
    the recordings. Raises `CutRefused`, and as `correct`."""
    found = piece(id)
    until = found.seconds if end is None else end
    # NaN is not within any bounds.
    if not 0 <= start < until <= found.seconds:
        raise CutRefused(start, end, f"it must lie between 0 and {found.seconds:.2f} s")
    if until - start < LEAST_SECONDS:
        raise CutRefused(start, end, f"at least {LEAST_SECONDS:g} s must be left")
    if sounds.spoken(folder / found.path, start, until) < LEAST_SPOKEN:
        raise CutRefused(start, end, "nothing is said there")
    _write(id, {"cut_start": start, "cut_end": end}, "cut", f"{start:g} {until:g}", author)


@translated()
def approve(id: str, author: str) -> None:
    """It is to be published. Raises `PieceNotReady`."""
    _judge(id, Review.APPROVED, author)


@translated()
def reject(id: str, author: str) -> None:
    """It is not to be published; if it was, it vanishes."""
    _judge(id, Review.REJECTED, author)


@translated()
def reopen(id: str, author: str) -> None:
    """Neither approved nor rejected; if it was published, it vanishes."""
    _judge(id, Review.OPEN, author)


def _judge(id: str, review: Review, author: str) -> None:
    author = clean(author, 100)
    verdict = {"review": review, "reviewed_by": author, "reviewed_at": now()}
    _write(id, verdict, review.value, "", author)


def _write(id: str, facts: dict[str, Any], what: str, value: str, author: str) -> None:
    with writing():
        Piece.update({**facts, "changed_at": now()}).where(Piece.id == id).execute()
        changed = piece(id)
        PieceEdit.create(piece=changed, what=what, value=value, author=clean(author, 100))
        if changed.review == Review.APPROVED:
            _check(changed)  # undoes all of it


def _check(approved: Piece) -> None:
    if approved.state != PieceState.KEPT:
        raise PieceNotReady(approved.id, "there is no recording of it")
    if reason := betrays(approved, f"{approved.title}\n{words_of(approved)}"):
        raise PieceNotReady(approved.id, f"{reason}; correct it first")
