"""Real Vosk, with the small model of the tests."""

import pytest

from tests.tts_asr.heard import MODEL, Message, messages, vosk
from tts_asr.transcriber import Transcriber


@pytest.fixture(scope="module")
def hears() -> Transcriber:
    return vosk()


@pytest.mark.parametrize("message", messages(), ids=lambda message: message.path.stem)
def test_every_word_of_a_message_is_heard_with_its_time(
    hears: Transcriber, message: Message
) -> None:
    transcript = hears.transcribe(message.path)
    assert transcript.text == message.heard
    assert [word.text for word in transcript.words] == message.heard.split()
    times = [time for word in transcript.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert 0 <= times[0] < 2
    assert transcript.seconds - 1.5 < times[-1] <= transcript.seconds
    assert all(word.confidence is not None for word in transcript.words)
    assert (transcript.engine, transcript.model) == ("vosk", MODEL.name)
    assert transcript.note == ""
