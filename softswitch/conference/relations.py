"""Who in a room does not hear whom, besides being mute or deaf (`conference … relate`)."""

from collections.abc import Iterator, Mapping

NOBODY: frozenset[int] = frozenset()


class Relations:
    """Set on the control loop; the media thread reads `unheard`, which is replaced as a whole."""

    def __init__(self) -> None:
        self.unheard: Mapping[int, frozenset[int]] = {}
        """By a listener's number, those whom it does not hear."""
        self._given: dict[tuple[int, int], tuple[bool, bool]] = {}

    def relate(self, one: int, other: int, *, speaks: bool, hears: bool) -> None:
        """Whether `one` is heard by, and hears, `other`."""
        self._given[one, other] = speaks, hears
        self._publish()

    def clear(self, one: int, other: int) -> None:
        """With 0 for `other`, all that was set for `one` (conference_member.c,
        conference_member_del_relationship)."""
        for pair in [p for p in self._given if p[0] == one and other in (0, p[1])]:
            del self._given[pair]
        self._publish()

    def told_of(self, number: int) -> Iterator[str]:
        """In the words of `relate` with only a member; 0 for all members."""
        for (one, other), (speaks, hears) in reversed(self._given.items()):
            if number in (0, one):
                words = ("SPEAK" if speaks else "NOSPEAK", "HEAR" if hears else "NOHEAR")
                yield f"{one} -> {other} {words[0]} {words[1]} NOSENDVIDEO \n"

    def __bool__(self) -> bool:
        return bool(self._given)

    def _publish(self) -> None:
        unheard: dict[int, set[int]] = {}
        for (one, other), (speaks, hears) in self._given.items():
            if not speaks:
                unheard.setdefault(other, set()).add(one)
            if not hears:
                unheard.setdefault(one, set()).add(other)
        self.unheard = {number: frozenset(others) for number, others in unheard.items()}
