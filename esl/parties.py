"""Who called whom, from an event of the call's channel. All of it is hostile."""

from esl.event import Event
from ivr_flows.ports import Party

NAME_LENGTH = 256
"""Characters kept of a caller's name or number, which may be 10 kB of anything."""


def caller_of(event: Event) -> Party:
    """Of who withholds the number nothing is known from here on: what a provider tells all the
    same (`P-Asserted-Identity`) is for the provider, and would lie in the store for others."""
    if event.get("Caller-Privacy-Hide-Number") == "true":
        return Party("", "", True)
    number, name = event.get("Caller-Caller-ID-Number"), event.get("Caller-Caller-ID-Name")
    return Party(number[:NAME_LENGTH], name[:NAME_LENGTH], False)


def dialled_in(event: Event) -> str:
    return event.get("Caller-Destination-Number")[:NAME_LENGTH]
