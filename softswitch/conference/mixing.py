"""One tick of a room: everybody's sum, and from it what each member hears.

Whoever says nothing himself, has no relations and no volume of his own is given the very same
frame: it is clipped once, and encoded once (`media.g711`), however many listen.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from softswitch.conference.member import Member, Wide
from softswitch.media.frame import SILENCE, Samples


class Mix:
    def __init__(
        self,
        said: Mapping[int, Samples],
        played: Samples | None,
        unheard: Mapping[int, frozenset[int]],
    ) -> None:
        """`said`: by each member's number. `unheard`: by a listener's number, whom it misses."""
        self._said = {number: frame for number, frame in said.items() if frame is not SILENCE}
        self._unheard = unheard
        loud = [*self._said.values(), *([] if played is None else [played])]
        self._sum: Wide | None = np.sum(loud, axis=0, dtype=np.int32) if loud else None
        self.all: Samples = SILENCE if self._sum is None else clipped(self._sum)
        """What is heard by whoever says nothing."""

    def heard_by(self, number: int) -> Samples:
        missed = [self._said[n] for n in self._missed(number) if n in self._said]
        if self._sum is None or not missed:
            return self.all
        left = self._sum - missed[0]
        for frame in missed[1:]:
            left -= frame
        return clipped(left)

    def _missed(self, number: int) -> Sequence[int]:
        return [number, *(self._unheard.get(number, frozenset()) - {number})]


def spread(members: Sequence[Member], mix: Mix) -> None:
    for member in members:
        member.listen(mix.heard_by(member.number))


def clipped(wide: Wide) -> Samples:
    return np.clip(wide, -32768, 32767).astype(np.int16)
