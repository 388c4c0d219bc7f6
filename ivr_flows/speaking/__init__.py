"""Words for values, and sentences from texts: everything about speech that needs no audio."""

from ivr_flows.speaking.errors import LanguageUnknown, SpeakingError
from ivr_flows.speaking.filters import FILTERS
from ivr_flows.speaking.sentences import split_sentences

__all__ = ["FILTERS", "LanguageUnknown", "SpeakingError", "split_sentences"]
