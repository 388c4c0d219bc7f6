"""The kinds of rooms, as docs/freeswitch.md gives them to FreeSWITCH."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    name: str
    energy: int = 100
    """Mean height above which somebody talks: conference.conf, energy-level."""
    most: int = 0
    """Members at a time; 0 for any number."""


_PROFILES = {
    each.name: each
    for each in (
        Profile("default"),
        Profile("pressline-room", most=50),
        Profile("pressline-hall", energy=200, most=400),
    )
}


def profile_of(name: str) -> Profile:
    """One that is not known is as the default."""
    return _PROFILES.get(name) or Profile(name)
