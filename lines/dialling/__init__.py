"""What may be dialled: numbers, rules, limits, trunks, and the one door in front of them."""

from lines.dialling.door import Allowed, Dialling, Refused
from lines.dialling.rules import Rulebook, Why
from lines.dialling.verdict import House, Verdict

__all__ = ["Allowed", "Dialling", "House", "Refused", "Rulebook", "Verdict", "Why"]
