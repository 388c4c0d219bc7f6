"""The numbers that both switches are given: the laboratory's 100 to 104 and a few for the suite."""

from pathlib import Path

from tests.contract.sounds import Sounds
from tests.switches import Extension

NATIVE = "100"
PROGRAM = "102"
ECHO = "103"
ANSWERED_PROGRAM = "104"
ONE_CHANNEL = "105"
SYNCHRONOUS = "106"
REFUSED_WITH_MORE = "107"
REFUSED = "108"
BUSY = "109"
PARKED = "111"
NOTHING = "199"


def extensions(sounds: Sounds, socket_port: int, nobody: int) -> tuple[Extension, ...]:
    """`nobody` is a port where nothing listens."""
    program = f"127.0.0.1:{socket_port}"
    menu = f"1 1 3 5000 # {sounds.path('menu')} {sounds.path('menu')} choice \\d"
    play = ("playback", sounds.path("ok"))
    numbers: dict[str, list[tuple[str, str]]] = {
        NATIVE: [("answer", ""), ("play_and_get_digits", menu), play, ("hangup", "")],
        PROGRAM: [("socket", f"{program} async full")],
        ECHO: [("answer", ""), ("echo", "")],
        ANSWERED_PROGRAM: [("answer", ""), ("socket", f"{program} async full")],
        ONE_CHANNEL: [("socket", f"{program} async")],
        SYNCHRONOUS: [("answer", ""), ("socket", f"{program} full")],
        REFUSED_WITH_MORE: [
            ("answer", ""),
            ("socket", f"127.0.0.1:{nobody} async full"),
            play,
            ("hangup", ""),
        ],
        REFUSED: [("socket", f"127.0.0.1:{nobody} async full")],
        BUSY: [("hangup", "USER_BUSY")],
        PARKED: [("answer", ""), ("park", "")],
    }
    return tuple(
        Extension(f"number-{number}", f"^{number}$", tuple(actions))
        for number, actions in numbers.items()
    )


def recording(folder: Path, name: str) -> Path:
    """A fresh place for a recording."""
    path = folder / name
    path.unlink(missing_ok=True)
    return path
