"""What can go wrong with the box itself.

ApplianceError
├── SettingsInvalid    a setting is odd; every fault is listed
├── BoxUnsafe          strangers would come in; every way is listed
├── AlreadyRunning     another `pressline up` has this home
├── PublishRefused     a flow may not go live; `.reasons` says why
├── BoxSilent          the running box cannot be reached, or does not answer
├── WishRefused        the running box was reached, and says why not
└── SidecarError
    ├── SidecarTimeout   the work was not done in time
    └── SidecarFailed    the work raised, or the child process died
"""

from collections.abc import Sequence


class ApplianceError(Exception):
    """Base of the appliance's errors; its message is fit for the person at the terminal."""


class SettingsInvalid(ApplianceError):
    """One or more settings are odd."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class BoxUnsafe(ApplianceError):
    """The box would let strangers in, and does not start."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(("The box would not be safe, and does not start:", *reasons)))
        self.reasons = tuple(reasons)


class AlreadyRunning(ApplianceError):
    """Another `pressline up` has this home."""


class PublishRefused(ApplianceError):
    """A flow may not go live."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


class BoxSilent(ApplianceError):
    """The running box cannot be reached, or does not answer."""


class WishRefused(ApplianceError):
    """The running box was reached, and says why it does not do what it was asked."""


class SidecarError(ApplianceError):
    """Work given to a child process was not done."""


class SidecarTimeout(SidecarError):
    """The work was not done in time."""


class SidecarFailed(SidecarError):
    """The work raised, or the child process died."""
