"""The messages of a folder, fetched by page as the person on the line comes to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from voicemail.access.visit import Visit
from voicemail.ports import PAGE, Folder, Letter


@dataclass(slots=True)
class Pile:
    """In the order in which they are heard; others may come, go and be moved meanwhile."""

    visit: Visit
    folder: Folder
    _letters: list[Letter] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _complete: bool = False

    def at(self, place: int) -> Letter | None:
        """Message number `place`, from 0; None behind the last. Raises `MailroomAway`."""
        skip = self._still_there()
        while place >= len(self._letters) and not self._complete:
            skip += self._take_page(skip)
        return self._letters[place] if place < len(self._letters) else None

    def newcomers(self) -> int:
        """How many are found that were not known yet: `at` has them then.

        All is looked through again: an urgent one stands before those that were heard, and what
        others took out meanwhile has moved the pages.
        """
        known = len(self._letters)
        skip, self._complete = 0, False
        while not self._complete:
            skip += self._take_page(skip)
        return len(self._letters) - known

    def _take_page(self, skip: int) -> int:
        page = self.visit.room.letters(self.visit.box, self.folder, skip)
        fresh = [letter for letter in page if letter.id not in self._ids]
        self._letters += fresh
        self._ids.update(letter.id for letter in fresh)
        self._complete = len(page) < PAGE
        return len(page)

    def _still_there(self) -> int:
        """How many of the known ones are in the folder still: the next page begins after them."""
        moved = self.visit.saved if self.folder is Folder.NEW else frozenset[str]()
        return sum(
            letter.id not in self.visit.deleted and letter.id not in moved
            for letter in self._letters
        )


@dataclass(frozen=True, slots=True)
class Bin:
    """What was deleted in this visit."""

    letters: Sequence[Letter]

    def at(self, place: int) -> Letter | None:
        return self.letters[place] if place < len(self.letters) else None

    def newcomers(self) -> int:
        return 0
