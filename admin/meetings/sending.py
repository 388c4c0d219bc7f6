"""A form that was sent: done, or told what is wrong at its fields."""

from collections.abc import Callable
from typing import Any

from flask import request

from admin.records import faults
from admin.refusals import told
from lines.errors import NumberOdd, PersonUnknown, RoomUnknown
from lines.meetings.errors import MeetingInvalid
from store.database import writing

REFUSALS = (MeetingInvalid, PersonUnknown, RoomUnknown, NumberOdd)


def sent() -> Any:
    return request.form if request.method == "POST" else None


def kept(form: Any, work: Callable[[], object]) -> bool:
    """Whether it was sent, and done; what is wrong with it stands at its fields then."""
    if request.method != "POST" or not form.validate():
        return False
    try:
        with told(), writing():
            _at_fields(form, work)
    except _Wrong:
        return False
    return True


class _Wrong(Exception):
    """What was sent is told to be wrong at the form's fields; the transaction is undone."""


def _at_fields(form: Any, work: Callable[[], object]) -> None:
    try:
        work()
    except REFUSALS as error:
        for fault in getattr(error, "faults", (str(error),)):
            place, colon, words = fault.partition(": ")
            at = (place,) if colon and place in form else ()
            faults.put(form, at, faults.told(words if at else fault))
        raise _Wrong from error
