"""Asks once more for the password, and for a code, before something delicate."""

from flask_babel import gettext as _

from admin.sent import SentForm
from admin.signin import attempt
from admin.signin.steps import address
from admin.signin.words import locked_words
from store.models import PanelUser


def password_is_right(user: PanelUser, form: SentForm) -> bool:
    """Tells in the form when it is not, or when there were too many wrong ones."""
    try:
        if attempt.by_own_password(user, form.old.data, address()):
            return True
        form.old.errors = [_("That is not your password.")]
    except attempt.Locked as locked:
        form.old.errors = [locked_words(locked)]
    return False


def code_is_right(user: PanelUser, form: SentForm) -> bool:
    try:
        if attempt.by_code(user, form.code.data, address()):
            return True
        form.code.errors = [_("That code is not right, or was used before.")]
    except attempt.Locked as locked:
        form.code.errors = [locked_words(locked)]
    return False
