"""Uploaded YAML files, each kept as the newest draft of the flow that it names."""

import re
from dataclasses import dataclass

from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from admin.access.current import user_name
from admin.audit import record
from admin.errors import Refused
from ivr_flows.reading import MAX_BYTES
from store import flows
from store.database import writing

from .given import flow_name, flow_text

NAMED = re.compile(r"^flow:[ \t]*[\"']?([^\s\"'#]+)", re.M)
LONGEST_FILE_NAME = 100


@dataclass(frozen=True, slots=True)
class Kept:
    file: str
    flow: str = ""
    version: int = 0
    """0: it was not kept."""
    fault: str = ""

    def __str__(self) -> str:
        if self.fault:
            return f"{self.file}: {self.fault}"
        words = gettext(
            "%(file)s: kept as version %(version)s of %(flow)s, not live yet.",
            file=self.file,
            version=self.version,
            flow=self.flow,
        )
        return str(words)


def take_in(file: FileStorage) -> Kept:
    """A file with mistakes in its flow is kept, too: the editor shows them."""
    called = (file.filename or gettext("a file without a name"))[:LONGEST_FILE_NAME]
    try:
        text = _text(file)
        name = _name(text)
    except Refused as refused:
        return Kept(called, fault=str(refused))
    note = gettext("imported from %(file)s", file=called)
    with writing():
        version = flows.save_draft(name, text, author=user_name(), note=note)
        record("import", "flow", name, None, {"version": version.number, "file": called})
    return Kept(called, name, version.number)


def _text(file: FileStorage) -> str:
    raw = file.stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise Refused(gettext("too large for a flow, at most %(most)s bytes", most=MAX_BYTES))
    try:
        return flow_text(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(gettext("this is no text in UTF-8")) from error


def _name(text: str) -> str:
    found = NAMED.search(text)
    if found is None:
        raise Refused(gettext("no line says which flow it is: flow: news-desk"))
    return flow_name(found.group(1))
