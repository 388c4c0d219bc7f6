"""The page `/phone/`: call a number of the house from the browser."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify
from flask_admin import expose
from flask_babel import gettext, lazy_gettext

from admin.access.current import current_user, may
from admin.access.guard import needs
from admin.access.roles import Permission
from admin.errors import Refused
from admin.panel import the_panel
from admin.policy import may_connect_to
from admin.views import PanelView

from .numbers import number_of
from .words import WORDS


class Phone(PanelView):
    see = Permission.USE_BROWSER_PHONE

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Phone"),
            category=lazy_gettext("Flows"),
            endpoint="phone",
            url="/phone",
        )

    @expose("/")
    def page(self) -> str:
        phones = the_panel().phones
        may_connect_to(phones.url)
        user = current_user()
        return str(
            self.render(
                "browser_phone/page.html",
                missing=phones.missing,
                url=phones.url,
                number=number_of(user) if user is not None else "",
                words={name: str(words) for name, words in WORDS.items()},
                live=may(Permission.SEE_CALLS),
            )
        )

    @expose("/pass", methods=("POST",))
    def give_pass(self) -> Response:
        """A pass of some minutes, made for whoever is signed in: nothing of it is kept."""
        phones, user = the_panel().phones, current_user()
        if user is None or phones.missing:
            raise Refused(gettext("This box has no phone for browsers."))
        made = phones.give(number_of(user), user.title or user.name)
        given: dict[str, Any] = {"user": made.user, "secret": made.secret, "seconds": made.seconds}
        answer = jsonify(given)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @expose("/steps/<call>")
    @needs(Permission.SEE_CALLS)
    def steps(self, call: str) -> Response:
        """What a live call went through so far; nothing of one that is over."""
        found = the_panel().ask("calls.trace", call=call) or {}
        return jsonify(steps=[_step(step) for step in found.get("trace", ())])


def _step(step: Mapping[str, Any]) -> dict[str, str]:
    return {"place": f"{step['flow']}: {step['step']}", "detail": step["detail"]}
