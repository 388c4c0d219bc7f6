"""The live part of an expert's hour, as a machine without a switch and without a clock."""

from lines.experts.hour.agenda import OPENS_BEFORE, Agenda
from lines.experts.hour.asked import Asked
from lines.experts.hour.hour import Hour
from lines.experts.hour.resuming import Found

__all__ = ["OPENS_BEFORE", "Agenda", "Asked", "Found", "Hour"]
