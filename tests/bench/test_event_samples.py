"""The events of the parser's benchmark are what both parsers take them for."""

from greenswitch.esl import ESLEvent

from bench import event_samples
from esl.wire import Parser


def test_both_forms_of_an_event_say_the_same() -> None:
    (plain,) = Parser().feed(event_samples.plain(7))
    (as_json,) = Parser().feed(event_samples.as_json(7))
    assert plain.event.headers == as_json.event.headers == event_samples.headers(7)


def test_greenswitch_reads_the_plain_form() -> None:
    _, _, body = event_samples.plain(7).decode().partition("\n\n")
    assert ESLEvent(body).headers["Event-Name"] == "CHANNEL_EXECUTE_COMPLETE"


def test_an_event_is_as_large_as_a_real_one() -> None:
    assert 5_600 < len(event_samples.as_json(7)) < 6_500
    assert len(event_samples.headers(7)) == 150
