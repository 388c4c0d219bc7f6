"""People of the paper: who they are, by which numbers they are reached, and how."""

from lines.people.directory import Directory
from lines.people.entry import Person, Reached
from lines.people.finding import People
from lines.people.reaching import Reach, reach

__all__ = ["Directory", "People", "Person", "Reach", "Reached", "reach"]
