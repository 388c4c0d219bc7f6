"""The paper's own recordings: which there are, who plays them, and new ones."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import abort, flash, redirect, request, send_file, url_for
from flask_admin import expose
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from admin.records.languages import SPOKEN
from admin.views import PanelView
from store.models import ConferenceRoom, ExpertLine
from tts_asr.errors import SpeechError
from tts_asr.shelf import OnShelf, Shelf

from .by_phone import PhonePages, callable_people, usual_person


@dataclass(frozen=True, slots=True)
class Named:
    """A recording that something plays."""

    name: str
    users: Sequence[str]


class PromptsView(PhonePages, PanelView):
    see = Permission.SEE_RECORDS

    def __init__(self) -> None:
        super().__init__(
            name=lazy_gettext("Recordings"),
            category=lazy_gettext("Records"),
            endpoint="prompts",
            url="/records/prompts",
        )

    @expose("/")
    def index(self) -> str:
        shelf, users = _shelf().all(), _users()
        there = {recording.name for recording in shelf}
        missing = [Named(name, who) for name, who in users.items() if name not in there]
        return str(
            self.render(
                "prompts/index.html",
                shelf=[(recording, users.get(recording.name, ())) for recording in shelf],
                missing=missing,
                languages=SPOKEN,
                people=callable_people(),
                usual=usual_person(),
            )
        )

    @expose("/sound")
    def sound(self) -> Response:
        path = _found(request.args.get("name", ""), request.args.get("language", "")).path
        return send_file(path.absolute(), mimetype="audio/wav", conditional=True, max_age=0)

    @expose("/keep", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def keep(self) -> Response:
        """A sound file of any format, under a name that flows use."""
        sound = request.files.get("sound")
        if sound is None or not sound.filename:
            flash(_("Choose a sound file first."), "error")
            return _to_list()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sound"  # never by the name that the browser gives
            sound.save(path)
            return self._done("keep", path)

    def keep_take(self, path: Path) -> Response:
        """What was recorded by phone, under the name that the form says."""
        return self._done("keep", path)

    @expose("/change", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def change(self) -> Response:
        act = request.form.get("act", "")
        if act not in ("back", "remove"):
            abort(400)
        name = request.form.get("name", "")
        if act == "remove" and (users := _users().get(name)):
            named = ", ".join(users)
            flash(_("This is still in use, so it stays: %(users)s", users=named), "error")
            return _to_list()
        return self._done(act)

    def _done(self, act: str, *given: Path) -> Response:
        name, language = request.form.get("name", "").strip(), request.form.get("language", "")
        shelf = _shelf()
        acts: Mapping[str, Callable[..., None]] = {
            "keep": shelf.keep,
            "back": shelf.bring_back,
            "remove": shelf.remove,
        }
        work = acts[act]
        try:
            the_panel().records.aside(work, name, language, *given)
        except SpeechError as error:
            flash(_("Nothing was changed: %(why)s", why=str(error)), "error")
            return _to_list()
        record(act, "recording", f"{name} {language}".strip())
        flash(_("Callers hear it so from now on."), "success")
        return _to_list()


def _shelf() -> Shelf:
    return Shelf(the_panel().home / "own-prompts")


def _found(name: str, language: str) -> OnShelf:
    named = (one for one in _shelf().all() if (one.name, one.language) == (name, language))
    found = next(named, None)
    return found if found is not None else abort(404)


def _users() -> Mapping[str, Sequence[str]]:
    """Who plays which recording, in words."""
    found: dict[str, list[str]] = {}
    for name, flows in the_panel().records.recordings_named().items():
        found.setdefault(name, []).extend(_("flow %(name)s", name=flow) for flow in flows)
    for room in ConferenceRoom.select().where(ConferenceRoom.music != ""):
        found.setdefault(room.music, []).append(_("room %(name)s", name=room.name))
    for line in ExpertLine.select().where(ExpertLine.music != ""):
        found.setdefault(line.music, []).append(_("expert line %(name)s", name=line.name))
    return found


def _to_list() -> Response:
    return redirect(url_for("prompts.index"))
