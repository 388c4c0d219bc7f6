"""A mailbox as one ZIP, for whoever may hear it."""

import tempfile
from datetime import UTC, datetime
from typing import IO, cast

from flask import Blueprint, Response, send_file

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from voicemail.housekeeping import export as write_zip

from .access import box_of
from .answer import told
from .aside import aside
from .one import voicemail_folder

page = Blueprint("inbox_export", __name__, url_prefix="/inbox/box/<int:box>")


@page.post("/export")
@needs(Permission.HANDLE_MESSAGES)
def export(box: int) -> Response:
    name, root, zone = box_of(box).name, voicemail_folder(), the_panel().zone
    # In the home: a large mailbox may not fit where temporary files usually lie.
    file = cast(IO[bytes], tempfile.TemporaryFile(dir=the_panel().home))  # noqa: SIM115  (sent later)
    with told():
        count = aside(lambda: write_zip(root, name, file, zone))
    record("export", "mailbox", box, None, {"mailbox": name, "messages": count})
    file.seek(0)
    today = datetime.now(UTC).astimezone(zone)
    return send_file(
        file,
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{name}-{today:%Y-%m-%d}.zip",
    )
