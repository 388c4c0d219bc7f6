"""The process in which PocketSphinx runs: 16-bit samples at 16,000 a second on stdin, JSON on
stdout: a list of word, start and end in seconds, confidence.

It imports nothing of ours, to start fast.
"""

import json
import signal
import sys
from typing import Any

from pocketsphinx import Config, Decoder, get_model_path

DIGITS = ("oh", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ANSWERS = ("yes", "no")
GRAMMAR = (
    f"#JSGF V1.0; grammar small; public <small> = ({' | '.join(DIGITS)})+ | {' | '.join(ANSWERS)};"
)
LAST_RESORT_SECONDS = 120
"""Then the system ends it, should its parent be killed before."""
FRAMES_A_SECOND = 100
"""`-frate` of PocketSphinx."""


def hear(pcm: bytes) -> list[tuple[str, float, float, float]]:
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return []
    confidence = max(0.0, min(1.0, decoder.hyp().prob))
    return [
        # The end is the number of the last frame, not of the one after it.
        (
            word,
            part.start_frame / FRAMES_A_SECOND,
            (part.end_frame + 1) / FRAMES_A_SECOND,
            confidence,
        )
        for part in decoder.seg()
        # A second pronunciation is called `zero(2)`; silence and noise are no words of ours.
        if (word := part.word.partition("(")[0]) in (*DIGITS, *ANSWERS)
    ]


def _decoder() -> Any:
    config = Config(
        hmm=get_model_path("en-us/en-us"),
        dict=get_model_path("en-us/cmudict-en-us.dict"),
        lm=None,
        loglevel="FATAL",
    )
    decoder = Decoder(config)
    decoder.add_jsgf_string("small", GRAMMAR)
    decoder.activate_search("small")
    return decoder


if __name__ == "__main__":
    signal.alarm(LAST_RESORT_SECONDS)
    json.dump(hear(sys.stdin.buffer.read()), sys.stdout)
