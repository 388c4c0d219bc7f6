"""Conference rooms: their numbers, their rules, and the PINs of their roles."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import abort, request
from flask_admin import expose
from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from admin.access.guard import needs
from admin.access.roles import Permission
from admin.audit import record
from admin.panel import the_panel
from ivr_flows.ports import Role
from lines.errors import PinRefused
from lines.rooms import interchange, records
from lines.rooms.lookup import PINS, numbers_of
from lines.rooms.signing_in import new_pin, set_pin, take_pin
from store.database import writing
from store.errors import Mistake
from store.fields import now
from store.models import ConferenceRoom, Meeting
from store.models.meeting import MeetingState
from store.models.room import Announce

from . import cells, pins
from .entry_view import EntryForm, EntryView
from .fields import ChoiceField, ListField, NumberField, TextField, TickField
from .labels import LABELS
from .languages import language_field
from .names import name_field

OPEN = [
    ("", _("nobody comes in without a PIN")),
    ("listener", _("as a listener")),
    ("speaker", _("as a speaker")),
]
ANNOUNCED = [
    (Announce.TONE.value, _("by a tone")),
    (Announce.NAME.value, _("by name: everybody says theirs first")),
    (Announce.NONE.value, _("not at all")),
]


def role_names() -> Mapping[Role, str]:
    return {
        Role.LISTENER: gettext("Listeners"),
        Role.SPEAKER: gettext("Speakers"),
        Role.MODERATOR: gettext("Moderators"),
    }


class RoomForm(EntryForm):
    name = name_field(_("Flows call the room by it, for instance planning. It stays as it is."))
    title = TextField(
        _("Full name"), description=_("What callers hear it called: the planning conference.")
    )
    numbers = ListField(_("Numbers"), description=_("What callers key for it: 701, 702."))
    language = language_field(_("In which the room speaks to everybody."))
    open = ChoiceField(
        _("Without a PIN"),
        choices=OPEN,
        description=_("As what callers come in who key no PIN; a moderator always needs one."),
    )
    wait_for_moderator = TickField(
        _("Waits for the moderator"),
        description=_("Until then nobody hears anybody; there is music."),
    )
    ends_with_moderator = TickField(
        _("Ends with the moderator"),
        description=_("When the last moderator leaves, everybody is shown out."),
    )
    announce = ChoiceField(
        _("Who comes and goes"),
        choices=ANNOUNCED,
        description=_("How the others are told of it."),
    )
    muted = TickField(
        _("Come in muted"), description=_("Speakers unmute themselves by a key of their phone.")
    )
    most_members = NumberField(
        _("Most members"), default="50", description=_("From 2 to 400; the next one waits.")
    )
    record = TickField(
        _("Recorded"), description=_("All that is said is kept; everybody is told first.")
    )
    music = TextField(
        _("Music"),
        description=_("One of the paper's own recordings, by name, for whoever waits. Optional."),
    )


class RoomRecordsView(EntryView):
    subject = "room"
    form = RoomForm
    column_list = ("name", "title", "numbers", "open", "most_members", "language")
    column_searchable_list = ("name", "title")
    column_sortable_list = ("name", "title", "language", "most_members")
    column_default_sort = "name"
    column_labels = LABELS
    column_details_list = (
        "name", "title", "numbers", "language", "open", "wait_for_moderator",
        "ends_with_moderator", "announce", "muted", "most_members", "record", "music",
    )  # fmt: skip
    column_formatters: ClassVar[dict[str, Any]] = {
        "numbers": lambda view, context, row, name: ", ".join(numbers_of(row)),
        "open": lambda view, context, row, name: str(dict(OPEN).get(row.open, "")),
        "announce": lambda view, context, row, name: str(dict(ANNOUNCED).get(row.announce, "")),
        "language": cells.language,
    }
    details_template = "records/room.html"

    def __init__(self) -> None:
        super().__init__(
            ConferenceRoom,
            name=lazy_gettext("Rooms and PINs"),
            category=lazy_gettext("Records"),
            endpoint="room-records",
            url="/records/rooms",
        )

    def look(self, name: str, facts: Mapping[str, Any]) -> tuple[Any, Sequence[Mistake]]:
        content = interchange.gather({interchange.SECTION: {name: facts}}, "")
        return next(iter(content.entries), None), content.mistakes

    def keep(self, entry: Any) -> None:
        records.keep([entry])

    def entry(self, name: str) -> Any:
        return records.entries()[name]

    def remove(self, name: str) -> None:
        records.remove(name)

    def uses(self, row: Any) -> Sequence[str]:
        flows = the_panel().records.flows_needing("room", [row.name, *numbers_of(row)])
        is_open = (Meeting.state == MeetingState.SCHEDULED) & (Meeting.starts_at > now())
        meetings = Meeting.select().where((Meeting.room == row) & is_open).limit(5)
        return [
            *(gettext("flow %(name)s", name=flow) for flow in flows),
            *(gettext("meeting %(title)s", title=meeting.title) for meeting in meetings),
        ]

    def render(self, template: str, **given: Any) -> str:
        if template == self.details_template:
            row = given["model"]
            named = role_names().items()
            given["pins"] = [
                (str(role), name, bool(getattr(row, PINS[role]))) for role, name in named
            ]
        return str(super().render(template, **given))

    @expose("/pin", methods=("POST",))
    @needs(Permission.EDIT_RECORDS)
    def pin_view(self) -> str | Response:
        """A role's PIN: one that somebody chose, one that is made up, or none any more."""
        row = self.row_or_404(request.form.get("id", ""))
        role = _role(request.form.get("role", ""))
        with writing():
            answer = _new_pin(row.name, role, request.form.get("act", ""))
            if not answer.fault:
                record("pin", self.subject, row.name, None, {"role": str(role)})
        return pins.answered(self, row, answer, f"{row.title or row.name}: {role_names()[role]}")


def _role(text: str) -> Role:
    if text not in set(Role):
        abort(400)
    return Role(text)


def _new_pin(name: str, role: Role, act: str) -> pins.Answer:
    if act == pins.NONE:
        take_pin(name, role)
        return pins.Answer(act)
    if act == pins.CHOSEN:
        try:
            set_pin(name, role, request.form.get("pin", "").strip()[:64])
        except PinRefused as error:
            return pins.Answer(act, fault=str(error))
        return pins.Answer(act)
    return pins.Answer(pins.MADE_UP, new_pin(name, role))
