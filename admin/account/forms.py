"""The forms of one's own account."""

from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from admin.languages import LANGUAGES
from admin.sent import SentForm
from admin.signin.forms import CODE, NEEDED, NewPasswordForm, one_line, password_field

MAIL = r"^[^@\s\x00-\x1f,;<>]+@[^@\s\x00-\x1f,;<>]+$"


class OwnForm(SentForm):
    title = StringField(
        _("Your name"),
        [Length(max=200)],
        filters=[one_line],
        description=_("What colleagues see beside what you did."),
        render_kw={"autocomplete": "name"},
    )
    mail = StringField(
        _("Mail address"),
        [Optional(), Length(max=200), Regexp(MAIL, message=_("This is no mail address."))],
        filters=[one_line],
        description=_("Where colleagues and the box can reach you; may stay empty."),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    language = SelectField(
        _("Language"),
        choices=[("", _("As my browser asks")), *LANGUAGES.items()],
        description=_("Of these pages; callers hear what the flows say."),
    )


class OwnPasswordForm(NewPasswordForm):
    old = password_field(
        _("Password now"), _("So that nobody else at your desk can change it."), "current-password"
    )


class ProofForm(SentForm):
    """For what must not be done by whoever finds a browser open."""

    old = password_field(_("Password"), _("The one that you sign in with."), "current-password")
    code = StringField(
        _("Code"),
        [NEEDED, Length(max=100)],
        description=_("The one that your app shows now, or a recovery code."),
        render_kw=CODE,
    )


class EnrolWithPasswordForm(SentForm):
    old = password_field(_("Password"), _("The one that you sign in with."), "current-password")
    code = StringField(
        _("Code from the app"),
        [NEEDED, Length(max=100)],
        description=_("Six digits that the app shows once it has read the picture."),
        render_kw={**CODE, "inputmode": "numeric"},
    )
