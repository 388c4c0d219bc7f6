"""Twenty callers, each a little further in the life of a message than the next."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from tests.end_to_end.box import Box
from tests.end_to_end.waiting import eventually
from tests.kill.caller import Caller, Stage
from tests.kill.texts import SHORT, texts

SIZE = 20
LIFE = 14.0
"""Seconds from a call to its message's mail, on a machine with nothing else to do."""
TEXTS = 3
LEAST_SPEAKING = 4
"""Callers who are killed in mid-sentence, each at another moment; mostly there are eight."""
_numbers = count(5_550_000)


class Crowd:
    def __init__(self, box: Box) -> None:
        self.box = box
        self.callers = [self._caller(number) for number in range(SIZE)]

    def _caller(self, number: int) -> Caller:
        first, second = texts()[number % TEXTS], texts(SHORT)[(number + 1) % TEXTS]
        return Caller(self.box, str(next(_numbers)), [first, second])

    def come(self, within: float) -> None:
        """One after the other, within so many seconds."""
        pause = threading.Event()
        for caller in self.callers:
            caller.start()
            pause.wait(within / SIZE)

    def meet(self, kill: Callable[[], object]) -> None:
        """All come; when the first is done, `kill` strikes each at another moment."""
        self.come(LIFE)
        self.wait_for_first()
        self.note_kill()
        kill()
        self.assert_spread()

    def wait_for_first(self) -> None:
        eventually(lambda: self.callers[0].stage is Stage.OVER, "the first caller is done", 60)

    def note_kill(self) -> None:
        """Now is the moment."""
        for caller in self.callers:
            caller.note_kill()

    def wait_over(self) -> None:
        for caller in self.callers:
            caller.wait_over()

    def give_up(self) -> None:
        for caller in self.callers:
            caller.give_up()

    def assert_spread(self) -> None:
        speaking = [c for c in self.callers if c.at_kill is Stage.SPEAKING]
        moments = {round(c.said[-1].at_kill, 1) for c in speaking}
        stages = Counter(c.at_kill for c in self.callers)
        assert len(moments) >= LEAST_SPEAKING, stages
        assert {Stage.SPEAKING, Stage.REVIEW} <= stages.keys(), stages


@contextmanager
def crowd(box: Box) -> Iterator[Crowd]:
    made = Crowd(box)
    try:
        yield made
    finally:
        made.give_up()
        for caller in made.callers:
            caller.close()
