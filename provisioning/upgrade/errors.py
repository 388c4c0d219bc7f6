"""What can go wrong with an upgrade.

UpgradeError
├── SourceOdd      what was given is no Pressline, or no newer one
├── UpgradeRuns    another upgrade of this box is at work
├── Unfinished     an earlier upgrade was cut off, and comes first
├── StepFailed     a step could not be taken; the old version goes on
└── NotWell        the new version did not become well; the old one is back
"""


class UpgradeError(Exception):
    """Base of the upgrade's errors; its message is fit for the person at the terminal."""


class SourceOdd(UpgradeError):
    """What was given is no Pressline, or no newer one."""


class UpgradeRuns(UpgradeError):
    """Another upgrade of this box is at work."""


class Unfinished(UpgradeError):
    """An earlier upgrade was cut off, and comes first."""


class StepFailed(UpgradeError):
    """A step could not be taken; the old version goes on."""


class NotWell(UpgradeError):
    """The new version did not become well; the old one is back."""
