"""The index of an exported mailbox, as CSV and as HTML. Callers' names and words are hostile."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape

from store.models import Message

COLUMNS = (
    "received", "caller", "name", "withheld", "urgent", "call back at", "seconds", "folder",
    "forwarded by", "transcript", "file", "comment",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run by spreadsheets (OWASP, CSV Injection)."""
BOM = "\ufeff"
"""Without it, Excel takes UTF-8 for something else."""
HEAD = """<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; }}
article {{ border-top: 1px solid #999; padding: 1rem 0; }} audio {{ width: 100%; }}
p {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
</style></head><body><h1>{title}</h1>
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message in the index."""

    received: datetime
    """In the paper's time zone."""
    cells: Sequence[str]
    """One for each of `COLUMNS`."""
    file: str
    """Its name in the archive; nothing of the caller's is in it."""
    path: str
    """Where its sound lies, relative to the voicemail folder."""
    comment: str = ""
    comment_path: str = ""


def entry_of(row: Message, text: str, zone: tzinfo) -> Entry:
    received = row.started_at.astimezone(zone)
    file = f"{received:%Y%m%d-%H%M%S}-{row.id}.wav"
    comment = f"comments/{file}" if row.comment_path else ""
    cells = (
        f"{received:%Y-%m-%d %H:%M:%S}",
        row.caller_number,
        row.caller_name,
        "yes" if row.withheld else "",
        "yes" if row.urgent else "",
        row.callback_number,
        f"{row.seconds:.1f}",
        row.state,
        row.forwarded_by,
        text,
        file,
        comment,
    )
    return Entry(received, cells, file, row.path, comment, row.comment_path)


def csv_lines(entries: Iterable[Entry]) -> Iterator[str]:
    yield BOM + _csv_line(COLUMNS)
    for entry in entries:
        yield _csv_line([_harmless(cell) for cell in entry.cells])


def html_lines(title: str, entries: Iterable[Entry]) -> Iterator[str]:
    yield HEAD.format(title=escape(title))
    for entry in entries:
        yield _article(entry)
    yield "</body></html>\n"


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _article(entry: Entry) -> str:
    told = dict(zip(COLUMNS, map(escape, entry.cells), strict=True))
    who = " ".join(filter(None, (told["caller"], told["name"]))) or "unknown"
    marks = [key for key in ("urgent", "withheld") if told[key]]
    if told["call back at"]:
        marks.append(f"call back at {told['call back at']}")
    sounds = "".join(
        f'<audio controls preload="none" src="{escape(file)}"></audio>'
        for file in (entry.comment, entry.file)
        if file
    )
    head = f"{told['received']} · {who} · {told['seconds']} s"
    return (
        f"<article><h2>{head}</h2>{', '.join(marks)}{sounds}<p>{told['transcript']}</p></article>\n"
    )
