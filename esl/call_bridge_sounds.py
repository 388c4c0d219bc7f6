"""What a caller hears who waits for somebody, and who is put on hold."""

from esl.paths import path_argument
from ivr_flows.ports import Prompt

RINGING = {
    "AT": "%(1000,5000,420)",
    "AU": "%(400,200,400,450);%(400,2000,400,450)",
    "BE": "%(1000,3000,425)",
    "CA": "%(2000,4000,440,480)",
    "CH": "%(1000,4000,425)",
    "CN": "%(1000,4000,450)",
    "DE": "%(1000,4000,425)",
    "ES": "%(1500,3000,425)",
    "FR": "%(1500,3500,440)",
    "GB": "%(400,200,400,450);%(400,2000,400,450)",
    "IE": "%(400,200,400,450);%(400,2000,400,450)",
    "IN": "%(400,200,400,450);%(400,2000,400,450)",
    "IT": "%(1000,4000,425)",
    "JP": "%(1000,2000,384,416)",
    "NL": "%(1000,4000,425)",
    "NZ": "%(400,200,400,450);%(400,2000,400,450)",
    "US": "%(2000,4000,440,480)",
}
"""Ringing tones by country: ITU-T, Operational Bulletin 781, annex (Various tones used in
national networks)."""
USUAL = "%(1000,4000,425)"
"""What ETSI TS 101 041-2 asks for, and most countries use."""
HOLD = "tone_stream://v=-22;%(300,200,523,659);%(500,5000,587,698);loops=-1"


def waiting(music: Prompt | None, country: str) -> str:
    """For `ringback`, which repeats it by itself. Raises `CallFailed`."""
    if music is not None:
        return path_argument(music.path, "bridge")
    return RINGING.get(country.upper(), USUAL)


def on_hold(music: Prompt | None) -> str:
    """For `hold_music`. Raises `CallFailed`."""
    return HOLD if music is None else path_argument(music.path, "bridge")
