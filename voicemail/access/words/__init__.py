"""What the step `mailbox` says, by subject."""

from ivr_flows.sentences import Words
from voicemail.access.words import actions, listening, menus, signing


def constant(*modules: object) -> tuple[Words, ...]:
    """The sentences without gaps: they are rendered before anybody calls."""
    tables = (words for module in modules for words in vars(module).values())
    return tuple(words for words in tables if _is_constant(words))


def _is_constant(words: object) -> bool:
    return isinstance(words, dict) and "{" not in words.get("en", "{")


CONSTANT = constant(signing, menus, listening, actions)
