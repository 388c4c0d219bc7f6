"""What can go wrong with FreeSWITCH's configuration.

ProvisioningError
├── ValueUnsafe            a value that FreeSWITCH's files cannot hold
├── ConfigurationInvalid   FreeSWITCH would not start with it; `.faults` says why
└── NotApplied             the running FreeSWITCH does not take it; the files are in place
"""

from collections.abc import Sequence


class ProvisioningError(Exception):
    """Base of these errors; its message is fit for the person at the terminal."""


class ValueUnsafe(ProvisioningError):
    """A value that FreeSWITCH's files cannot hold."""


class ConfigurationInvalid(ProvisioningError):
    """FreeSWITCH would not start with it."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("FreeSWITCH would refuse its configuration:\n  " + "\n  ".join(faults))
        self.faults = tuple(faults)


class NotApplied(ProvisioningError):
    """The running FreeSWITCH does not take it."""
