"""Writes `docs/permissions.md` from the panel: `python -m appliance.permissions_page`."""

import tempfile
from pathlib import Path

from flask import Flask

from admin.access.matrix import as_markdown

from .settings import Settings
from .sidecar import Sidecar

PAGE = Path(__file__).parent.parent / "docs" / "permissions.md"
HEAD = """\
# Who may do what in the panel

Made from the panel by `python -m appliance.permissions_page`; do not edit by hand.

A user has one role. Every page asks for one permission; a page that would ask for none is closed
to everybody. "Everybody" needs no sign-in; "signed in" is open to every role; "password shown" is
what is asked between the password and the panel. Messages are shown only of mailboxes that were
granted to the user, besides.

"""


def page(app: Flask) -> str:
    return f"{HEAD}{as_markdown(app)}"


def _write() -> None:
    from .panel import make_app  # patches the whole process: only where this is the process

    with tempfile.TemporaryDirectory() as folder:
        app = make_app(
            Settings.model_validate({"home": Path(folder)}), Sidecar("appliance.sidecar_tasks", "1")
        )
        PAGE.write_text(page(app), encoding="utf-8")


if __name__ == "__main__":
    _write()
