"""Which pieces a list shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from admin.rooms.wishes import LARGEST
from admin.views import MOST_PAGES
from lines.pieces import reviewing
from store.models import Piece
from store.models.expert import PieceState, Review

PAGE = 50
ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    review: str = Review.OPEN
    """One of `Review`, or `all`: those on air and those that are lost, too."""
    session: int | None = None
    page: int = 0


def read(given: Mapping[str, str]) -> Wanted:
    """What an address asks for; what makes no sense asks for the usual."""
    session = _number(given.get("session", ""))
    usual = ALL if session else Review.OPEN
    review = given.get("review", usual)
    if review not in (*Review, ALL):
        review = usual
    return Wanted(review, session or None, min(_number(given.get("page", "")), MOST_PAGES))


def found(wanted: Wanted) -> tuple[Sequence[Piece], bool]:
    """A page of them, and whether there are more."""
    everything = wanted.review == ALL
    rows = reviewing.listing(
        wanted.session,
        None if everything else Review(wanted.review),
        None if everything else PieceState.KEPT,
        PAGE + 1,
        wanted.page * PAGE,
    )
    return rows[:PAGE], len(rows) > PAGE


def _number(text: str) -> int:
    return min(int(text), LARGEST) if text.isascii() and text.isdigit() and len(text) < 12 else 0
