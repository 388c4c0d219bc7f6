"""`/rooms/`: the conference rooms, with who is in them just now."""

from collections.abc import Mapping
from typing import Any

from flask_admin import expose
from flask_babel import lazy_gettext

from admin.errors import PanelError
from admin.panel import the_panel
from lines.rooms.lookup import rooms

from .live_room import LiveRoom


class Rooms(LiveRoom):
    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Conference rooms"),
            category=lazy_gettext("Air"),
            endpoint="rooms",
            url="/rooms",
        )

    @expose("/")
    def index(self) -> str:
        live, away = _live()
        return str(self.render("rooms/list.html", rooms=rooms(), live=live, away=away))


def _live() -> tuple[Mapping[str, Mapping[str, Any]], str]:
    """Rooms with somebody in them by name, and why that is not known."""
    try:
        found = the_panel().ask("rooms.live") or ()
    except PanelError as error:
        return {}, str(error)
    return {each["room"]: each for each in found}, ""
