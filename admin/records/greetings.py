"""What callers of a mailbox hear before the tone: words, or a recording of any format."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import abort, flash, request, send_file
from flask_admin import expose
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from store.models import Greeting, Mailbox
from store.models.mailbox import GreetingKind
from voicemail.boxes.greetings import set_greeting, set_greeting_text, take_greeting
from voicemail.boxes.lookup import as_box
from voicemail.errors import GreetingRefused


@dataclass(frozen=True, slots=True)
class Heard:
    """A greeting as the page shows it."""

    kind: str
    title: str
    text: str = ""
    is_recorded: bool = False
    changed_at: datetime | None = None


def kind_names() -> Mapping[GreetingKind, str]:
    return {
        GreetingKind.STANDARD: _("Usually"),
        GreetingKind.BUSY: _("When the line is busy"),
        GreetingKind.AWAY: _("While away"),
        GreetingKind.CLOSED: _("Outside its hours"),
    }


class GreetingPages:
    """Pages of a view whose rows are mailboxes."""

    row_or_404: Any
    to_details: Any

    def greetings_of(self, box: Mailbox) -> Sequence[Heard]:
        kept = {row.kind: row for row in Greeting.select().where(Greeting.mailbox == box)}
        return [
            Heard(kind, title, row.text, bool(row.path), row.changed_at)
            if (row := kept.get(kind))
            else Heard(kind, title)
            for kind, title in kind_names().items()
        ]

    @expose("/greeting", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def greeting_view(self) -> Response:
        row = self.row_or_404(request.form.get("id", ""))
        kind, act = request.form.get("kind", ""), request.form.get("act", "")
        try:
            _changed(row, kind, act)
        except GreetingRefused as error:
            flash(_("The greeting stays as it was: %(why)s", why=str(error)), "error")
        else:
            record("greeting", "mailbox", row.name, None, {"kind": kind, "act": act})
            flash(_("Callers hear the new greeting from their next call on."), "success")
        return self.to_details(row)  # type: ignore[no-any-return]

    @expose("/greeting-sound")
    def greeting_sound(self) -> Response:
        row = self.row_or_404(request.args.get("id", ""))
        kind = request.args.get("kind", "")
        found = Greeting.get_or_none((Greeting.mailbox == row) & (Greeting.kind == kind))
        path = _folder() / found.path if found and found.path else None
        if path is None or not path.is_file():
            abort(404)
        return send_file(path.absolute(), mimetype="audio/wav", conditional=True, max_age=0)


def _changed(row: Mailbox, kind: str, act: str) -> None:
    """Raises `GreetingRefused`."""
    box = as_box(row)
    if act == "upload":
        _uploaded(box, kind, request.files.get("sound"))
    elif act == "remove":
        take_greeting(box, kind)
    else:
        set_greeting_text(box, kind, request.form.get("text", ""))


def _uploaded(box: Any, kind: str, sound: FileStorage | None) -> None:
    if sound is None or not sound.filename:
        raise GreetingRefused(_("choose a sound file first"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound"  # never by the name that the browser gives
        sound.save(path)
        the_panel().records.aside(set_greeting, _folder(), box, kind, path)


def _folder() -> Path:
    return the_panel().home / "voicemail"
