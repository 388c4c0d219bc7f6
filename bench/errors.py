"""What keeps a benchmark from measuring.

BenchError
├── NotMeasured   something that it needs is absent here; the others go on
└── SwitchRefused a call was refused or not answered in time
"""


class BenchError(Exception):
    """Base of what a benchmark raises."""


class NotMeasured(BenchError):
    """Something that the benchmark needs is absent; the message says what, and how to mend it."""


class SwitchRefused(BenchError):
    """A call was refused, or not answered or ended within its limit."""
