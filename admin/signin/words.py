"""What is said to whoever guessed too often."""

from flask_babel import ngettext

from .attempt import Locked


def locked_words(locked: Locked) -> str:
    return str(
        ngettext(
            "There were too many wrong tries. Try again in a minute.",
            "There were too many wrong tries. Try again in %(num)d minutes.",
            locked.minutes,
        )
    )
