"""A meeting for the guest's calendar (RFC 5545), as RFC 5546 has it sent."""

from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress

from lines.meetings.notice import Notice
from store.models.meeting import ErrandKind

PRODUCT = "-//Pressline//Meetings//EN"


def method_of(notice: Notice) -> str:
    return "CANCEL" if notice.kind is ErrandKind.CANCELLATION else "REQUEST"


def invitation(notice: Notice, sender: str, text: str, now: datetime) -> str:
    """`sender` is the organiser where nobody else is; only this one guest is named."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method_of(notice))
    calendar.add_component(_event(notice, sender, text, now))
    written: str = calendar.to_ical().decode("utf-8")
    return written


def _event(notice: Notice, sender: str, text: str, now: datetime) -> Event:
    is_cancelled = notice.kind is ErrandKind.CANCELLATION
    facts = {
        "uid": f"{notice.uid}@{sender.rpartition('@')[2]}",
        "sequence": notice.revision,
        "dtstamp": now.astimezone(UTC),
        # In UTC, so that no time zone has to be explained.
        "dtstart": notice.starts_at.astimezone(UTC),
        "dtend": notice.ends_at.astimezone(UTC),
        "summary": notice.title,
        "location": notice.room,
        "description": text,
        "status": "CANCELLED" if is_cancelled else "CONFIRMED",
        "organizer": _address(notice.organiser_mail or sender, notice.organiser),
    }
    event = Event()
    for name, value in facts.items():
        if value != "":
            event.add(name, value)
    event.add("attendee", _guest(notice))
    return event


def _guest(notice: Notice) -> vCalAddress:
    guest = _address(notice.to, notice.guest)
    guest.params["PARTSTAT"] = "NEEDS-ACTION"
    # Answers go to the organiser; a box reads no mail.
    guest.params["RSVP"] = "TRUE" if notice.organiser_mail else "FALSE"
    return guest


def _address(mail: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{mail}")
    if name:
        address.params["CN"] = name
    return address
