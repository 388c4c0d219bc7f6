"""How steps of domains keep what they say: one sentence, in every language of the box."""

from collections.abc import Mapping

from ivr_flows.languages import LANGUAGES

Words = Mapping[str, str]
"""A sentence by language."""


def spoken_language(*wishes: str) -> str:
    """The first in which the sentences exist, else English."""
    return next((wish for wish in wishes if wish in LANGUAGES), "en")
