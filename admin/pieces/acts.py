"""What a reviewer does with a piece, each from what a form gives."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from admin.access.roles import Permission
from admin.panel import the_panel
from lines.pieces import reviewing, transcribing
from lines.pieces.errors import PieceUnknown

from .marks import read_marks

Wish = Mapping[str, str]


class Act(NamedTuple):
    do: Callable[[str, Wish, str], None]
    """With the piece's id, what the form gives, and who does it. Raises `LinesError`, `Refused`."""
    needs: Permission = Permission.REVIEW_PIECES


def _title(id: str, wish: Wish, author: str) -> None:
    reviewing.entitle(id, wish.get("title", ""), author)


def _words(id: str, wish: Wish, author: str) -> None:
    reviewing.correct(id, wish.get("words", "").replace("\r\n", "\n"), author)


def _cut(id: str, wish: Wish, author: str) -> None:
    start, end = read_marks(wish)
    panel = the_panel()
    reviewing.cut(id, start, end, author, panel.home / "recordings", panel.air.sounds)


def _again(id: str, wish: Wish, author: str) -> None:
    if not transcribing.again(id):
        raise PieceUnknown(id)


ACTS: Final[Mapping[str, Act]] = {
    "title": Act(_title),
    "words": Act(_words),
    "cut": Act(_cut),
    "again": Act(_again),
    "approve": Act(lambda id, _, by: reviewing.approve(id, by), Permission.PUBLISH_PIECES),
    "reject": Act(lambda id, _, by: reviewing.reject(id, by), Permission.PUBLISH_PIECES),
    "reopen": Act(lambda id, _, by: reviewing.reopen(id, by), Permission.PUBLISH_PIECES),
}
