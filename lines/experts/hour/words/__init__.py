"""What is said in an hour, by who hears it."""

from ivr_flows.sentences import Words
from lines.experts.hour.words import callers, everybody, hosts, screeners


def constant(*modules: object) -> tuple[Words, ...]:
    """The sentences without gaps: they are rendered before anybody calls."""
    tables = (words for module in modules for words in vars(module).values())
    return tuple(words for words in tables if _is_constant(words))


def _is_constant(words: object) -> bool:
    return isinstance(words, dict) and "{" not in words.get("en", "{")


CONSTANT = constant(callers, everybody, hosts, screeners)
