"""The pages `/inbox/`: the list of messages, and one message."""

from typing import Any

from flask import request
from flask_admin import expose
from flask_babel import lazy_gettext

from admin.access.roles import Permission
from admin.panel import the_panel
from admin.views import PanelView

from .access import message_of, sight
from .finding import find, new_ones
from .one import read_one
from .row import rows_of
from .telling import box_title, caller, length, number_of, state_words
from .wanted import NOBODYS, STATES, Wanted, as_args, read_wanted


class Inbox(PanelView):
    see = Permission.SEE_MESSAGES

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Messages"),
            category=lazy_gettext("Newsroom"),
            endpoint="inbox",
            url="/inbox",
        )

    @expose("/")
    def index(self) -> str:
        seen = sight()
        wanted = read_wanted(request.args, seen)
        found = find(wanted, the_panel().zone)
        return self._page(
            "inbox/list.html",
            wanted=wanted,
            rows=rows_of(found.messages, wanted.sought),
            after=found.after,
            sight=seen,
            fresh=new_ones(seen),
            titles={box.id: box_title(box) for box in seen.boxes},
            address=_address_of(wanted),
        )

    @expose("/message/<id>")
    def message(self, id: str) -> str:
        return self._page("inbox/message.html", one=read_one(message_of(id)))

    def _page(self, template: str, **facts: Any) -> str:
        words = {
            "box_title": box_title,
            "caller": caller,
            "length": length,
            "number_of": number_of,
            "state_words": state_words(),
            "states": STATES,
            "nobodys": NOBODYS,
        }
        return str(self.render(template, **words, **facts))


def _address_of(wanted: Wanted) -> Any:
    """For links of the page: the same list, but for what is given."""

    def address(**other: str) -> Any:
        return as_args(wanted, **other)

    return address
