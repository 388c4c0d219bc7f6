"""How a guest is reached and called, whether one of the paper's people or not."""

from lines.people import records as people
from store.models import MeetingGuest


def mail_of(guest: MeetingGuest) -> str:
    """Empty where there is none (any more)."""
    if not guest.person:
        return str(guest.mail)
    person = people.find(guest.person)
    return person.mail if person else ""


def name_of(guest: MeetingGuest) -> str:
    """As lists and mails call them."""
    person = people.find(guest.person) if guest.person and not guest.name else None
    return str(guest.name or (person and person.title) or guest.person or guest.number)


def dialled(guest: MeetingGuest) -> str:
    """A person's name, or a number."""
    return str(guest.person or guest.number)
