"""Has the prompts of live flows ready before the first call asks."""

from collections.abc import Collection, Sequence

import structlog

from ivr_flows.flow import Flow
from ivr_flows.ports import Speech, SpeechFailed
from ivr_flows.texts import constant_texts

log = structlog.get_logger()


def warm(speech: Speech, flows: Sequence[Flow], languages: Collection[str]) -> None:
    """Ask once for every constant text; what was rendered ahead only has to be found."""
    for flow in flows:
        for text, language, voice in constant_texts(flow, languages):
            try:
                speech.say(text, language, voice)
            except SpeechFailed as error:
                log.warning("a prompt cannot be spoken", flow=flow.name, text=text, why=str(error))
