"""`make outages`: everything dies, hangs and is restarted in turn while forty callers are there.

`python -m tests.kill.outages [--switch embedded] [--page docs/outages.md] [part/how …]` prints a
line for each, and keeps it in the table of the page.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.end_to_end.box import Box
from tests.kill.furnishing import furnish
from tests.kill.outage import CALLS, SIGNALS, Met, Outage
from tests.kill.witness import End

SWITCHES = ("freeswitch", "embedded")
PARTS = (
    "callbox",
    "switch",
    "sidecar",
    "mailboxes",
    "switchboard",
    "worker",
    "panel",
    "webphone",
)
LONGEST = 3.0
"""Seconds of silence that nobody may meet."""
ENDS = (End.WENT_ON, End.NOTICE, End.SENT, End.ENDED, End.DEAD, End.REFUSED, End.NEVER)
HEADINGS = (
    "switch",
    "what",
    *ENDS,
    "longest silence",
    "messages spoken",
    "lost",
    "well again after",
)
_LINE = re.compile(
    rf"^\| (?P<switch>\w+) +\| (?P<what>\w+ (?:{'|'.join(SIGNALS)})) +\|.*\|$", re.MULTILINE
)


def main() -> None:
    options = _options()
    failed = False
    for switch in options.switch or SWITCHES:
        with running(switch) as box:
            for part, how in _wanted(options.names):
                met = Outage(box, part, how).run()
                line = _row((switch, f"{part} {how}", *cells(met)))
                print(line, flush=True)
                failed |= bool(faults(met, part))
                if options.page:
                    keep(options.page, switch, f"{part} {how}", line)
    sys.exit(failed)


def faults(met: Met, part: str) -> list[str]:
    """What may not be. FreeSWITCH refuses calls until it has started (mod_sofia.c waits there)."""
    found = []
    if met.silence > LONGEST:
        found.append(f"somebody met silence for {met.silence:.1f} s")
    if met.lost:
        found.append(f"{met.lost} messages are lost")
    if part != "switch" and (refused := met.ends[End.REFUSED]):
        found.append(f"{refused} callers were refused")
    if never := met.ends[End.NEVER]:
        found.append(f"{never} callers were never answered")
    return found


def cells(met: Met) -> Sequence[str]:
    ends = [str(met.ends[end] or "–") for end in ENDS]
    return (
        *ends,
        f"{met.silence:.1f} s",
        str(met.spoken),
        str(met.lost),
        f"{met.back_after:.0f} s",
    )


def keep(page: Path, switch: str, what: str, line: str) -> None:
    """In place of the line that tells of the same, or behind all others."""
    text = page.read_text(encoding="utf-8")
    for found in _LINE.finditer(text):
        if (found["switch"], found["what"]) == (switch, what):
            text = text.replace(found[0], line)
            break
    else:
        last = max((found.end() for found in _LINE.finditer(text)), default=_table_end(text))
        text = f"{text[:last]}\n{line}{text[last:]}"
    page.write_text(text, encoding="utf-8")


def _table_end(text: str) -> int:
    head = f"{_row(HEADINGS)}\n{_row(['---'] * len(HEADINGS))}"
    return text.index(head) + len(head)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _wanted(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for part in PARTS:
        for how in SIGNALS:
            if not names or f"{part}/{how}" in names:
                yield part, how


@contextmanager
def running(switch: str) -> Iterator[Box]:
    """A box that takes messages."""
    with tempfile.TemporaryDirectory(prefix="outages-") as folder:
        box = Box(Path(folder) / "home", switch, workers="2", last_resort_box="killed")
        try:
            furnish(box)
            box.start()
            with guarded(box):
                yield box
        finally:
            box.close()


@contextmanager
def guarded(box: Box) -> Iterator[None]:
    """As systemd runs it beside FreeSWITCH."""
    if box.freeswitch is None:
        yield
        return
    pid_file = box.freeswitch.plan.home / "run" / "freeswitch.pid"
    assert pid_file.exists(), pid_file
    command = [sys.executable, "-m", "appliance.switch_guard", str(pid_file)]
    with subprocess.Popen(command, env=box.environment) as guard:
        try:
            yield
        finally:
            guard.terminate()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.kill.outages", description=f"What {CALLS} callers meet."
    )
    parser.add_argument("--switch", action="append", choices=SWITCHES, help="both, if not given")
    parser.add_argument("--page", type=Path, help="the page whose table keeps the lines")
    known = [f"{part}/{how}" for part in PARTS for how in SIGNALS]
    parser.add_argument("names", nargs="*", metavar="part/how", help=f"of {', '.join(known)}")
    options = parser.parse_args()
    if unknown := set(options.names) - set(known):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    main()
