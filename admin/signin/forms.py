"""The forms of signing in."""

import unicodedata

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from admin.sent import SentForm
from store.fields import clean

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Turns the direction of whatever stands after it (Unicode, UAX 9)."""
NEEDED = InputRequired(_("This is needed."))
CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


def password_field(label: str, help: str, kind: str, *more: object) -> PasswordField:
    """`kind`: `current-password` or `new-password`, for the browser's password manager."""
    return PasswordField(
        label,
        [NEEDED, Length(max=1000), *more],
        description=help,
        render_kw={"autocomplete": kind},
    )


def one_line(text: str | None) -> str:
    """What somebody typed or pasted into one line, without what turns the text around it."""
    plain = clean(text or "", 1000)
    return " ".join("".join(" " if _is_control(letter) else letter for letter in plain).split())


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Zl", "Zp") or letter in BIDI


class PasswordForm(SentForm):
    name = StringField(
        _("Name"),
        [NEEDED, Length(max=200)],
        description=_("The short name that your administrator gave you."),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "autofocus": True},
    )
    password = password_field(
        _("Password"), _("Capitals and small letters count."), "current-password"
    )


class CodeForm(SentForm):
    code = StringField(
        _("Code"),
        [NEEDED, Length(max=100)],
        description=_(
            "Six digits that the app on your phone shows just now, or one of your recovery codes."
        ),
        render_kw={**CODE, "autofocus": True},
    )


class NewPasswordForm(SentForm):
    password = password_field(
        _("New password"),
        _("At least 10 characters. A few words that do not belong together are good."),
        "new-password",
    )
    again = password_field(
        _("New password again"),
        _("The same once more, so that a slip of a key does not lock you out."),
        "new-password",
        EqualTo("password", _("The two are not the same.")),
    )


class EnrolForm(SentForm):
    code = StringField(
        _("Code from the app"),
        [NEEDED, Length(max=100)],
        description=_("Six digits that the app shows once it has read the picture."),
        render_kw={**CODE, "inputmode": "numeric"},
    )
