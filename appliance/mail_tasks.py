"""The mailboxes' sidecar: what of them blocks. `python -m appliance.mail_tasks N FD`."""

import sys
from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from store import database
from store.jobs import MessageDiscarded, MessageKept
from tts_asr.sound_facts import facts
from voicemail import boxes
from voicemail.housekeeping import room
from voicemail.keeping import discard, keep, salvage
from voicemail.keeping.spool import Line
from voicemail.ports import Door, Said

from . import logs
from .dialling import dialling_tasks
from .home import Home
from .settings import Settings, load
from .sidecar_child import serve


def door(settings: Settings, folder: Path, asked: str, greeting: str) -> Door:
    now = datetime.now(settings.time_zone)
    return boxes.door(folder, asked, greeting, now, has_room=room(folder))


def said(path: Path) -> Said:
    """What is in a finished recording."""
    found = facts(path)
    return Said(found.seconds, found.spoken_seconds)


def lost(
    settings: Settings,
    folder: Path,
    spool: Path,
    living: Collection[str],
    before: datetime,
    box: str,
) -> list[MessageKept | MessageDiscarded]:
    """Messages that were cut off; `living` are the calls that somebody still serves."""
    # Here, since the callbox waits for this process to start.
    from .book import load_book
    from .line_facts import line_of

    book = cache(load_book)  # read when the switch has recorded something by itself

    def line(dialled: str, at: datetime) -> Line:
        return line_of(book(), settings.time_zone, box, dialled, at)

    return salvage(folder, spool, living.__contains__, before, box, line)


def main(threads: str, descriptor: str) -> None:
    logs.set_up()
    settings = load()
    home = Home(settings.home)
    folder = home.voicemail.absolute()
    database.connect(settings.store_url)
    tasks: dict[str, Callable[..., Any]] = {
        "door": partial(door, settings, folder),
        "said": said,
        "keep": partial(keep, folder),
        "discard": partial(discard, folder),
        "salvage": partial(lost, settings, folder, home.spool.absolute()),
        "find": boxes.find,
        "sign_in": boxes.sign_in,
        "counts": boxes.counts,
        "lamps": boxes.lamps,
        "letters": partial(boxes.letters, folder, settings.time_zone),
        "heard": boxes.heard,
        "save": boxes.save,
        "delete": boxes.delete,
        "undelete": boxes.undelete,
        "forward": partial(boxes.forward, folder),
        "set_greeting": partial(boxes.set_greeting, folder),
        "set_away": boxes.set_away,
        "set_pin": boxes.set_pin,
        **dialling_tasks(settings),
    }
    serve(tasks, int(descriptor), int(threads))


if __name__ == "__main__":
    main(*sys.argv[1:])
