"""A process's signs of life, from the loop that does its work (softswitch/service.py).

The file of `pulse` is read by people and monitors; this is heard by whoever starts the process
anew: systemd, or `pressline up`.
"""

import gevent

from softswitch.service import ALIVE, READY, STOPPING, beat_every, tell


def ready() -> None:
    """What the process is for can be had from now on."""
    tell(READY)


def keep_beating() -> None:
    """From gevent's loop."""
    if every := beat_every():
        gevent.spawn(_beat, every)


def alive() -> None:
    """For a process whose loop is not gevent's: one beat."""
    tell(ALIVE)


def stopping() -> None:
    """What follows has its own time limit."""
    tell(STOPPING)


def _beat(every: float) -> None:
    while True:
        tell(ALIVE)
        gevent.sleep(every)
