"""What can go wrong with the test phone before there is a call.

ApplianceError
└── PhoneError
    ├── BadKeyScript   the keys to press are not understood
    ├── BadCall        the number to call or another option is none
    └── BadSpeech      the sound file to speak cannot be used

A call that is refused or breaks off is no error: its report says so.
"""

from appliance.errors import ApplianceError


class PhoneError(ApplianceError):
    """Base of what the test phone raises."""


class BadKeyScript(PhoneError):
    """The keys to press are not understood."""

    def __init__(self, script: str, word: str, why: str) -> None:
        super().__init__(
            f'keys "{script}": "{word}" {why}; expected words such as 1234# (pressed when a '
            "prompt has ended), @3.5:1 (3.5 s after the answer), ~0.5:1 (0.5 s after the word "
            "before), speak, hangup"
        )


class BadCall(PhoneError):
    """The number to call or another option is none."""


class BadSpeech(PhoneError):
    """The sound file to speak cannot be used."""
