"""What a page or a script sends about a flow, made sure of before anything reads it."""

from typing import Any

from flask import abort, request
from flask_babel import gettext
from pydantic_core import PydanticCustomError

from admin.errors import Refused
from ivr_flows.quantities import parse_name
from ivr_flows.reading import MAX_BYTES

MOST_BYTES = 1_000_000
"""Of a request of the editor: the longest flow, in whatever way it is written down."""
LONGEST_NOTE = 2_000


def given_data() -> dict[str, Any]:
    """The JSON object that a script sends. Raises `Refused`."""
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        raise Refused(gettext("What was sent cannot be read."))
    return data


def given_number(value: Any) -> int:
    """The number of a version. Raises `Refused`."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(gettext("There is no such version."))
    return int(text)


def flow_text(value: Any) -> str:
    """A flow's text that can be kept, mistakes or not. Raises `Refused`."""
    if not isinstance(value, str):
        raise Refused(gettext("What was sent cannot be read."))
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise Refused(gettext("The text holds characters that are none.")) from error
    if "\0" in text:
        raise Refused(gettext("The text holds characters that are none."))
    if size > MAX_BYTES:
        raise Refused(
            gettext(
                "The text is too long: %(size)s bytes, at most %(most)s. Make two flows of it.",
                size=size,
                most=MAX_BYTES,
            )
        )
    return text


def flow_name(value: Any) -> str:
    """A name for a new flow. Raises `Refused`."""
    try:
        return parse_name(str(value).strip())
    except PydanticCustomError as error:
        raise Refused(
            gettext("A name has letters, digits, _ and -, and begins with a letter: news-desk.")
        ) from error
