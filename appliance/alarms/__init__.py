"""Tells the administrator what needs a person: in the log, by mail, by webhook; each thing once.

`looking.raise_alarms` finds out (`needs`), remembers (`ledger`), decides (`deciding`) and tells
(`telling`). The worker does it each minute; the panel does it when the worker does not.
"""

from .looking import raise_alarms

__all__ = ["raise_alarms"]
