"""The form in which an expert's hour is planned."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from admin.panel import the_panel
from admin.records.languages import SPOKEN
from admin.views import PanelForm
from lines.experts.entry import LONGEST, MOST_LISTENERS, SHORTEST
from store.fields import now
from store.models import ExpertLine, Person

FARTHEST = timedelta(days=2 * 365)
"""Ahead of now; beyond it a year was mistyped."""
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def to_come(form: Any, field: Any) -> None:
    """Within the next two years, by the paper's clocks."""
    at = field.data.replace(tzinfo=the_panel().zone)
    if not now() < at < now() + FARTHEST:
        raise ValidationError(gettext("Choose a time to come, within the next two years."))


class HourForm(PanelForm):
    """Its fields have the names of the entry's facts."""

    line = SelectField(_("Line"), description=_("The number that readers ring."))
    topic = StringField(
        _("Topic"),
        [DataRequired(_("Say what the hour is about.")), Length(max=200)],
        description=_("Callers hear it, and readers see it above the answers."),
    )
    expert = SelectField(_("Expert"), description=_("Who answers: one of the paper's people."))
    host = SelectField(
        _("Host"),
        description=_("Who leads through the hour. Without one the expert's phone keys steer it."),
    )
    starts_at = DateTimeLocalField(
        _("Begins"),
        [DataRequired(_("Choose a day and a time.")), to_come],
        format=FORMATS,
        description=_("By the paper's clocks. Callers are let in two minutes before."),
    )
    minutes = IntegerField(
        _("Minutes"),
        [DataRequired(_("Say how long it lasts.")), NumberRange(SHORTEST, LONGEST)],
        default=60,
        description=_("How long it lasts, 5 to 240. The host can make it longer while it runs."),
    )
    languages = SelectMultipleField(
        _("Languages"),
        choices=SPOKEN,
        description=_(
            "Callers choose from these; with several, keep Ctrl pressed. None: the line's own."
        ),
    )
    listeners = IntegerField(
        _("Most callers"),
        [NumberRange(0, MOST_LISTENERS)],
        default=300,
        description=_("At once, at most 380. With 0 nobody listens in: callers wait their turn."),
    )
    introduction = TextAreaField(
        _("Introduction"),
        [Length(max=2000)],
        description=_("Callers hear it first. Empty: the topic and the expert's name."),
    )
    record = BooleanField(
        _("Record questions and answers"),
        default=True,
        description=_("Each becomes a piece that you can review and publish."),
    )
    consent = TextAreaField(
        _("Words about recording"),
        [Length(max=2000)],
        description=_("Nobody can skip them. Empty: the usual words."),
    )
    call_expert = BooleanField(
        _("The box calls the expert"),
        default=True,
        description=_("Two minutes before the start. Otherwise the expert calls in with a PIN."),
    )
    jingle = StringField(
        _("Jingle"),
        [Optional(), Length(max=64)],
        description=_("One of your own recordings, by its short name. The host plays it."),
    )

    def offer(self) -> None:
        """What can be chosen just now."""
        people = [(p.name, p.title or p.name) for p in Person.select().order_by(Person.name)]
        lines = ExpertLine.select().order_by(ExpertLine.name)
        self.line.choices = [(line.name, line.title or line.name) for line in lines]
        self.expert.choices = people
        self.host.choices = [("", gettext("nobody")), *people]

    @property
    def facts(self) -> dict[str, Any]:
        """For `lines.experts.entry.checked_session`."""
        found = {name: self[name].data for name in FACTS}
        found = {name: value for name, value in found.items() if value is not None}
        return found | {"starts_at": self.begins, "languages": tuple(self.languages.data or ())}

    @property
    def begins(self) -> datetime:
        at: datetime = self.starts_at.data.replace(tzinfo=the_panel().zone)
        return at


FACTS: Sequence[str] = (
    "line", "topic", "expert", "host", "minutes", "listeners", "introduction", "record",
    "consent", "call_expert", "jingle",
)  # fmt: skip
