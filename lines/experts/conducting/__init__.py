"""An hour's orders carried out: by the switch's rooms, by voice, by telephone, on tape."""

from lines.experts.conducting.conductor import Conductor
from lines.experts.conducting.stage import Stage

__all__ = ["Conductor", "Stage"]
