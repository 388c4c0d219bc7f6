"""The forms in which meetings are made and guests asked."""

from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateTimeLocalField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from admin.hours.form import FORMATS, to_come
from admin.panel import the_panel
from admin.records.languages import SPOKEN
from admin.views import PanelForm
from ivr_flows.ports import Role
from lines.meetings.entry import LONGEST_MINUTES, MOST_BEFORE
from store.models import ConferenceRoom, Person

ROLES = [
    (Role.SPEAKER.value, _("speaker")),
    (Role.LISTENER.value, _("listener")),
    (Role.MODERATOR.value, _("moderator")),
]


class TimeForm(PanelForm):
    """When a meeting is."""

    starts_at = DateTimeLocalField(
        _("Begins"),
        [DataRequired(_("Choose a day and a time.")), to_come],
        format=FORMATS,
        description=_("By the paper's clocks."),
    )
    minutes = IntegerField(
        _("Minutes"),
        [DataRequired(_("Say how long it lasts.")), NumberRange(1, LONGEST_MINUTES)],
        default=60,
        description=_("How long it lasts; guests who want it are called in until its end."),
    )

    @property
    def begins(self) -> datetime:
        at: datetime = self.starts_at.data.replace(tzinfo=the_panel().zone)
        return at


class MeetingForm(TimeForm):
    title = StringField(
        _("Title"),
        [DataRequired(_("Give it a name.")), Length(max=200)],
        description=_("Guests read it in their invitation, and hear it on the phone."),
    )
    room = SelectField(_("Room"), description=_("The conference room in which you meet."))
    organiser = SelectField(
        _("Organiser"),
        description=_("Answers to invitations go to this person; calls count as theirs."),
    )
    language = SelectField(
        _("Language"),
        choices=SPOKEN,
        default="en",
        description=_("Of mails and calls to guests who are none of your people."),
    )

    def offer(self) -> None:
        """What can be chosen just now."""
        rooms = ConferenceRoom.select().order_by(ConferenceRoom.name)
        self.room.choices = [(room.name, room.title or room.name) for room in rooms]
        self.organiser.choices = [("", gettext("nobody")), *_people()]

    @property
    def facts(self) -> dict[str, Any]:
        names = ("title", "room", "minutes", "organiser", "language")
        return {name: self[name].data for name in names} | {"starts_at": self.begins}


class GuestForm(PanelForm):
    person = SelectField(
        _("Somebody of the paper"),
        description=_("Their own numbers and address count. For others, leave this empty."),
    )
    name = StringField(
        _("Name"), [Length(max=200)], description=_("What lists and mails call a guest.")
    )
    number = StringField(
        _("Number"), [Length(max=40)], description=_("Where a guest from outside is called.")
    )
    mail = StringField(
        _("Mail address"),
        [Length(max=320)],
        description=_("Whoever has one is invited at once, with the meeting for the calendar."),
    )
    role = SelectField(
        _("Comes in as"),
        choices=ROLES,
        default=Role.SPEAKER.value,
        description=_("When the box calls them: no PIN is asked for then."),
    )
    dial_out = BooleanField(
        _("Call when it begins"), description=_("They press 1 and are in the room.")
    )
    call_before = IntegerField(
        _("Remind by phone, minutes before"),
        [Optional(), NumberRange(0, MOST_BEFORE)],
        default=0,
        description=_("0: not at all. Between 21 and 8 o'clock nobody's phone rings for it."),
    )
    mail_before = IntegerField(
        _("Remind by mail, minutes before"),
        [Optional(), NumberRange(0, MOST_BEFORE)],
        default=0,
        description=_("0: not at all."),
    )

    def offer(self) -> None:
        self.person.choices = [("", gettext("nobody of the paper")), *_people()]

    @property
    def facts(self) -> dict[str, Any]:
        found = {name: self[name].data for name in GUEST}
        return {name: value for name, value in found.items() if value is not None}


GUEST = ("person", "name", "number", "mail", "role", "dial_out", "call_before", "mail_before")


def _people() -> list[tuple[str, str]]:
    return [(each.name, each.title or each.name) for each in Person.select().order_by(Person.name)]
