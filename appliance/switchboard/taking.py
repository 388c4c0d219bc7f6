"""Whether somebody takes a call that the box has placed: the key 1 says so, nothing else does.

An answering machine presses no key, so that it swallows nothing.
"""

from collections.abc import Sequence

import structlog

from ivr_flows.ports import Call, DigitRule, Ports, Prompt, SpeechFailed
from ivr_flows.sentences import Words, spoken_language
from lines.outgoing_words import PRESS_ONE, THIS_IS

log = structlog.get_logger()

KEY = "1"
TIMES = 3
"""The question is put: people say their name first, machines their greeting."""
WAIT = DigitRule(finish_on="", first_timeout=5.0)


def takes(call: Call, ports: Ports, about: Words, language: str) -> bool:
    """Raises `CallError`."""
    try:
        question = _question(ports, about, spoken_language(language))
    except SpeechFailed as error:
        log.error("who was called cannot be asked", call=call.id, reason=str(error))
        return False
    for _ in range(TIMES):
        if key := call.collect(question, WAIT).keys:
            return key == KEY
    return False


def _question(ports: Ports, about: Words, language: str) -> Sequence[Prompt]:
    paper = ports.facts.get("paper", {}).get("name", "")
    said = (THIS_IS[language].format(paper=paper), about.get(language, ""), PRESS_ONE[language])
    return [prompt for text in said if text for prompt in ports.speech.say(text, language)]
