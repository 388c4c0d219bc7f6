"""The form of one user."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from admin.access.roles import Role
from admin.account.forms import MAIL
from admin.languages import LANGUAGES
from admin.sent import SentForm
from admin.signin.forms import NEEDED, one_line
from store.models import Mailbox, PanelUser, Person

ROLES = {
    Role.ADMINISTRATOR: lazy_gettext("Administrator: everything, users and settings included"),
    Role.EDITOR: lazy_gettext("Editor: flows, messages, rooms, hours and records"),
    Role.HOST: lazy_gettext("Host: runs experts' hours and rooms"),
    Role.SCREENER: lazy_gettext("Screener: talks to waiting callers"),
    Role.SEAT: lazy_gettext("Seat: hears messages and calls back"),
    Role.LEADER: lazy_gettext("Leader: a seat who sees calls and recordings, too"),
    Role.REVIEWER: lazy_gettext("Reviewer: corrects and cuts what was recorded on air"),
    Role.READ_ONLY: lazy_gettext("Read-only: looks, changes nothing"),
}


class Boxes(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class UserForm(SentForm):
    title = StringField(
        _("Person's name"),
        [Length(max=200)],
        filters=[one_line],
        description=_("What colleagues see beside what this user did."),
    )
    mail = StringField(
        _("Mail address"),
        [Optional(), Length(max=200), Regexp(MAIL, message=_("This is no mail address."))],
        filters=[one_line],
        description=_("Where the person can be reached; may stay empty."),
    )
    role = SelectField(
        _("Role"), description=_("What this user may see and do. It can be changed any time.")
    )
    person = SelectField(
        _("Which of the people"),
        description=_("Whose phone rings first when this user calls somebody back."),
    )
    language = SelectField(
        _("Language"),
        description=_("Of these pages for this user; each can change it for himself."),
    )
    boxes = Boxes(
        _("Mailboxes"),
        description=_("Whose messages this user may hear and handle."),
    )

    def __init__(self, *given: Any, **fields: Any) -> None:
        super().__init__(*given, **fields)
        self.role.choices = [(str(role), str(words)) for role, words in ROLES.items()]
        self.person.choices = [("", gettext("Nobody")), *people(fields.get("obj"))]
        self.language.choices = [("", gettext("As the browser asks")), *LANGUAGES.items()]
        self.boxes.choices = list(mailboxes())


class NewUserForm(UserForm):
    name = StringField(
        _("Name to sign in with"),
        [NEEDED, Length(max=64)],
        filters=[one_line],
        description=_("Short, small letters, for instance j.smith. It cannot be changed later."),
        render_kw={"autocapitalize": "none", "autocomplete": "off"},
    )


class EditUserForm(UserForm):
    active = BooleanField(
        _("May sign in"),
        description=_("Without this the user is signed out at once and cannot come back."),
    )


def people(user: PanelUser | None) -> list[tuple[str, str]]:
    """Also the one that the user is, should that person be gone meanwhile: the rest of the form
    can be kept all the same."""
    found = Person.select(Person.name, Person.title).order_by(Person.name).limit(1000)
    choices = {one.name: one.title or one.name for one in found}
    if user is not None and user.person:
        choices.setdefault(user.person, user.person)
    return list(choices.items())


def mailboxes() -> Iterable[tuple[str, str]]:
    found = Mailbox.select(Mailbox.name, Mailbox.title).order_by(Mailbox.name).limit(1000)
    return [(one.name, one.title or one.name) for one in found]
