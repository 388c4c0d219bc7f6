"""What can go wrong in the switch.

SwitchError
├── SettingsError     the configuration file cannot be used
├── MediaError
│   ├── NoFreePort    every RTP port of the range is taken
│   ├── SoundMissing  there is no such sound
│   └── SoundUnusable the sound is there but cannot be played
├── DialStringError   a dial string cannot be understood; `.cause` says why
└── Interrupted       an application must stop (not a fault)
    ├── Ended         the channel has hung up
    └── Moved         the channel was transferred, parked or bridged elsewhere
"""


class SwitchError(Exception):
    """Base of the switch's errors."""


class SettingsError(SwitchError):
    """The configuration file cannot be used; the text says where and what was expected."""


class MediaError(SwitchError):
    """Base of the audio errors."""


class NoFreePort(MediaError):
    """Every RTP port of the range is taken."""


class SoundMissing(MediaError):
    """There is no such sound."""


class SoundUnusable(MediaError):
    """The sound is there but cannot be played."""


class DialStringError(SwitchError):
    """A dial string cannot be understood."""

    def __init__(self, cause: str, what: str) -> None:
        super().__init__(f"{what}: {cause}")
        self.cause = cause


class Interrupted(SwitchError):
    """An application must stop; not a fault."""


class Ended(Interrupted):
    """The channel has hung up."""


class Moved(Interrupted):
    """The channel was transferred, parked or bridged elsewhere."""
