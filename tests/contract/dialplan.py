"""The numbers that both switches are given: the laboratory's 100 to 104 and a few for the suite."""

from pathlib import Path

from tests.contract.sounds import Sounds
from tests.switch_plan import Action, Extension

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
LAST_RESORT = "120"
PROGRAM_WITH_LAST_RESORT = "121"
NOTHING = "199"

# `$` alone also matches before a line's end at the end of the text, in either switch.
DIALLED = r"^[0-9*#+]{1,20}$(?!\n)"
CALLER = r"^\+?[0-9]{1,15}$(?!\n)"
UNKNOWN = "unknown"


def last_resort(notice: str, spool: Path, caller: str, dialled: str) -> tuple[Action, ...]:
    """What stands behind `socket`: a notice, a beep, and a recording that names its facts.

    Caller and dialled number stand in the file's name as they are, so the extension must have
    checked them: a number may hold slashes, dots, blanks and line ends.
    """
    file = f"{spool}/${{uuid}}_{caller}_{dialled}.wav"
    return (
        ("answer", ""),
        ("set", "enable_file_write_buffering=false"),
        ("playback", notice),
        ("playback", "tone_stream://%(400,0,1000)"),
        ("set", "playback_terminators=#"),
        ("record", f"{file} 120 200 5"),
        ("hangup", "NORMAL_CLEARING"),
    )


def with_last_resort(number: str, program: str, notice: str, spool: Path) -> tuple[Extension, ...]:
    """Three extensions: for a caller whose number is one, for any other, and for what is dialled
    and is no number."""
    facts = [
        (CALLER, f"(?=^{number}){DIALLED}", "${caller_id_number}", "${destination_number}"),
        ("", f"(?=^{number}){DIALLED}", UNKNOWN, "${destination_number}"),
        ("", f"^{number}", UNKNOWN, UNKNOWN),
    ]
    socket = ("socket", f"{program} async full")
    return tuple(
        Extension(
            f"number-{number}",
            match,
            (socket, *last_resort(notice, spool, caller, dialled)),
            pattern,
        )
        for pattern, match, caller, dialled in facts
    )


def extensions(sounds: Sounds, socket_port: int, nobody: int, spool: Path) -> tuple[Extension, ...]:
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
    plain = tuple(
        Extension(f"number-{number}", f"^{number}$", tuple(actions))
        for number, actions in numbers.items()
    )
    notice = sounds.path("menu")
    return (
        *plain,
        *with_last_resort(LAST_RESORT, f"127.0.0.1:{nobody}", notice, spool),
        *with_last_resort(PROGRAM_WITH_LAST_RESORT, program, notice, spool),
    )


def recording(folder: Path, name: str) -> Path:
    """A fresh place for a recording."""
    path = folder / name
    path.unlink(missing_ok=True)
    return path
